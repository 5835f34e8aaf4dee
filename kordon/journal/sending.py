"""Reading a run of a chain for somebody else, with the signatures they need to believe it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, F, PositiveBigIntegerField, QuerySet

from kordon.journal import identity, sealing
from kordon.journal.compiled import compiled
from kordon.journal.models import ChainHead, Entry, KeptHead
from kordon.journal.wire import MAX_ENTRIES, MAX_UNPACKED, Batch, Line, SignedHead

LIMIT = 500
BYTES = 512 * 1024


class _Run(NamedTuple):
    """Lines, and what the head says that they end on."""

    lines: list[Line]
    last: int
    seal: str
    incarnation: int
    at: str


Row = tuple[Any, ...]
_COLUMNS: tuple[Any, ...] = (
    *("number", "seal", "incarnation"),
    *("kind", "at", "by", "by_name", "agency", "post", "booth", "cause", "body_hash"),
    *(F("body__salt"), F("body__text")),
)


def read_batch(*, channel: str, after: int, limit: int = LIMIT, size: int = BYTES) -> Batch | None:
    """The entries of our own chain that follow number ``after``; None if there are none.

    At most ``limit`` entries, and about ``size`` bytes of bodies.
    """
    me = identity.mine()
    rows = _following(node=me.node, channel=channel, after=after, limit=limit)
    lines = _lines(rows, size)
    if lines is None:
        return None
    return _batch(me.node, channel, lines, _sign(me, channel, lines))


def read_back(*, node: str, channel: str, after: int) -> Batch | None:
    """What we hold of another node's chain after number ``after``, as that node signed it.

    For a node that lost its newest entries with a disk. None if we hold no more.
    """
    kept = KeptHead.objects.filter(node=node, channel=channel, number__gt=after)
    head = kept.order_by("number").first()
    if head is None:
        return None
    most = min(head.number - after, MAX_ENTRIES)
    rows = Entry.objects.filter(node=node, channel=channel, number__gt=after).order_by("number")
    lines = _lines(rows.values_list(*_COLUMNS)[:most], MAX_UNPACKED)
    assert lines is not None
    assert lines.last == head.number, "a batch was taken over whole"
    return _batch(node, channel, lines, head.signature)


def last_number(*, channel: str, node: str = "") -> int:
    """The number of the newest entry of a chain, ours if no node is named; 0 if it is empty."""
    heads = _numbers(node=node or identity.mine().node, channel=channel)
    return heads[0][0] if heads else 0


# Asked many times a second, mostly for nothing.
@compiled(node=CharField(), channel=CharField(), after=PositiveBigIntegerField(), limit=None)
def _following(node: Any, channel: Any, after: Any, limit: int) -> QuerySet[Entry, Row]:
    rows = Entry.objects.filter(node=node, channel=channel, number__gt=after).order_by("number")
    return rows.values_list(*_COLUMNS)[:limit]


@compiled(node=CharField(), channel=CharField(), number=PositiveBigIntegerField())
def _sealed(node: Any, channel: Any, number: Any) -> QuerySet[Entry, Row]:
    rows = Entry.objects.filter(node=node, channel=channel, number=number).order_by()
    return rows.values_list("incarnation", "seal", "at")


@compiled(node=CharField(), channel=CharField())
def _numbers(node: Any, channel: Any) -> QuerySet[ChainHead, tuple[int]]:
    return ChainHead.objects.filter(node=node, channel=channel).values_list("number")


def _lines(rows: Iterable[Row], size: int) -> _Run | None:
    """The first rows as they travel: of one incarnation, and about ``size`` bytes of bodies."""
    lines: list[Line] = []
    weight, run = 0, None
    for number, seal, incarnation, kind, at, by, *rest, salt, text in rows:
        weight += len(text or b"")
        if run is not None and (weight > size or incarnation != run.incarnation):
            break
        body = (None, None) if text is None else (bytes(salt).hex(), bytes(text).decode())
        lines.append(Line(kind, at.isoformat(), str(by), *rest, *body))
        run = _Run(lines, number, seal, incarnation, at.isoformat())
    return run


def _batch(node: str, channel: str, run: _Run, signature: str) -> Batch:
    first = run.last - len(run.lines) + 1
    head = sealing.Head(
        node=node,
        incarnation=run.incarnation,
        channel=channel,
        number=run.last,
        seal=run.seal,
        at=run.at,
    )
    return Batch(
        node=node,
        incarnation=run.incarnation,
        channel=channel,
        first=first,
        lines=tuple(run.lines),
        head=SignedHead(head=head, signature=signature),
        before=_before(node, channel, first - 1) if first > 1 else None,
    )


def _before(node: str, channel: str, number: int) -> SignedHead:
    """What the run follows, signed by us: if it is not what the receiver holds, it is proof."""
    me = identity.mine()
    [(incarnation, seal, at)] = _sealed(node=node, channel=channel, number=number)
    head = sealing.Head(
        node=node,
        incarnation=incarnation,
        channel=channel,
        number=number,
        seal=seal,
        at=at.isoformat(),
    )
    return SignedHead(head=head, signature=sealing.sign(head, me.key))


def _sign(me: identity.Identity, channel: str, run: _Run) -> str:
    head = sealing.Head(
        node=me.node,
        incarnation=run.incarnation,
        channel=channel,
        number=run.last,
        seal=run.seal,
        at=run.at,
    )
    return sealing.sign(head, me.key)
