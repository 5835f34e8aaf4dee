"""What the worker does for this room again and again."""

from django.utils import timezone

from kordon.border import scratch
from kordon.border.commands import rehearse_edition, report_quality, search_earlier
from kordon.border.partitions import make_months
from kordon.journal.actor import Actor
from kordon.journal.channels import is_post
from kordon.journal.duties import duty
from kordon.journal.reacting import SYSTEM


@duty(every_s=3600)
def make_room() -> None:
    """Make the partitions of the months to come before they begin."""
    make_months(now=timezone.now())


@duty(every_s=60)
def forget_readings() -> None:
    """Raw files of chips and portraits go when their time is over, used or not."""
    scratch.clear_readings(timezone.now())


@duty(every_s=1)
def compare_earlier() -> None:
    """Compare new alerts with who had crossed before they were there, a part at a time."""
    if not is_post():
        search_earlier(by=Actor(id=SYSTEM, name="system", rights=frozenset(SEARCHING)))


@duty(every_s=1)
def rehearse_editions() -> None:
    """Compare editions that wait with last month's travellers, a part at a time."""
    if not is_post():
        rights = frozenset({"border.rehearse_edition", "watchlist.note_rehearsal"})
        rehearse_edition(by=Actor(id=SYSTEM, name="system", rights=rights))


@duty(every_s=60)
def report_on_lists() -> None:
    """Tell the owner of one list after the other, each once a month, how good it is."""
    if not is_post():
        report_quality(by=Actor(id=SYSTEM, name="system", rights=frozenset({REPORTING})))


REPORTING = "border.report_quality"
SEARCHING = (
    "border.search_earlier",
    "watchlist.screen_traveller",
    "watchlist.find_document_alerts",
    "watchlist.find_vehicle_alerts",
)
