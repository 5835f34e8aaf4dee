"""What is decided about a node that was enrolled, and the one thing it decides itself."""

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import UP
from kordon.journal.command import command
from kordon.journal.facts import (
    NodeDecommissioned,
    NodeKeyRotated,
    NodeReleased,
    NodeRevoked,
    NodeState,
)
from kordon.journal.models import Node, NodeKey
from kordon.journal.nodes import keys_of
from kordon.journal.sending import last_number
from kordon.journal.writing import record
from kordon.network import rules
from kordon.network.facts import ReleaseApproved
from kordon.network.models import Release
from kordon.network.rules import Shown, _
from kordon.network.scratch import NodeStatus

OVER = {NodeState.REVOKED.value, NodeState.DECOMMISSIONED.value}


@command(at_hq=True)
def revoke_node(*, by: Actor, node: str, reason: str) -> None:
    """Believe nothing of a node any more, at once: its machine is stolen, lost or captured.

    One person decides: what is lost by waiting is more than what is lost by a mistake, and a
    machine enrolled anew takes the name up again. Raises ``NothingDecided``.
    """
    row = _node(node)
    if row.state == NodeState.REVOKED:
        raise rules.NothingDecided(_("This node is revoked already."))
    record(NodeRevoked(node=row.name, reason=rules.check_reason(reason)), by=by)


@command(at_hq=True)
def release_node(*, by: Actor, node: str, reason: str) -> Node:
    """Say that a node may be believed again after its quarantine. The second person lets it out.

    Raises ``NotQuarantined``, ``SamePerson``.
    """
    row = _node(node)
    if row.state != NodeState.QUARANTINED:
        raise rules.NotQuarantined(_("This node is not in quarantine."))
    reason = rules.check_reason(reason)
    first = Release.objects.filter(node=row.name, quarantined_at=row.since).first()
    if first is None:
        what = ReleaseApproved(node=row.name, quarantined_at=row.since, reason=reason)
        record(what, by=by)
        return row
    rules.check_second(first=first.approved_by, by=by.id)
    record(NodeReleased(node=row.name, reason=reason), by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def decommission_node(*, by: Actor, node: str, reason: str) -> None:
    """End a node for good, when everything it told of is held here. Raises ``NotYetHeld``."""
    row = _node(node)
    if row.state in OVER:
        raise rules.NothingDecided(_("This node is used no longer already."))
    reason = rules.check_reason(reason)
    held = last_number(node=row.name, channel=UP)
    status = NodeStatus.objects.filter(node=row.name).first()
    told = status.told.get("up") if status else None
    if not isinstance(told, int):
        raise rules.NotYetHeld(
            _("This node has never said how much it recorded. If its machine is lost, revoke it.")
        )
    if told > held:
        raise rules.NotYetHeld(
            _("Not everything this node recorded is here yet. Let it send the rest first.")
        )
    record(NodeDecommissioned(node=row.name, number=held, reason=reason), by=by)


@command(at_hq=True)
def rotate_key(*, by: Actor, node: str, public_key: str, nkey: str = "") -> None:
    """Sign with a new key from now on. Asked again for the key it has, nothing happens.

    Raises ``BadShown``, ``KeyInUse``, ``NoSuchNode``.
    """
    row = Node.objects.filter(name=node, state=NodeState.ENROLLED).first()
    if row is None:
        raise rules.NoSuchNode(_("There is no such node."))
    rules.check_shown(Shown(node=node, public_key=public_key, nkey=nkey))
    if keys_of(node) == [public_key]:
        return
    others = Node.objects.exclude(name=node)
    used = NodeKey.objects.filter(id=public_key).exists()
    if used or (nkey and others.filter(nkey=nkey).exists()):
        raise rules.KeyInUse(_("These keys are those of a node already: make new ones."))
    record(NodeKeyRotated(node=node, public_key=public_key, nkey=nkey or row.nkey), by=by)


def _node(node: str) -> Node:
    """A node other than headquarters itself. Raises ``NoSuchNode``."""
    row = Node.objects.filter(name=node).exclude(name=identity.mine().node).first()
    if row is None:
        raise rules.NoSuchNode(_("There is no such node."))
    return row
