"""What the worker does for this room again and again."""

from django.utils import timezone

from kordon.border.partitions import make_months
from kordon.journal.duties import duty


@duty(every_s=3600)
def make_room() -> None:
    """Make the partitions of the months to come before they begin."""
    make_months(now=timezone.now())
