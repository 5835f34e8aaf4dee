"""Searching persons, documents and vehicles in force today; used by the queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import CharField, Prefetch, QuerySet
from django.utils import timezone

from kordon.journal.compiled import compiled
from kordon.lib.screening import Candidate, Person
from kordon.watchlist import proposing, screening_index, sharing
from kordon.watchlist.calibration import DEFAULTS, USUAL, Calibration, calibration_of
from kordon.watchlist.enquiries import Enquiry
from kordon.watchlist.matches import By, Match, Strength, Traveller, strength_of_candidate
from kordon.watchlist.models import Alert, AlertDocument, AlertName, CalibrationRow
from kordon.watchlist.particulars import Category
from kordon.watchlist.proposing import Bounds, CalibrationReport
from kordon.watchlist.rules import EditionStatus, Status, is_live
from kordon.watchlist.screening_base import listings_of
from kordon.watchlist.screening_index import Found
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.records import Kind
from kordon.watchlist.spelling import confusable_number, plain_number

LIMIT = 20
TRIES = 3
_NAMES = Prefetch("names", queryset=AlertName.objects.filter(place=0))


def persons_like(traveller: Traveller, *, today: date) -> tuple[Match, ...]:
    """Alerts on persons the traveller may be, the leading one first."""
    return alerts_like(person_of(traveller), today=today)


def alerts_like(
    person: Person, *, today: date, found: list[Found] | None = None
) -> tuple[Match, ...]:
    """Alerts on listed persons who may be this one, the leading one first.

    ``found``: what another machine found already, if it did.
    """
    holds = calibration_in_force()
    for tried in range(TRIES):
        if found is None or tried:
            found = screening_index.search(
                person,
                limit=LIMIT,
                today=today,
                threshold=holds.lowest,
                weights=holds.weights,
            )
        alerts = _live((UUID(it.candidate.key) for it in found), today, names=False)
        # An alert that was changed while we searched may be described otherwise by now.
        if all(row.position <= found[0].newest for row in alerts.values()):
            break
    matches = []
    for it in found or ():
        alert = alerts.get(UUID(it.candidate.key))
        if alert and alert.position <= it.upto:
            thresholds = holds.thresholds[Category(alert.category)]
            if it.candidate.score >= thresholds.looks:
                matches.append(match_by_name(alert, it.candidate, thresholds.stops))
    return _ranked(matches)[:LIMIT]


def documents_like(number: str, issuer: str, *, today: date) -> tuple[Match, ...]:
    """Alerts on a document or its holder: the same number, or one easily confused with it.

    Where both sides name an issuing state it must be the same: random numbers of other
    states are confusable by chance (measured: about 1 in 100).
    """
    if not plain_number(number):
        return ()
    state, plain = to_alpha3(issuer) or issuer.strip().upper()[:3], plain_number(number)
    near = [
        (on, alert, of)
        for on, alert, of in _numbers_like(confusable=confusable_number(number))
        if not state or of in {"", state}
    ]
    alerts = _live((alert for _, alert, _ in near), today)
    matches: dict[UUID, Match] = {}
    for on, alert, of in sorted(near, key=lambda it: (it[0] != plain, it[2] == "")):
        if alert in alerts and alert not in matches:
            sure = on == plain and bool(state) and of == state
            matches[alert] = _by_number(alerts[alert], By.DOCUMENT, exact=on == plain, sure=sure)
    return _ranked(matches.values())


@compiled(confusable=CharField())
def _numbers_like(confusable: Any) -> QuerySet[AlertDocument, tuple[str, UUID, str]]:
    rows = AlertDocument.objects.filter(confusable=confusable).order_by()
    return rows.values_list("plain", "alert_id", "issuer")


def calibration_in_force() -> Calibration:
    """Thresholds and weights as two persons set them, else the usual ones."""
    rows = _calibration()
    return calibration_of(*rows[0]) if rows else USUAL


@compiled()
def _calibration() -> QuerySet[CalibrationRow, tuple[UUID, dict[str, Any], str]]:
    rows = CalibrationRow.objects.filter(status=EditionStatus.IN_FORCE).order_by()
    return rows.values_list("id", "thresholds", "weights")


def answer_all(enquiries: Sequence[Enquiry], *, today: date) -> list[tuple[Match, ...]]:
    """Everything there is on each person by name or by one of their documents, each alert once.

    Names are searched on other machines where headquarters has such, and here where not.
    """
    holds = calibration_in_force()
    persons = [_asked(it) for it in enquiries]
    named = [person for person in persons if person.names]
    found = sharing.search_many(
        named, limit=LIMIT, threshold=holds.lowest, weights=holds.weights_text
    )
    known = iter(found)
    return [
        _answer(it, person, next(known) if person.names else None, today)
        for it, person in zip(enquiries, persons, strict=True)
    ]


def _asked(it: Enquiry) -> Person:
    documents = tuple((issuer, number) for number, issuer in it.documents)
    return Person(it.names, it.born, it.nationalities, it.sex, it.truncated, documents=documents)


def _answer(
    enquiry: Enquiry, person: Person, known: list[Found] | None, today: date
) -> tuple[Match, ...]:
    found = [*alerts_like(person, today=today, found=known)] if person.names else []
    for number, issuer in enquiry.documents:
        found += documents_like(number, issuer, today=today)
    once: dict[UUID, Match] = {}
    for match in _ranked(found):
        once.setdefault(match.alert, match)
    return tuple(once.values())


def vehicles_like(plate: str, *, today: date) -> tuple[Match, ...]:
    """Alerts on a vehicle of this plate, in Latin or Cyrillic letters."""
    key = plain_number(plate)
    if not key:
        return ()
    ids = Alert.objects.filter(plate_key=key).values_list("id", flat=True)
    return _ranked(
        _by_number(alert, By.PLATE, exact=True, sure=True) for alert in _live(ids, today).values()
    )


def person_of(it: Traveller) -> Person:
    """The traveller as the index is asked."""
    names = (f"{it.surname} {it.given_names}".strip(), *it.other_names)
    state = to_alpha3(it.nationality)
    return Person(
        names=tuple(name for name in names if name),
        born=it.born,
        nationalities=(state,) if state else (),
        sex=it.sex if it.sex in {"M", "F"} else "",
        truncated=it.truncated,
        documents=tuple((to_alpha3(state) or "", number) for state, number in it.documents),
    )


def _live(ids: Iterable[UUID], today: date, *, names: bool = True) -> dict[UUID, Alert]:
    """Of these, the alerts that fire today: an expired one never does."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Alert.objects.filter(pk__in=wanted, status=Status.IN_FORCE)
    rows = rows.prefetch_related(_NAMES) if names else rows
    return {row.id: row for row in rows if fires(row, today)}


def fires(row: Alert, today: date) -> bool:
    """Whether the row's alert fires on a day."""
    return is_live(
        status=row.status,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        review_on=row.review_on,
        today=today,
    )


def match_of(row: Alert) -> Match:
    """The alert itself as a match, for pages that show what it means at the border."""
    return _by_number(row, By.NAME, exact=True, sure=False)


def match_by_name(alert: Alert, candidate: Candidate, stops: float) -> Match:
    """What an alert found by name means for the traveller."""
    return _match(
        alert,
        by=By.NAME,
        strength=strength_of_candidate(candidate, low_quality=alert.low_quality, stops=stops),
        candidate=candidate,
        exact=True,
    )


def _by_number(alert: Alert, by: By, *, exact: bool, sure: bool) -> Match:
    strength = Strength.STOP if sure else Strength.SECOND_LINE
    return _match(alert, by=by, strength=strength, candidate=None, exact=exact)


def _match(
    alert: Alert, *, by: By, strength: Strength, candidate: Candidate | None, exact: bool
) -> Match:
    rule = alert.rule
    return Match(
        alert=alert.id,
        kind=Kind(alert.kind),
        category=Category(alert.category),
        action=rule.action,
        shown=rule.shown,
        seen_by_first_line=not alert.discreet,
        strength=strength,
        low_quality=alert.low_quality,
        owner=alert.owner,
        source=alert.source,
        reference=alert.source_ref or alert.case_reference,
        listed_name=candidate.matched_name if candidate else _first_name(alert),
        by=by,
        priority=rule.priority,
        instructions=alert.instructions,
        exact=exact,
        candidate=candidate,
    )


def _first_name(alert: Alert) -> str:
    return next((name.text for name in alert.names.all()), "")


def _ranked(matches: Iterable[Match]) -> tuple[Match, ...]:
    """What stops first, then the more urgent category, then the better candidate."""

    def rank(match: Match) -> tuple[bool, int, float, str]:
        score = match.candidate.score if match.candidate else 0.0
        return match.strength is not Strength.STOP, match.priority, -score, str(match.alert)

    return tuple(sorted(matches, key=rank))


def calibrate(
    innocents: Iterable[Person], listed: int, bounds: Bounds, seed: int
) -> CalibrationReport:
    """Count on all persons in force, of which at most ``listed`` travel themselves."""
    holds = calibration_in_force()
    alerts = Alert.objects.filter(kind=Kind.PERSON, status=Status.IN_FORCE)
    category_of = {str(id): Category(c) for id, c in alerts.values_list("id", "category")}
    every = max(1, -(-len(category_of) // listed))

    def search(person: Person, least: float) -> list[Candidate]:
        return [
            it.candidate
            for it in screening_index.search(
                person,
                limit=LIMIT,
                today=timezone.localdate(),
                threshold=least,
                weights=holds.weights,
            )
            if it.candidate.key in category_of
        ]

    asked, counted = proposing.count_false(innocents, search, category_of)
    some = islice(listings_of(alerts.order_by("id")), 0, None, every)
    travellers = proposing.listed_travellers(some, seed)
    proposing.count_found(travellers, search, category_of, counted)
    return CalibrationReport(
        persons=len(category_of),
        innocents=asked,
        seed=seed,
        weights=holds.weights.version,
        counted=counted,
        in_force=holds.thresholds,
        proposed={
            category: proposing.proposed(it, asked, bounds, DEFAULTS[category])
            for category, it in counted.items()
        },
    )
