"""What follows from a judgement for the checks to come."""

from collections.abc import Iterable
from dataclasses import fields, replace
from uuid import UUID, uuid4

from kordon.border.facts import Identity, Judgement, MatchFound
from kordon.border.holding import holder_of
from kordon.border.models import Check, Crossing, Hit, PossibleMatch
from kordon.border.rules.excluding import EXCLUDED, may_be_excluded
from kordon.journal.actor import Actor
from kordon.watchlist.commands import exclude_match, readmit_match
from kordon.watchlist.queries import Holder, was_changed_after


def rule_out(by: Actor, match: PossibleMatch, judgement: Judgement, reason: str) -> None:
    """“Not the same” keeps the alert from being met again by this person with this document;
    any other judgement takes back what was ruled about this match before.

    Who lacks the right only judges. An alert that was changed since the check is another than
    the one that was compared, so nothing is ruled about it.
    """
    if judgement is not Judgement.NOT_SAME:
        if by.may("watchlist.readmit_match"):
            readmit_match(by=by, match=match.pk, reason=reason)
        return
    if not by.may("watchlist.exclude_match") or was_changed_after(match.alert, match.position):
        return
    exclude(by, match.pk, match.alert, _holders(match), reason)


def rule_out_for(by: Actor, hit: Hit, reason: str) -> None:
    """The owner says that a hit was somebody else: the same ruling, by who knows the alert."""
    if not by.may("watchlist.exclude_match"):
        return
    match = PossibleMatch.objects.filter(pk=hit.pk).first()
    if match is not None:
        exclude(by, hit.pk, hit.alert, _holders(match), reason)
    elif hit.crossing and (crossing := Crossing.objects.filter(pk=hit.crossing).first()):
        who = {field.name: getattr(crossing, field.name) for field in fields(Identity)}
        exclude(by, hit.pk, hit.alert, {holder_of(Identity(**who))}, reason)


def exclude(by: Actor, match: UUID, alert: UUID, holders: Iterable[Holder], reason: str) -> None:
    """Rule about every form of the identity that was compared."""
    for holder in holders:
        exclude_match(
            by=by, exclusion=uuid4(), alert=alert, holder=holder, match=match, reason=reason
        )


def _holders(match: PossibleMatch) -> set[Holder]:
    """Who was compared: as read and as typed. Nobody where such a match is never ruled out."""
    check = Check.objects.filter(pk=match.check_uuid).first()
    said = [found for found in check.fact.matches if found.match == match.pk] if check else []
    if check is None or not any(may_be_excluded(_as_met(found)) for found in said):
        return set()
    return {holder_of(who) for who in (check.fact.identity, check.fact.read)}


def _as_met(found: MatchFound) -> MatchFound:
    """A match that is set aside already may be judged anew: it was a person's, or weak."""
    return replace(found, strength="second_line") if found.strength == EXCLUDED else found
