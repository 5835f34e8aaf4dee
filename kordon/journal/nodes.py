"""Who among the nodes is believed, and by which keys."""

from kordon.journal import identity
from kordon.journal.facts import NodeState
from kordon.journal.models import Node, NodeKey


def keys_of(node: str) -> list[str]:
    """The keys (hex) that sign for a node today, the newest first.

    Before the first word of headquarters has come, it is the key that enrolment brought.
    """
    live = NodeKey.objects.filter(node=node, retired_at=None).order_by("-since")
    keys = list(live.values_list("id", flat=True))
    pinned = identity.pinned()
    if not keys and pinned is not None and pinned.node == node:
        keys = [pinned.public_key]
    return keys


def all_keys_of(node: str) -> list[str]:
    """Every key that ever signed for a node."""
    return list(NodeKey.objects.filter(node=node).values_list("id", flat=True))


def state_of(node: str) -> str:
    """The state of a node; empty if nobody enrolled it."""
    states = Node.objects.filter(name=node).values_list("state", flat=True)
    pinned = identity.pinned()
    if (state := states.first()) is not None:
        return state
    return NodeState.ENROLLED.value if pinned and pinned.node == node else ""
