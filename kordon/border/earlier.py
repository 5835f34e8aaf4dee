"""Earlier crossings: of the same document, then of the same person with another one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import CharField, DateTimeField, QuerySet, UUIDField

from kordon.border.facts import Direction, EarlierCrossing, Identity
from kordon.border.models import Crossing, Timeline
from kordon.border.rules.crosscheck import EarlierTold
from kordon.border.rules.keys import document_key, person_key
from kordon.journal.compiled import compiled

Row = tuple[Any, ...]

LIMIT = 20
IDENTITY = tuple(field.name for field in fields(Identity))
COLUMNS = ("crossing", "crossed_at", "direction", "post", "status", "document_key", "person_key")


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Everything by which earlier crossings of a traveller are found."""

    documents: frozenset[str]
    persons: frozenset[str]


def keys_of(forms: Iterable[Identity], numbers: Iterable[str] = ()) -> Keys:
    """The keys of every form of an identity, and of every reading of its number."""
    forms, numbers = tuple(forms), tuple(numbers)
    documents = {
        document_key(who.issuer, number) for who in forms for number in (who.number, *numbers)
    }
    persons = {person_key(who) for who in forms}
    return Keys(documents=frozenset(documents - {""}), persons=frozenset(persons - {""}))


def read_earlier(keys: Keys, *, limit: int = LIMIT) -> tuple[EarlierCrossing, ...]:
    """Earlier crossings by these keys, newest first. The caller says in the log who was read."""
    same_document = _of_documents(keys=tuple(keys.documents), limit=limit)
    same_person = _of_persons(keys=tuple(keys.persons), limit=limit)
    found = {row[0]: row for row in (*same_document, *same_person)}
    newest = sorted(found.values(), key=lambda row: row[1], reverse=True)[:limit]
    return tuple(_earlier(row, keys) for row in newest)


def tell_earlier(past: Sequence[EarlierCrossing]) -> tuple[EarlierTold, ...]:
    """Who the traveller was by the earlier crossings that are compared with the document.

    The newest of the document and of the person with another document, and every one of this
    document under what looks like another person.
    """
    told = {one.crossing: one for one in past if one.same_document and not one.same_person}
    for same_document in (True, False):
        newest = next((one for one in past if one.same_document is same_document), None)
        if newest is not None:
            told[newest.crossing] = newest
    if not told:
        return ()
    times = tuple(one.crossed_at for one in told.values())  # by which PostgreSQL knows the month
    rows = _identities(crossings=tuple(told), times=times)
    return tuple(
        EarlierTold(
            crossing=told[crossing], identity=Identity(**dict(zip(IDENTITY, said, strict=True)))
        )
        for crossing, *said in rows
    )


@compiled(crossings=UUIDField(), times=DateTimeField())
def _identities(crossings: Any, times: Any) -> QuerySet[Crossing, Row]:
    found = Crossing.objects.filter(pk__in=crossings, crossed_at__in=times)
    return found.order_by("-crossed_at").values_list("pk", *IDENTITY)


@compiled(keys=CharField(), limit=None)
def _of_documents(keys: Any, limit: int) -> QuerySet[Timeline, Row]:
    return _newest().filter(document_key__in=keys).values_list(*COLUMNS)[:limit]


@compiled(keys=CharField(), limit=None)
def _of_persons(keys: Any, limit: int) -> QuerySet[Timeline, Row]:
    return _newest().filter(person_key__in=keys).values_list(*COLUMNS)[:limit]


def _newest() -> QuerySet[Timeline]:
    return Timeline.objects.exclude(status=Crossing.Status.UNDONE).order_by("-crossed_at")


def _earlier(row: tuple[Any, ...], keys: Keys) -> EarlierCrossing:
    crossing, crossed_at, direction, post, status, document, person = row
    return EarlierCrossing(
        crossing=crossing,
        crossed_at=crossed_at,
        direction=Direction(direction),
        post=post,
        status=status,
        same_document=document in keys.documents,
        same_person=person in keys.persons,
        document=document,
    )
