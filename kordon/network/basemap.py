"""The ground under the map of posts: land and borders as one small SVG; where a place lies on it.

    python -m kordon.network.basemap countries.geojson

writes ``static/network/basemap.svg`` from a GeoJSON file of countries (Natural Earth 1:10m,
properties ``layer`` = ``country`` and ``id``). Points are laid on a whole-number grid, so that
what two countries share stays shared. Borders are an illustration, not a legal position.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WEST, EAST, SOUTH, NORTH = 45.5, 88.5, 34.5, 56.0
WIDTH = 1200
MIDDLE = math.cos(math.radians((SOUTH + NORTH) / 2))
SCALE = WIDTH / ((EAST - WEST) * MIDDLE)
HEIGHT = round((NORTH - SOUTH) * SCALE)
SMALLEST = 4
"""Rings of fewer points than this are specks."""
WRITTEN = Path(__file__).parent / "static" / "network" / "basemap.svg"

ROOM, SHAPE, NARROWEST = 1.4, 2.4, 420

Point = tuple[int, int]
Place = tuple[float, float]


def place(latitude: float, longitude: float) -> Place | None:
    """Where degrees (WGS 84) lie on the map; None outside it."""
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None
    return (
        round((longitude - WEST) * MIDDLE * SCALE, 1),
        round((NORTH - latitude) * SCALE, 1),
    )


@dataclass(frozen=True)
class Frame:
    """The part of the map that is shown."""

    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> str:
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"


def frame(places: Iterable[Place]) -> Frame:
    """The part that holds all places with some land around, in one shape; else all of it."""
    xs, ys = zip(*places, strict=True) if (places := list(places)) else ((0, WIDTH), (0, HEIGHT))
    width = max((max(xs) - min(xs)) * ROOM, (max(ys) - min(ys)) * ROOM * SHAPE, NARROWEST)
    height = width / SHAPE
    x, y = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    return Frame(
        x=_within(x, WIDTH - width), y=_within(y, HEIGHT - height), width=width, height=height
    )


def _within(start: float, latest: float) -> float:
    """Show no edge of the drawing where there is enough of it."""
    return min(max(start, 0), latest) if latest >= 0 else start


def draw(countries: dict[str, Any]) -> str:
    """The SVG of a GeoJSON feature collection."""
    rings = [ring for ring in _outlines(countries) if len(ring) >= SMALLEST]
    drawn = (_path(ring) for ring in sorted(rings, key=len, reverse=True))
    paths = "".join(f'<path vector-effect="non-scaling-stroke" d="{path}"/>' for path in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g id="land">{paths}</g></svg>\n'
    )


def _outlines(countries: dict[str, Any]) -> Iterator[list[Point]]:
    """The outer ring of every piece of every country. What lies in a hole draws itself."""
    for feature in countries["features"]:
        about, shape = feature["properties"], feature["geometry"]
        if about.get("layer") != "country" or about.get("id") is None:
            continue
        pieces = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for outer, *_holes in pieces:
            yield list(_thinned(_on_grid(outer)))


def _on_grid(ring: Iterable[list[float]]) -> Iterator[Point]:
    for longitude, latitude in ring:
        yield (
            round((longitude - WEST) * MIDDLE * SCALE),
            round((NORTH - latitude) * SCALE),
        )


def _thinned(points: Iterable[Point]) -> Iterator[Point]:
    """Without repetition, which is what the grid makes of small windings."""
    before: Point | None = None
    for point in points:
        if point != before:
            yield point
        before = point


def _path(ring: list[Point]) -> str:
    (x, y), *rest = ring
    steps = [f"M{x} {y}l"]
    for to_x, to_y in rest:
        steps.append(f"{to_x - x} {to_y - y} ")
        x, y = to_x, to_y
    return "".join(steps).strip().replace(" -", "-") + "z"


if __name__ == "__main__":
    drawn = draw(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_text(drawn, "utf-8")
    print(f"{WRITTEN.name}: {len(drawn)} bytes, {drawn.count('<path')} pieces")
