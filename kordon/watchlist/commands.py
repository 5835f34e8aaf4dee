"""What somebody may do with alerts. Editions of lists: ``import_edition`` and after."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record
from kordon.watchlist import rules, screening_index
from kordon.watchlist.calibration_commands import (
    approve_calibration,
    propose_calibration,
    return_calibration,
)
from kordon.watchlist.edition_commands import (
    approve_edition,
    approve_edition_at_console,
    import_edition,
    note_rehearsal,
    return_edition,
    roll_back_edition,
)
from kordon.watchlist.exclusion_commands import (
    exclude_match,
    readmit_match,
    revoke_exclusion,
    tell_exclusion,
)
from kordon.watchlist.facts import (
    AlertApproved,
    AlertChanged,
    AlertExtended,
    AlertRaised,
    AlertReturned,
    AlertWithdrawn,
)
from kordon.watchlist.lists import KNOWN, Profile
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.sources.records import Kind
from kordon.watchlist.spelling import plain_number, same_name_key

__all__ = [
    "KNOWN",
    "DocumentGiven",
    "NameGiven",
    "Particulars",
    "Profile",
    "approve_alert",
    "approve_calibration",
    "approve_edition",
    "approve_edition_at_console",
    "change_alert",
    "exclude_match",
    "extend_alert",
    "import_edition",
    "propose_calibration",
    "note_rehearsal",
    "raise_alert",
    "readmit_match",
    "return_alert",
    "return_calibration",
    "return_edition",
    "revoke_exclusion",
    "roll_back_edition",
    "tell_exclusion",
    "withdraw_alert",
]


@command(at_hq=True)
def raise_alert(
    *,
    by: Actor,
    alert: UUID,
    particulars: Particulars,
    low_quality: bool = False,
    review_on: date | None = None,
) -> Alert:
    """Write an alert of one's own agency; it fires once a second officer approved it.

    The same ``alert`` id sent twice is one alert. Without ``review_on`` it stands as long
    as its category allows.
    """
    known = Alert.objects.filter(pk=alert).first()
    if known:
        rules.check_owner(owner=known.owner, source=known.source, agency=by.agency)
        return known
    today = timezone.localdate()
    rules.check_owner(owner=by.agency, source="", agency=by.agency)
    rules.check_particulars(particulars, low_quality=low_quality)
    limit = rules.longest_review(particulars.category, today, particulars.births)
    _check_dates(particulars, today, review_on or limit, limit)
    _check_not_listed(particulars, by.agency)
    what = AlertRaised(
        alert=alert,
        owner=by.agency,
        particulars=particulars,
        low_quality=low_quality,
        valid_from=today,
        review_on=review_on or limit,
    )
    record(what, by=by)
    return Alert.objects.get(pk=alert)


@command(at_hq=True)
def change_alert(
    *, by: Actor, alert: UUID, particulars: Particulars, low_quality: bool = False, reason: str
) -> Alert:
    """Write an alert anew. One in force goes on as it is until a second officer approves."""
    row = _own(alert, by)
    rules.check_may_write(status=row.status, waiting=row.waiting)
    rules.check_reason(reason)
    rules.check_particulars(particulars, low_quality=low_quality)
    start = row.valid_from or timezone.localdate()
    limit = rules.longest_review(particulars.category, start, particulars.births)
    _check_dates(particulars, start, min(row.review_on or limit, limit), limit)
    _check_not_listed(particulars, by.agency, besides=alert)
    what = AlertChanged(
        alert=alert, particulars=particulars, low_quality=low_quality, reason=reason.strip()
    )
    record(what, by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def extend_alert(
    *, by: Actor, alert: UUID, review_on: date, valid_until: date | None = None, assessment: str
) -> Alert:
    """Keep an alert beyond its review date, after assessing this one alert anew."""
    row = _own(alert, by)
    rules.check_may_write(status=row.status, waiting=row.waiting)
    rules.check_in_force(row.status)
    rules.check_assessment(assessment)
    today = timezone.localdate()
    category = Category(row.category)
    births = tuple((year, month, day) for year, month, day in row.births)
    rules.check_dates(
        category,
        start=today,
        review_on=review_on,
        valid_until=valid_until,
        limit=rules.longest_review(category, today, births),
    )
    what = AlertExtended(
        alert=alert, review_on=review_on, valid_until=valid_until, assessment=assessment.strip()
    )
    record(what, by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def withdraw_alert(*, by: Actor, alert: UUID, reason: str) -> Alert:
    """Take an alert back. One in force fires until a second officer approves that."""
    row = _own(alert, by)
    rules.check_may_write(status=row.status, waiting=row.waiting)
    rules.check_reason(reason)
    record(AlertWithdrawn(alert=alert, reason=reason.strip()), by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def approve_alert(*, by: Actor, alert: UUID) -> Alert:
    """Put in force what another officer of the owner asked for."""
    row = _own(alert, by)
    deed = rules.check_may_decide(waiting=row.waiting, asked_by=row.asked_by, deciding=by.id)
    record(AlertApproved(alert=alert, deed=deed), by=by)
    transaction.on_commit(lambda: screening_index.notice(timezone.localdate()))
    row.refresh_from_db()
    return row


@command(at_hq=True)
def return_alert(*, by: Actor, alert: UUID, reason: str) -> Alert:
    """Not approve what another officer of the owner asked for, and say why."""
    row = _own(alert, by)
    deed = rules.check_may_decide(waiting=row.waiting, asked_by=row.asked_by, deciding=by.id)
    rules.check_reason(reason)
    record(AlertReturned(alert=alert, deed=deed, reason=reason.strip()), by=by)
    row.refresh_from_db()
    return row


def _own(alert: UUID, by: Actor) -> Alert:
    """The alert if it belongs to the agency of ``by``. Raises ``NoSuchAlert``, ``NotOwner``."""
    row = Alert.objects.filter(pk=alert).first()
    if row is None:
        raise rules.NoSuchAlert("There is no such alert.")
    rules.check_owner(owner=row.owner, source=row.source, agency=by.agency)
    return row


def _check_dates(it: Particulars, start: date, review_on: date, limit: date) -> None:
    rules.check_births(it, today=timezone.localdate())
    rules.check_dates(
        it.category, start=start, review_on=review_on, valid_until=it.valid_until, limit=limit
    )


def _check_not_listed(it: Particulars, owner: str, *, besides: UUID | None = None) -> None:
    """One alert per owner for one person (same words of a name, same birth), document, plate."""
    rows = Alert.objects.filter(owner=owner, source="", kind=it.kind)
    rows = rows.exclude(pk=besides) if besides else rows
    rows = rows.filter(status__in=(rules.Status.PENDING, rules.Status.IN_FORCE))
    if it.kind is Kind.VEHICLE:
        rows = rows.filter(plate_key=plain_number(it.plate))
    elif it.kind is Kind.DOCUMENT:
        same = Q()
        for document in it.documents:
            same |= Q(
                documents__plain=plain_number(document.number), documents__issuer=document.issuer
            )
        rows = rows.filter(same)
    else:
        keys = {same_name_key(name.text)[:300] for name in it.names}
        rows = rows.filter(names__key__in=keys, births=[list(birth) for birth in it.births])
    today = timezone.localdate()
    for row in rows.distinct()[:20]:
        if (
            rules.status_on(
                status=row.status, valid_until=row.valid_until, review_on=row.review_on, today=today
            )
            is not rules.Status.EXPIRED
        ):
            raise rules.AlreadyListed(f"Your agency already has an alert on this: {row.id}.")
