"""The one table of parsers. Everything that reads foreign octets stands in it."""

from kordon.measure.fuzzing import chips, documents, foreign, seals
from kordon.measure.fuzzing.parser import Parser

PARSERS: dict[str, Parser] = {
    each.name: each
    for each in (*documents.PARSERS, *chips.PARSERS, *seals.PARSERS, *foreign.PARSERS)
}


def names() -> list[str]:
    """Runs in the node: what can be named, in the order in which it is tried."""
    return list(PARSERS)
