"""Whether two names are one: cut off, written in another script, spelled another permitted way."""

from __future__ import annotations

from functools import lru_cache

from kordon.lib.traveldocs.crosscheck.outcome import Same
from kordon.lib.traveldocs.errors import MRZError
from kordon.lib.traveldocs.names import components, words
from kordon.lib.traveldocs.transliteration import TABLE_NAMES, find_table, transliterate

MAX_NAME = 200
"""Characters of a name that are looked at."""


@lru_cache(maxsize=1024)
def spellings(name: str) -> frozenset[str]:
    """Every way in which the tables of the library write a name in A-Z; none if no table can."""
    name = name[:MAX_NAME]
    try:
        return frozenset({" ".join(components(name))})
    except MRZError:
        pass
    found = set()
    for table in TABLE_NAMES:
        try:
            found.add(words(transliterate(name, find_table(table))))
        except MRZError:
            continue  # letters of another script
    return frozenset(found)


def compare_names(one: str, other: str, one_cut: bool, other_cut: bool) -> Same | None:
    """In what way two names are the same; None where they are not."""
    ours, theirs = spellings(one), spellings(other)
    if words(one.upper()) == words(other.upper()):
        return Same.SAME
    if {folded(each) for each in ours} & {folded(each) for each in theirs}:
        return Same.SPELLED_OTHERWISE
    for a in ours:
        for b in theirs:
            if (one_cut and begins(a, b)) or (other_cut and begins(b, a)):
                return Same.CUT
    return None


def begins(short: str, long: str) -> bool:
    """Whether the components of one are beginnings of the other's, one by one from the first."""
    some, every = folded(short).split(), folded(long).split()
    return 0 < len(some) <= len(every) and all(
        each.startswith(cut) for cut, each in zip(some, every, strict=False)
    )


def fewer(one: str, other: str) -> bool:
    """Whether one has the first components of the other and no more."""
    for a in spellings(one):
        for b in spellings(other):
            some, every = sorted((folded(a).split(), folded(b).split()), key=len)
            if some and every[: len(some)] == some:
                return True
    return False


def whole(surname: str, given_names: str) -> frozenset[str]:
    """Every way to write both in A-Z, each by a table of its own script; none if one cannot be."""
    return frozenset(
        f"{first} {second}".strip()
        for first in spellings(surname)
        for second in spellings(given_names)
    )


def same_parts(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two whole names have the same components in any order."""
    some = {tuple(sorted(folded(each).split())) for each in ours}
    return bool(some & {tuple(sorted(folded(each).split())) for each in theirs})


def folded(name: str) -> str:
    """A-Z with what states may write in several ways written in one (Doc 9303-3, 6.A)."""
    for longer, shorter in _choices():
        name = name.replace(longer, shorter)
    return name


@lru_cache(maxsize=1)
def _choices() -> tuple[tuple[str, str], ...]:
    """Of letters with a choice: the longer way to write them, and the shortest."""
    found = set()
    for letter in find_table("icao-latin").letters.values():
        *longer, shortest = sorted(letter.usual, key=len, reverse=True)
        found |= {(each, shortest) for each in longer}
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))
