"""Where travellers matching an agency's own alerts were seen."""

from dataclasses import dataclass
from uuid import UUID

from kordon.border.facts import TravellerChecked
from kordon.border.models import Check, Crossing, PossibleMatch
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One match: place, time, route, companions, vehicle, and the crossing it came to, if any."""

    match: PossibleMatch
    check: TravellerChecked
    crossing: Crossing | None


@query(personal=True)
def list_sightings(*, by: Actor, alert: UUID | None = None, limit: int = 100) -> list[Sighting]:
    """Matches with alerts of the actor's own agency, newest first, silent ones included."""
    rows = PossibleMatch.objects.filter(owner=by.agency)
    if alert is not None:
        rows = rows.filter(alert=alert)
    found = list(rows.order_by("-at")[: min(limit, 500)])
    ids = [row.check_uuid for row in found]
    checks = Check.objects.in_bulk(ids)
    crossings = {
        row.check_uuid: row
        for row in Crossing.objects.filter(check_uuid__in=ids).exclude(
            status=Crossing.Status.UNDONE
        )
    }
    for row in found:
        note_read(f"alert:{row.alert}")
    return [
        Sighting(
            match=row, check=checks[row.check_uuid].fact, crossing=crossings.get(row.check_uuid)
        )
        for row in found
        if row.check_uuid in checks
    ]
