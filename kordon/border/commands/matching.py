"""Asking the watchlist about every form of a traveller's identity."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_OID, UUID, uuid5

from kordon.border.facts import Identity, MatchFound, MatchReason
from kordon.border.holding import holder_of
from kordon.border.rules.excluding import EXCLUDED, may_be_excluded
from kordon.border.rules.keys import document_key
from kordon.border.rules.presenting import Presented
from kordon.journal.actor import Actor
from kordon.watchlist.queries import (
    Match,
    Traveller,
    find_document_alerts,
    find_vehicle_alerts,
    screen_traveller,
    tell_excluded,
)

SILENT = "record_silently"


def find_matches(
    by: Actor, check: UUID, presented: Presented, plate: str
) -> tuple[MatchFound, ...]:
    """Every alert met by any form, once, the best-scored form of each; the worst first.

    The same questions are asked whatever the answers are. A match with an alert that an officer
    ruled not to mean this person with this document is kept, but nobody's to act on.
    """
    best: dict[UUID, MatchFound] = {}
    holders = {form: holder_of(who) for form, who in presented.forms}
    excluded = tell_excluded(tuple(holders.values()))
    for form, match in _ask(by, presented, plate):
        found = found_of(check, form, match)
        if may_be_excluded(found) and (match.alert, holders[form].digest) in excluded:
            found = _set_aside(found)
        known = best.get(found.alert)
        if known is None or _rank(found) < _rank(known):
            best[found.alert] = found
    return tuple(sorted(best.values(), key=_rank))


def _set_aside(found: MatchFound) -> MatchFound:
    return replace(found, strength=EXCLUDED, seen_by_first_line=False, seen_by_second_line=False)


def _rank(found: MatchFound) -> tuple[bool, bool, bool, float]:
    """Stronger first, then numbers before names, then by score; what is set aside last."""
    excluded = found.strength == EXCLUDED
    return excluded, found.strength != "stop", found.via == "name", -found.score


def _ask(by: Actor, presented: Presented, plate: str) -> Iterator[tuple[str, Match]]:
    truncated = bool(presented.reading and presented.reading.name_truncated)
    for form, who in presented.forms:
        for match in screen_traveller(by=by, traveller=traveller_of(who, truncated=truncated)):
            yield form, match
    for form, issuer, number in _documents(presented):
        for match in find_document_alerts(by=by, number=number, issuer=issuer):
            yield form, match
    if plate:
        for match in find_vehicle_alerts(by=by, plate=plate):
            yield "typed", match


def _documents(presented: Presented) -> Iterator[tuple[str, str, str]]:
    asked = set()
    for form, who in presented.forms:
        for number in (who.number, *presented.numbers):
            key = document_key(who.issuer, number)
            if key and key not in asked:
                asked.add(key)
                yield form, who.issuer, number


def traveller_of(who: Identity, *, truncated: bool = False) -> Traveller:
    """The identity as the watchlist is asked about it."""
    return Traveller(
        surname=who.surname,
        given_names=who.given_names,
        born=_born(who.birth),
        sex=who.sex,
        nationality=who.nationality,
        truncated=truncated,
        documents=((who.issuer, who.number),) if who.number else (),
    )


def _born(birth: str) -> tuple[int, int, int]:
    parts = birth.split("-") if birth.count("-") == 2 else ["", "", ""]
    year, month, day = (int(part) if part.isdigit() else 0 for part in parts)
    return year, month, day


def found_of(check: UUID, form: str, match: Match) -> MatchFound:
    """What a check says of a match. The id of both is the same whoever asks again."""
    candidate = match.candidate
    reasons = candidate.reasons if candidate else ()
    return MatchFound(
        match=uuid5(NAMESPACE_OID, f"{check}/{match.alert}"),
        alert=match.alert,
        kind=str(match.kind),
        category=str(match.category),
        action=str(match.action),
        shown=str(match.shown),
        owner=match.owner,
        reference=match.reference,
        strength=str(match.strength),
        via=str(match.by),
        seen_by_first_line=match.seen_by_first_line,
        seen_by_second_line=match.seen_by_first_line or str(match.action) != SILENT,
        form=form,
        listed_name=match.listed_name,
        instructions=match.instructions,
        score=round(candidate.score, 3) if candidate else 0.0,
        reasons=tuple(
            MatchReason(
                code=str(one.code), given=one.given, listed=one.listed, weight=round(one.weight, 3)
            )
            for one in reasons
        ),
    )
