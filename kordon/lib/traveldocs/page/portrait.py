"""Cutting out the zone, and the holder's portrait by the layout of the format."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image

from kordon.lib.traveldocs.formats import Format
from kordon.lib.traveldocs.page.bands import SPACING
from kordon.lib.traveldocs.page.lines import Line

PITCH_MM = 2.54
MOST_PER_MM = 16.0
MOST_PER_PITCH = 24.0
LEAST_INSIDE = 0.7
"""Share of the place that must lie within the picture."""


class Place(NamedTuple):
    """Millimetres from the middle of the first character, to the right and up."""

    left: float
    right: float
    bottom: float
    top: float


PLACES = {
    Format.TD3: Place(-7.0, 38.0, 8.0, 58.0),
    Format.TD2: Place(-7.0, 34.0, 8.0, 52.0),
    Format.MRVA: Place(-6.0, 38.0, 8.0, 52.0),
    Format.MRVB: Place(-7.0, 34.0, 8.0, 52.0),
}
"""Zone V of Doc 9303-4, -6 and -7 lies at the left above the machine readable zone; its size is
the state's choice, so this is cut with room around it. A card of TD1 has the portrait on its
other side."""


def cut_portrait(colour: Image.Image, format: Format, first: Line) -> Image.Image | None:
    """The portrait upright; None where this side has none, or the picture ends before it.

    `first` is the first line of the zone, in pixels of `colour`.
    """
    place = PLACES.get(format)
    if place is None:
        return None
    x, y = (float(each[0]) for each in first.at(np.zeros(1)))
    middle = np.full(1, (first.length - 1) / 2)
    across, down = (float(each[0]) / PITCH_MM for each in first.slope(middle))
    per_mm = min(float(np.hypot(across, down)), MOST_PER_MM)
    size = (
        max(1, round((place.right - place.left) * per_mm)),
        max(1, round((place.top - place.bottom) * per_mm)),
    )
    # a point (u, v) of the portrait lies right + u/per_mm and above by top - v/per_mm millimetres
    matrix = (
        across / per_mm, -down / per_mm, x + place.left * across + place.top * down,
        down / per_mm, across / per_mm, y + place.left * down - place.top * across,
    )  # fmt: skip
    if _share_inside(matrix, size, colour.size) < LEAST_INSIDE:
        return None
    return colour.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def cut_zone(colour: Image.Image, first: Line, lines: int) -> Image.Image:
    """The zone of so many lines upright, with a little around it. `first` is its first line."""
    x, y = (float(each[0]) for each in first.at(np.zeros(1)))
    middle = np.full(1, (first.length - 1) / 2)
    across, down = (float(each[0]) for each in first.slope(middle))
    per = min(float(np.hypot(across, down)), MOST_PER_PITCH)
    left, top = -1.5, -1.3
    size = (
        max(1, round((first.length - 1 - 2 * left) * per)),
        max(1, round(((lines - 1) * SPACING - 2 * top) * per)),
    )
    matrix = (
        across / per, -down / per, x + left * across - top * down,
        down / per, across / per, y + left * down + top * across,
    )  # fmt: skip
    return colour.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def _share_inside(
    matrix: tuple[float, ...], size: tuple[int, int], whole: tuple[int, int]
) -> float:
    a, b, c, d, e, f = matrix
    u, v = np.meshgrid(np.linspace(0, size[0], 20), np.linspace(0, size[1], 20))
    x, y = a * u + b * v + c, d * u + e * v + f
    return float(((x >= 0) & (x < whole[0]) & (y >= 0) & (y < whole[1])).mean())
