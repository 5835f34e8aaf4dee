"""Where on a page a machine readable zone can be: two or three equal lines of close print.

The zone is known by its shape. Lines stand 2.5 pitches apart and are 30, 36 or 44 pitches long
(Doc 9303-3, 4.2), with clear ground between them. Every size, place and slant of that shape is
laid over a coarse picture of the ink; the best few are what `find_bands` gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kordon.lib.traveldocs.page.cells import Floats

SPACING = 2.5
"""Pitches from line to line."""
SHAPES = ((2, 44), (2, 36), (3, 30))
"""Lines of a zone, and characters of a line."""
COARSE = 800
"""Pixels of the longer side of the picture in which zones are looked for."""
_COLUMN = 10
"""Pixels of the coarse picture that are taken together."""
_SLANTS = np.arange(-13, 13.1, 0.5)
_SLANTS_TRIED = 3
_SMALLEST, _STEP = 6.0, 1.06
"""The smallest pitch, in coarse pixels, and how much larger each next one is."""
_MOST = 6
"""Places told at most."""


@dataclass(frozen=True, slots=True)
class Band:
    """A place where a zone may be: both ends of every line, (lines, 2, 2), x and y in pixels."""

    score: float
    length: int
    ends: npt.NDArray[np.float64]


def find_bands(grey: Floats, scale: float) -> list[Band]:
    """The likeliest places, best first. `scale`: pixels of the page in one of `grey`."""
    ink = inked(grey)
    found = [
        *_across(ink, upright=True),
        *_across(np.ascontiguousarray(ink.T), upright=False),
    ]
    found.sort(key=lambda each: -each.score)
    kept: list[Band] = []
    for band in found:
        if len(kept) < _MOST and not any(_same(band, each) for each in kept):
            kept.append(band)
    return [Band(each.score, each.length, (each.ends + 0.5) * scale - 0.5) for each in kept]


def inked(grey: Floats) -> Floats:
    """How much darker than its surroundings each point is, 0 to 1, whatever the light."""
    radius = 9
    mean = _boxed(grey, radius)
    darker = (mean - _boxed(grey, 1)) / (mean + 20)
    return np.asarray(
        np.clip(darker / max(0.8 * float(np.percentile(darker, 99)), 0.04), 0, 1), np.float32
    )


def _boxed(values: Floats, radius: int) -> Floats:
    """Means of squares around each point."""
    padded = np.pad(values.astype(np.float64), radius + 1, mode="edge")
    sums = padded.cumsum(0).cumsum(1)
    side = 2 * radius + 1
    rows, columns = values.shape
    low_y, low_x = slice(0, rows), slice(0, columns)
    high_y, high_x = slice(side, side + rows), slice(side, side + columns)
    whole = sums[high_y, high_x] - sums[low_y, high_x] - sums[high_y, low_x] + sums[low_y, low_x]
    return np.asarray(whole / side**2, np.float32)


def _across(ink: Floats, *, upright: bool) -> Iterator[Band]:
    """Bands whose lines run along the rows of `ink`, more or less."""
    rows, columns = ink.shape
    n = columns // _COLUMN
    if n < 12 or rows < 24:
        return
    strips = ink[:, : n * _COLUMN].reshape(rows, n, _COLUMN).mean(axis=2)
    middles = (np.arange(n) + 0.5) * _COLUMN - columns / 2
    for slant in _likely_slants(strips, middles):
        leaning = np.tan(np.deg2rad(slant))
        yield from _bands(_sheared(strips, middles * leaning), leaning, columns / 2, upright)


def _likely_slants(strips: Floats, middles: Floats) -> list[float]:
    """Degrees at which rows of print stand out most."""
    scores = []
    for slant in _SLANTS:
        profile = _sheared(strips, middles * np.tan(np.deg2rad(slant))).mean(axis=1)
        smooth = np.convolve(profile, np.ones(3) / 3, "valid")
        scores.append(float(np.square(np.diff(smooth)).sum()))
    order = np.argsort(scores)[::-1]
    return [float(_SLANTS[at]) for at in order[:_SLANTS_TRIED]]


def _sheared(strips: Floats, shifts: Floats) -> Floats:
    """Every column moved up by its own number of rows."""
    rows = strips.shape[0]
    at = np.arange(rows)[:, None] + np.rint(shifts).astype(int)[None, :]
    outside = (at < 0) | (at >= rows)
    moved = np.take_along_axis(strips, np.clip(at, 0, rows - 1), axis=0)
    return np.where(outside, 0, moved).astype(np.float32)


def _bands(strips: Floats, leaning: float, middle: float, upright: bool) -> Iterator[Band]:
    rows, n = strips.shape
    sums = np.concatenate([np.zeros((1, n)), strips.cumsum(0, dtype=np.float64)])
    pitch = _SMALLEST
    while pitch * 30 <= n * _COLUMN * 1.05:
        ridge = _ridge(sums, rows, pitch)
        for lines, length in SHAPES:
            best = _best(ridge, pitch, lines, length)
            if best is not None:
                score, row, column = best
                yield Band(
                    score,
                    length,
                    _ends((row, column), pitch, (lines, length), (leaning, middle), upright),
                )
        pitch *= _STEP


def _ridge(sums: npt.NDArray[np.float64], rows: int, pitch: float) -> Floats:
    """Ink of a line of print in the middle of each place, less the ink above and below it."""

    def between(top: float, bottom: float) -> npt.NDArray[np.float64]:
        at = np.arange(rows)
        low = np.clip(at + round(top * pitch), 0, rows)
        high = np.clip(at + max(round(bottom * pitch), round(top * pitch) + 1), 0, rows)
        return np.asarray((sums[high] - sums[low]) / np.maximum(high - low, 1)[:, None])

    gaps = np.maximum(between(-1.6, -0.8), between(0.8, 1.6))
    return np.asarray(np.clip(between(-0.45, 0.45) - 1.2 * gaps, -0.15, 0.2), np.float32)


def _best(ridge: Floats, pitch: float, lines: int, length: int) -> tuple[float, int, int] | None:
    """Score, row of the first line, first column of the best place for one shape."""
    rows, n = ridge.shape
    apart = SPACING * pitch
    high = rows - round((lines - 1) * apart)
    wide = max(1, round(length * pitch / _COLUMN))
    if high < 3 or wide > n:
        return None
    all_lines = ridge[:high].copy()
    for line in range(1, lines):
        down = round(line * apart)
        np.minimum(all_lines, ridge[down : down + high], out=all_lines)
    sums = np.concatenate([np.zeros((high, 1)), all_lines.cumsum(1, dtype=np.float64)], axis=1)
    inside = sums[:, wide:] - sums[:, :-wide]
    # ink that goes on beyond the ends says that the shape is too short
    edge = max(1, round(1.5 * pitch / _COLUMN))
    padded = np.pad(np.maximum(all_lines, 0), ((0, 0), (edge, edge)))
    around = np.concatenate([np.zeros((high, 1)), padded.cumsum(1, dtype=np.float64)], axis=1)
    beside = around[:, edge:] - around[:, :-edge]
    score = (inside - 2 * (beside[:, : inside.shape[1]] + beside[:, wide + edge :])) / wide
    at = int(score.argmax())
    row, column = divmod(at, score.shape[1])
    return float(score[row, column] * np.sqrt(lines * length)), row, column


def _ends(
    place: tuple[int, int],
    pitch: float,
    shape: tuple[int, int],
    lean: tuple[float, float],
    upright: bool,
) -> npt.NDArray[np.float64]:
    """Ends of all lines in the coarse picture as it was before it was sheared and transposed."""
    row, column = place
    lines, length = shape
    leaning, middle = lean
    left = column * _COLUMN
    ends = np.empty((lines, 2, 2))
    for line in range(lines):
        for end, x in enumerate((left + pitch / 2, left + (length - 0.5) * pitch)):
            ends[line, end] = (x, row + line * SPACING * pitch + (x - middle) * leaning)
    return ends if upright else ends[:, :, ::-1].copy()


def _same(one: Band, other: Band) -> bool:
    """Whether the middles lie so near that reading both would be reading one twice."""
    if one.length != other.length:
        return False
    size = np.linalg.norm(one.ends[0, 1] - one.ends[0, 0])
    return bool(np.abs(one.ends - other.ends).max() < 0.12 * size)
