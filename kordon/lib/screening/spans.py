"""Which letters of two name parts stand for the same sound: for showing them side by side."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from . import tables
from .folding import fold_word, script_of

Agreement = Literal["same", "sound", "differs"]

MOST_LETTERS = 100  # of either side that are aligned; the rest is one span

_APOSTROPHES = frozenset(tables.APOSTROPHES)
_GLIDES = {written: heard for written, heard in tables.GLIDES if len(written) == 2}
_SEVERAL = re.compile("|".join(sorted({*tables.MULTIGRAPHS, *_GLIDES}, key=len, reverse=True)))
_HEARD = [{}, *map(str.maketrans, tables.ARABIC_HEARD)]
_SILENT = ""
_VOWELS = frozenset("aeiouy")
_LOSS, _VOWEL_LOSS, _CHANGE, _VOWEL_CHANGE, _NEVER = 1.0, 0.45, 1.3, 0.4, 9.0


@dataclass(frozen=True)
class Span:
    """Some letters of both names that stand against each other; one side may be empty.

    `agreement`: "same" letters (whatever their case), other letters for the same "sound", or
    the two sides are heard "differs"-ently.
    """

    given: str
    listed: str
    agreement: Agreement


@dataclass(frozen=True)
class _Unit:
    """Written letters that are one sound, or none: a doubled consonant, `shch`, an apostrophe."""

    written: str
    sound: str


def letter_spans(given: str, listed: str) -> tuple[Span, ...]:
    """Align two parts of names, as a `Reason` gives them, letter by letter and by sound.

    Any scripts. In order; the spans of either side joined are that side as it came in. Letters
    that agree or differ stand together in one span, letters that only sound alike one by one:
    ЩУКИН, Shchukin gives (Щ, Shch), (У, u), … Vowels that an Arabic or Hebrew word does not
    write count as "sound", Arabic letters as whoever hears them most alike. Never raises; texts
    longer than `MOST_LETTERS` are aligned that far.
    """
    unwritten = _without_vowels(given) or _without_vowels(listed)
    readings = _HEARD if unwritten else _HEARD[:1]
    spans = min(
        (_as_heard(given, listed, letters, unwritten) for letters in readings), key=_differing
    )
    rest = given[MOST_LETTERS:], listed[MOST_LETTERS:]
    if any(rest):
        spans.append(Span(*rest, "same" if rest[0].casefold() == rest[1].casefold() else "differs"))
    return tuple(_together(spans))


def _as_heard(given: str, listed: str, letters: dict[int, str], unwritten: bool) -> list[Span]:
    a, b = (_units(text[:MOST_LETTERS], letters) for text in (given, listed))
    return list(_spans(a, b, unwritten))


def _differing(spans: list[Span]) -> int:
    return sum(len(s.given) + len(s.listed) for s in spans if s.agreement == "differs")


def _without_vowels(text: str) -> bool:
    return any(fold_word(word).abjad for word in text.split())


def _units(text: str, letters: dict[int, str]) -> list[_Unit]:
    """A text cut into sounds, some Arabic letters heard as others; joined they are the text."""
    units: list[_Unit] = []
    for cluster in _clusters(text):
        sound = _sound(cluster.translate(letters))
        if units and sound and units[-1].sound == sound and len(sound) == 1:
            units[-1] = _Unit(units[-1].written + cluster, sound)
        else:
            units.append(_Unit(cluster, sound))
    return [_last_h(units, i) for i in range(len(units))]


def _last_h(units: list[_Unit], at: int) -> _Unit:
    """Abdullah, Abdulla: an h that ends a word is not heard."""
    unit = units[at]
    ends = at + 1 == len(units) or not units[at + 1].written[0].isalnum()
    return _Unit(unit.written, _SILENT) if ends and at >= 3 and unit.sound == "h" else unit


def _clusters(text: str) -> Iterator[str]:
    """Letters with their marks; several Latin letters for one sound together."""
    letters: list[str] = []
    for letter in text:
        if letters and unicodedata.category(letter)[0] == "M":
            letters[-1] += letter
        else:
            letters.append(letter)
    plain = "".join(letter.lower() if len(letter.lower()) == 1 else "-" for letter in letters)
    at = 0
    while at < len(letters):
        found = _SEVERAL.match(plain, at)
        end = found.end() if found else at + 1
        yield "".join(letters[at:end])
        at = end


def _sound(cluster: str) -> str:
    """What is heard of a cluster; nothing of apostrophes, spaces and signs."""
    text = cluster.lower()
    if not text or text[0] in _APOSTROPHES or not text[0].isalnum():
        return _SILENT
    if text in _GLIDES:
        return _GLIDES[text]
    if script_of(text) == "latin" and text in tables.MULTIGRAPHS:
        return tables.MULTIGRAPHS[text].replace("y", "i")
    return fold_word(text).text


@dataclass(frozen=True)
class _Heard:
    letter: str  # of the fold; empty: silent
    unit: int


def _heard(units: list[_Unit]) -> list[_Heard]:
    return [_Heard(letter, at) for at, unit in enumerate(units) for letter in unit.sound or [""]]


def _spans(a: list[_Unit], b: list[_Unit], unwritten: bool) -> Iterator[Span]:
    """Cut where both sides have come to the end of a sound."""
    x, y = _heard(a), _heard(b)
    from_a, from_b = 0, 0
    for i, j in _path(x, y):
        to_a = x[i].unit if i < len(x) else len(a)
        to_b = y[j].unit if j < len(y) else len(b)
        whole = _starts_unit(x, i) and _starts_unit(y, j)
        if whole and (to_a, to_b) != (from_a, from_b):
            yield _span(a[from_a:to_a], b[from_b:to_b], unwritten)
            from_a, from_b = to_a, to_b


def _starts_unit(heard: list[_Heard], at: int) -> bool:
    return at in (0, len(heard)) or heard[at].unit != heard[at - 1].unit


def _span(a: list[_Unit], b: list[_Unit], unwritten: bool) -> Span:
    given, listed = "".join(u.written for u in a), "".join(u.written for u in b)
    if given.casefold() == listed.casefold():
        return Span(given, listed, "same")
    heard_a, heard_b = "".join(u.sound for u in a), "".join(u.sound for u in b)
    only_vowels = unwritten and {*heard_a, *heard_b} <= _VOWELS
    return Span(given, listed, "sound" if heard_a == heard_b or only_vowels else "differs")


def _path(x: list[_Heard], y: list[_Heard]) -> list[tuple[int, int]]:
    """Positions (in x, in y) after each step of the cheapest alignment, in order."""
    cost = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i in range(len(x), -1, -1):
        for j in range(len(y), -1, -1):
            if i < len(x) or j < len(y):
                cost[i][j] = min(price for price, _ in _steps(x, y, i, j, cost))
    path, at = [], (0, 0)
    while at != (len(x), len(y)):
        at = min(_steps(x, y, *at, cost), key=lambda step: step[0])[1]
        path.append(at)
    return path


def _steps(
    x: list[_Heard], y: list[_Heard], i: int, j: int, cost: list[list[float]]
) -> Iterator[tuple[float, tuple[int, int]]]:
    if i < len(x) and j < len(y):
        yield cost[i + 1][j + 1] + _change(x[i].letter, y[j].letter), (i + 1, j + 1)
    if i < len(x):
        yield cost[i + 1][j] + _loss(x[i].letter), (i + 1, j)
    if j < len(y):
        yield cost[i][j + 1] + _loss(y[j].letter), (i, j + 1)


def _loss(letter: str) -> float:
    if not letter:
        return 0.0
    return _VOWEL_LOSS if letter in _VOWELS else _LOSS


def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if not a or not b:
        return _NEVER
    return _VOWEL_CHANGE if a in _VOWELS and b in _VOWELS else _CHANGE


def _together(spans: list[Span]) -> Iterator[Span]:
    """Neighbours that agree, or differ, as one span."""
    run: list[Span] = []
    for span in spans:
        if run and (span.agreement != run[-1].agreement or span.agreement == "sound"):
            yield _one(run)
            run = []
        run.append(span)
    if run:
        yield _one(run)


def _one(run: list[Span]) -> Span:
    given, listed = "".join(s.given for s in run), "".join(s.listed for s in run)
    return Span(given, listed, run[0].agreement)
