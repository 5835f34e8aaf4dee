"""Commands and queries: the only way state changes, the only doors to what is known.

``kordon.border.commands.record_crossing`` needs the right ``border.record_crossing``.
One name for the deed, the right, the audit line and the API operation.
"""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast, overload

from kordon.journal.actor import Actor
from kordon.journal.channels import check_at_headquarters, is_post
from kordon.journal.facts import PersonalDataRead
from kordon.journal.refusal import NotPermitted
from kordon.journal.writing import before_sealing, record, writing

F = TypeVar("F", bound=Callable[..., Any])

COMMANDS: dict[str, Callable[..., Any]] = {}
QUERIES: dict[str, Callable[..., Any]] = {}
AT_HQ: set[str] = set()
"""Commands whose deeds have their home at headquarters."""


@dataclass
class _Reads:
    """What the outermost command or query has read and not yet written down."""

    name: str
    by: Actor
    about: list[tuple[str, int]] = field(default_factory=list)
    written: bool = False

    def write(self) -> None:
        what = PersonalDataRead(
            query=self.name,
            about=tuple(dict.fromkeys(about for about, _ in self.about)),
            found=sum(found for _, found in self.about),
        )
        self.about, self.written = [], True
        record(what, by=self.by)


_reads: ContextVar[_Reads | None] = ContextVar("reads", default=None)


@overload
def command(func: F) -> F: ...
@overload
def command(
    *, writes_late: bool = ..., alone: bool = ..., at_hq: bool = ...
) -> Callable[[F], F]: ...
def command(
    func: F | None = None,
    *,
    writes_late: bool = False,
    alone: bool = False,
    at_hq: bool = False,
) -> F | Callable[[F], F]:
    """Let ``func`` change state: permitted, whole or not at all.

    ``writes_late``: the function reads at length and opens ``writing()`` itself
    around what it records, so that others need not wait while it thinks.
    ``alone``: it writes at length, and shares its commit with nobody.
    ``at_hq``: what it changes has its home at headquarters; nobody holds its right at a post.
    """

    def declare(func: F) -> F:
        name = _name(func)

        @wraps(func)
        def run(*, by: Actor, **kwargs: Any) -> Any:
            check_right(by, name)
            if writes_late:
                with _noting(name, by):
                    return func(by=by, **kwargs)
            with writing(alone=alone), _noting(name, by):
                return func(by=by, **kwargs)

        COMMANDS[name] = run
        if at_hq:
            AT_HQ.add(name)
        return cast(F, run)

    return declare(func) if func else declare


@overload
def query(func: F) -> F: ...
@overload
def query(*, personal: bool) -> Callable[[F], F]: ...
def query(func: F | None = None, *, personal: bool = False) -> F | Callable[[F], F]:
    """Let ``func`` read what not everybody may read.

    ``personal``: it shows persons. The function says with ``note_read`` about whom; the
    access log is on disk before the caller has the answer. Such a function must return
    values already read, never a lazy queryset.
    """

    def declare(func: F) -> F:
        name = _name(func)

        @wraps(func)
        def run(*, by: Actor, **kwargs: Any) -> Any:
            check_right(by, name)
            if not personal:
                return func(by=by, **kwargs)
            with _noting(name, by, always=True):
                return func(by=by, **kwargs)

        QUERIES[name] = run
        return cast(F, run)

    return declare(func) if func else declare


def check_right(by: Actor, right: str) -> None:
    """Raises ``NotPermitted`` unless ``by`` holds the right; ``OnlyAtHeadquarters`` at a post."""
    if right in AT_HQ:
        check_at_headquarters()
    if not by.may(right):
        raise NotPermitted(right)


def elsewhere() -> AbstractSet[str]:
    """The rights that nobody holds on this node, because their deeds are headquarters'."""
    return AT_HQ if is_post() else frozenset()


def note_read(about: str, found: int = 1) -> None:
    """Say whom the answer is about: ``document:KGZ/AC123``, ``alert:<uuid>``."""
    noted = _reads.get()
    if noted is None:
        raise RuntimeError("persons are read inside a command or a personal query")
    noted.about.append((about, found))


@contextmanager
def _noting(name: str, by: Actor, *, always: bool = False) -> Iterator[None]:
    """Collect what is read; the outermost command or query writes one line about all of it."""
    if _reads.get() is not None:
        yield
        return
    noted = _Reads(name, by)
    token = _reads.set(noted)
    try:
        yield
    finally:
        _reads.reset(token)
    if noted.about or (always and not noted.written):
        with writing():
            noted.write()


def _write_along() -> None:
    """A command that writes late writes what it read in the same transaction."""
    if (noted := _reads.get()) is not None and noted.about:
        noted.write()


before_sealing(_write_along)


def _name(func: Callable[..., Any]) -> str:
    return f"{func.__module__.split('.')[1]}.{func.__name__}"
