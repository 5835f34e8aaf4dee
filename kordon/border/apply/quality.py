"""Reports on lists become rows."""

from dataclasses import asdict

from kordon.border import facts
from kordon.border.models import QualityReport
from kordon.journal.models import Entry
from kordon.journal.writing import applies

_NOT_COUNTED = {"report", "owner", "list"}


@applies(facts.ListQualityReported)
def list_quality_reported(it: facts.ListQualityReported, entry: Entry) -> None:
    figures = {name: value for name, value in asdict(it).items() if name not in _NOT_COUNTED}
    QualityReport.objects.create(
        id=it.report, owner=it.owner, list=it.list, at=entry.at, figures=figures
    )


@applies(facts.ListQualityAcknowledged)
def list_quality_acknowledged(it: facts.ListQualityAcknowledged, entry: Entry) -> None:
    QualityReport.objects.filter(pk=it.report).update(
        acknowledged_at=entry.at, acknowledged_by_name=entry.by_name, note=it.note
    )
