"""Reading a run of a chain for somebody else, with the signatures they need to believe it."""

from django.db.models import F

from kordon.journal import identity, sealing
from kordon.journal.models import ChainHead, Entry
from kordon.journal.wire import Batch, Line, SignedHead

LIMIT = 500
BYTES = 512 * 1024
_COLUMNS = ("kind", "at", "by", "by_name", "agency", "post", "booth", "cause", "body_hash")


def read_batch(
    *, channel: str, after: int, node: str = "", limit: int = LIMIT, size: int = BYTES
) -> Batch | None:
    """The entries of a chain that follow number ``after``; None if there are none.

    ``node``: whose chain, ours if empty. Whosever it is, we sign the heads: as our own, or as
    the witness who kept them. At most ``limit`` entries, and about ``size`` bytes of bodies.
    """
    me = identity.mine()
    node = node or me.node
    rows = Entry.objects.filter(node=node, channel=channel, number__gt=after).order_by("number")
    found = rows.values_list(
        "number", "seal", "incarnation", *_COLUMNS, F("body__salt"), F("body__text")
    )
    lines: list[Line] = []
    weight, last = 0, None
    for row in found[:limit]:
        number, seal, incarnation, kind, at, by, *rest, salt, text = row
        if last is not None and (weight + len(text or b"") > size or incarnation != last[2]):
            break
        last = (number, seal, incarnation, at)
        weight += len(text or b"")
        body = (None, None) if text is None else (bytes(salt).hex(), bytes(text).decode())
        lines.append(Line(kind, at.isoformat(), str(by), *rest, *body))
    if last is None:
        return None
    number, seal, incarnation, at = last
    first = number - len(lines) + 1
    return Batch(
        node=node,
        incarnation=incarnation,
        channel=channel,
        first=first,
        lines=tuple(lines),
        head=_sign(node, channel, number, me),
        before=_sign(node, channel, first - 1, me) if first > 1 else None,
    )


def last_number(*, channel: str, node: str = "") -> int:
    """The number of the newest entry of a chain, ours if no node is named; 0 if it is empty."""
    whose = node or identity.mine().node
    head = ChainHead.objects.filter(node=whose, channel=channel).values_list("number", flat=True)
    return head.first() or 0


def _sign(node: str, channel: str, number: int, me: identity.Identity) -> SignedHead:
    entry = Entry.objects.only("incarnation", "seal", "at").get(
        node=node, channel=channel, number=number
    )
    head = sealing.Head(
        node=node,
        incarnation=entry.incarnation,
        channel=channel,
        number=number,
        seal=entry.seal,
        at=entry.at.isoformat(),
    )
    return SignedHead(head=head, signature=sealing.sign(head, me.key))
