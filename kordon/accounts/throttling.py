"""How long somebody waits after wrong passwords. Plain values in, seconds out.

Nobody is locked out by strangers: what happens at other addresses never delays a
person at an address where they have signed in before. A person's own mistakes at
one address delay only that person at that address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=30)
"""At most 48 guesses a day against one person from one address."""

STRANGERS_TRIES = 50
STRANGERS_WAIT = timedelta(hours=1)
"""Guesses from ever new addresses: NIST SP 800-63B allows 100 in a row."""

ADDRESS_TRIES = 30
ADDRESS_WAIT = timedelta(minutes=5)
"""One address trying many people; those who are known there are let through."""


@dataclass(frozen=True, kw_only=True)
class WrongPasswords:
    """Wrong passwords of the last day that bear on one attempt: how many, and the last."""

    here: int = 0
    """By this person from this address."""
    here_last: datetime | None = None
    anywhere: int = 0
    """By this person from any address."""
    anywhere_last: datetime | None = None
    address: int = 0
    """From this address, for anybody."""
    address_last: datetime | None = None
    familiar: bool = False
    """This person has signed in from this address before."""


def seconds_to_wait(wrong: WrongPasswords, *, now: datetime) -> int:
    """Seconds until the next attempt is looked at; 0: at once."""
    waits = [_left(wrong.here_last, _growing(wrong.here), now)]
    if not wrong.familiar:
        strangers = STRANGERS_WAIT if wrong.anywhere >= STRANGERS_TRIES else timedelta()
        crowd = ADDRESS_WAIT if wrong.address >= ADDRESS_TRIES else timedelta()
        waits += [
            _left(wrong.anywhere_last, strangers, now),
            _left(wrong.address_last, crowd, now),
        ]
    return max(waits)


def _growing(tries: int) -> timedelta:
    """Nothing for the first tries, then doubling."""
    if tries < FREE_TRIES:
        return timedelta()
    doublings = min(tries - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _left(last: datetime | None, wait: timedelta, now: datetime) -> int:
    if last is None:
        return 0
    left = (last + wait - now).total_seconds()
    return max(0, -int(-left // 1))
