"""A few alerts held ready to be compared with very many travellers who passed already.

A sieve only says who may be worth screening: it lets nobody through that the whole index would
find, and some that it would not. What it holds is a moment's copy of the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from kordon.lib import screening
from kordon.watchlist.matches import Traveller
from kordon.watchlist.models import Alert, AlertDocument
from kordon.watchlist.rules import Status
from kordon.watchlist.screening import calibration_in_force, person_of
from kordon.watchlist.screening_base import listings_of
from kordon.watchlist.sources.records import Kind
from kordon.watchlist.spelling import confusable_number, plain_number

if TYPE_CHECKING:
    from kordon.lib.screening import Index

MARGIN = 4.0
"""Nats. A name weighs less in a small index, which knows less of how rare it is: measured, at
most half a nat for each part of a name."""
LARGEST = 200_000
"""Alerts of which a sieve is made at all: it holds each in memory. A list of more is not compared
with those who crossed before; the guide says so."""
MOST = 5_000
"""Persons of which a sieve is made; with more, every traveller is screened by the whole index."""


@dataclass(frozen=True)
class Sieve:
    """Alerts of some entries of the journal: persons, numbers of documents, plates."""

    alerts: frozenset[UUID]
    persons: "Index | None"
    everybody: bool
    least: float
    numbers: frozenset[str] = field(default_factory=frozenset)
    plates: frozenset[str] = field(default_factory=frozenset)

    def may_meet(self, who: Traveller, numbers: Iterable[str], plate: str) -> bool:
        """Whether it is worth screening this traveller."""
        if plate and plain_number(plate) in self.plates:
            return True
        if self.numbers and any(confusable_number(number) in self.numbers for number in numbers):
            return True
        if self.persons is None:
            return self.everybody
        person = person_of(who)
        return bool(self.persons.search(person, limit=1, threshold=self.least))


def sieve_of(positions: tuple[int, ...]) -> Sieve:
    """The alerts that are in force and were touched last by these entries of the journal."""
    rows = Alert.objects.filter(position__in=positions, status=Status.IN_FORCE)
    if rows.count() > LARGEST:
        return Sieve(frozenset(), None, False, 0.0)
    ids = frozenset(rows.values_list("id", flat=True))
    persons = rows.filter(kind=Kind.PERSON)
    count = persons.count()
    holds = calibration_in_force()
    index = None
    if 0 < count <= MOST:
        index = screening.Index.build(listings_of(persons.order_by("id")), holds.weights)
    numbers = AlertDocument.objects.filter(alert__in=rows).values_list("confusable", flat=True)
    plates = rows.exclude(plate_key="").values_list("plate_key", flat=True)
    least = holds.lowest - MARGIN
    return Sieve(ids, index, count > MOST, least, frozenset(numbers), frozenset(plates))
