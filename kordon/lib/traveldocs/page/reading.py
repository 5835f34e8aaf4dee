"""Reading a page: from the octets of an image file to what may be said of it."""

from __future__ import annotations

from datetime import date

import numpy as np

from kordon.lib.traveldocs.page.bands import COARSE, find_bands
from kordon.lib.traveldocs.page.deciding import decide
from kordon.lib.traveldocs.page.lines import Shades, examined
from kordon.lib.traveldocs.page.outcome import Corner, Outcome, PageReading
from kordon.lib.traveldocs.page.picture import Picture, open_picture
from kordon.lib.traveldocs.page.portrait import cut_portrait, cut_zone
from kordon.lib.traveldocs.page.zones import Zone, find_zones


def read_page(octets: bytes, *, on: date) -> PageReading:
    """Find and read the machine readable zone on a scan or a photograph of a page.

    `octets` are a JPEG, PNG, TIFF, BMP or WebP file, the page lying any way. `on` is the date of
    reading, by which centuries are chosen (see `read_mrz`). Raises PageError where there is no
    image within bounds, and nothing else; a page that cannot be read is an outcome.
    """
    picture = open_picture(octets)
    coarse, scale = picture.coarse(COARSE)
    shades = Shades(picture.grey)
    told = PageReading(Outcome.NO_ZONE)
    for zone in find_zones(shades, find_bands(coarse, scale)):
        page = _judged(picture, shades, zone, on)
        if page.reading is not None:
            return page
        if told.outcome is Outcome.NO_ZONE:
            told = page
    return told


def _judged(picture: Picture, shades: Shades, zone: Zone, on: date) -> PageReading:
    """What may be said of the page if this is its zone."""
    said = np.concatenate([examined(shades, each.line) for each in zone.lines])
    decision = decide(said, zone.lines[0].line.length, on=on)
    if decision is None:
        return PageReading(Outcome.NO_ZONE)
    return PageReading(
        decision.outcome,
        decision.reading,
        decision.seen,
        decision.characters,
        decision.changes,
        _corners(zone, picture),
        cut_portrait(picture.colour, decision.seen.format, zone.lines[0].line),
        cut_zone(picture.colour, zone.lines[0].line, len(zone.lines)),
    )


def _corners(zone: Zone, picture: Picture) -> tuple[Corner, ...]:
    """Around the outer edges of the characters, in pixels of the file."""
    first, last = zone.lines[0].line, zone.lines[-1].line
    found: list[Corner] = []
    for line, end, below in ((first, 0, -1), (first, 1, -1), (last, 1, 1), (last, 0, 1)):
        place = np.array([line.length - 0.5 if end else -0.5])
        x, y = line.at(place)
        across, down = line.slope(place)
        corner = (x[0] - 0.6 * below * down[0], y[0] + 0.6 * below * across[0])
        found.append(
            (
                round(float(corner[0]) * picture.shrunk, 1),
                round(float(corner[1]) * picture.shrunk, 1),
            )
        )
    return tuple(found)
