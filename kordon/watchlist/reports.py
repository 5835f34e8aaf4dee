"""What the watchlist tells headquarters of a post: which editions of lists are in force."""

from typing import Any

from kordon.network.doors import reports
from kordon.watchlist.models import Edition
from kordon.watchlist.rules import EditionStatus


@reports("lists")
def lists() -> list[dict[str, Any]]:
    """Name, title, day and edition of each list in force. Own alerts are as old as the link."""
    rows = Edition.objects.filter(status=EditionStatus.IN_FORCE).order_by("title")
    return [
        {"name": name, "title": title, "as_of": as_of.isoformat(), "edition": str(edition)}
        for name, title, as_of, edition in rows.values_list("list", "title", "as_of", "id")
    ]
