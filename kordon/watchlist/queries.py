"""What may be asked of the watchlist."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query
from kordon.watchlist import screening
from kordon.watchlist.matches import ListAge, Match, Traveller
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.rules import EditionStatus, Status

OWN = "own"


@query(personal=True)
def screen_traveller(*, by: Actor, traveller: Traveller) -> tuple[Match, ...]:
    """Alerts on persons the traveller may be. Discreet ones are among them: see ``Match``."""
    return _noted(screening.persons_like(traveller, today=timezone.localdate()))


@query(personal=True)
def find_document_alerts(*, by: Actor, number: str, issuer: str) -> tuple[Match, ...]:
    """Alerts on a document, or on a person known to hold it."""
    return _noted(screening.documents_like(number, issuer, today=timezone.localdate()))


@query(personal=True)
def find_vehicle_alerts(*, by: Actor, plate: str) -> tuple[Match, ...]:
    """Alerts on a vehicle by its plate, whichever alphabet it was typed in."""
    return _noted(screening.vehicles_like(plate, today=timezone.localdate()))


@query
def list_editions(*, by: Actor) -> tuple[ListAge, ...]:
    """Everything that is searched, with its age: own alerts first, then the lists by name."""
    counts: Counter[str] = Counter(
        dict(
            Alert.objects.filter(status=Status.IN_FORCE)
            .values_list("source")
            .annotate(entries=Count("id"))
            .order_by()
        )
    )
    own = ListAge(name=OWN, title="", as_of=timezone.localdate(), since=None, entries=counts[""])
    editions = Edition.objects.filter(status=EditionStatus.IN_FORCE).order_by("title")
    return own, *(
        ListAge(
            name=edition.list,
            title=edition.title,
            as_of=edition.as_of,
            since=edition.approved_at,
            entries=counts[edition.list],
            edition=edition.id,
        )
        for edition in editions
    )


def _noted(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    for match in matches:
        note_read(f"alert:{match.alert}")
    return matches
