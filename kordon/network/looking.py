"""Every node as headquarters sees it now: what it told, what is held of it, what is wrong."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from kordon.journal import identity
from kordon.journal.channels import ALL, UP, channel_for
from kordon.journal.facts import NodeKind
from kordon.journal.models import ChainHead, Node
from kordon.network.models import Alarm
from kordon.network.rules import (
    LIMITS,
    Limits,
    NodeSeen,
    Trouble,
    find_troubles,
    worst_of,
)
from kordon.network.scratch import NodeStatus
from kordon.network.standing import policy_in_force
from kordon.network.told import Told, read_told


@dataclass(frozen=True, kw_only=True)
class NodeLine:
    """A node with everything known of it. ``held``: the last entry of it that is here."""

    seen: NodeSeen
    kind: str
    told: Told
    held: int
    reason: str
    refused_at: datetime | None
    troubles: tuple[Trouble, ...]
    level: str


def look_at_nodes(now: datetime | None = None) -> list[NodeLine]:
    """Every enrolled node but headquarters, in five queries however many there are."""
    now = now or timezone.now()
    me = identity.mine().node
    heads = ChainHead.objects.filter(channel=UP).values_list("node", "number")
    ours = ChainHead.objects.filter(node=me).values_list("channel", "number")
    statuses = NodeStatus.objects.in_bulk()
    known = _Known(now, limits_in_force(), dict(heads), dict(ours))
    nodes = Node.objects.exclude(kind=NodeKind.HQ).exclude(name=me)
    return [known.line(node, statuses.get(node.name)) for node in nodes]


def limits_in_force() -> Limits:
    """The limits of this headquarters, with the country's own idea of when a list is old."""
    return replace(
        LIMITS,
        silent_s=settings.KORDON_ALARM_SILENT_SECONDS,
        lag_entries=settings.KORDON_ALARM_LAG_ENTRIES,
        list_hours=policy_in_force().lists.warn_after_hours,
    )


def open_alarms() -> list[Alarm]:
    """What is wrong now and was said: unacknowledged first, the oldest first."""
    rows = Alarm.objects.filter(cleared_at=None)
    return list(rows.order_by(F("acknowledged_at").asc(nulls_first=True), "raised_at", "id"))


@dataclass(frozen=True)
class _Known:
    """What is read once for all nodes."""

    now: datetime
    limits: Limits
    held: dict[str, int]
    ours: dict[str, int]

    def line(self, node: Node, status: NodeStatus | None) -> NodeLine:
        told = read_told(status.told if status else None)
        held = self.held.get(node.name, 0)
        seen = NodeSeen(
            node=node.name,
            state=node.state,
            since=node.since,
            heard_at=status.heard_at if status else None,
            unsent=max(0, (told.up or 0) - held),
            unsent_since=told.unsent_since,
            behind=self._behind(node.name, told) if status and status.heard_at else 0,
            clock_offset_ms=status.clock_offset_ms if status else 0,
            disk_free=told.disk_free,
            disk_total=told.disk_total,
            refused=status.refused if status else "",
            stopped=told.stopped,
            lists=told.lists,
            certificate_until=told.certificate_until,
        )
        troubles = find_troubles(seen, now=self.now, limits=self.limits)
        return NodeLine(
            seen=seen,
            kind=node.kind,
            told=told,
            held=held,
            reason=node.reason,
            refused_at=status.refused_at if status else None,
            troubles=troubles,
            level=worst_of(troubles),
        )

    def _behind(self, node: str, told: Told) -> int:
        """How much of what we have for the node it has not got."""
        channels = (ALL, channel_for(node))
        return sum(max(0, self.ours.get(one, 0) - told.heads.get(one, 0)) for one in channels)
