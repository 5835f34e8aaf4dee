"""How old what a post knows may be before it says so, and before others decide.

A post alone goes on working; what it cannot know is said with every traveller. Past a second
age only own citizens, whom a state lets in whatever it knows, pass the first line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kordon.border.facts import Finding, Level, ListAsked, Source
from kordon.network.facts import PolicySet


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """``current_at``: when everything headquarters had was here; None: never yet."""

    now: datetime
    current_at: datetime | None
    lists: tuple[ListAsked, ...]
    policy: PolicySet


def about_age(known: Knowledge, *, own_citizen: bool) -> Iterator[Finding]:
    """What is too old, the link first. Own citizens are stopped by none of it."""
    yield from _about_link(known, own_citizen)
    for one in known.lists:
        step = known.policy.lists.passed((known.now.date() - one.as_of).days * 24)
        if step:
            yield _said(f"list_{step}", own_citizen, list=one.name, day=one.as_of.isoformat())


def _about_link(known: Knowledge, own_citizen: bool) -> Iterator[Finding]:
    if known.current_at is None:
        step = known.policy.link.passed(float("inf"))
        if step:
            yield _said(f"never_heard_{step}", own_citizen)
        return
    hours = (known.now - known.current_at).total_seconds() / 3600
    step = known.policy.link.passed(hours)
    if step:
        since = known.current_at.isoformat()
        yield _said(f"link_{step}", own_citizen, hours=str(int(hours)), since=since)


def _said(code: str, own_citizen: bool, **params: str) -> Finding:
    stops = code.endswith("too_old") and not own_citizen
    return Finding(
        code=code if stops else code.replace("too_old", "old"),
        level=Level.STOP if stops else Level.LOOK,
        source=Source.HEADQUARTERS,
        params=params,
        advice="second_line" if stops else "ask_headquarters",
    )
