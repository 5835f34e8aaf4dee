"""An edition that waits, held against travellers as if it were in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from kordon.journal.files import read_kept
from kordon.lib import screening
from kordon.lib.screening import Candidate, Listing
from kordon.watchlist.matches import Strength, Traveller
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.particulars import Category
from kordon.watchlist.rows import documents_of, listed_alert, names_of
from kordon.watchlist.screening import calibration_in_force, match_by_name, person_of
from kordon.watchlist.screening_base import listing_of
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.records import Kind, SourceRecord, from_line
from kordon.watchlist.spelling import confusable_number, plain_number

MOST_ENTRIES = 20_000
"""That are compared; of a larger edition every n-th, which the figures then say."""
SILENT = "silent"
Z = 1.96
"""Of 95 in 100 such samples the interval holds the true rate."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a rehearsal counted. ``entries`` of ``of_entries`` were compared with ``travellers``
    of the ``crossings`` of the last ``days``."""

    travellers: int
    crossings: int
    days: int
    entries: int
    of_entries: int
    stops: int
    referrals: int
    silent: int


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Per 10,000 travellers, with the bounds of the 95 % interval."""

    rate: float
    low: float
    high: float


def expect(count: int, figures: Figures) -> Expected | None:
    """How many of 10,000 travellers it would be (Wilson's interval); None if nobody was compared.

    Where only every n-th entry was compared, n times as many are expected.
    """
    n = figures.travellers
    if n == 0:
        return None
    scale = figures.of_entries / figures.entries if figures.entries else 1.0
    share = count / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    spread = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Expected(
        rate=min(share * scale, 1) * 10_000,
        low=min(max(centre - spread, 0) * scale, 1) * 10_000 if count else 0.0,
        high=min((centre + spread) * scale, 1) * 10_000,
    )


class Rehearsal:
    """The entries of one edition, indexed for themselves."""

    def __init__(self, edition: Edition) -> None:
        self.edition: UUID = edition.id
        records, self.of_entries = _records(edition)
        self.entries = len(records)
        persons = [record for record in records if record.kind is Kind.PERSON]
        self._alerts = {str(alert.id): alert for alert in _alerts(edition, persons)}
        self._holds = calibration_in_force()
        listings = _listings(self._alerts, persons)
        self._index = screening.Index.build(listings, self._holds.weights) if persons else None
        self._numbers, self._plates = _numbers(edition, records)

    def meets(self, who: Traveller, numbers: Iterable[tuple[str, str]], plate: str) -> str:
        """``stop``, ``second_line``, ``silent`` or nothing: the worst this traveller would meet.

        ``numbers`` are issuer and number of their documents.
        """
        met = {self._by_number(issuer, number) for issuer, number in numbers}
        met.add(self._plates.get(plain_number(plate), "") if plate else "")
        if self._index is not None:
            found = self._index.search(person_of(who), limit=20, threshold=self._holds.lowest)
            met.update(self._by_name(candidate) for candidate in found)
        worst = (Strength.STOP, Strength.SECOND_LINE, SILENT)
        return next((str(it) for it in worst if it in met), "")

    def _by_name(self, candidate: Candidate) -> str:
        alert = self._alerts[candidate.key]
        thresholds = self._holds.thresholds[Category(alert.category)]
        if candidate.score < thresholds.looks:
            return ""
        match = match_by_name(alert, candidate, thresholds.stops)
        return match.strength if match.seen_by_first_line else SILENT

    def _by_number(self, issuer: str, number: str) -> str:
        state = to_alpha3(issuer) or issuer.strip().upper()[:3]
        found = ""
        for plain, of, seen in self._numbers.get(confusable_number(number), ()):
            if state and of not in {"", state}:
                continue
            sure = plain == plain_number(number) and bool(state) and of == state
            met = (Strength.STOP if sure else Strength.SECOND_LINE) if seen else SILENT
            found = met if met == Strength.STOP or not found else found
        return str(found)


def _records(edition: Edition) -> tuple[list[SourceRecord], int]:
    """The entries to compare, and how many there are: of a large edition every n-th."""
    lines = [line for line in read_kept(edition.records).split(b"\n") if line]
    step = -(-len(lines) // MOST_ENTRIES) or 1
    return [from_line(line.decode()) for line in lines[::step]], len(lines)


def _alerts(edition: Edition, records: Iterable[SourceRecord]) -> Iterable[Alert]:
    """The rows they would be, unsaved."""
    return (listed_alert(edition, record, "", 0) for record in records)


def _listings(alerts: dict[str, Alert], records: Iterable[SourceRecord]) -> Iterable[Listing]:
    for alert, record in zip(alerts.values(), records, strict=True):
        names = [(name.text, name.quality) for name in names_of(alert.id, record)]
        documents = [(it.issuer, it.number) for it in documents_of(alert.id, record)]
        said = alert.births, alert.birth_ranges, alert.nationalities, alert.sex, alert.places
        yield listing_of((alert.id, *said), names, documents)


Numbers = dict[str, list[tuple[str, str, bool]]]


def _numbers(edition: Edition, records: Iterable[SourceRecord]) -> tuple[Numbers, dict[str, str]]:
    """Documents by confusable number, and what meeting each plate would be."""
    numbers: Numbers = {}
    plates: dict[str, str] = {}
    for alert, record in ((listed_alert(edition, it, "", 0), it) for it in records):
        for document in documents_of(alert.id, record):
            one = (document.plain, document.issuer, not alert.discreet)
            numbers.setdefault(document.confusable, []).append(one)
        if alert.plate_key:
            plates[alert.plate_key] = SILENT if alert.discreet else Strength.STOP
    return numbers, plates
