"""What follows from a judgement for the checks to come."""

from dataclasses import replace
from uuid import uuid4

from kordon.border.facts import Judgement, MatchFound, TravellerChecked
from kordon.border.holding import holder_of
from kordon.border.models import Check, PossibleMatch
from kordon.border.rules.excluding import EXCLUDED, may_be_excluded
from kordon.journal.actor import Actor
from kordon.watchlist.commands import exclude_match, readmit_match
from kordon.watchlist.queries import was_changed_after


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
    check = Check.objects.filter(pk=match.check_uuid).first()
    if check is None or not _may_be_excluded(check.fact, match):
        return
    for holder in {holder_of(who) for who in (check.fact.identity, check.fact.read)}:
        exclude_match(
            by=by,
            exclusion=uuid4(),
            alert=match.alert,
            holder=holder,
            match=match.pk,
            reason=reason,
        )


def _may_be_excluded(check: TravellerChecked, match: PossibleMatch) -> bool:
    """A match that is set aside already may be judged anew: it was a person's, or weak."""
    said = (found for found in check.matches if found.match == match.pk)
    return any(may_be_excluded(_as_met(found)) for found in said)


def _as_met(found: MatchFound) -> MatchFound:
    return replace(found, strength="second_line") if found.strength == EXCLUDED else found
