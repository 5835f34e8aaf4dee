"""What was found about a traveller, worst first: codes with parameters, no words, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kordon.border.facts import (
    Direction,
    EarlierCrossing,
    Finding,
    Level,
    MatchFound,
    Source,
    Whereabouts,
)
from kordon.border.rules.ageing import Knowledge, about_age
from kordon.border.rules.chip import ChipSeen, about_chip
from kordon.border.rules.crosscheck import CrossChecked, about_cross_check
from kordon.border.rules.history import describe_earlier, moved
from kordon.border.rules.page import PagePresented, about_page
from kordon.border.rules.presenting import Presented
from kordon.border.rules.reading import about_document
from kordon.border.rules.seal import SealSeen, about_seal

ORDER = {Level.STOP: 0, Level.LOOK: 1, Level.NOTE: 2, Level.FINE: 3}
PENDING = frozenset({"referred", "in_inspection"})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Everything the sources answered. ``matches`` are those that the first line may see.

    ``own_state`` and ``neighbour`` are the two states of a bilateral post; either may be
    unknown (empty). ``knowledge`` is None on a node that has no headquarters.
    """

    direction: Direction
    on: date
    presented: Presented
    plate: str = ""
    matches: tuple[MatchFound, ...] = ()
    past: tuple[EarlierCrossing, ...] = ()
    post_status: str = ""
    own_state: str = ""
    neighbour: str = ""
    knowledge: Knowledge | None = None
    chip: ChipSeen | None = None
    seal: SealSeen | None = None
    page: PagePresented | None = None
    cross_checked: CrossChecked | None = None


def find_findings(seen: Seen) -> tuple[Finding, ...]:
    """Everything worth saying, worst first; within a level alerts before the document."""
    found = [
        *about_alerts(seen),
        *about_post(seen),
        *about_knowledge(seen),
        *about_document(seen.presented, seen.cross_checked, on=seen.on),
        *(about_page(seen.page) if seen.page else ()),
        *(about_chip(seen.chip) if seen.chip else ()),
        *(about_seal(seen.seal) if seen.seal else ()),
        *_about_sources(seen),
        *about_history(seen),
    ]
    return tuple(sorted(found, key=lambda finding: ORDER[finding.level]))


def worst(findings: Iterable[Finding]) -> Level:
    """The level of the worst finding; fine if there is none."""
    return min((finding.level for finding in findings), key=ORDER.__getitem__, default=Level.FINE)


def about_post(seen: Seen) -> Iterator[Finding]:
    """At a bilateral post citizens of the two states cross, at a local one its neighbours."""
    nationality = seen.presented.identity.nationality
    if seen.post_status == "bilateral":
        states = {state for state in (seen.own_state, seen.neighbour) if state}
        params = {"nationality": nationality, "states": " ".join(sorted(states))}
        if len(states) < 2:
            yield _said("post_bilateral", Level.NOTE, Source.POST, advice="look_at_page", **params)
        elif nationality not in states:
            yield _said("post_not_open", Level.STOP, Source.POST, advice="second_line", **params)
    elif seen.post_status == "local":
        yield _said("post_local", Level.NOTE, Source.POST, advice="look_at_permit")


def about_knowledge(seen: Seen) -> Iterator[Finding]:
    """What this post knows may be too old to decide by."""
    if seen.knowledge is not None:
        yield from about_age(seen.knowledge, own_citizen=is_own_citizen(seen))


def _about_sources(seen: Seen) -> Iterator[Finding]:
    if seen.cross_checked is not None:
        yield from about_cross_check(
            seen.cross_checked,
            seen.presented.proven,
            seal_compared=bool(seen.seal and seen.seal.said.compared),
        )


def is_own_citizen(seen: Seen) -> bool:
    return bool(seen.own_state) and seen.presented.identity.nationality == seen.own_state


ALERT_SOURCES = {
    "name": Source.PERSON_ALERTS,
    "document": Source.DOCUMENT_ALERTS,
    "plate": Source.VEHICLE_ALERTS,
}
NONE_FOUND = {"name": "no_person_match", "document": "no_document_match"}


def about_alerts(seen: Seen) -> Iterator[Finding]:
    """Matches, and per question that there is none. A weak match never stops."""
    for match in seen.matches:
        yield _matched(match)
    met = {match.via for match in seen.matches}
    asked = NONE_FOUND | ({"plate": "no_vehicle_match"} if seen.plate else {})
    for via, code in asked.items():
        if via not in met:
            yield _said(code, Level.FINE, ALERT_SOURCES[via])


def _matched(match: MatchFound) -> Finding:
    """What the first line is told of a match: all, or only whom to turn to."""
    level = Level.STOP if match.strength == "stop" else Level.LOOK
    source = ALERT_SOURCES[match.via]
    if match.shown == "supervisor":
        return _said("supervisor_asked", level, source, "supervisor", match=str(match.match))
    if match.shown != "full":
        return _said("second_line_asked", level, source, "second_line", match=str(match.match))
    return _said(
        f"{match.kind}_match" if level is Level.STOP else f"{match.kind}_match_weak",
        level,
        source,
        advice="second_line",
        match=str(match.match),
        category=match.category,
        action=match.action,
    )


def about_history(seen: Seen) -> Iterator[Finding]:
    """Our own records: where the traveller should be, and what happened here before."""
    same_holder = seen.cross_checked.same_holder if seen.cross_checked else frozenset()
    yield from _about_past(seen.past, same_holder)
    last = next((one for one in seen.past if moved(one)), None)
    where = describe_earlier(seen.past).whereabouts
    entering = seen.direction is Direction.ENTRY
    source = Source.EARLIER_CROSSINGS
    if last is None:
        own = is_own_citizen(seen)
        level = Level.FINE if entering or own else Level.NOTE
        yield _said("not_seen_before" if entering or own else "no_entry_found", level, source)
    elif where is Whereabouts.INSIDE:
        code = "entered_without_exit" if entering else "entered_on"
        yield _past(code, Level.LOOK if entering else Level.FINE, last)
    else:
        code = "left_on" if entering else "left_without_entry"
        yield _past(code, Level.FINE if entering else Level.LOOK, last)


def _about_past(
    past: tuple[EarlierCrossing, ...], same_holder: frozenset[UUID]
) -> Iterator[Finding]:
    pending = next((one for one in past if one.status in PENDING), None)
    if pending:
        yield _past("referral_open", Level.STOP, pending, advice="second_line")
    strangers = (one for one in past if one.same_document and not one.same_person)
    stranger = next((one for one in strangers if one.crossing not in same_holder), None)
    if stranger:
        yield _past("document_of_other", Level.LOOK, stranger, advice="second_line")
    refused = next((one for one in past if one.status == "refused"), None)
    if refused:
        yield _past("refused_before", Level.LOOK, refused, advice="ask")
    other = next((one for one in past if not one.same_document), None)
    if other:
        yield _past("other_document", Level.NOTE, other, advice="")


def _past(code: str, level: Level, one: EarlierCrossing, advice: str = "ask") -> Finding:
    return _said(
        code,
        level,
        Source.EARLIER_CROSSINGS,
        advice=advice if level is not Level.FINE else "",
        at=one.crossed_at.isoformat(),
        post=one.post,
        document=one.document,
    )


def _said(code: str, level: Level, source: Source, advice: str = "", **params: str) -> Finding:
    return Finding(code=code, level=level, source=source, params=params, advice=advice)
