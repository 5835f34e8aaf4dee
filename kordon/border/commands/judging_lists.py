"""Telling owners how good their lists are, and what they answer."""

from uuid import UUID, uuid4

from django.utils import timezone

from kordon.border.facts import ListQualityAcknowledged, ListQualityReported
from kordon.border.measuring_lists import figures_of
from kordon.border.models import QualityReport
from kordon.border.rules import refusals as no
from kordon.border.rules.quality import EVERY
from kordon.border.rules.writing import check_text
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record, writing
from kordon.watchlist.queries import tell_lists


@command(writes_late=True, at_hq=True)
def report_quality(*, by: Actor) -> bool:
    """Report on one list whose owner was last told a month ago, or never; False if none is due."""
    since = timezone.now() - EVERY
    told = set(QualityReport.objects.filter(at__gte=since).values_list("owner", "list"))
    due = next((one for one in tell_lists() if one not in told), None)
    if due is None:
        return False
    owner, source = due
    figures = figures_of(owner, source)
    with writing():
        record(ListQualityReported(report=uuid4(), owner=owner, list=source, **figures), by=by)
    return True


@command(at_hq=True)
def acknowledge_quality(*, by: Actor, report: UUID, note: str) -> QualityReport:
    """Say that one has read a report on a list of one's own agency, and what will be done."""
    row = QualityReport.objects.filter(pk=report, owner=by.agency).first()
    if row is None:
        raise no.ReportNotFound("There is no such report on a list of your agency.")
    if row.acknowledged_at is None:
        note = check_text(note, needed=no.StatementRequired)
        record(ListQualityAcknowledged(report=report, note=note), by=by)
        row.refresh_from_db()
    return row
