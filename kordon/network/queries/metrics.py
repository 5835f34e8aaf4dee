"""The figures of a node, for a machine that watches."""

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.network.measuring import Figure, measure


@query
def read_metrics(*, by: Actor) -> list[Figure]:
    """Every figure now. Numbers of nodes, lists and posts; of nobody."""
    return list(measure())
