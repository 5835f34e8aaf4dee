"""The check of a traveller: every source asked, everything found written down once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, UUIDField
from django.utils import timezone

from kordon.border.commands.matching import find_matches
from kordon.border.earlier import keys_of, read_earlier, tell_earlier
from kordon.border.facts import (
    ListAsked,
    MatchesWeighed,
    MatchFound,
    SourceAsked,
    TravellerChecked,
)
from kordon.border.models import Check
from kordon.border.place import place_of
from kordon.border.rules import refusals as no
from kordon.border.rules.ageing import Knowledge
from kordon.border.rules.asking import Asked, list_sources
from kordon.border.rules.chip import (
    Believed,
    ChipSeen,
    look_at_chip,
    protocol_of,
    zone_of,
)
from kordon.border.rules.crosscheck import (
    CrossChecked,
    Sources,
    compared_protocol,
    cross_check_document,
    told_by_seal,
)
from kordon.border.rules.finding import Seen, find_findings
from kordon.border.rules.history import describe_earlier
from kordon.border.rules.keys import document_key, plate_key
from kordon.border.rules.presenting import (
    UNCHANGED,
    Presentation,
    Presented,
    read_presentation,
)
from kordon.border.rules.seal import SealSeen, look_at_seal, protocol_of_seal
from kordon.journal.actor import Actor
from kordon.journal.command import command, note_read
from kordon.journal.compiled import compiled
from kordon.journal.writing import record, writing
from kordon.network.queries import get_standing
from kordon.trust.queries import trust_in_force
from kordon.watchlist.queries import OWN, Calibration, ListAge, list_ages, tell_calibration


@command(writes_late=True)
def check_traveller(*, by: Actor, check: UUID, presentation: Presentation) -> Check:
    """Ask every source about a traveller and record what they answered, and who was not asked.

    ``check`` is chosen by the caller, so that a document sent twice is one check: the
    first. Raises ``Unreadable`` or ``IdentityIncomplete`` where nobody can be asked.
    """
    if known := _known(by, check):
        return known
    place = place_of(by)
    on = timezone.localdate(timezone=place.zone)
    presentation = _with_zone(presentation, on)
    presented = read_presentation(presentation, on=on)
    note_read(f"document:{document_key(presented.identity.issuer, presented.identity.number)}")
    plate = plate_key(presentation.plate)
    holds, matches = _find_matches(by, check, presented, plate)
    past = read_earlier(keys_of([who for _, who in presented.forms], presented.numbers))
    ages = list_ages(by=by)
    knowledge = _knowledge(ages)
    seen = Seen(
        direction=presentation.direction,
        on=on,
        presented=presented,
        plate=plate,
        matches=tuple(match for match in matches if match.seen_by_first_line),
        past=past,
        post_status=place.status,
        own_state=getattr(settings, "KORDON_STATE", ""),
        neighbour=place.neighbour,
        knowledge=knowledge,
        chip=(chip := _look_at_chip(presentation, presented, on)),
        page=presentation.page,
        seal=(seal := _look_at_seal(presentation, presented, on)),
    )
    seen = replace(seen, cross_checked=(compared := _cross_check(presentation, seen)))
    asked = Asked(
        zone_read=presented.reading is not None,
        plate=bool(plate),
        mode=place.mode,
        lists=_asked(ages),
        knowledge=knowledge,
        believed=chip.believed if chip else None,
        believed_of_seal=seal.believed if seal else None,
    )
    fact = _fact(check, presentation, seen, (list_sources(asked), matches))
    with writing():
        return _known(by, check) or _record(fact, holds, (chip, seal, compared), by)


def _fact(
    check: UUID,
    presentation: Presentation,
    seen: Seen,
    asked: tuple[tuple[SourceAsked, ...], tuple[MatchFound, ...]],
) -> TravellerChecked:
    """What is written down: ``asked`` are the sources, and every match, silent ones too."""
    presented = seen.presented
    return TravellerChecked(
        check=check,
        direction=presentation.direction,
        on=seen.on,
        mrz=presentation.mrz.strip(),
        format=presented.format,
        read=presented.read,
        identity=presented.identity,
        fields=presented.fields,
        corrections=presented.corrections,
        findings=find_findings(seen),
        sources=asked[0],
        matches=asked[1],
        earlier=describe_earlier(seen.past),
        plate=seen.plate,
        purpose=presentation.purpose,
        companions=presentation.companions.strip(),
        route=presentation.route.strip(),
    )


def _with_zone(it: Presentation, on: date) -> Presentation:
    """Where only a chip was handed in, its zone is the one that is checked."""
    if it.chip is None or it.mrz.strip() or it.typed != UNCHANGED:
        return it
    return replace(it, mrz=zone_of(it.chip, on=on), chip=replace(it.chip, gives_zone=True))


def _look_at_chip(it: Presentation, presented: Presented, on: date) -> ChipSeen | None:
    if it.chip is None:
        return None
    return look_at_chip(it.chip, _believed(), zone=presented.reading, on=on)


def _look_at_seal(it: Presentation, presented: Presented, on: date) -> SealSeen | None:
    if it.seal is None:
        return None
    return look_at_seal(it.seal, _believed(), reading=presented.reading, on=on)


def _believed() -> Believed:
    found = trust_in_force()
    return Believed(
        trust=found.trust,
        seals=found.seals,
        number=found.number,
        digest=found.digest,
        as_of=found.as_of,
    )


def _cross_check(it: Presentation, seen: Seen) -> CrossChecked:
    earlier = tell_earlier(seen.past)
    for told in earlier:
        note_read(f"crossing:{told.crossing.crossing}")
    sources = Sources(
        presented=seen.presented,
        chip=it.chip,
        seal=told_by_seal(it.seal.octets, on=seen.on) if it.seal else None,
        earlier=earlier,
    )
    return cross_check_document(sources, on=seen.on)


def _find_matches(
    by: Actor, check: UUID, presented: Presented, plate: str
) -> tuple[Calibration, tuple[MatchFound, ...]]:
    """The matches, and the calibration under which every one of them was scored."""
    holds = tell_calibration()
    matches = find_matches(by, check, presented, plate)
    if matches and tell_calibration() != holds:  # two persons changed it this very moment
        holds, matches = tell_calibration(), find_matches(by, check, presented, plate)
    return holds, matches


def _record(
    fact: TravellerChecked,
    holds: Calibration,
    seen: tuple[ChipSeen | None, SealSeen | None, CrossChecked],
    by: Actor,
) -> Check:
    """The check, and beside it the weights its candidates were scored with, chip and seal, and how
    the sources of the document compare.
    """
    row = Check.of(fact, record(fact, by=by))
    if any(match.via == "name" for match in fact.matches):
        weights = holds.weights.version
        record(MatchesWeighed(check=fact.check, weights=weights, calibration=holds.id), by=by)
    chip, seal, compared = seen
    if chip is not None:
        record(protocol_of(fact.check, chip), by=by)
    if seal is not None:
        record(protocol_of_seal(fact.check, seal), by=by)
    if compared.says_something:
        record(compared_protocol(fact.check, compared), by=by)
    return row


def _known(by: Actor, check: UUID) -> Check | None:
    for known in _checks(check=check):
        if known.by != by.id:
            raise no.NotYourCheck("Another officer made this check.")
        return known
    return None


@compiled(check=UUIDField())
def _checks(check: Any) -> QuerySet[Check]:
    return Check.objects.filter(pk=check)


def _knowledge(ages: tuple[ListAge, ...]) -> Knowledge | None:
    """How old what this post knows is; None where it has no headquarters.

    Own alerts are as old as the link; published lists have a day of their own.
    """
    standing = get_standing()
    if standing is None:
        return None
    published = (replace(one, name=one.title or one.name) for one in ages if one.name != OWN)
    return Knowledge(
        now=timezone.now(),
        current_at=standing.current_at,
        lists=_asked(published),
        policy=standing.policy,
    )


def _asked(ages: Iterable[ListAge]) -> tuple[ListAsked, ...]:
    return tuple(ListAsked(name=one.name, as_of=one.as_of, since=one.since) for one in ages)
