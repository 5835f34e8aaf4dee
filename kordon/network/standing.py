"""How this post stands to its headquarters, as everybody at the post may see in a corner."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from kordon.journal import identity
from kordon.journal.channels import UP, is_post
from kordon.journal.receipts import acknowledged
from kordon.journal.sending import last_number
from kordon.network import scratch
from kordon.network.facts import AgeLimits, PolicySet
from kordon.network.models import Alarm, Policy
from kordon.network.reporting import REPORTS
from kordon.network.rules import DEFAULTS
from kordon.network.told import read_told

KEPT_S = 2.0
_kept: dict[str, tuple[float, "Standing"]] = {}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """``current_at``: when everything headquarters had for us was here; None: never yet.

    ``lists``: the day of each list in force here. ``alarms``: codes with parameters.
    """

    up: bool
    since: datetime | None
    current_at: datetime | None
    unsent: int
    stopped: str
    alarms: tuple[tuple[str, dict[str, str]], ...]
    lists: dict[str, date]
    policy: PolicySet


def get_standing() -> Standing | None:
    """How the post stands; None at a node that is no post.

    No query: it asks for no right, everybody there sees it. Every page asks, so what was read
    is kept for two seconds.
    """
    if not is_post():
        return None
    home, now = str(settings.KORDON_HOME), time.monotonic()
    kept = _kept.get(home)
    if kept is None or now - kept[0] > KEPT_S:
        kept = _kept[home] = (now, _read())
    return kept[1]


def forget_standing() -> None:
    """Read anew next time: what is known of the link has changed in this process."""
    _kept.clear()


def policy_in_force() -> PolicySet:
    """The rules of age: what was set, or else what is usual."""
    row = Policy.objects.filter(pk=1).first()
    if row is None:
        return DEFAULTS
    return PolicySet(
        link=AgeLimits(
            warn_after_hours=row.link_warn, second_line_after_hours=row.link_second_line
        ),
        lists=AgeLimits(
            warn_after_hours=row.lists_warn, second_line_after_hours=row.lists_second_line
        ),
    )


def _read() -> Standing:
    link = scratch.link_state()
    own = Alarm.objects.filter(cleared_at=None, node=identity.mine().node).order_by("raised_at")
    return Standing(
        up=bool(link and link.up),
        since=link.since if link else None,
        current_at=link.current_at if link else None,
        unsent=max(0, last_number(channel=UP) - acknowledged(UP)),
        stopped=link.stopped if link else "",
        alarms=tuple(own.values_list("code", "params")),
        lists=read_told({"lists": _lists()}).lists,
        policy=policy_in_force(),
    )


def _lists() -> Any:
    """What the room that keeps lists reports of them; below it, nothing more is known."""
    report = REPORTS.get("lists")
    return report() if report else []
