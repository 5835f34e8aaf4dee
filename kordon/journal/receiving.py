"""Receiving what another node recorded: believed only as far as its signatures reach.

Checked in this order, and nothing is stored unless all holds:

1. the sender is enrolled, may write this channel, and signed the head with a key of its own;
2. the run follows what is held of the chain without a gap; what is held already is the same;
3. each seal follows from the one before, to the seal of the signed head;
4. each body has the hash its entry names, is canonical, and says what this node may say;
5. nothing comes from the future; the files that facts name have arrived.

Exactly once is made here: by the number, the chain and the cursor, in the transaction that
applies. Whoever carries batches may lose, repeat and shuffle them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NoReturn
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from kordon.journal import canonical, files, identity, sealing
from kordon.journal.believing import Forked as Forked
from kordon.journal.believing import Rejected as Rejected
from kordon.journal.believing import check_signed, keys_for, signers_of
from kordon.journal.channels import is_post
from kordon.journal.fact import KINDS, files_of, from_body, has_nul
from kordon.journal.fulldisk import is_disk_full
from kordon.journal.inserting import insert_rows, unsaved
from kordon.journal.models import Body, ChainHead, Entry, KeptHead, Unapplied
from kordon.journal.rebuilding import make_anew
from kordon.journal.wire import Batch, Line, SignedHead
from kordon.journal.writing import BATCH, Applying, head_of, put_head, store, writing

log = structlog.get_logger("kordon.journal")


@dataclass(frozen=True, kw_only=True)
class Held:
    """How far a chain is held here, after the commit."""

    node: str
    incarnation: int
    channel: str
    number: int
    seal: str


def receive(batch: Batch, *, restoring: bool = False) -> Held:
    """Take a batch over. Raises ``Rejected``; then nothing was changed.

    ``restoring``: our own entries, lost with a disk, come back as we signed them.
    """
    believed = keys_for(batch, restoring=restoring)
    check_signed(batch.head, signers_of(batch, believed))
    latest = timezone.now() + timedelta(seconds=settings.KORDON_CLOCK_TOLERANCE)
    for line in batch.lines:
        _check_header(line, latest)
    strangers = not (is_post() or restoring)
    facts = [_fact(line, batch.node, strangers) for line in batch.lines]
    with writing(alone=True):
        keys = keys_for(batch, restoring=restoring)
        signers = signers_of(batch, keys)
        if keys != believed:  # once more: it may have been revoked meanwhile
            check_signed(batch.head, signers)
        head = head_of(batch.node, batch.channel)
        held = head.number if head else 0
        if batch.first > held + 1:
            raise Rejected("gap", held=held)
        seals = _follow(batch, head, [*keys, *signers])
        fresh = held + 1 - batch.first
        if fresh < len(seals):
            if head is not None and batch.incarnation < head.incarnation and not restoring:
                raise Rejected("old_life", f"{batch.node} was restored since", held=held)
            _check_files(facts[fresh:], held)
            _store_or_reject(batch, seals, facts, fresh)
            head = _advance(batch, head, restoring)
        assert head is not None, "a run has entries"
        return Held(
            node=head.node,
            incarnation=head.incarnation,
            channel=head.channel,
            number=head.number,
            seal=head.seal,
        )


def apply_waiting() -> int:
    """Apply what an older version kept without knowing it. Returns how many entries.

    Rows must be as the order of the journal makes them. Where the same room has applied later
    entries meanwhile, all rows are made anew; that takes as long as ``kordon journal rebuild``.
    What cannot be applied goes on waiting: it keeps neither the node from starting nor others.
    """
    with writing(alone=True):
        waiting = Unapplied.objects.select_related("entry__body").filter(entry__kind__in=KINDS)
        rows = [row for row in waiting.order_by("entry_id") if _is_readable(row.entry)]
        if any(hasattr(row.entry, "body") and _was_overtaken(row.entry) for row in rows):
            return len(rows) if _could(lambda: _apply_by_rebuilding(rows)) else 0
        return sum(_could(partial(_apply_alone, row)) for row in rows)


def _is_readable(entry: Entry) -> bool:
    """Whether it says what its sender may say: until now only its signature was believed."""
    if not hasattr(entry, "body"):
        return True
    try:
        fact = from_body(entry.kind, bytes(entry.body.text))
        if entry.node != identity.mine().node and not is_post():
            _check_says_only_its_own(entry.kind, entry.post, fact, entry.node)
    except Exception:  # whatever a fact finds wrong with what somebody else wrote
        log.exception("cannot_apply", entry=entry.ref, kind=entry.kind)
        return False
    return True


def _was_overtaken(entry: Entry) -> bool:
    """Whether a later entry of the same room, which alone writes its rows, was applied."""
    room = entry.kind.partition(".")[0]
    later = Entry.objects.filter(kind__startswith=f"{room}.", id__gt=entry.id)
    return later.filter(unapplied=None).exists()


def _apply_by_rebuilding(rows: Sequence[Unapplied]) -> None:
    for row in rows:
        row.delete()
    make_anew()


def _apply_alone(row: Unapplied) -> None:
    entry = row.entry
    row.delete()
    if hasattr(entry, "body"):
        applying = Applying()
        applying.apply(from_body(entry.kind, bytes(entry.body.text)), entry)
        applying.flush()


def _could(deed: Callable[[], None]) -> bool:
    try:
        with writing():
            deed()
    except (InterfaceError, OperationalError):
        raise
    except Exception:  # what one entry does wrong must keep neither the node nor others waiting
        log.exception("cannot_apply")
        return False
    return True


def _follow(batch: Batch, head: ChainHead | None, keys: Sequence[str]) -> list[str]:
    """The seals of the batch, if it continues what is held. Raises ``Rejected``."""
    stored = _stored_seals(batch, head)
    before = stored.get(batch.first - 1, sealing.NO_SEAL)
    if batch.before is not None:
        differs = batch.before.head.seal != before
        if differs or batch.node != identity.mine().node:  # who gives back signs it himself
            check_signed(batch.before, keys)
        if differs:
            _fork(batch.first - 1, batch.before, head)
    seals, seal = [], before
    for number, line in enumerate(batch.lines, batch.first):
        seal = sealing.seal_said(seal, _header(batch, number, line))
        seals.append(seal)
    last = batch.first + len(seals) - 1
    if seal != batch.head.head.seal:
        if last in stored and stored[last] != batch.head.head.seal:
            _fork(last, batch.head, head)
        raise Rejected("broken_chain", "the entries do not lead to the signed head")
    for number, seal in enumerate(seals, batch.first):
        if stored.get(number, seal) != seal:
            _fork(number, batch.head, head)
    return seals


def _stored_seals(batch: Batch, head: ChainHead | None) -> dict[int, str]:
    """What we hold of the numbers the batch speaks of, the one before among them."""
    if head is None:
        return {}
    numbers = (batch.first - 1, min(head.number, batch.first + len(batch.lines)))
    if batch.first == head.number + 1:
        return {head.number: head.seal}
    held = Entry.objects.filter(
        node=batch.node, channel=batch.channel, number__range=numbers
    ).values_list("number", "seal")
    return dict(held)


def _fork(number: int, theirs: SignedHead, head: ChainHead | None) -> NoReturn:
    """Ours is what the node itself signed: its head, to which the entries held here lead."""
    assert head is not None, "there is something to differ from"
    signed = sealing.Head(
        node=head.node,
        incarnation=head.incarnation,
        channel=head.channel,
        number=head.number,
        seal=head.seal,
        at=head.at.isoformat(),
    )
    raise Forked(number, SignedHead(head=signed, signature=head.signature), theirs)


def _header(batch: Batch, number: int, line: Line) -> dict[str, str | int]:
    """The fields of ``sealing.Header``."""
    return {
        "node": batch.node,
        "incarnation": batch.incarnation,
        "channel": batch.channel,
        "number": number,
        "kind": line.kind,
        "at": line.at,
        "by": line.by,
        "by_name": line.by_name,
        "agency": line.agency,
        "post": line.post,
        "booth": line.booth,
        "cause": line.cause,
        "body_hash": line.body_hash,
    }


def _fact(line: Line, node: str, strangers: bool) -> Any:
    """The fact of a line, None if it is erased or of a newer kind. Raises ``Rejected``."""
    if line.text is None or line.salt is None:
        if strangers:
            raise Rejected("body_missing", "a post sends what it says with it")
        return None
    try:
        salt, body = bytes.fromhex(line.salt), line.text.encode()
        if line.body_hash != sealing.body_hash(salt, body):
            raise Rejected("bad_body", "a body is not the one that was sealed")
    except ValueError as error:
        raise Rejected("bad_body", "a body is not written as sealed") from error
    if has_nul(body) or not canonical.is_canonical(body):
        raise Rejected("bad_body", "a body is not canonical JSON")
    if line.kind not in KINDS:
        return None
    try:
        fact = from_body(line.kind, body)
    except Exception as error:  # whatever a fact finds wrong with what somebody else wrote
        raise Rejected("bad_body", f"a body is no {line.kind}") from error
    if strangers:
        _check_says_only_its_own(line.kind, line.post, fact, node)
    return fact


def _check_says_only_its_own(kind: str, post: str, fact: Any, node: str) -> None:
    """A post speaks of what happened there and never of what has its home at headquarters."""
    if fact.only_at_hq:
        raise Rejected("not_yours", f"{kind} is recorded at headquarters only")
    about = getattr(fact, "post", "") or node
    if post not in {"", node} or about != node:
        raise Rejected("not_yours", f"{node} speaks of another post")


def _check_header(line: Line, latest: datetime) -> None:
    try:
        at, _ = _when(line.at), _whom(line.by)
    except (ValueError, OverflowError) as error:
        raise Rejected("bad_header", "a header is not written as sealed") from error
    if at > latest:
        raise Rejected("from_the_future", f"an entry says {line.at}")


@lru_cache(maxsize=4096)
def _when(text: str) -> datetime:
    """A moment written as UTC, to the letter. Raises ``ValueError`` or ``OverflowError``."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or at.astimezone(UTC).isoformat() != text:
        raise ValueError(text)
    return at


@lru_cache(maxsize=4096)
def _whom(text: str) -> UUID:
    by = UUID(text)
    if str(by) != text:
        raise ValueError(text)
    return by


def _check_files(facts: Sequence[Any], held: int) -> None:
    named = {name for fact in facts if fact is not None for name in files_of(fact)}
    if missing := tuple(sorted(name for name in named if not files.is_kept(name))):
        raise Rejected("files_missing", held=held, names=missing)


def _store_or_reject(batch: Batch, seals: Sequence[str], facts: Sequence[Any], fresh: int) -> None:
    """A fact may be well formed and still impossible: a thing made twice, a number no column holds.

    Its stream then stops, and people see why; the others go on.
    """
    try:
        _store(batch, seals, facts, fresh)
    except (InterfaceError, OperationalError):  # of the database, not of the facts
        raise
    except Exception as error:
        if is_disk_full(error):  # nor of the files kept with them
            raise
        log.exception("cannot_apply", node=batch.node, channel=batch.channel, first=batch.first)
        raise Rejected("cannot_apply", f"{type(error).__name__} while applying") from error


def _store(batch: Batch, seals: Sequence[str], facts: Sequence[Any], fresh: int) -> None:
    made: list[tuple[Any, Entry, Body | None]] = []
    for place in range(fresh, len(seals)):
        line = batch.lines[place]
        entry = _entry(batch, batch.first + place, line, seals[place])
        body = None
        if line.text is not None and line.salt is not None:
            said = {"salt": bytes.fromhex(line.salt), "text": line.text.encode()}
            body = unsaved(Body, {"entry_id": None, **said})
        made.append((facts[place], entry, body))
    for start in range(0, len(made), BATCH):
        store(made[start : start + BATCH])
    unknown = [entry for fact, entry, body in made if fact is None and body is not None]
    insert_rows(Unapplied(entry=entry) for entry in unknown)


def _entry(batch: Batch, number: int, line: Line, seal: str) -> Entry:
    columns = _header(batch, number, line)
    known = {"id": None, "at": _when(line.at), "by": _whom(line.by), "seal": seal}
    return unsaved(Entry, {**columns, **known})


def _advance(batch: Batch, head: ChainHead | None, restoring: bool) -> ChainHead:
    said = batch.head.head
    head = head or ChainHead(node=batch.node, channel=batch.channel)
    head.incarnation, head.number, head.seal = said.incarnation, said.number, said.seal
    head.at, head.signature = datetime.fromisoformat(said.at), batch.head.signature
    if restoring:  # the chain is our own: we answer for it, as for every chain of ours
        head.signature = sealing.sign(said, identity.mine().key)
    put_head(head)
    if batch.node != identity.mine().node:
        kept = KeptHead(
            node=batch.node,
            channel=batch.channel,
            incarnation=said.incarnation,
            number=said.number,
            signature=batch.head.signature,
        )
        insert_rows([kept])
    return head
