"""Who among the nodes is believed, and by which keys."""

from typing import Any

from django.db.models import CharField, QuerySet

from kordon.journal import identity
from kordon.journal.compiled import compiled
from kordon.journal.facts import NodeState
from kordon.journal.models import Node, NodeKey


def keys_of(node: str) -> list[str]:
    """The keys (hex) that sign for a node today, the newest first.

    Before the first word of headquarters has come, it is the key that enrolment brought.
    """
    keys = [key for (key,) in _live_keys(node=node)]
    pinned = identity.pinned()
    if not keys and pinned is not None and pinned.node == node:
        keys = [pinned.public_key]
    return keys


def all_keys_of(node: str) -> list[str]:
    """Every key that ever signed for a node."""
    return list(NodeKey.objects.filter(node=node).values_list("id", flat=True))


def state_of(node: str) -> str:
    """The state of a node; empty if nobody enrolled it."""
    if states := _states(node=node):
        return states[0][0]
    pinned = identity.pinned()
    return NodeState.ENROLLED.value if pinned and pinned.node == node else ""


# Asked for each batch that arrives.
@compiled(node=CharField())
def _live_keys(node: Any) -> QuerySet[NodeKey, tuple[str]]:
    live = NodeKey.objects.filter(node=node, retired_at=None).order_by("-since")
    return live.values_list("id")


@compiled(node=CharField())
def _states(node: Any) -> QuerySet[Node, tuple[str]]:
    return Node.objects.filter(name=node).order_by().values_list("state")
