"""Lines of print: where each of their characters stands, and what the model says of it.

A line is followed from character to character: the model looks at every eighth of a pitch, and
of all ways to place so many characters about a pitch apart the likeliest is taken. What was
found straightens the line, and the model looks again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kordon.lib.traveldocs.page.cells import HEIGHT, PITCH, WIDTH, Floats, normalised, sample
from kordon.lib.traveldocs.page.model import NOTHING, log_chances, logits, trained

Points = npt.NDArray[np.floating]

_STEP = 2
"""Columns between places at which the model looks: an eighth of a pitch."""
_EDGE = 2.5
"""Pitches before the first and after the last character where these may stand as well."""
_SHORTEST, _LONGEST = 6, 10
"""From one character to the next, in steps; eight are a pitch."""
_STRAY = 0.12
"""What a step more or less costs, squared, beside the logarithm of a chance."""
_SHARPEST = 20.0
"""Pixels of a pitch; a larger picture is made smaller before it is sampled."""
_ROWS = 40
"""Rows of a straightened line: 2.5 pitches."""
_LEVELS = (-7, -4, -2, 0, 2, 4, 7)
"""Rows above and below the middle at which the model looks for the true height of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A curve through the middles of the characters: x and y as polynomials of the place.

    `x` and `y` are coefficients, highest power first; place 0 is the first character.
    """

    x: Points
    y: Points
    length: int

    @classmethod
    def between(cls, start: Points, end: Points, length: int) -> Line:
        """A straight line of `length` characters from the middle of the first to the last."""
        step = (end - start) / (length - 1)
        return cls(np.array([step[0], start[0]]), np.array([step[1], start[1]]), length)

    def at(self, places: Points) -> tuple[Points, Points]:
        return np.polyval(self.x, places), np.polyval(self.y, places)

    def slope(self, places: Points) -> tuple[Points, Points]:
        """By how much x and y grow from one character to the next."""
        return np.polyval(np.polyder(self.x), places), np.polyval(np.polyder(self.y), places)

    def moved(self, first: int, length: int) -> Line:
        """Another part of the same line, from the place `first` on."""
        places = np.arange(first, first + length, dtype=np.float64)
        x, y = self.at(places)
        degree = len(self.x) - 1
        return Line(
            np.polyfit(places - first, x, degree), np.polyfit(places - first, y, degree), length
        )

    def aside(self, pitches: float) -> Line:
        """A line beside this one, so many pitches below."""
        places = np.arange(self.length, dtype=np.float64)
        x, y = self.at(places)
        across, down = self.slope(places)
        return Line(
            np.polyfit(places, x - pitches * down, 2),
            np.polyfit(places, y + pitches * across, 2),
            self.length,
        )

    @property
    def pitch(self) -> float:
        """Pixels from character to character in the middle of the line."""
        across, down = self.slope(np.array([(self.length - 1) / 2]))
        return float(np.hypot(across[0], down[0]))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A line as read: `said` has the logarithm of the chance of every class, by character."""

    line: Line
    said: Floats
    quality: float
    """Mean logarithm of the chance of the likeliest characters: 0 is certain."""


class Shades:
    """The page in several sizes, each made when it is first needed."""

    def __init__(self, grey: Floats) -> None:
        self._sizes = {1: grey}

    def of(self, pitch: float) -> tuple[Floats, int]:
        """The page so small that a pitch is not much sharper than the model sees it."""
        less = max(1, int(pitch / _SHARPEST))
        if less not in self._sizes:
            whole = self._sizes[1]
            rows, columns = (each // less * less for each in whole.shape)
            blocks = whole[:rows, :columns].reshape(rows // less, less, columns // less, less)
            self._sizes[less] = np.asarray(blocks.mean(axis=(1, 3)), np.float32)
        return self._sizes[less], less


def straightened(shades: Shades, line: Line) -> Floats:
    """The line as a strip of _ROWS rows, PITCH columns to the character, with its edges."""
    columns = round((line.length - 1 + 2 * _EDGE) * PITCH)
    places = np.arange(columns) / PITCH - _EDGE
    x, y = line.at(places)
    across, down = line.slope(places)
    rows = (np.arange(_ROWS)[:, None] - (_ROWS - 1) / 2) / PITCH
    grey, less = shades.of(line.pitch)
    return sample(
        grey,
        ((x - rows * down + 0.5) / less - 0.5).astype(np.float32),
        ((y + rows * across + 0.5) / less - 0.5).astype(np.float32),
    )


def beyond(shades: Shades, line: Line) -> tuple[int, int]:
    """How many characters stand, without a gap, before the first and after the last one."""
    longest = 16
    places = np.concatenate([-np.arange(1.0, longest), line.length - 1 + np.arange(1.0, longest)])
    windows = _windows(shades, line, places, np.zeros(1))
    contrast = _contrast(straightened(shades, line))
    nothing = log_chances(logits(trained(), normalised(windows, contrast)))[:, NOTHING]
    empty = np.append(nothing.reshape(2, -1) > np.log(0.5), [[True], [True]], axis=1)
    before, after = (int(each) for each in empty.argmax(axis=1))
    return before, after


def examined(shades: Shades, line: Line) -> Floats:
    """Chances (length, 37) of every character, looked at nine times from a little aside."""
    off = np.repeat((-1 / PITCH, 0.0, 1 / PITCH), line.length)
    places = np.tile(np.arange(line.length, dtype=np.float64), 3) + off
    contrast = _contrast(straightened(shades, line))
    windows = _windows(shades, line, places, np.array((-1 / PITCH, 0.0, 1 / PITCH)))
    said = logits(trained(), normalised(windows, contrast)).reshape(9, line.length, -1)
    means = log_chances(said.reshape(-1, said.shape[-1])).reshape(said.shape).mean(axis=0)
    return np.asarray(np.exp(log_chances(means)[:, :NOTHING]), np.float32)


def _windows(shades: Shades, line: Line, places: Points, below: Points) -> Floats:
    """What is seen at these places of a line, at each of these pitches below it."""
    x, y = (np.tile(each, len(below))[:, None, None] for each in line.at(places))
    across, down = (np.tile(each, len(below))[:, None, None] for each in line.slope(places))
    rows = ((np.arange(HEIGHT) - (HEIGHT - 1) / 2) / PITCH)[None, :, None]
    rows = rows + np.repeat(below, len(places))[:, None, None]
    columns = ((np.arange(WIDTH) - (WIDTH - 1) / 2) / PITCH)[None, None, :]
    grey, less = shades.of(line.pitch)
    return sample(
        grey,
        ((x + columns * across - rows * down + 0.5) / less - 0.5).astype(np.float32),
        ((y + columns * down + rows * across + 0.5) / less - 0.5).astype(np.float32),
    )


def _contrast(strip: Floats) -> float:
    return float(strip[(_ROWS - PITCH) // 2 : (_ROWS + PITCH) // 2].std())


def spell(shades: Shades, line: Line, *, again: int = 1) -> Spelled:
    """Read a line of which about the place is known; `again`: how often to follow it anew."""
    found = _spell_once(straightened(shades, line), line)
    for _ in range(again):
        better = _spell_once(straightened(shades, found.line), found.line)
        if better.quality < found.quality:
            break
        found = better
    return found


def _spell_once(strip: Floats, line: Line) -> Spelled:
    contrast = _contrast(strip)
    starts = np.arange(0, strip.shape[1] - WIDTH + 1, _STEP)
    said = _said(strip, starts, 0, contrast)
    chosen = _followed(said[:, :NOTHING].max(axis=1), line.length)
    if chosen is None:
        return Spelled(line, np.full((line.length, NOTHING + 1), -9, np.float32), -9.0)
    middles = starts[chosen] + (WIDTH - 1) / 2
    places = (middles + 0.5) / PITCH - _EDGE - 0.5 / PITCH
    levels = [_said(strip, starts[chosen], rows, contrast) for rows in _LEVELS]
    good = np.stack([each[:, :NOTHING].max(axis=1) for each in levels])
    return Spelled(
        _fitted(line, places, _heights(good) / PITCH),
        said[chosen],
        float(said[chosen, :NOTHING].max(axis=1).mean()),
    )


def _said(strip: Floats, starts: npt.NDArray[np.intp], rows: int, contrast: float) -> Floats:
    """Logarithms of all chances of the windows that begin there, so many rows below the middle."""
    top = (_ROWS - HEIGHT) // 2 + rows
    views = np.lib.stride_tricks.sliding_window_view(strip[top : top + HEIGHT], WIDTH, axis=1)
    windows = normalised(np.moveaxis(views[:, starts], 1, 0), contrast)
    return log_chances(logits(trained(), windows))


def _followed(good: Floats, length: int) -> npt.NDArray[np.intp] | None:
    """Places of `length` characters, one after the other, that are the likeliest together."""
    n = len(good)
    if n < length * _SHORTEST:
        return None
    total = good.copy()
    came = np.zeros((length, n), np.intp)
    steps = range(_SHORTEST, _LONGEST + 1)
    for character in range(1, length):
        options = np.full((len(steps), n), -np.inf, np.float32)
        for option, step in enumerate(steps):
            options[option, step:] = total[:-step] - _STRAY * (step - PITCH // _STEP) ** 2
        best = options.argmax(axis=0)
        came[character] = best + _SHORTEST
        total = options[best, np.arange(n)] + good
    at = int(total.argmax())
    if not np.isfinite(total[at]):
        return None
    chosen = [at]
    for character in range(length - 1, 0, -1):
        at -= int(came[character, at])
        chosen.append(at)
    return np.array(chosen[::-1])


def _heights(good: Floats) -> Points:
    """By how many rows each character lies below the middle, from how well it reads at each of
    _LEVELS; neighbours lie alike, so they are asked too."""
    near = np.exp(-0.5 * (np.arange(-8, 9) / 4.0) ** 2)
    calm = np.clip(good, -6, 0)
    asked = np.stack([np.convolve(each, near, "same") for each in calm])
    weight = np.exp(2 * (asked - asked.max(axis=0)))
    return np.asarray((weight * np.array(_LEVELS)[:, None]).sum(axis=0) / weight.sum(axis=0))


def _fitted(line: Line, places: Points, heights: Points) -> Line:
    """The line through where the characters were found, bent no more than a page is."""
    numbers = np.arange(line.length, dtype=np.float64)
    along = np.polyfit(numbers, places, 2 if line.length > 8 else 1)
    aside = np.polyval(np.polyfit(numbers, heights, 2), numbers)
    at = np.polyval(along, numbers)
    x, y = line.at(at)
    across, down = line.slope(at)
    return Line(
        np.polyfit(numbers, x - aside * down, 2),
        np.polyfit(numbers, y + aside * across, 2),
        line.length,
    )
