"""Which crossing a hit came to, and whether the post may hear of it."""

from uuid import UUID

from kordon.border.facts import HitKind
from kordon.border.models import Crossing, Hit


def crossing_of(row: Hit) -> UUID | None:
    """The crossing that the check of a hit came to, if any."""
    if row.crossing is not None or row.check_uuid is None:
        return row.crossing
    rows = Crossing.objects.filter(check_uuid=row.check_uuid)
    found = rows.exclude(status=Crossing.Status.UNDONE).values_list("id", flat=True)
    return found.first()


def leaves_no_trace(row: Hit) -> bool:
    """Whether nothing of it may be seen at the post: met so, or found so among earlier ones."""
    seen = bool(row.found["seen_by_first_line"]) if row.found else True
    return row.kind == HitKind.SILENT or not seen
