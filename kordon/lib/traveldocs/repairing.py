"""Repair of what a reader misread, guided by check digits and by what may stand where.

A refused zone is searched for characters whose lookalikes would make it valid. Only one answer
is an answer: where two zones satisfy all digits, both are told and none is taken. What was
changed is recorded, with what proves it. A repaired zone is for an officer to compare with the
page, and both forms are for a list to be searched by; it never takes the place of what was read.

In each refused field the characters that may not stand where they stand are exchanged; where its
digit does not hold then, every zone within two more exchanges is tried. So where no more than two
characters of a field were taken for lookalikes, every change made by a check digit is right: the
true zone was among those tried. What no digit sees stays unseen, in a repaired zone as in any
other (`find_unseen`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice, product
from math import prod
from typing import NamedTuple

from kordon.lib.traveldocs.alphabet import DIGITS, FILLER, sum_of
from kordon.lib.traveldocs.examine import Examination
from kordon.lib.traveldocs.formats import CODE, ISSUER, LAYOUTS, Format, Layout
from kordon.lib.traveldocs.lookalikes import LOOKALIKES, allowed_characters, unseen_twins
from kordon.lib.traveldocs.mrz import Reading
from kordon.lib.traveldocs.names import split_name
from kordon.lib.traveldocs.states import PRINTED
from kordon.lib.traveldocs.verdicts import Verdict, Warning_, WarningCode

MAX_EXCHANGES = 2
"""In one field, beside the characters that may not stand there at all."""
MAX_MISPLACED = 6
MAX_TRIES = 4000
"""Zones tried for one field; a field that needs more is not repaired."""
MAX_CANDIDATES = 64
"""Zones examined whole; more are as good as none."""
MAX_INCOMPLETE = 4
"""Zones that lack the composite digit alone, for which the optional data is searched too."""
MAX_TOLD = 8
"""Candidates told where there is no single one."""


class Outcome(StrEnum):
    """What came of it."""

    SOUND = "SOUND"
    """Nothing is refused, so there is nothing to repair."""
    REPAIRED = "REPAIRED"
    """Exactly one zone satisfies everything."""
    AMBIGUOUS = "AMBIGUOUS"
    """Several do; look at the page."""
    NOT_REPAIRABLE = "NOT_REPAIRABLE"
    """None does, or the search would be too long."""


class Proof(StrEnum):
    """Why another character is put in a place."""

    CHECK_DIGIT = "CHECK_DIGIT"
    """Nothing else within two exchanges satisfies the check digits over this place."""
    CODE_LIST = "CODE_LIST"
    """No other lookalike makes a code of Doc 9303-3; no digit covers the place."""
    POSITION = "POSITION"
    """No other lookalike may stand in this place; no digit covers it, nothing is proven."""
    NONE = "NONE"
    """One of several candidates."""


class Change(NamedTuple):
    """One character: line and position from 1, what was read and what is put for it."""

    field: str
    line: int
    position: int
    read: str
    put: str
    proof: Proof


class Place(NamedTuple):
    """A character in a proven field, and lookalikes of it that every digit would take as well."""

    field: str
    line: int
    position: int
    printed: str
    others: str


@dataclass(frozen=True, slots=True)
class Repair:
    """`reading` and `changes` only where REPAIRED; `candidates` where AMBIGUOUS, the first few."""

    outcome: Outcome
    reading: Reading | None = None
    changes: tuple[Change, ...] = ()
    candidates: tuple[tuple[Change, ...], ...] = ()


_Zone = tuple[Examination, "list[_Region]"]


class _Region(NamedTuple):
    """One field to repair: its positions in the joined lines and whether it satisfies."""

    field: str
    positions: tuple[int, ...]
    holds: Callable[[str], bool]
    proof: Proof
    exchanges: int = MAX_EXCHANGES


def repair_mrz(reading: Reading, options: Sequence[str] | None = None) -> Repair:
    """The one zone that a refused reading can have been, if there is only one. Never raises.

    `options`, by place in the joined lines, is what a reader that knows its doubts holds possible
    beside what it read; without them, or where they are not of the zone's length, every character
    is exchanged for its lookalikes.
    """
    layout = LAYOUTS.get(reading.format)
    if layout is None:
        return Repair(Outcome.NOT_REPAIRABLE)
    if reading.valid:
        return Repair(Outcome.SOUND)
    flat = "".join(reading.lines)
    if options is None or len(options) != len(flat):
        options = [LOOKALIKES.get(each, "") for each in flat]
    zones, whole = _search(layout, flat, reading, options)
    if not zones:
        return Repair(Outcome.NOT_REPAIRABLE if whole else Outcome.AMBIGUOUS)
    told = [_changes(layout, flat, exam.flat, regions) for exam, regions in zones]
    if len(zones) > 1 or not whole:
        unproven = (tuple(each._replace(proof=Proof.NONE) for each in one) for one in told)
        return Repair(Outcome.AMBIGUOUS, candidates=tuple(islice(unproven, MAX_TOLD)))
    exam, changes = zones[0][0], told[0]
    lines, noticed = layout.lines(exam.flat), reading.noticed + tuple(map(_said, changes))
    repaired = Reading(reading.format, lines, reading.on, True, noticed, layout, exam)
    return Repair(Outcome.REPAIRED, repaired, changes)


def find_unseen(reading: Reading) -> tuple[Place, ...]:
    """Places in proven fields where a lookalike would satisfy every check digit as well.

    `6` and `G`, for one. A field that is OK proves nothing about these characters.
    """
    layout = LAYOUTS.get(reading.format)
    if layout is None:
        return ()
    flat, fields = "".join(reading.lines), reading.fields
    allowed = allowed_characters(reading.format)
    places = []
    for name, positions in _proven(layout, flat):
        field = fields.get(name)
        if field is None or field.verdict is not Verdict.OK:
            continue
        for at in positions:
            others = "".join(each for each in unseen_twins(flat[at]) if each in allowed[at])
            if others and not _among_fillers(flat, at):
                places.append(Place(name, *_place(layout, at), flat[at], others))
    return tuple(places)


def _proven(layout: Layout, flat: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Fields that a digit covers, without the digits themselves."""
    number = _number_positions(layout, flat)
    yield "number", number
    run_on = len(number) - len(_positions(layout.number))
    for name, span in (
        ("birth", layout.birth),
        ("expiry", layout.expiry),
        ("personal" if layout.format is Format.TD3 else "optional", layout.optional),
        ("optional_2", layout.optional_2),
    ):
        if span is not None:
            # The filler that ends a number which runs on could not be a letter.
            yield name, _positions(span)[run_on + 1 if run_on and span is layout.optional else 0 :]


def _search(
    layout: Layout, flat: str, reading: Reading, options: Sequence[str]
) -> tuple[list[_Zone], bool]:
    """Valid zones, and whether these are all: one candidate of every refused field together.

    Where none is valid for want of the composite digit alone, what only it covers is searched too.
    """
    refused = [name for name in reading.refusals if name != "composite"]
    regions = [_region(layout, flat, name) for name in refused]
    lists = [_candidates(region, flat, reading.format, options) for region in regions]
    if prod(map(len, lists)) > MAX_CANDIDATES:
        return [], False
    zones: list[_Zone] = []
    incomplete: list[str] = []
    for combination in product(*lists):
        exam = Examination(layout, _merged(flat, combination), reading.on)
        if exam.valid:
            zones.append((exam, regions))
        elif _only_composite(exam):
            incomplete.append(exam.flat)
    if zones or not incomplete or layout.composite_check is None:
        return zones, True
    if len(incomplete) > MAX_INCOMPLETE:
        return [], False
    last = _last_region(layout, layout.composite_check)
    found = [
        each for zone in incomplete for each in _candidates(last, zone, reading.format, options)
    ]
    if len(found) > MAX_CANDIDATES:
        return [], False
    exams = [Examination(layout, each, reading.on) for each in found]
    return [(exam, [*regions, last]) for exam in exams if exam.valid], True


def _only_composite(exam: Examination) -> bool:
    return [name for name, field in exam.fields.items() if field.verdict.refuses] == ["composite"]


def _candidates(region: _Region, flat: str, format: Format, possible: Sequence[str]) -> list[str]:
    """Every zone within the region's exchanges in which it holds; none if they are too many."""
    allowed = allowed_characters(format)
    options = {
        at: [each for each in possible[at] if each in allowed[at]]
        for at in region.positions
        if not _among_fillers(flat, at)
    }
    misplaced = [at for at in region.positions if flat[at] not in allowed[at]]
    if len(misplaced) > MAX_MISPLACED or not all(options.get(at) for at in misplaced):
        return []
    free = [at for at in region.positions if at not in misplaced and options.get(at)]
    found: list[str] = []
    tries = 0
    for exchanges in range(region.exchanges + 1):
        for chosen in combinations(free, exchanges):
            places = (*misplaced, *chosen)
            for puts in product(*(options[at] for at in places)):
                tries += 1
                zone = _put(flat, places, puts)
                if zone != flat and region.holds(zone):
                    found.append(zone)
                if tries >= MAX_TRIES:
                    return []
        if found and not exchanges:
            break  # the digits hold as they were read: as sure as in any other zone
    return found


def _put(flat: str, places: tuple[int, ...], puts: tuple[str, ...]) -> str:
    characters = list(flat)
    for at, put in zip(places, puts, strict=True):
        characters[at] = put
    return "".join(characters)


def _merged(flat: str, zones: tuple[str, ...]) -> str:
    """All the changes of several zones in one; their fields do not overlap."""
    characters = list(flat)
    for zone in zones:
        for at, (before, after) in enumerate(zip(flat, zone, strict=True)):
            if before != after:
                characters[at] = after
    return "".join(characters)


def _among_fillers(flat: str, at: int) -> bool:
    """A filler between fillers is no misread letter."""
    return flat[at] == FILLER and flat[at - 1 : at + 2].strip(FILLER) == ""


def _positions(span: slice) -> tuple[int, ...]:
    return tuple(range(span.start, span.stop))


def _number_positions(layout: Layout, flat: str) -> tuple[int, ...]:
    """The number; with the part of it that stands in the optional data."""
    positions = _positions(layout.number)
    if flat[layout.number_check] == FILLER and layout.long_number > 9 and layout.optional:
        extension = flat[layout.optional].partition(FILLER)[0]
        start = layout.optional.start
        positions += tuple(range(start, start + len(extension)))
    return positions


def _region(layout: Layout, flat: str, name: str) -> _Region:
    """What to search for one refused field."""
    if name == "number":
        positions = (*_number_positions(layout, flat), layout.number_check)
        return _Region(name, positions, lambda zone: _number_holds(layout, zone), Proof.CHECK_DIGIT)
    for field, span, check in (
        ("birth", layout.birth, layout.birth_check),
        ("expiry", layout.expiry, layout.expiry_check),
        ("personal", layout.optional, layout.personal_check),
    ):
        if name == field and span is not None and check is not None:
            return _digit_region(name, span, check)
    return _uncovered(layout, flat, name)


def _digit_region(name: str, span: slice, check: int) -> _Region:
    def holds(zone: str) -> bool:
        return _digit_holds(zone, span, check)

    return _Region(name, (*_positions(span), check), holds, Proof.CHECK_DIGIT)


def _uncovered(layout: Layout, flat: str, name: str) -> _Region:
    """Where no digit helps: only characters that may not stand there are changed."""
    code = {"issuer": ISSUER, "nationality": layout.nationality}.get(name)
    if code is not None:
        return _Region(
            name, _positions(code), lambda zone: zone[code] in PRINTED, Proof.CODE_LIST, 0
        )
    if name == "document_code":
        usual = layout.usual
        return _Region(name, _positions(CODE), lambda zone: zone[0] in usual, Proof.POSITION, 0)
    positions: tuple[int, ...] = (layout.sex,) if name == "sex" else ()
    if name in ("surname", "given_names"):
        positions = _name_positions(layout, flat, name)
    return _Region(name, positions, lambda zone: True, Proof.POSITION, 0)


def _name_positions(layout: Layout, flat: str, name: str) -> tuple[int, ...]:
    if layout.given is not None:
        return _positions(layout.name if name == "surname" else layout.given)
    start, stop = layout.name.start, layout.name.stop
    primary, _ = split_name(flat[layout.name])
    middle = start + len(primary)
    return tuple(range(start, middle) if name == "surname" else range(middle, stop))


def _last_region(layout: Layout, check: int) -> _Region:
    """What only the composite digit covers, and that digit itself."""
    spans = [layout.optional if layout.personal_check is None else None, layout.optional_2]
    positions = [at for span in spans if span is not None for at in _positions(span)]

    def holds(zone: str) -> bool:
        return zone[check] == _sum("".join(zone[span] for span in layout.composite))

    return _Region("composite", (*positions, check), holds, Proof.CHECK_DIGIT)


def _sum(text: str) -> str:
    return str(sum_of(text.encode("ascii", "replace")))


def _digit_holds(zone: str, span: slice, check: int) -> bool:
    return zone[check] == _sum(zone[span])


def _number_holds(layout: Layout, zone: str) -> bool:
    if zone[layout.number_check] != FILLER or layout.optional is None:
        return _digit_holds(zone, layout.number, layout.number_check)
    extension, end, _ = zone[layout.optional].partition(FILLER)
    start = zone[layout.number]
    return (
        bool(end)
        and len(extension) > 1
        and FILLER not in start
        and extension[-1] in DIGITS
        and extension[-1] == _sum(start + extension[:-1])
    )


def _changes(layout: Layout, before: str, after: str, regions: list[_Region]) -> tuple[Change, ...]:
    """What differs, in the order of the zone."""
    of = {at: region for region in regions for at in region.positions}
    return tuple(
        Change(of[at].field, *_place(layout, at), read, put, of[at].proof)
        for at, (read, put) in enumerate(zip(before, after, strict=True))
        if read != put
    )


def _place(layout: Layout, at: int) -> tuple[int, int]:
    return at // layout.width + 1, at % layout.width + 1


def _said(change: Change) -> Warning_:
    text = (
        f"line {change.line}, position {change.position}: read as {change.read}, taken for "
        f"{change.put}; compare with the page"
    )
    return Warning_(WarningCode.REPAIRED, change.field, text)
