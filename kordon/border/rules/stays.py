"""From entries and exits to stays: a pure function of what is known, whatever came first.

Posts report with delays, so an exit may be known before the entry. Stays are therefore never
continued from what was thought before; they are paired anew from the crossings themselves.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Move(NamedTuple):
    """A crossing by which a document really passed."""

    crossing: UUID
    document_key: str
    at: datetime
    entry: bool
    post: str
    nationality: str


class Pair(NamedTuple):
    """``began`` is an entry, or an exit before which no entry is known; ``exit`` ended it.

    ``ended_at`` without an exit: the traveller entered again and was not seen leaving.
    """

    began: Move
    exit: Move | None = None
    ended_at: datetime | None = None


def moved(status: str, *, entry: bool) -> bool:
    """Whether the traveller really passed: admitted, or handed over on the way in."""
    return status == "admitted" or (status == "handed_over" and entry)


def pair(moves: Iterable[Move], *, since: datetime) -> list[Pair]:
    """Stays of one document that begin among ``moves``, or after them.

    ``moves`` hold everything from ``since`` on and the last ones before it. Exits before
    ``since`` at their head end stays that began earlier still: those stand as they are.
    """
    ordered = sorted(moves, key=lambda move: (move.at, move.crossing.int))
    while ordered and not ordered[0].entry and ordered[0].at < since:
        ordered.pop(0)
    pairs = []
    for place, move in enumerate(ordered):
        before = ordered[place - 1] if place else None
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        if not move.entry:
            if before is None or not before.entry:
                pairs.append(Pair(began=move, exit=move, ended_at=move.at))
        elif after is None or after.entry:
            pairs.append(Pair(began=move, ended_at=after.at if after else None))
        else:
            pairs.append(Pair(began=move, exit=after, ended_at=after.at))
    return pairs
