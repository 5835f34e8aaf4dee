"""Nodes and machines on their way to become one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.journal.facts import NodeKind, NodeState
from kordon.journal.models import Node
from kordon.network import rules
from kordon.network.enrolments import WAITING, fingerprint_of
from kordon.network.models import Enrolment, Release
from kordon.network.rules import EnrolmentState, _

SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class EnrolmentShown:
    """``fingerprint`` is empty until a machine has asked; ``expired``: nobody asked in time."""

    row: Enrolment
    fingerprint: str
    waiting: bool
    expired: bool


@dataclass(frozen=True, kw_only=True)
class NodeShown:
    """A node and what may be decided about it. ``released_by``: the first of two persons."""

    name: str
    kind: str
    state: str
    incarnation: int
    since: datetime
    reason: str
    released_by: str

    @property
    def is_post(self) -> bool:
        return self.kind != NodeKind.HQ

    @property
    def over(self) -> bool:
        return self.state in {NodeState.REVOKED, NodeState.DECOMMISSIONED}


@dataclass(frozen=True, kw_only=True)
class Enrolling:
    """The newest enrolments first; nodes by name."""

    enrolments: tuple[EnrolmentShown, ...]
    nodes: tuple[NodeShown, ...]


@query
def list_enrolments(*, by: Actor) -> Enrolling:
    """Who was invited, who waits to be approved, and every node with its state."""
    firsts = {(row.node, row.quarantined_at): row.approved_by_name for row in Release.objects.all()}
    nodes = [_line(row, firsts.get((row.name, row.since), "")) for row in Node.objects.all()]
    enrolments = tuple(_shown(row) for row in Enrolment.objects.all()[:SHOWN])
    return Enrolling(enrolments=enrolments, nodes=tuple(nodes))


@query
def get_enrolment(*, by: Actor, enrolment: UUID) -> EnrolmentShown:
    """One enrolment, with the fingerprint to compare. Raises ``NoSuchEnrolment``."""
    row = Enrolment.objects.filter(id=enrolment).first()
    if row is None:
        raise rules.NoSuchEnrolment(_("There is no such enrolment."))
    return _shown(row)


@query
def get_node(*, by: Actor, node: str) -> NodeShown:
    """One node, and what may be decided about it. Raises ``NoSuchNode``."""
    row = Node.objects.filter(name=node).first()
    if row is None:
        raise rules.NoSuchNode(_("There is no such node."))
    first = Release.objects.filter(node=node, quarantined_at=row.since).first()
    return _line(row, first.approved_by_name if first else "")


def _line(row: Node, released_by: str) -> NodeShown:
    return NodeShown(
        name=row.name,
        kind=row.kind,
        state=row.state,
        incarnation=row.incarnation,
        since=row.since,
        reason=row.reason,
        released_by=released_by,
    )


def _shown(row: Enrolment) -> EnrolmentShown:
    waiting = row.state in WAITING
    expired = row.state == EnrolmentState.INVITED and row.until < timezone.now()
    print_ = fingerprint_of(row) if row.public_key else ""
    return EnrolmentShown(row=row, fingerprint=print_, waiting=waiting, expired=expired)
