"""What a reader asks of the list of alerts, and what comes back: plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from kordon.journal.queries import Line
from kordon.watchlist.excluding import Ruling
from kordon.watchlist.matches import Match
from kordon.watchlist.models import Alert, AlertDocument, AlertName, Edition
from kordon.watchlist.particulars import Category, Particulars
from kordon.watchlist.rows import from_json, particulars_of
from kordon.watchlist.rules import Status, status_on
from kordon.watchlist.sources import BadRow
from kordon.watchlist.sources.records import Kind
from kordon.watchlist.spelling import plain_number

PAGE = 50
NOTICE = timedelta(days=120)
"""How long before its review an alert is shown to its owner as ending (SIS: four months)."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which alerts; empty means any. ``source``: "own", or the name of a list."""

    text: str = ""
    kind: str = ""
    category: str = ""
    status: str = ""
    source: str = ""
    ending: bool = False
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class AlertLine:
    """An alert as one line of a list."""

    id: UUID
    kind: Kind
    category: Category
    status: Status
    waiting: str
    owner: str
    source: str
    reference: str
    name: str
    born: str
    ends: date | None
    low_quality: bool
    asked_by_name: str
    asked_at: datetime | None
    own_asking: bool = False


@dataclass(frozen=True, kw_only=True)
class AlertPage:
    """One page of a list; ``total`` counts all of it."""

    lines: tuple[AlertLine, ...]
    total: int
    page: int


@dataclass(frozen=True, kw_only=True)
class AlertRead:
    """An alert as a document: what it says, how it stands, what was done with it.

    ``proposed`` are the particulars a change would give it.
    """

    line: AlertLine
    particulars: Particulars
    match: Match
    valid_from: date | None
    review_on: date | None
    birth_ranges: tuple[tuple[int, int], ...]
    programme: str
    notes: tuple[str, ...]
    raised_by_name: str
    raised_at: datetime | None
    approved_by_name: str
    approved_at: datetime | None
    proposed: Particulars | None
    proposed_review_on: str
    proposed_reason: str
    history: tuple[Line, ...]
    edition: UUID | None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditionRead:
    """An edition with its bad rows and, where one stood before it, whose place it took.

    ``at_headquarters``: the rows lie there with the original, and this post can only count them.
    """

    row: Edition
    bad: tuple[BadRow, ...]
    at_headquarters: bool
    history: tuple[Line, ...]
    may_decide: bool


def matching(filter: Filter, rows: QuerySet[Alert], today: date) -> QuerySet[Alert]:
    """The rows of a filter."""
    for column in ("kind", "category"):
        if wanted := getattr(filter, column):
            rows = rows.filter(**{column: wanted})
    if filter.source:
        rows = rows.filter(source="" if filter.source == "own" else filter.source)
    rows = _of_status(filter.status, rows, today)
    if filter.ending:
        soon = Q(review_on__range=(today, today + NOTICE))
        rows = rows.filter(soon | Q(valid_until__range=(today, today + NOTICE)))
        rows = rows.filter(status=Status.IN_FORCE)
    return _with_text(filter.text, rows)


def _of_status(status: str, rows: QuerySet[Alert], today: date) -> QuerySet[Alert]:
    over = Q(valid_until__lt=today) | Q(review_on__lt=today)
    if status == Status.EXPIRED:
        return rows.filter(over, status=Status.IN_FORCE)
    if status == Status.IN_FORCE:
        return rows.filter(status=Status.IN_FORCE).exclude(over)
    return rows.filter(status=status) if status else rows


def _with_text(text: str, rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Every word in a name; or the whole as number, plate, reference."""
    words = text.casefold().split()[:6]
    if not words:
        return rows
    named = AlertName.objects.all()
    for word in words:
        named = named.filter(key__contains=word)
    number = plain_number(text)
    held = AlertDocument.objects.filter(plain=number) if number else AlertDocument.objects.none()
    return rows.filter(
        Q(pk__in=named.values("alert"))
        | Q(pk__in=held.values("alert"))
        | Q(plate_key=number, plate_key__gt="")
        | Q(case_reference__icontains=text.strip())
        | Q(source_ref__iexact=text.strip())
    )


def with_parts(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Rows with what a line needs, in two queries more."""
    return rows.prefetch_related(
        Prefetch("names", queryset=AlertName.objects.filter(place=0)),
        Prefetch("documents", queryset=AlertDocument.objects.filter(place=0)),
    )


def line_of(row: Alert, today: date, *, reader: UUID | None = None) -> AlertLine:
    """The row as one line."""
    ends = min((day for day in (row.valid_until, row.review_on) if day), default=None)
    return AlertLine(
        id=row.id,
        kind=Kind(row.kind),
        category=Category(row.category),
        status=status_on(
            status=row.status, valid_until=row.valid_until, review_on=row.review_on, today=today
        ),
        waiting=row.waiting,
        owner=row.owner,
        source=row.source,
        reference=row.source_ref or row.case_reference,
        name=name_of(row),
        born=", ".join(written_birth(birth) for birth in row.births[:2]),
        ends=ends,
        low_quality=row.low_quality,
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        own_asking=reader is not None and row.asked_by == reader,
    )


def name_of(row: Alert) -> str:
    """What to call the alert: a name, a document, a plate."""
    if row.kind == Kind.PERSON:
        return next((name.text for name in row.names.all()), "")
    if row.kind == Kind.DOCUMENT:
        return next((f"{d.issuer} {d.number}".strip() for d in row.documents.all()), "")
    return f"{row.plate_country} {row.plate}".strip()


def written_birth(birth: list[int] | tuple[int, ...]) -> str:
    """ISO 8601 as far as it is known: 1974-08-12, 1974-08, 1974."""
    year, month, day = birth
    parts = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else ""]
    return "-".join(part for part in parts if part)


def read_alert(
    row: Alert, match: Match, history: tuple[Line, ...], edition: UUID | None, today: date
) -> AlertRead:
    """The row as a document; its names and documents must be loaded whole."""
    proposal = row.proposal or {}
    proposed = proposal.get("particulars")
    return AlertRead(
        line=line_of(row, today),
        particulars=particulars_of(row),
        match=match,
        valid_from=row.valid_from,
        review_on=row.review_on,
        birth_ranges=tuple((first, last) for first, last in row.birth_ranges),
        programme=row.programme,
        notes=tuple(row.notes),
        raised_by_name=row.raised_by_name,
        raised_at=row.raised_at,
        approved_by_name=row.approved_by_name,
        approved_at=row.approved_at,
        proposed=from_json(proposed) if proposed else None,
        proposed_review_on=str(proposal.get("review_on") or ""),
        proposed_reason=str(proposal.get("reason") or ""),
        history=history,
        edition=edition,
    )
