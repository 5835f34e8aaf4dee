"""What earlier crossings say about where a traveller should be."""

from collections.abc import Sequence

from kordon.border.facts import Direction, Earlier, EarlierCrossing, Whereabouts

KEPT = 5


def moved(crossing: EarlierCrossing) -> bool:
    """Whether the traveller really passed: admitted, or handed over on the way in."""
    if crossing.status == "handed_over":
        return crossing.direction is Direction.ENTRY
    return crossing.status == "admitted"


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
