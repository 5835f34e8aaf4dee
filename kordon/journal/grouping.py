"""Many writing blocks, one commit.

A commit waits for the disk, and the disk takes as long for one block as for fifty. So blocks
that stand in line share a transaction: the first opens it on the connection of its own thread,
each that follows borrows that connection and works behind a savepoint, the last seals and
commits for all. Each block runs in the thread that called it. Nobody comes back before the
commit is on disk, and a block that raises is undone to its savepoint, alone.

If the commit fails, or the database gives the transaction up by itself (SQLite does so when
the disk is full), nothing of the group is there and each of its blocks raises.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

MOST_BLOCKS = 64
# Who finished first waits for who finishes last: past this age nobody more is let in.
OLDEST_S = 0.050


class NotWritten(OperationalError):
    """The transaction this block was part of is not in the database, so neither is the block."""


class Remembered(Protocol):
    """What the blocks of a group hand on in memory; it can be put back as it was."""

    def keep(self) -> Any: ...
    def put_back(self, kept: Any) -> None: ...


T = TypeVar("T", bound=Remembered)


class Group(Generic[T]):
    """Blocks that are committed together, on the connection of the first one's thread."""

    def __init__(self, *, alone: bool) -> None:
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.size = 0
        self.failure: BaseException | None = None
        self.ended = threading.Event()
        self._alone = alone
        self._begun = time.monotonic()
        self._transaction = transaction.atomic()
        self._remembered: T | None = None

    def begin(self, begin: Callable[[], T]) -> None:
        """Open the transaction. If this raises, there is none."""
        self._transaction.__enter__()
        self._begun = time.monotonic()
        self.connection.inc_thread_sharing()
        self.connection.execute_wrappers.append(self._watch)
        try:
            self._remembered = begin()
        except BaseException as error:
            self.failure = error
            self.end(lambda _: None)
            raise

    @property
    def remembered(self) -> T:
        assert self._remembered is not None, "the group has begun"
        return self._remembered

    @property
    def takes_more(self) -> bool:
        young = time.monotonic() - self._begun < OLDEST_S
        return self.failure is None and not self._alone and young and self.size < MOST_BLOCKS

    @contextmanager
    def lent(self) -> Iterator[None]:
        """What this thread asks of the database goes over the group's connection."""
        own = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.connection
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = own

    @contextmanager
    def one_more(self) -> Iterator[T]:
        """The room of one block: it is there whole, or it has never been."""
        self.size += 1
        if self.size == 1:
            # Nothing was before it that a savepoint could save.
            try:
                yield self.remembered
            except BaseException as error:
                self.failure = error
                raise
        else:
            with whole_or_undone(self.remembered):
                yield self.remembered

    def take_callbacks(self) -> list[Any]:
        """What the block that ends now wants called after the commit, in its own thread."""
        mine, self.connection.run_on_commit = self.connection.run_on_commit, []
        return mine

    def look(self) -> None:
        """Notice if the database has given the transaction up, whoever hid its error."""
        if self.failure is None and not _is_sound(self.connection):
            self.failure = NotWritten("the database gave the transaction up")

    def end(self, seal: Callable[[T], None]) -> None:
        """Commit or undo everything. Raises nothing: ``failure`` says how it went."""
        try:
            if self.failure is None:
                seal(self.remembered)
                self.look()
        except BaseException as error:
            self.failure = error
        failure = self.failure
        try:
            self.connection.execute_wrappers.remove(self._watch)
            self._transaction.__exit__(type(failure) if failure else None, failure, None)
        except BaseException as error:
            self.failure = failure or error
        finally:
            self.connection.dec_thread_sharing()

    def wait(self) -> None:
        """Until it has ended. Who is interrupted stays: others work on this one's connection."""
        interrupted: BaseException | None = None
        while not self.ended.is_set():
            try:
                self.ended.wait()
            except BaseException as error:
                interrupted = error
        if interrupted is not None:
            raise interrupted

    def _watch(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Let nobody go on in a transaction that is no more: each statement would be its own."""
        try:
            return execute(*statement)
        except BaseException:
            if not _is_open(self.connection):
                self.connection.needs_rollback = True
            raise


class _Place:
    """One block in the line. Once it is called, ``group`` is what it joins, if anything."""

    def __init__(self, *, alone: bool) -> None:
        self.alone = alone
        self.has_turn = False
        self.group: Group[Any] | None = None
        self.called = threading.Event()


class WaitingLine:
    """Who writes next: in the order of asking, unlike ``threading.Lock``."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[_Place] = deque()
        self._held = False

    def stand(self, place: _Place) -> None:
        """Come back when it is this one's turn."""
        with self._guard:
            if not self._held:
                self._held = place.has_turn = True
                return
            self._waiting.append(place)
        place.called.wait()

    def leave(self, place: _Place) -> bool:
        """Wish no more; False if the turn has come meanwhile and must be passed on."""
        with self._guard:
            if place in self._waiting:
                self._waiting.remove(place)
            return not place.has_turn

    def call(self, group: Group[Any] | None = None) -> bool:
        """The turn goes to the next; with ``group`` only if there is one and it may join."""
        with self._guard:
            if group and (not self._waiting or self._waiting[0].alone):
                return False
            if not self._waiting:
                self._held = False
                return False
            place = self._waiting.popleft()
            place.group, place.has_turn = group, True
        place.called.set()
        return True


class Writers(Generic[T]):
    """The line before the journal, and the group that is writing.

    ``begin`` runs first in each transaction and makes what its blocks remember, ``seal`` last.
    """

    def __init__(self, *, begin: Callable[[], T], seal: Callable[[T], None]) -> None:
        self.sizes: Counter[int] = Counter()
        """How many groups of each size were committed since the process started."""
        self._begin, self._seal = begin, seal
        self._line = WaitingLine()

    @contextmanager
    def block(self, *, alone: bool = False) -> Iterator[T]:
        """What happens inside is on disk when this ends, or never was.

        ``alone``: it takes long; nobody who is quick shall wait for a commit together with it.
        Raises ``NotWritten`` if the transaction failed in the hands of another.
        """
        group = self._take_turn(alone=alone)
        ended_here = False
        with group.lent():
            try:
                with group.one_more() as remembered:
                    yield remembered
            finally:
                callbacks = group.take_callbacks()
                ended_here = self._pass_on(group)
        group.wait()
        if group.failure is not None:
            if ended_here:
                raise group.failure
            raise NotWritten("the commit shared with other writers failed") from group.failure
        own = connections[DEFAULT_DB_ALIAS]
        own.run_on_commit = callbacks
        own.run_and_clear_commit_hooks()

    def _take_turn(self, *, alone: bool) -> Group[T]:
        place = _Place(alone=alone)
        try:
            self._line.stand(place)
        except BaseException:
            if not self._line.leave(place):
                self._turn_down(place.group)
            raise
        if place.group is not None:
            return place.group
        try:
            group: Group[T] = Group(alone=alone)
            group.begin(self._begin)
        except BaseException:
            self._line.call()
            raise
        return group

    def _turn_down(self, group: Group[T] | None) -> None:
        if group is None:
            self._line.call()
            return
        with group.lent():
            self._pass_on(group)

    def _pass_on(self, group: Group[T]) -> bool:
        """Let the next one in, or commit; True if the group ended here."""
        try:
            group.look()
            if group.takes_more and self._line.call(group):
                return False
        except BaseException as error:
            group.failure = error
        try:
            group.end(self._seal)
            if group.failure is None:
                self.sizes[group.size] += 1
        finally:
            self._line.call()
            group.ended.set()
        return True


@contextmanager
def whole_or_undone(remembered: Remembered) -> Iterator[None]:
    """Behind a savepoint: if it raises, rows and memory are as they were before it."""
    kept = remembered.keep()
    try:
        with transaction.atomic():
            yield
            if connections[DEFAULT_DB_ALIAS].needs_rollback:
                # Django would undo it without a word, and memory would not know.
                raise NotWritten("what happened inside was marked to be undone")
    except BaseException:
        remembered.put_back(kept)
        raise


def _is_sound(connection: BaseDatabaseWrapper) -> bool:
    return _is_open(connection) and not connection.needs_rollback


def _is_open(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database still holds a transaction that can be committed."""
    raw: Any = connection.connection
    if raw is None or connection.closed_in_transaction:
        return False
    if connection.vendor == "sqlite":
        return bool(raw.in_transaction)
    return str(raw.info.transaction_status.name) == "INTRANS"
