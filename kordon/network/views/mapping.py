"""Marks and labels on the map of posts: what is worst keeps its label where two would overlap."""

from collections.abc import Iterable
from typing import Any

from kordon.network.basemap import Frame, Place, frame

WIDE_PX = 850
"""About how wide the map is drawn on the usual screen."""
MARK_PX, LABEL_PX, LETTER_PX = 22.0, 18.0, 7.4

Box = tuple[float, float, float, float]


def lay_out(lines: list[dict[str, Any]]) -> tuple[Frame, list[dict[str, Any]]]:
    """The part of the map to show, and each line that has a place with where its mark stands.

    A label stands right of its mark, else left of it, else nowhere: its title remains.
    """
    lines = [line for line in lines if line["at"]]
    shown = frame([line["at"] for line in lines])
    pixel = shown.width / WIDE_PX
    taken = [_box(line["at"], MARK_PX, MARK_PX, pixel) for line in lines]
    return shown, [line | _mark(line, shown, taken, pixel) for line in lines]


def _mark(line: dict[str, Any], shown: Frame, taken: list[Box], pixel: float) -> dict[str, Any]:
    x, y = line["at"]
    mark = {"move": f"translate({x} {y}) scale({pixel:.3f})", "label_x": 0, "anchor": ""}
    for side, anchor, box in _sides(line, pixel):
        if _inside(box, shown) and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return mark | {"label_x": side, "anchor": anchor}
    return mark


def _sides(line: dict[str, Any], pixel: float) -> Iterable[tuple[int, str, Box]]:
    wide = len(line["label"]) * LETTER_PX
    x, y = line["at"]
    for side, anchor in ((15, "start"), (-15, "end")):
        middle = x + (side + (wide / 2 if side > 0 else -wide / 2)) * pixel
        yield side, anchor, _box((middle, y), wide, LABEL_PX, pixel)


def _box(middle: Place, wide_px: float, high_px: float, pixel: float) -> Box:
    x, y = middle
    half_wide, half_high = wide_px * pixel / 2, high_px * pixel / 2
    return x - half_wide, y - half_high, x + half_wide, y + half_high


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Box, shown: Frame) -> bool:
    return shown.x < box[0] and box[2] < shown.x + shown.width
