"""Writing the journal.

``writing()`` is the one place a transaction is opened. Inside it ``record``
appends a fact to its chain and applies it to rows; before the commit the heads
of the chains that grew are signed. A block is there whole or not at all. One
block at a time writes on a node: a fair line in this process stands before the
lock of the database (SQLite's own waiting is a lottery in which one of ten
writers can starve for seconds; on PostgreSQL it is an advisory lock), and those
who stand in it share commits (``grouping.py``).
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from kordon.journal import identity, sealing
from kordon.journal.actor import Actor
from kordon.journal.channels import channel_of
from kordon.journal.compiled import compiled
from kordon.journal.fact import from_body, kind_of, to_body
from kordon.journal.fulldisk import noted
from kordon.journal.grouping import Writers, whole_or_undone
from kordon.journal.inserting import insert_row, insert_rows, put_row
from kordon.journal.models import Body, ChainHead, Entry

Applier = Callable[..., Any]
Run = Sequence[tuple[Any, Entry]]
"""Facts with their entries, in their order."""
BATCH = 1000


@dataclass(frozen=True)
class Applied:
    """How one kind of fact becomes rows."""

    func: Applier
    inserts: bool
    many: bool = False


APPLIERS: dict[str, Applied] = {}


@dataclass
class _Transaction:
    """The chains as this transaction has grown them."""

    heads: dict[str, ChainHead] = field(default_factory=dict)
    grown: set[str] = field(default_factory=set)

    def keep(self) -> Any:
        return {name: dict(vars(head)) for name, head in self.heads.items()}, set(self.grown)

    def put_back(self, kept: Any) -> None:
        heads, self.grown = kept
        self.heads = {name: self.heads[name] for name in heads}
        for name, head in self.heads.items():
            vars(head).update(heads[name])


_local = threading.local()
_before_sealing: list[Callable[[], None]] = []


def applies(
    fact_type: type, *, inserts: bool = False, many: bool = False
) -> Callable[[Applier], Applier]:
    """Declare how a fact becomes rows. One fact, one applier, in the app that owns it.

    ``inserts``: the applier touches no table; it returns the unsaved rows to insert, which
    thousands of facts then do in a few statements.
    ``many``: the applier is given a ``Run`` of facts at once, when somebody needs to see their
    rows. It may be declared for several facts and then has them in their order; it touches no
    table that another such applier, or one that inserts, writes or reads.
    """

    def declare(func: Applier) -> Applier:
        made = Applied(func, inserts, many)
        kind = kind_of(fact_type)
        if APPLIERS.setdefault(kind, made).func is not func:
            raise TypeError(f"{kind} is applied twice")
        return func

    return declare


class Applying:
    """Apply many facts in order, gathering insertions until somebody needs to see them."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[models.Model]] = {}
        self._runs: dict[Applier, list[tuple[Any, Entry]]] = {}

    def apply(self, what: Any, entry: Entry) -> None:
        applied = APPLIERS[entry.kind]
        if applied.many:
            self._runs.setdefault(applied.func, []).append((what, entry))
            return
        if not applied.inserts:
            self.flush()
            applied.func(what, entry)
            return
        for row in applied.func(what, entry):
            self._waiting.setdefault(type(row), []).append(row)

    def apply_again(self, entry: Entry) -> bool:
        """From the journal; False if the body is erased or the kind unknown."""
        if entry.kind not in APPLIERS or not hasattr(entry, "body"):
            return False
        self.apply(from_body(entry.kind, bytes(entry.body.text)), entry)
        return True

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, {}
        runs, self._runs = self._runs, {}
        for rows in waiting.values():
            insert_rows(rows)
        for func, run in runs.items():
            func(run)


def before_sealing(hook: Callable[[], None]) -> None:
    """Call ``hook`` at the end of every writing block, while facts may still be recorded."""
    _before_sealing.append(hook)


def is_writing() -> bool:
    return getattr(_local, "transaction", None) is not None


@contextmanager
def writing(*, alone: bool = False) -> Iterator[None]:
    """Everything inside is on disk when this ends, or nothing is. Inside another, it joins it.

    ``alone``: it takes long, so the commit is not shared with others who write meanwhile.
    Raises ``NotWritten`` if a shared commit failed.
    """
    if is_writing():
        with whole_or_undone(_local.transaction):
            yield
        return
    block = _part_of_another() if connection.in_atomic_block else _writers.block(alone=alone)
    with noted(), block as grown:
        _local.transaction = grown
        try:
            yield
            for hook in _before_sealing:
                hook()
        finally:
            _local.transaction = None


def group_sizes() -> dict[int, int]:
    """How many commits held how many writing blocks, since this process started."""
    return dict(_writers.sizes)


def record(what: Any, *, by: Actor, cause: str = "") -> Entry:
    """Append our own fact and apply it. Belongs inside a command.

    ``cause`` is the ``ref`` of the entry that led to this one, if another did.
    """
    if not is_writing():
        raise RuntimeError("facts are recorded inside a command")
    salt, text = sealing.new_salt(), to_body(what)
    entry = _append(what, by, cause, timezone.now(), sealing.body_hash(salt, text))
    entry.id = insert_row(entry)
    body = Body(entry=entry, salt=salt, text=text)
    insert_rows([body])
    applying = Applying()
    applying.apply(what, entry)
    applying.flush()
    return entry


def record_many(facts: Iterable[tuple[Any, Actor]]) -> int:
    """``record`` for thousands of facts: entries go to disk in batches, rows follow in order."""
    if not is_writing():
        raise RuntimeError("facts are recorded inside a command")
    count = 0
    batch: list[tuple[Any, Entry, Body]] = []
    for what, by in facts:
        salt, text = sealing.new_salt(), to_body(what)
        entry = _append(what, by, "", timezone.now(), sealing.body_hash(salt, text))
        batch.append((what, entry, Body(salt=salt, text=text)))
        count += 1
        if len(batch) == BATCH:
            store(batch)
            batch = []
    store(batch)
    return count


def store(batch: Sequence[tuple[Any, Entry, Body | None]]) -> None:
    """Insert entries with their bodies and apply them in order.

    Without a fact (None: erased, or of a kind this version does not know) nothing is applied.
    """
    if not batch:
        return
    insert_rows(entry for _, entry, _ in batch)
    # Nobody else writes: the newest entries are these, in this order, numbered without a gap.
    ((last,),) = _newest()
    for number, (_, entry, body) in enumerate(batch, last - len(batch) + 1):
        entry.id = number
        if body is not None:
            body.entry_id = number
            entry._state.fields_cache["body"] = body  # as ``body.entry = entry``, ten times faster
    insert_rows(body for _, _, body in batch if body is not None)
    applying = Applying()
    for what, entry, _ in batch:
        if what is not None:
            applying.apply(what, entry)
    applying.flush()


@compiled()
def _newest() -> models.QuerySet[Entry, tuple[int]]:
    return Entry.objects.order_by("-id").values_list("id")[:1]


def _append(what: Any, by: Actor, cause: str, at: datetime, body_hash: str) -> Entry:
    """The next entry of the chain this fact belongs to, sealed, not yet stored."""
    kind_of(type(what))
    grown: _Transaction = _local.transaction
    head = _head(grown, channel_of(what))
    entry = Entry(
        node=head.node,
        incarnation=head.incarnation,
        channel=head.channel,
        number=head.number + 1,
        kind=what.kind,
        at=at,
        by=by.id,
        by_name=by.name,
        agency=by.agency,
        post=by.post,
        booth=by.booth,
        cause=cause,
        body_hash=body_hash,
    )
    entry.seal = sealing.seal(head.seal, entry.header)
    head.number, head.seal, head.at = entry.number, entry.seal, at
    grown.grown.add(head.channel)
    return entry


def _head(grown: _Transaction, channel: str) -> ChainHead:
    if channel not in grown.heads:
        me = identity.mine()
        none = ChainHead(node=me.node, channel=channel, number=0, seal=sealing.NO_SEAL)
        grown.heads[channel] = head_of(me.node, channel) or none
        grown.heads[channel].incarnation = me.incarnation
    return grown.heads[channel]


def head_of(node: str, channel: str) -> ChainHead | None:
    """How far a chain is held here; None if nothing of it is."""
    return next(iter(_heads(node=node, channel=channel)), None)


@compiled(node=models.CharField(), channel=models.CharField())
def _heads(node: Any, channel: Any) -> models.QuerySet[ChainHead]:
    return ChainHead.objects.filter(node=node, channel=channel)


def _sign_heads(grown: _Transaction) -> None:
    key = identity.mine().key if grown.grown else None
    for channel in sorted(grown.grown):
        head = grown.heads[channel]
        assert key is not None
        head.signature = sealing.sign(signed_part(head), key)
        put_head(head)


def put_head(head: ChainHead) -> None:
    put_row(head, by=("node", "channel"))


def signed_part(head: ChainHead) -> sealing.Head:
    return sealing.Head(
        node=head.node,
        incarnation=head.incarnation,
        channel=head.channel,
        number=head.number,
        seal=head.seal,
        at=head.at.isoformat(),
    )


@contextmanager
def _part_of_another() -> Iterator[_Transaction]:
    """Inside a transaction of the caller's own, which alone decides what will be."""
    grown = _begin()
    with whole_or_undone(grown):
        yield grown
        _sign_heads(grown)


def _begin() -> _Transaction:
    _await_turn()
    return _Transaction()


def _await_turn() -> None:
    """On PostgreSQL, one writer per node until its transaction ends. SQLite has that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kordon.journal'))")


_writers = Writers(begin=_begin, seal=_sign_heads)
