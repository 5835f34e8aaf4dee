"""What earlier crossings say about where a traveller should be."""

from collections.abc import Sequence

from kordon.border.facts import Direction, Earlier, EarlierCrossing, Whereabouts
from kordon.border.rules import stays

KEPT = 5


def moved(crossing: EarlierCrossing) -> bool:
    """Whether the traveller really passed then."""
    return stays.moved(crossing.status, entry=crossing.direction is Direction.ENTRY)


def describe_earlier(found: Sequence[EarlierCrossing]) -> Earlier:
    """Sum up crossings, newest first, of the same document and of the same person."""
    last = next((one for one in found if moved(one)), None)
    whereabouts = Whereabouts.UNKNOWN
    if last is not None:
        inside = last.direction is Direction.ENTRY
        whereabouts = Whereabouts.INSIDE if inside else Whereabouts.OUTSIDE
    same = sum(one.same_document for one in found)
    return Earlier(
        same_document=same,
        same_person=sum(one.same_person and not one.same_document for one in found),
        whereabouts=whereabouts,
        last=tuple(found[:KEPT]),
    )
