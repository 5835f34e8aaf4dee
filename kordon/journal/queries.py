"""What may be asked of the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.journal.fact import KINDS, from_body
from kordon.journal.models import ChainHead, Entry, PersonalRead


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as people read it: who did what, when and where."""

    ref: str
    kind: str
    at: datetime
    by_name: str
    agency: str
    post: str
    booth: str
    what: Any


def list_lines(kinds: tuple[str, ...], *, mentioning: str, limit: int = 200) -> list[Line]:
    """The entries of these kinds whose body names ``mentioning`` (an id), oldest first.

    For the history of one thing. Callers are queries of the app the thing belongs to,
    which have asked for the right.
    """
    found = Entry.objects.filter(kind__in=kinds, body__isnull=False).select_related("body")
    found = found.order_by("id")
    needle = mentioning.encode()
    lines = []
    for entry in found.iterator(chunk_size=500):
        text = bytes(entry.body.text)
        if needle in text:
            lines.append(_line(entry, text))
            if len(lines) == limit:
                break
    return lines


@query
def list_reads(*, by: Actor) -> QuerySet[PersonalRead]:
    """The access log, newest first: who was shown what about whom."""
    return PersonalRead.objects.order_by("-entry")


@query
def list_heads(*, by: Actor) -> QuerySet[ChainHead]:
    """The signed heads of this node's chains."""
    return ChainHead.objects.order_by("channel")


def _line(entry: Entry, text: bytes) -> Line:
    return Line(
        ref=entry.ref,
        kind=entry.kind,
        at=entry.at,
        by_name=entry.by_name,
        agency=entry.agency,
        post=entry.post,
        booth=entry.booth,
        what=from_body(entry.kind, text) if entry.kind in KINDS else None,
    )
