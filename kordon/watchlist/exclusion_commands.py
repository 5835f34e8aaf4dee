"""Ruling that a traveller is not the one an alert means, and taking the ruling back."""

from uuid import UUID

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record
from kordon.watchlist import rules
from kordon.watchlist.excluding import Holder, says_of
from kordon.watchlist.facts import ExclusionRevoked, ExclusionTold, MatchExcluded
from kordon.watchlist.models import Alert, Exclusion


@command
def exclude_match(
    *, by: Actor, exclusion: UUID, alert: UUID, holder: Holder, match: UUID, reason: str
) -> Exclusion | None:
    """Rule that this person with this document is not the one an alert means.

    From then on the alert is not met by them, here at once and everywhere once it is told,
    until the alert says something else or they come with another document, name or birth
    date. None, and nothing ruled, where too little is known of the traveller to tell them
    from others, or where the alert is gone.
    """
    rules.check_reason(reason)
    said = says_of([alert]).get(alert)
    if said is None or not holder.known:
        return None
    same = Exclusion.objects.filter(
        alert=alert, says=said, traveller=holder.digest, revoked_at=None
    ).first()
    if same:
        return same
    record(
        MatchExcluded(
            exclusion=exclusion,
            alert=alert,
            says=said,
            traveller=holder.digest,
            match=match,
            document=f"{holder.issuer}/{holder.number}",
            name=f"{holder.surname} {holder.given_names}".strip(),
            birth=holder.birth,
            reason=reason.strip(),
        ),
        by=by,
    )
    return Exclusion.objects.get(pk=exclusion)


@command
def readmit_match(*, by: Actor, match: UUID, reason: str) -> int:
    """Take back what was ruled about one possible match, because it is judged otherwise now."""
    rules.check_reason(reason)
    held = Exclusion.objects.filter(match=match, revoked_at=None).values_list("id", flat=True)
    ids = list(held)
    for exclusion in ids:
        record(ExclusionRevoked(exclusion=exclusion, reason=reason.strip()), by=by)
    return len(ids)


@command
def revoke_exclusion(*, by: Actor, exclusion: UUID, reason: str) -> Exclusion:
    """Take back a ruling: the alert is met again. About a discreet alert only its owner does."""
    row = Exclusion.objects.filter(pk=exclusion).first()
    alert = Alert.objects.filter(pk=row.alert).first() if row else None
    if row is None or not may_know(by, alert):
        raise rules.NoSuchExclusion("There is no such ruling.")
    rules.check_reason(reason)
    if row.revoked_at is None:
        record(ExclusionRevoked(exclusion=exclusion, reason=reason.strip()), by=by)
        row.refresh_from_db()
    return row


def may_know(by: Actor, alert: Alert | None) -> bool:
    """Whether rulings about this alert are theirs to see. One about a gone alert is everybody's."""
    own = alert is None or alert.owner == by.agency or not alert.discreet
    return own or by.may("watchlist.see_all_alerts")


@command(at_hq=True)
def tell_exclusion(*, by: Actor, exclusion: UUID, cause: str = "") -> None:
    """Tell every post how a ruling stands now. What nobody here has heard of is not told."""
    row = Exclusion.objects.filter(pk=exclusion).first()
    if row is None:
        return
    record(
        ExclusionTold(
            exclusion=row.id,
            alert=row.alert,
            says=row.says,
            traveller=row.traveller,
            ruled_by=row.ruled_by_name,
            agency=row.agency,
            post=row.post,
            ruled_at=row.ruled_at,
            reason=row.reason,
            revoked=row.revoked_at is not None,
        ),
        by=by,
        cause=cause,
    )
