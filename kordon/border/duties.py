"""What the worker does for this room again and again."""

from django.utils import timezone

from kordon.border import scratch
from kordon.border.partitions import make_months
from kordon.journal.duties import duty


@duty(every_s=3600)
def make_room() -> None:
    """Make the partitions of the months to come before they begin."""
    make_months(now=timezone.now())


@duty(every_s=60)
def forget_readings() -> None:
    """Raw files of chips and portraits go when their time is over, used or not."""
    scratch.clear_readings(timezone.now())
