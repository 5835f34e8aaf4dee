"""Who among the nodes is believed, and by which keys."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet

from kordon.journal import identity
from kordon.journal.compiled import compiled
from kordon.journal.facts import NodeState
from kordon.journal.models import Node, NodeKey


def keys_of(node: str) -> list[str]:
    """The keys (hex) that sign for a node today, the newest first.

    Headquarters' is the pinned one until its journal has told of it here: the key that enrolment
    brought, or one that follows it and was heard of before the entry came that says so.
    """
    known = _known_keys(node=node)
    pinned = identity.pinned()
    if pinned is not None and pinned.node == node and pinned.public_key not in dict(known):
        return [pinned.public_key]
    return [key for key, retired_at in known if retired_at is None]


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
def _known_keys(node: Any) -> QuerySet[NodeKey, tuple[str, datetime | None]]:
    return NodeKey.objects.filter(node=node).order_by("-since").values_list("id", "retired_at")


@compiled(node=CharField())
def _states(node: Any) -> QuerySet[Node, tuple[str]]:
    return Node.objects.filter(name=node).order_by().values_list("state")
