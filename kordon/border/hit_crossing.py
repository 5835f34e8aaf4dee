"""Which crossing a hit came to."""

from uuid import UUID

from kordon.border.models import Crossing, Hit


def crossing_of(row: Hit) -> UUID | None:
    """The crossing that the check of a hit came to, if any."""
    if row.crossing is not None or row.check_uuid is None:
        return row.crossing
    rows = Crossing.objects.filter(check_uuid=row.check_uuid)
    found = rows.exclude(status=Crossing.Status.UNDONE).values_list("id", flat=True)
    return found.first()
