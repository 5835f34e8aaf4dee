"""The zone of a page: of all places where one may be, the one that the model can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kordon.lib.traveldocs.page.bands import SHAPES, SPACING, Band
from kordon.lib.traveldocs.page.lines import Line, Points, Shades, Spelled, beyond, spell

CLEAR = -0.12
"""A line of this quality is read so well that no other place is tried."""
POOR = -0.3
"""A line of less quality is looked for again, beside a better one."""
NO_PRINT = -0.5
"""A zone of less quality is none."""
_TRIED = 4
_MOST_AMISS = 6
"""Characters by which a line may have been followed from the wrong place."""
_LENGTHS = {length: lines for lines, length in SHAPES}


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines in reading order."""

    lines: tuple[Spelled, ...]

    @property
    def quality(self) -> float:
        return float(np.mean([each.quality for each in self.lines]))


def find_zones(shades: Shades, bands: list[Band]) -> Iterator[Zone]:
    """What reads like a zone, likeliest first, whichever way the page lies; each is read when it
    is asked for. Blurred print may look better upside down than it is, so there may be several."""
    for _, way in sorted(_looked_at(shades, bands), key=lambda each: -each[0])[:_TRIED]:
        zone = _whole(shades, way)
        if zone is not None and zone.quality > NO_PRINT:
            yield zone


def _looked_at(shades: Shades, bands: list[Band]) -> list[tuple[float, list[Line]]]:
    """Each place, both ways up, by how well a line of it reads; up to the first that is clear."""
    tried: list[tuple[float, list[Line]]] = []
    for band in bands:
        for way in _both_ways(band):
            quality = spell(shades, way[-1], again=0).quality
            tried.append((quality, way))
        if max(quality for quality, _ in tried) > CLEAR:
            break
    return tried


def _whole(shades: Shades, way: list[Line]) -> Zone | None:
    """All lines of the zone, with as many characters as they are found to have."""
    spelled = [spell(shades, each) for each in way]
    guide = max(spelled, key=lambda each: each.quality)
    if guide.quality < NO_PRINT:
        return None
    ends = [beyond(shades, each.line) for each in spelled if each.quality > POOR]
    before = max((each for each, _ in ends), default=0)
    after = max((each for _, each in ends), default=0)
    length = min(_LENGTHS, key=lambda each: abs(guide.line.length + before + after - each))
    if length != guide.line.length:
        spelled = [spell(shades, each.line.moved(-before, length)) for each in spelled]
    if len(spelled) > _LENGTHS[length]:
        spelled = spelled[-_LENGTHS[length] :]
    elif len(spelled) < _LENGTHS[length]:
        spelled = _with_another(shades, spelled)
    spelled = [_caught(shades, each) for each in spelled]
    return Zone(tuple(_again(shades, spelled, at) for at in range(len(spelled))))


def _again(shades: Shades, spelled: list[Spelled], at: int) -> Spelled:
    """A line that reads badly, looked for once more from where the best of the others lies."""
    own = spelled[at]
    guide = max(range(len(spelled)), key=lambda each: spelled[each].quality)
    if own.quality > POOR or guide == at:
        return own
    other = spell(shades, spelled[guide].line.aside(SPACING * (at - guide)))
    return max(own, _caught(shades, other), key=lambda each: each.quality)


def _caught(shades: Shades, spelled: Spelled) -> Spelled:
    """The line itself, or one that begins elsewhere if it was followed from the wrong place."""
    before, after = beyond(shades, spelled.line)
    shifts = {shift for shift in (-before, after) if 0 < abs(shift) <= _MOST_AMISS}
    others = [
        spell(shades, spelled.line.moved(shift, spelled.line.length)) for shift in sorted(shifts)
    ]
    return max([spelled, *others], key=lambda each: each.quality)


def _with_another(shades: Shades, spelled: list[Spelled]) -> list[Spelled]:
    """A third line, above the two that were found or below them."""
    above = spell(shades, spelled[0].line.aside(-SPACING))
    below = spell(shades, spelled[-1].line.aside(SPACING))
    return [above, *spelled] if above.quality > below.quality else [*spelled, below]


def _both_ways(band: Band) -> Iterator[list[Line]]:
    """The lines of a band in reading order, read the one way and upside down."""
    ends = band.ends
    for way in (ends, ends[:, ::-1]):
        along: Points = way[0, 1] - way[0, 0]
        below = np.array([-along[1], along[0]])
        order = np.argsort(way.mean(axis=1) @ below)
        yield [Line.between(way[at, 0], way[at, 1], band.length) for at in order]
