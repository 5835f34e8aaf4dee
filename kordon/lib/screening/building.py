"""Listings into arrays (see `shape.Lists`): one pass over the names, then sorting."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .evidence import birth_number, nationality_number, sex_number
from .folding import latin_letters, stem_length
from .keys import file_words
from .marks import as_arrays, marks_of
from .shape import UNDATED, WEAK, Context, Holdings, Lists, Names, Rows, Texts, Vocabulary
from .tokens import Token, read_name, readings
from .values import Listing

_Word = tuple[str, bool, bool]  # fold, abjad, patronymic


class _Growing:
    """The flat lists as they grow, a person at a time."""

    def __init__(self) -> None:
        self.words: dict[_Word, int] = {}
        self.person_key: list[str] = []
        self.texts: list[str] = []
        self.part: list[int] = []
        self.written: list[int] = []
        self.writings = {"": 0}
        self.part_at = [0]
        self.reading_text: list[int] = []
        self.reading_kind: list[int] = []
        self.reading_at = [0]
        self.birth: list[int] = []
        self.birth_person: list[int] = []
        self.carried: list[int] = []
        self.carrier: list[int] = []
        self.nationality: list[int] = []
        self.nationality_at = [0]
        self.sex: list[int] = []
        self.marks: list[tuple[int, int]] = []
        self.mark_at = [0]
        self.days: list[tuple[int, int]] = []

    def add(self, listing: Listing) -> None:
        person = len(self.person_key)
        self.person_key.append(listing.key)
        self._add_names(listing, person)
        births = dict.fromkeys(birth_number(born) for born in listing.births) or {0: None}
        self.birth.extend(births)
        self.birth_person.extend([person] * len(births))
        codes = dict.fromkeys(nationality_number(code) for code in listing.nationalities)
        self.nationality.extend(code for code in codes if code)
        self.nationality_at.append(len(self.nationality))
        self.sex.append(sex_number(listing.sex))
        self.marks.extend(marks_of(listing.places, listing.documents))
        self.mark_at.append(len(self.marks))
        self.days.append(listing.days)

    def _add_names(self, listing: Listing, person: int) -> None:
        carried: dict[int, None] = {}
        seen: set[tuple[int, ...]] = set()
        for weak, names in ((0, listing.names), (WEAK, listing.weak_names)):
            for name in names:
                for kind, tokens in enumerate(readings(read_name(name))):
                    parts = [self._word(token) for token in tokens]
                    if not parts or tuple(sorted(parts)) in seen:
                        continue
                    seen.add(tuple(sorted(parts)))
                    carried.update(dict.fromkeys(parts))
                    self._add_reading(name, kind | weak, parts)
                    self.written.extend(self._writing(token) for token in tokens)
        self.reading_at.append(len(self.reading_kind))
        self.carried.extend(carried)
        self.carrier.extend([person] * len(carried))

    def _add_reading(self, name: str, kind: int, parts: list[int]) -> None:
        if not self.texts or self.texts[-1] != name:
            self.texts.append(name)
        self.reading_text.append(len(self.texts) - 1)
        self.reading_kind.append(kind)
        self.part.extend(parts)
        self.part_at.append(len(self.part))

    def _word(self, token: Token) -> int:
        word = (token.fold, token.abjad, token.patronymic)
        return self.words.setdefault(word, len(self.words))

    def _writing(self, token: Token) -> int:
        return self.writings.setdefault(latin_letters(token.written), len(self.writings))


class _Sorted(NamedTuple):
    words: list[_Word]  # sorted by fold
    place: NDArray[np.uint32]  # number while growing -> entry


def build(listings: Iterable[Listing]) -> Holdings:
    """The arrays of an index. Listings without a readable name are kept but cannot be found."""
    growing = _Growing()
    for listing in listings:
        growing.add(listing)
    vocabulary = _sorted_vocabulary(growing.words)
    births = np.array(growing.birth, np.int64)
    births[births == 0] = UNDATED
    order = np.argsort(births, kind="stable")
    row_person = np.array(growing.birth_person, np.uint32)[order]
    row_birth = births[order].astype(np.int32)
    posting, posting_at = _postings(growing, vocabulary, row_person)
    fold, fold_at = _letters([word[0].encode("ascii") for word in vocabulary.words])
    stem = np.array([stem_length(word[0]) for word in vocabulary.words], np.uint8)
    key, key_entry = _keys(fold, fold_at, stem)
    letter, letter_at = _letters([text.encode("ascii") for text in growing.writings])
    mark, mark_state = as_arrays(growing.marks)
    lists = Lists(
        Vocabulary(
            fold=fold,
            fold_at=fold_at,
            abjad=np.array([word[1] for word in vocabulary.words], np.uint8),
            patronymic=np.array([word[2] for word in vocabulary.words], np.uint8),
            stem=stem,
            key=key,
            key_entry=key_entry,
        ),
        Rows(
            birth=row_birth,
            person=row_person,
            first_undated=np.array([np.searchsorted(row_birth, UNDATED)], np.uint32),
            posting=posting,
            posting_at=posting_at,
        ),
        Names(
            reading_at=np.array(growing.reading_at, np.uint32),
            kind=np.array(growing.reading_kind, np.uint8),
            part_at=np.array(growing.part_at, np.uint32),
            part=vocabulary.place[np.array(growing.part, np.int64)],
            written=np.array(growing.written, np.uint32),
            letter=letter,
            letter_at=letter_at,
        ),
        Context(
            nationality=np.array(growing.nationality, np.uint16),
            nationality_at=np.array(growing.nationality_at, np.uint32),
            sex=np.array(growing.sex, np.uint8),
            mark=mark,
            mark_state=mark_state,
            mark_at=np.array(growing.mark_at, np.uint32),
        ),
    )
    texts = _texts(growing)
    _freeze(lists)
    _freeze(texts)
    return Holdings(lists, texts, len(growing.sex))


def _texts(growing: _Growing) -> Texts:
    keys = [key.encode("utf-8", "surrogatepass") for key in growing.person_key]
    days = np.array(growing.days, np.int32).reshape(-1, 2)
    return Texts(
        *_letters([text.encode("utf-8", "surrogatepass") for text in growing.texts]),
        np.array(growing.reading_text, np.uint32),
        *_letters(keys),
        np.array(sorted(range(len(keys)), key=keys.__getitem__), np.uint32),
        np.ascontiguousarray(days[:, 0]),
        np.ascontiguousarray(days[:, 1]),
    )


def _sorted_vocabulary(words: dict[_Word, int]) -> _Sorted:
    ordered = sorted(words)
    place = np.empty(len(words), np.uint32)
    place[[words[word] for word in ordered]] = np.arange(len(words), dtype=np.uint32)
    return _Sorted(ordered, place)


def _postings(
    growing: _Growing, vocabulary: _Sorted, row_person: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Vocabulary entry -> rows, ascending; a person of several births stands in several rows."""
    by_person = np.argsort(row_person, kind="stable").astype(np.uint32)
    rows_at = np.zeros(len(growing.sex) + 1, np.int64)
    np.cumsum(np.bincount(row_person, minlength=len(growing.sex)), out=rows_at[1:])
    carrier = np.array(growing.carrier, np.int64)
    entry = vocabulary.place[np.array(growing.carried, np.int64)]
    times = rows_at[carrier + 1] - rows_at[carrier]
    entries = np.repeat(entry, times)
    start = np.repeat(rows_at[carrier] - np.concatenate(([0], np.cumsum(times)[:-1])), times)
    rows = by_person[start + np.arange(len(entries))] if len(entries) else entries
    order = np.lexsort((rows, entries))
    counts = np.bincount(entries, minlength=len(vocabulary.words))
    return rows[order].astype(np.uint32), _offsets(counts)


def _keys(
    fold: NDArray[np.uint8], fold_at: NDArray[np.uint32], stem: NDArray[np.uint8]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    key, key_at = file_words(fold, fold_at, stem)
    entry = np.repeat(np.arange(len(stem), dtype=np.uint32), np.diff(key_at))
    order = np.argsort(key, kind="stable")
    return key[order], entry[order]


def _letters(texts: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    letters = np.frombuffer(b"".join(texts), np.uint8)
    return letters, _offsets(np.array([len(text) for text in texts], np.int64))


def _offsets(counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    at = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=at[1:])
    return at


def _freeze(arrays: tuple[Any, ...]) -> None:
    """Make read-only, so that a kernel sees the same types as in a mapped file."""
    for member in arrays:
        if isinstance(member, tuple):
            _freeze(member)
        else:
            member.flags.writeable = False
