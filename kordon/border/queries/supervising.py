"""What the shift commander sees: who sits where, and how each booth gets on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from kordon.accounts.queries import list_booths
from kordon.border.models import Crossing
from kordon.border.queries.crossings import midnight
from kordon.journal.actor import Actor
from kordon.journal.command import query


@dataclass(frozen=True, kw_only=True)
class BoothState:
    """A booth with its officer, if one sits there, and its figures since midnight."""

    booth: str
    lane: str
    lane_class: str
    lane_direction: str
    officer: UUID | None
    officer_name: str
    since: datetime | None
    crossings: int
    referred: int
    last_at: datetime | None


@query
def list_booth_states(*, by: Actor) -> list[BoothState]:
    """Every booth of the officer's post, by lane."""
    rows = Crossing.objects.filter(post=by.post, crossed_at__gte=midnight(by))
    rows = rows.exclude(status=Crossing.Status.UNDONE)
    figures: dict[str, Any] = {
        row["booth"]: row
        for row in rows.values("booth").annotate(
            crossings=Count("pk"), referred=Count("pk", filter=~Q(reasons=[])), last=Max("at")
        )
    }
    nothing: dict[str, Any] = {"crossings": 0, "referred": 0, "last": None}
    return [
        BoothState(
            booth=booth.code,
            lane=booth.lane.code if booth.lane else "",
            lane_class=booth.lane.lane_class if booth.lane else "",
            lane_direction=booth.lane.direction if booth.lane else "",
            officer=booth.person.id if booth.person else None,
            officer_name=booth.person.name if booth.person else "",
            since=booth.taken_at,
            crossings=figures.get(booth.code, nothing)["crossings"],
            referred=figures.get(booth.code, nothing)["referred"],
            last_at=figures.get(booth.code, nothing)["last"],
        )
        for booth in list_booths(by=by, post=by.post)
    ]
