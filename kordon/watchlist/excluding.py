"""Rulings that a traveller is not the one an alert means: what they hold for.

Both sides are kept as digests, so that a ruling can be compared at every post without telling
every post whom it was about.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet

from kordon.journal.compiled import compiled
from kordon.watchlist.models import Alert, AlertDocument, AlertName, Exclusion
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.spelling import plain_number


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person with a document, as shown at the border. ``birth`` as far as known, ISO 8601."""

    issuer: str
    number: str
    surname: str
    given_names: str
    birth: str

    @property
    def digest(self) -> str:
        """Equal for the same document, name and birth date; another in any: another digest."""
        state = to_alpha3(self.issuer) or self.issuer.strip().upper()
        name = " ".join(f"{self.surname} {self.given_names}".casefold().split())
        return _digest([state, plain_number(self.number), name, self.birth])

    @property
    def known(self) -> bool:
        """Whether it names one person with one document at all."""
        return bool(plain_number(self.number) and self.surname.strip() and self.birth)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A ruling that holds now, as pages show it. The traveller stands only where it was made
    and at headquarters; elsewhere these fields are empty."""

    id: UUID
    alert: UUID
    traveller: str
    reason: str
    ruled_by: str
    agency: str
    post: str
    ruled_at: datetime
    name: str = ""
    document: str = ""
    birth: str = ""
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_because: str = ""
    outdated: bool = False


def says_of(alerts: Iterable[UUID]) -> dict[UUID, str]:
    """For each alert the digest of whom or what it means: not of its ground, dates or remarks."""
    rows = Alert.objects.filter(pk__in=set(alerts))
    names, documents = _names(rows), _documents(rows)
    return {
        row.id: _digest(
            [
                *(row.kind, row.category, row.sex, row.plate_key, row.plate_country),
                *(str(row.births), str(row.birth_ranges), str(row.nationalities)),
                str(names.get(row.id, [])),
                str(documents.get(row.id, [])),
            ]
        )
        for row in rows
    }


def _names(rows: Iterable[Alert]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    asked = AlertName.objects.filter(alert__in=rows).order_by("alert", "place")
    for alert, text, quality in asked.values_list("alert_id", "text", "quality"):
        found.setdefault(alert, []).append(f"{text}\x1f{quality}")
    return found


def _documents(rows: Iterable[Alert]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    asked = AlertDocument.objects.filter(alert__in=rows).order_by("alert", "place")
    for alert, plain, issuer in asked.values_list("alert_id", "plain", "issuer"):
        found.setdefault(alert, []).append(f"{plain}\x1f{issuer}")
    return found


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def holding(travellers: tuple[str, ...]) -> frozenset[tuple[UUID, str]]:
    """Of these holders' digests, with which alert each is ruled not to be the same: what holds.

    The same statement is asked whatever the answer, at every check.
    """
    found = _rulings(travellers=travellers)
    if not found:
        return frozenset()
    now = says_of(alert for alert, _, _ in found)
    return frozenset((alert, who) for alert, who, says in found if now.get(alert) == says)


@compiled(travellers=CharField())
def _rulings(travellers: Any) -> QuerySet[Exclusion, tuple[UUID, str, str]]:
    rows = Exclusion.objects.filter(traveller__in=travellers, revoked_at=None).order_by()
    return rows.values_list("alert", "traveller", "says")


def rulings_of(rows: Iterable[Exclusion]) -> tuple[Ruling, ...]:
    """Rows as pages show them; outdated where the alert says something else by now."""
    rows = list(rows)
    now = says_of(row.alert for row in rows)
    return tuple(
        Ruling(
            id=row.id,
            alert=row.alert,
            traveller=row.traveller,
            reason=row.reason,
            ruled_by=row.ruled_by_name,
            agency=row.agency,
            post=row.post,
            ruled_at=row.ruled_at,
            name=row.name,
            document=row.document,
            birth=row.birth,
            revoked_at=row.revoked_at,
            revoked_by=row.revoked_by_name,
            revoked_because=row.revoked_because,
            outdated=now.get(row.alert) != row.says,
        )
        for row in rows
    )
