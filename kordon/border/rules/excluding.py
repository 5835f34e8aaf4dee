"""Which possible matches may be ruled out for good, and which are never."""

from kordon.border.facts import MatchFound

EXCLUDED = "excluded"
"""The strength of a match that an officer ruled out at an earlier check."""


def may_be_excluded(found: MatchFound) -> bool:
    """A ruling is about a person with a document. It says nothing about the vehicle they come
    in, and the very number of a document that is looked for is never ruled out."""
    if found.kind == "document":
        return found.strength != "stop"
    return found.kind == "person"


def noted_quietly(found: MatchFound) -> bool:
    """Whether the second line is told of it: what leaves no trace, leaves none here either."""
    return found.strength == EXCLUDED and found.shown != "nothing"
