"""A table of letters, and spelling a name by it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from kordon.lib.traveldocs.alphabet import FILLER, LETTERS
from kordon.lib.traveldocs.errors import MRZError, UnmappedLetter
from kordon.lib.traveldocs.names import DROPPED, HYPHENS

MAX_TEXT = 500
"""Characters of one name; no document and no register has a longer one."""
MAX_LETTERS = 500
MAX_SPELLING = 8

# Joiners and marks of writing direction: not letters, and nobody sees them.
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\ufeff")
_PARTING = frozenset(",<،") | HYPHENS


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands for one letter. `usual` has the alternatives a state may choose from."""

    usual: tuple[str, ...]
    first: str | None = None
    """At the beginning of a component of the name."""
    last: str | None = None
    """At the end of a component."""
    after: tuple[tuple[str, str], ...] = ()
    """Pairs: any of these capital letters before it, what then stands for it."""

    def spellings(self) -> Iterator[str]:
        """Everything that can stand for the letter."""
        yield from self.usual
        yield from (text for _, text in self.after)
        yield from (text for text in (self.first, self.last) if text is not None)


class _Item(NamedTuple):
    """One letter of a text: its key in the table ("" parts components) and its place from 1."""

    key: str
    place: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """How the letters of one script (and language) are written in A-Z.

    `legal_source` says where the rows come from and is never empty; `state` is the code of the
    state whose law that is, empty for the tables of ICAO. `letters` are capitals. With `through`
    the rows give Latin letters with marks, which that table makes A-Z. `doubling` is a mark that
    repeats the letter before it. Raises MRZError(TABLE) when it is made wrongly.
    """

    name: str
    title: str
    legal_source: str
    letters: Mapping[str, Letter]
    state: str = ""
    language: str = ""
    doubling: str = ""
    takes_latin: bool = False
    """Whether A-Z stand for themselves; in another script they are more likely look-alikes."""
    through: Table | None = None
    _keys: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.legal_source.split()) < 2:
            raise MRZError("TABLE", f"the table {self.name} does not name its legal source")
        if not 0 < len(self.letters) <= MAX_LETTERS:
            raise MRZError("TABLE", f"the table {self.name} has {len(self.letters)} letters")
        object.__setattr__(self, "letters", MappingProxyType(dict(self.letters)))
        object.__setattr__(self, "_keys", MappingProxyType(self._forms()))
        for key, letter in self.letters.items():
            self._check(key, letter)

    def _forms(self) -> dict[str, str]:
        """Every form of a letter, composed, and its key: small letters have no rows."""
        forms: dict[str, str] = {}
        if self.takes_latin:
            forms = {form: each for each in LETTERS for form in (each, each.lower())}
        for key in self.letters:
            if not 0 < len(key) <= 2 or unicodedata.normalize("NFC", key) != key:
                raise MRZError("TABLE", f"{key!r} in the table {self.name} is no composed letter")
            forms.setdefault(key.lower(), key)
        return forms | {key: key for key in self.letters}

    def _check(self, key: str, letter: Letter) -> None:
        if not letter.usual:
            raise MRZError("TABLE", f"{key!r} in the table {self.name} has no spelling")
        for text in letter.spellings():
            if len(text) > MAX_SPELLING:
                raise MRZError("TABLE", f"{text!r} for {key!r} in the table {self.name} is long")
            made = transliterate(text, self.through) if self.through is not None else text
            if not set(made) <= LETTERS:
                raise MRZError("TABLE", f"{text!r} for {key!r} in {self.name} is not of A-Z")

    def choosing(self, choices: Mapping[str, str]) -> Table:
        """The table with other alternatives preferred, `{"Ä": "A"}`; raises MRZError(TABLE)."""
        if self.through is not None:
            return replace(self, through=self.through.choosing(choices))
        letters = dict(self.letters)
        for key, wanted in choices.items():
            known = letters[key].usual if key in letters else ()
            if wanted not in known:
                offered = " or ".join(known) or "not in it"
                raise MRZError("TABLE", f"{key} is {offered} in the table {self.name}")
            others = tuple(text for text in known if text != wanted)
            letters[key] = replace(letters[key], usual=(wanted, *others))
        return replace(self, letters=letters)

    def items(self, text: str) -> list[_Item]:
        """The letters of a text; raises UnmappedLetter naming the first the table does not have."""
        items: list[_Item] = []
        for place, cluster in _clusters(text):
            if cluster in _PARTING or cluster.isspace():
                items.append(_Item("", place))
            elif cluster not in DROPPED and cluster not in _INVISIBLE:
                items += [_Item(key, place) for key in self._split(cluster, place)]
        return items

    def _split(self, cluster: str, place: int) -> Iterator[str]:
        """A letter with its marks as keys: the longest known beginning, then the marks left."""
        rest = unicodedata.normalize("NFC", cluster)
        while rest:
            size = next((size for size in (2, 1) if rest[:size] in self._keys), 0)
            if not size:
                raise UnmappedLetter(cluster, place, self.name)
            yield self._keys[rest[:size]]
            rest = rest[size:]


def transliterate(text: str, table: Table) -> str:
    """One identifier of a name in the letters of the machine readable zone: A-Z and <.

    Components are parted by one `<`. Apostrophes and full stops go and join; blanks, hyphens and
    commas part (Doc 9303-3, 4.6). Letters may be small or capital, composed or with combining
    marks. Raises UnmappedLetter for a letter the table does not have, MRZError(TOO_LONG).
    """
    if len(text) > MAX_TEXT:
        raise MRZError("TOO_LONG", f"a name of {len(text)} characters, {MAX_TEXT} are taken")
    parts: list[list[_Item]] = [[]]
    for item in table.items(text):
        if item.key:
            parts[-1].append(item)
        else:
            parts.append([])
    spelled = FILLER.join(made for part in parts if (made := _spell(part, table)))
    return spelled if table.through is None else transliterate(spelled, table.through)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the combining marks behind it, and its place from 1."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start + 1, text[start:at]
            start = at


def _spell(part: list[_Item], table: Table) -> str:
    """One component of a name."""
    out: list[str] = []
    before = ""
    for at, item in enumerate(part):
        if item.key == table.doubling:
            doubled = next((made for made in reversed(out) if made), "")
            if not doubled:
                raise UnmappedLetter(item.key, item.place, table.name)
            out.append(doubled)
            continue
        letter = table.letters.get(item.key)
        if letter is None:  # a letter of A-Z
            out.append(item.key)
        else:
            out.append(_chosen(letter, before, first=not before, last=_ends(part, at, table)))
        if not unicodedata.combining(item.key[0]):
            before = item.key
    return "".join(out)


def _chosen(letter: Letter, before: str, *, first: bool, last: bool) -> str:
    if first and letter.first is not None:
        return letter.first
    if last and letter.last is not None:
        return letter.last
    for letters, text in letter.after:
        if before and before in letters:
            return text
    return letter.usual[0]


def _ends(part: list[_Item], at: int, table: Table) -> bool:
    """Whether nothing that is written comes behind."""
    return all(
        item.key in table.letters and not any(table.letters[item.key].usual)
        for item in part[at + 1 :]
    )
