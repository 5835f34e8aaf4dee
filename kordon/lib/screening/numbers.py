"""Document numbers: the very one, or one easily taken for it, among tens of millions.

Sixteen bytes an entry, in two arrays sorted by the first and mapped from one file:

    key    how the number looks (48 bits), issuing state (16)
    rest   which of the letters that look alike stands at each place (18 bits), reference (46)

A number of one to nine letters A-Z and digits is written out, in base 37 with its look-alikes
taken for each other; its own letters can be read back, so that "exact" is exact. Longer ones and
other letters are hashed: whoever asks checks such a hit against what the reference stands for.
Numbers must be plain (see `spelling.plain_number`). Numbers that merely look alike are often
those of two people: give the issuing state.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .evidence import nationality_code, nationality_number
from .merging import Runs
from .spelling import CONFUSED, TAKEN_FOR
from .storing import load_arrays, save_arrays

VERSION = "numbers 1"
LONGEST_WRITTEN = 9
MOST_REFERENCES = 1 << 46
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASE = len(_DIGITS) + 1  # a place may be empty
_HASHED = 1 << 47
_STATE_BITS, _REFERENCE_BITS = 16, 46

Longs = NDArray[np.uint64]


class Held(NamedTuple):
    """An entry that answers: the very number or one that looks like it, whose, which."""

    exact: bool
    state: str
    reference: int


class Numbers:
    """Numbers on file, immutable. Make one with `Writer`, map it with `open`; see `like`."""

    def __init__(self, key: Longs, rest: Longs) -> None:
        self._key = key
        self._rest = rest

    def __len__(self) -> int:
        """How many entries it holds."""
        return len(self._key)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map the numbers in a folder; raises IndexUnusable if damaged or foreign."""
        arrays, _ = load_arrays(path, VERSION)
        return cls(arrays["key"], arrays["rest"])

    def like(self, number: str, state: str = "") -> list[Held]:
        """Entries of this plain number, and of those that look like it.

        With a state, only those of that state or of none named. Exact ones first.
        """
        looks, places = _pack_one(number)
        first = looks << _STATE_BITS
        at = int(np.searchsorted(self._key, np.uint64(first)))
        end = int(np.searchsorted(self._key, np.uint64(first | 0xFFFF), side="right"))
        found = (self._held(k, places) for k in range(at, end))
        of = {"", state.strip().upper()}
        return sorted((it for it in found if not state or it.state in of), key=_exact_first)

    def _held(self, k: int, places: int) -> Held:
        rest = int(self._rest[k])
        return Held(
            exact=rest >> _REFERENCE_BITS == places,
            state=nationality_code(int(self._key[k]) & 0xFFFF),
            reference=rest & (MOST_REFERENCES - 1),
        )


def _exact_first(held: Held) -> tuple[bool, bool]:
    return not held.exact, held.state == ""


class Writer:
    """Takes entries in any order and any number, then puts them on file. Memory is bounded."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._runs = Runs(path)
        self._states: dict[str, int] = {}

    def add(
        self,
        numbers: Sequence[str] | NDArray[np.bytes_],
        states: Sequence[str],
        references: Sequence[int] | NDArray[np.int64],
    ) -> None:
        """Some thousand entries. An array of bytes holds plain numbers of at most nine letters.

        Raises ValueError for a reference that is negative or has more than 46 bits.
        """
        refs = np.asarray(references, np.int64)
        if len(refs) and not 0 <= int(refs.min()) <= int(refs.max()) < MOST_REFERENCES:
            raise ValueError("a reference must have at most 46 bits")
        looks, places = _pack(numbers)
        state = np.array([self._state(code) for code in states], np.uint64)
        self._runs.add(
            (looks << np.uint64(_STATE_BITS)) | state,
            (places << np.uint64(_REFERENCE_BITS)) | refs.astype(np.uint64),
        )

    def finish(self) -> None:
        """Sort what was added and let it take the place of what the folder held."""
        with self._runs.merged() as (key, rest):
            save_arrays({"key": key, "rest": rest}, len(key), self._path, VERSION)

    def _state(self, code: str) -> int:
        known = self._states.get(code)
        if known is None:
            known = self._states[code] = nationality_number(code)
        return known


def _tables() -> tuple[Longs, Longs]:
    """Per letter: its value once look-alikes are taken for each other; which of them it is."""
    looks, which = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    for letter in _DIGITS:
        looks[ord(letter)] = _DIGITS.index(letter) + 1
    met: dict[str, int] = {}
    for letter, taken_for in zip(CONFUSED, TAKEN_FOR, strict=True):
        met[taken_for] = met.get(taken_for, 0) + 1
        looks[ord(letter)] = looks[ord(taken_for)]
        which[ord(letter)] = met[taken_for]
    return looks, which


_LOOKS, _WHICH = _tables()
_LOOKS_ONE, _WHICH_ONE = _LOOKS.tolist(), _WHICH.tolist()
_SAME = str.maketrans(CONFUSED, TAKEN_FOR)


def _is_written(number: str) -> bool:
    return len(number) <= LONGEST_WRITTEN and number.isascii() and number.isalnum()


def _pack_one(number: str) -> tuple[int, int]:
    """How a number looks (48 bits) and which look-alike stands where (18 bits)."""
    if not _is_written(number):
        return _hash(number)
    looks = places = 0
    for letter in number.encode():
        looks, places = looks * _BASE + _LOOKS_ONE[letter], places << 2 | _WHICH_ONE[letter]
    empty = LONGEST_WRITTEN - len(number)
    return looks * _BASE**empty, places << 2 * empty


def _hash(number: str) -> tuple[int, int]:
    looks, itself = (
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        for text in (number.translate(_SAME), number)
    )
    return looks & (_HASHED - 1) | _HASHED, itself & 0x3FFFF


def _pack(numbers: Sequence[str] | NDArray[np.bytes_]) -> tuple[Longs, Longs]:
    """`_pack_one` for many."""
    if isinstance(numbers, np.ndarray):
        return _pack_written(numbers)
    looks, places = np.zeros(len(numbers), np.uint64), np.zeros(len(numbers), np.uint64)
    written = [place for place, number in enumerate(numbers) if _is_written(number)]
    short = np.array([numbers[place] for place in written], f"S{LONGEST_WRITTEN}")
    looks[written], places[written] = _pack_written(short)
    for place in set(range(len(numbers))).difference(written):
        looks[place], places[place] = _hash(numbers[place])
    return looks, places


def _pack_written(numbers: NDArray[np.bytes_]) -> tuple[Longs, Longs]:
    letters = numbers.astype(f"S{LONGEST_WRITTEN}").view(np.uint8).reshape(-1, LONGEST_WRITTEN)
    looks, places = np.zeros(len(numbers), np.uint64), np.zeros(len(numbers), np.uint64)
    for place in range(LONGEST_WRITTEN):
        looks = looks * np.uint64(_BASE) + _LOOKS[letters[:, place]]
        places = (places << np.uint64(2)) | _WHICH[letters[:, place]]
    return looks, places
