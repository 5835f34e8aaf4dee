"""The one table of parsers. Everything that reads foreign octets stands in it."""

from importlib import import_module

from kordon.measure.fuzzing import chips, documents, foreign, seals
from kordon.measure.fuzzing.parser import Parser

ABOVE = ("kordon.node.fuzzing",)
"""What the floor above reads stands there and is found by name, as its commands are."""
PARTS = (documents, chips, seals, foreign, *map(import_module, ABOVE))

PARSERS: dict[str, Parser] = {each.name: each for part in PARTS for each in part.PARSERS}


def names() -> list[str]:
    """Runs in the node: what can be named, in the order in which it is tried."""
    return list(PARSERS)
