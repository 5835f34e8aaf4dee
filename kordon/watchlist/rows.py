"""How particulars and records look as rows. Makes row objects, never writes them."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from kordon.watchlist.models import Alert, AlertDocument, AlertName, Edition
from kordon.watchlist.particulars import DocumentGiven, NameGiven, Particulars
from kordon.watchlist.rules import Status
from kordon.watchlist.sources.records import (
    Document,
    Kind,
    Name,
    Quality,
    SourceRecord,
    from_line,
)
from kordon.watchlist.spelling import confusable_number, plain_number, same_name_key

# Alerts of a list keep their id through all its editions: it follows from list and reference.
LISTED = UUID("5b0c6a5e-4f0a-5c1f-9d53-2f6f1c8f7a10")
_PARTICULARS: TypeAdapter[Particulars] = TypeAdapter(Particulars)


def to_json(it: Particulars) -> dict[str, Any]:
    """Particulars as a JSON value, as a proposal keeps them."""
    value: dict[str, Any] = _PARTICULARS.dump_python(it, mode="json")
    return value


def from_json(value: dict[str, Any]) -> Particulars:
    return _PARTICULARS.validate_python(value)


def columns_of(it: Particulars) -> dict[str, Any]:
    """The columns of ``Alert`` that the owner writes."""
    return {
        "kind": it.kind,
        "category": it.category,
        "legal_basis": it.legal_basis,
        "case_reference": it.case_reference,
        "proportionality": it.proportionality,
        "valid_until": it.valid_until,
        "births": [list(birth) for birth in it.births],
        "nationalities": list(it.nationalities),
        "sex": it.sex,
        "places": list(it.places),
        "plate": it.plate,
        "plate_key": plain_number(it.plate),
        "plate_country": it.plate_country,
        "instructions": it.instructions,
        "remarks": it.remarks,
    }


def names_of(alert: UUID, it: Particulars | SourceRecord) -> list[AlertName]:
    """The names as rows, in their order."""
    names: tuple[NameGiven | Name, ...] = it.names
    return [
        AlertName(
            alert_id=alert,
            place=place,
            text=name.text,
            quality=name.quality,
            key=same_name_key(name.text)[:300],
        )
        for place, name in enumerate(names)
    ]


def documents_of(alert: UUID, it: Particulars | SourceRecord) -> list[AlertDocument]:
    """The documents as rows, in their order."""
    documents: tuple[DocumentGiven | Document, ...] = it.documents
    return [
        AlertDocument(
            alert_id=alert,
            place=place,
            type=document.type,
            number=document.number,
            issuer=document.issuer,
            plain=plain_number(document.number),
            confusable=confusable_number(document.number),
        )
        for place, document in enumerate(documents)
    ]


def particulars_of(alert: Alert) -> Particulars:
    """The alert as its owner would write it; its names and documents must be loaded."""
    return from_json(
        {
            "kind": alert.kind,
            "category": alert.category,
            "legal_basis": alert.legal_basis,
            "case_reference": alert.case_reference,
            "proportionality": alert.proportionality,
            "names": [{"text": n.text, "quality": n.quality} for n in alert.names.all()],
            "births": alert.births,
            "nationalities": alert.nationalities,
            "sex": alert.sex,
            "places": alert.places,
            "documents": [
                {"number": d.number, "issuer": d.issuer, "type": d.type}
                for d in alert.documents.all()
            ],
            "plate": alert.plate,
            "plate_country": alert.plate_country,
            "instructions": alert.instructions,
            "remarks": alert.remarks,
            "valid_until": alert.valid_until,
        }
    )


def fingerprints(edition: Edition, lines: bytes) -> Iterator[tuple[str, str, SourceRecord]]:
    """Reference, fingerprint and record of everything in an edition."""
    for line in lines.decode().split("\n"):
        if line:
            record = from_line(line)
            yield record.source_ref, fingerprint_of(edition, line), record


def fingerprint_of(edition: Edition, line: str) -> str:
    """Over everything the row of a listed alert is made of."""
    parts = (edition.category, edition.owner, edition.legal_basis, line)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def listed_id(source: str, source_ref: str) -> UUID:
    """The id of the alert for an entry of a list, in every edition."""
    return uuid5(LISTED, f"{source}\x1f{source_ref}")


def listed_alert(edition: Edition, record: SourceRecord, fingerprint: str, position: int) -> Alert:
    """The alert that an edition makes of a record; a function of these two alone."""
    exact = bool(record.births or record.birth_ranges or record.documents)
    return Alert(
        id=listed_id(edition.list, record.source_ref),
        position=position,
        kind=record.kind,
        category=edition.category,
        status=Status.IN_FORCE,
        owner=edition.owner,
        source=edition.list,
        source_ref=record.source_ref,
        fingerprint=fingerprint,
        legal_basis=record.legal_basis or edition.legal_basis,
        programme=record.programme,
        low_quality=record.kind is Kind.PERSON and (not exact or _only_weak(record)),
        valid_from=date.fromisoformat(record.listed_on) if record.listed_on else None,
        births=[list(birth) for birth in record.births],
        birth_ranges=[list(years) for years in record.birth_ranges],
        nationalities=list(record.nationalities),
        sex=record.sex,
        places=list(record.places),
        plate=record.plate,
        plate_key=plain_number(record.plate),
        plate_country=record.plate_country,
        remarks=record.remarks,
        notes=list(record.notes),
    )


def _only_weak(record: SourceRecord) -> bool:
    return all(name.quality is Quality.WEAK for name in record.names)
