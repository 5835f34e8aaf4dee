"""How soon things reach each other in a country: what posts record, alerts, a backlog."""

import time
from typing import NamedTuple

from kordon.measure.children import Child, running, wait_for
from kordon.measure.country import ENDS, Country

PATIENCE_S = 600.0
SLOWEST = 10
"""Entries a second that a backlog arrives at least with, else it is given up."""


class Live(NamedTuple):
    """``delays``: seconds from each commit at a post to the one at headquarters that holds it."""

    per_s: float
    delays: list[float]


class Backlog(NamedTuple):
    """``per_s``: from the first batch to the last; ``with_start_s`` from the start of posts on."""

    entries: int
    per_s: float
    with_start_s: float


def live(country: Country, *, entries: int, per_s: float) -> Live:
    """All posts together record so many entries, a few in each transaction, and sync."""
    each = -(-entries // len(country.posts))
    pace = per_s / len(country.posts)
    country.begin(entries=each, pace=pace, at_once=4, after=country.heads)
    country.wait_until_done(each, PATIENCE_S + entries / per_s)
    country.end()
    begun = min(post.committed[0][1] for post in country.posts)
    ended = max(post.committed[-1][1] for post in country.posts)
    return Live(entries / (ended - begun), country.delays())


def alerts(country: Country, *, count: int, every_s: float) -> list[float]:
    """One officer raises, another approves: seconds until each alert is in force at each post."""
    approved: dict[str, float] = {}
    officers = Child(
        country.hq,
        f"{ENDS}:approve",
        {"alerts": count, "every_s": every_s},
        lambda said: approved.update({said["approved"]: said["at"]} if "approved" in said else {}),
    )
    for post in country.posts:
        country.let(post, "watch")
    heads = country.heads
    wait_for(lambda: all(p.all >= heads for p in country.posts), country.children, PATIENCE_S, "")

    def there() -> bool:
        return len(approved) == count and all(len(post.in_force) == count for post in country.posts)

    with running(officers):
        wait_for(there, [officers, *country.children], PATIENCE_S, "alerts are in force")
    country.end()
    return [post.in_force[a] - at for post in country.posts for a, at in approved.items()]


def backlog(country: Country, *, entries: int) -> Backlog:
    """Entries recorded while nobody was connected, and how they arrive."""
    each = -(-entries // len(country.posts))
    ends = [
        post.home.call(f"{ENDS}:write", entries=each, seed=seed)
        for seed, post in enumerate(country.posts)
    ]
    for taken in country.taken.values():
        taken.clear()
    for post in country.posts:
        country.let(post, "live", entries=0, pace=0, seed=0)
    begun = time.monotonic()
    country.wait_until_done(ends[0], PATIENCE_S + entries / SLOWEST)
    with_start_s = time.monotonic() - begun
    country.end()
    # From the first batch on: the start of three processes is not what is measured.
    first = min(taken[0][1] for taken in country.taken.values())
    last = max(taken[-1][1] for taken in country.taken.values())
    sent = each * len(ends)
    return Backlog(sent, sent / max(last - first, 0.001), with_start_s)
