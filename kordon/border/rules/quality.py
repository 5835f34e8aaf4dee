"""What makes an entry of a list a poor one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

OFTEN_FALSE = 3
"""Ruled not the same so often and never confirmed: an entry that only stops others."""
EVERY = timedelta(days=30)
"""How often an owner is told."""
FAULTS = ("no_birth_date", "name_only", "stale", "never_met", "always_false")


@dataclass(frozen=True, kw_only=True)
class Met:
    """How often an alert was met, and what became of it."""

    times: int = 0
    confirmed: int = 0
    not_same: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An alert with what is known of its quality. ``exact``: a birth date or a document."""

    alert: UUID
    reference: str
    category: str
    person: bool
    dated: bool
    exact: bool
    stale: bool
    met: Met


def faults_of(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry, in the order of ``FAULTS``."""
    if entry.person and not entry.dated:
        yield "no_birth_date"
    if entry.person and not entry.exact:
        yield "name_only"
    if entry.stale:
        yield "stale"
    if not entry.met.times:
        yield "never_met"
    if entry.met.not_same >= OFTEN_FALSE and not entry.met.confirmed:
        yield "always_false"
