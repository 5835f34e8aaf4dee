"""The window through which the model looks at one character.

OCR-B of size I stands ten to the inch, so everything is measured in pitches of 2.54 mm: a window
is 1.25 pitches wide and 1.5 high, with a little of both neighbours at its sides.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

PITCH = 16
"""Columns of one pitch."""
HEIGHT, WIDTH = 24, 20
"""Rows and columns of a window."""
_LEAST_CONTRAST = 0.5
"""Of the line's own: a window without ink must not become a picture of its noise."""
_FAINTEST = 2.0
"""Shades of grey, of 255."""


def sample(grey: Floats, x: Floats, y: Floats) -> Floats:
    """Shades at points between pixels (bilinear); points outside take the nearest pixel.

    `grey` has rows and columns; `x` and `y` any one shape, which the answer has too.
    """
    rows, columns = grey.shape
    x = np.clip(x, 0, columns - 1.001)
    y = np.clip(y, 0, rows - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    across, down = x - left, y - top
    flat = grey.ravel()
    at = top * columns + left
    upper = flat[at] * (1 - across) + flat[at + 1] * across
    at += columns
    lower = flat[at] * (1 - across) + flat[at + 1] * across
    return np.asarray(upper * (1 - down) + lower * down, dtype=np.float32)


def normalised(windows: Floats, line_contrast: float) -> Floats:
    """Windows (n, HEIGHT, WIDTH) as dark ink on zero ground, of one contrast."""
    flat = windows.reshape(len(windows), -1)
    mean = flat.mean(axis=1, keepdims=True)
    contrast = flat.std(axis=1, keepdims=True)
    floor = max(line_contrast * _LEAST_CONTRAST, _FAINTEST)
    return np.asarray((mean - flat) / np.maximum(contrast, floor), dtype=np.float32).reshape(
        windows.shape
    )
