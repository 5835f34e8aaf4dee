"""How many persons one machine may ask about in a minute. Kept in memory of the process."""

import threading
from dataclasses import dataclass
from uuid import UUID

from kordon.journal.refusal import Refusal

MOST_ASKERS = 10_000


class TooFast(Refusal):
    """More persons in a minute than one machine may ask about."""

    code = "too_fast"
    status = 429


@dataclass
class _Left:
    persons: float
    at: float


class Pace:
    """``per_minute`` persons for each asker; who asked about none for a minute has them all."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: dict[UUID, _Left] = {}
        self._lock = threading.Lock()

    def take(self, asker: UUID, persons: int, *, now: float) -> None:
        """Count ``persons``; raises ``TooFast``, and then counts nothing.

        ``now`` is in seconds of a clock that never goes back.
        """
        with self._lock:
            self._forget(now)
            left = self._left.setdefault(asker, _Left(self.per_minute, now))
            regained = (now - left.at) * self.per_minute / 60
            left.persons, left.at = min(self.per_minute, left.persons + regained), now
            if persons > left.persons:
                wait = -int(-(persons - left.persons) * 60 // self.per_minute)
                raise TooFast(f"At most {self.per_minute} persons a minute: try in {wait} s.")
            left.persons -= persons

    def _forget(self, now: float) -> None:
        """Who has everything left need not be remembered."""
        if len(self._left) >= MOST_ASKERS:
            self._left = {who: it for who, it in self._left.items() if now - it.at < 60}
