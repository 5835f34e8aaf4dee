"""Who among the nodes is believed, and by which keys."""

from kordon.journal import identity
from kordon.journal.facts import NodeState
from kordon.journal.models import Node, NodeKey


def keys_of(node: str) -> list[str]:
    """The keys (hex) that sign for a node today, the newest first.

    Headquarters' is the pinned one until its journal has told of it here: the key that enrolment
    brought, or one that follows it and was heard of before the entry came that says so.
    """
    known = NodeKey.objects.filter(node=node).order_by("-since").values_list("id", "retired_at")
    pinned = identity.pinned()
    if pinned is not None and pinned.node == node and pinned.public_key not in dict(known):
        return [pinned.public_key]
    return [key for key, retired_at in known if retired_at is None]


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
