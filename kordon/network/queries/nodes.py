"""Every node as headquarters sees it."""

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.network.looking import NodeLine, look_at_nodes
from kordon.network.rules.troubles import ORDER

STATES = {"quarantined": 0, "enrolled": 1}


@query
def list_nodes(*, by: Actor) -> list[NodeLine]:
    """Every node but headquarters, worst first; those used no longer at the end."""
    return sorted(look_at_nodes(), key=_how_bad)


def _how_bad(line: NodeLine) -> tuple[bool, int, int, str]:
    gone = line.seen.state not in STATES
    return gone, ORDER[line.level], -len(line.troubles), line.seen.node
