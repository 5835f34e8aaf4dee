"""Alerts in force as who measures them needs them: what each lacks, not whom it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from kordon.watchlist.models import Alert, AlertDocument, Edition
from kordon.watchlist.rules import EditionStatus, Status
from kordon.watchlist.sources.records import Kind

OLD = timedelta(days=365)
"""An edition of a day longer ago is out of date."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An alert; ``dated``: a whole birth date; ``exact``: any birth date, range or document."""

    alert: UUID
    reference: str
    category: str
    person: bool
    dated: bool
    exact: bool
    stale: bool


def lists_in_force() -> list[tuple[str, str]]:
    """Owner and list, own alerts as the empty one."""
    rows = Alert.objects.filter(status=Status.IN_FORCE).order_by("owner", "source")
    return list(rows.values_list("owner", "source").distinct())


def entries(owner: str, source: str, today: date) -> Iterator[Entry]:
    """Every alert in force of a list of an owner. Columns, not objects: it is asked of all."""
    edition = Edition.objects.filter(list=source, status=EditionStatus.IN_FORCE).first()
    old = bool(source) and (edition is None or edition.as_of < today - OLD)
    rows = Alert.objects.filter(owner=owner, source=source, status=Status.IN_FORCE)
    held = Exists(AlertDocument.objects.filter(alert=OuterRef("pk")))
    columns = rows.annotate(held=held).values_list(
        "id", "source_ref", "case_reference", "category", "kind", "births", "birth_ranges",
        "review_on", "held",
    )  # fmt: skip
    found = columns.order_by("id").iterator(chunk_size=2000)
    for id, ref, case, category, kind, births, ranges, review_on, has_document in found:
        yield Entry(
            alert=id,
            reference=ref or case,
            category=category,
            person=kind == Kind.PERSON,
            dated=any(all(birth) for birth in births),
            exact=bool(births or ranges or has_document),
            stale=old or (review_on is not None and review_on < today),
        )
