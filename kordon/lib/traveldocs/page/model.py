"""The model: a network of two layers of filters and two of weights, in plain numpy.

What it knows of a window is one of the 37 characters, or that no character stands in the middle
of it. Its weights are made by `kordon.lib.traveldocs.page.training` and lie beside this file.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kordon.lib.traveldocs.alphabet import ALPHABET
from kordon.lib.traveldocs.page.cells import HEIGHT, WIDTH, Floats

NOTHING = len(ALPHABET)
"""The class of a window in whose middle no character stands."""
CLASSES = NOTHING + 1
FIRST, SECOND, HIDDEN = 8, 28, 112
"""Filters of the first and the second layer; weights of the third."""
FIRST_SIDE, SECOND_SIDE = 5, 3
_BATCH = 512

WEIGHTS = Path(__file__).with_name("weights.npy")
WEIGHTS_SHA256 = "79335157818b4543b8cdd69a0feee00b76b4bbf0f6dff16ece875d49629c54e0"


class Weights(NamedTuple):
    """The shapes are those of `shapes()`."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    third: Floats
    third_bias: Floats
    last: Floats
    last_bias: Floats


def shapes() -> Weights:
    """The shape of every array, in a tuple of the same names."""
    inputs = SECOND * halved(halved(HEIGHT)) * halved(halved(WIDTH))
    of = {
        "first": (FIRST_SIDE**2, FIRST),
        "first_bias": (FIRST,),
        "second": (SECOND_SIDE**2 * FIRST, SECOND),
        "second_bias": (SECOND,),
        "third": (inputs, HIDDEN),
        "third_bias": (HIDDEN,),
        "last": (HIDDEN, CLASSES),
        "last_bias": (CLASSES,),
    }
    return Weights(**{name: np.zeros(shape, np.float32) for name, shape in of.items()})


def halved(length: int) -> int:
    """Length of a side after a layer of filters that moves by two."""
    return (length + 1) // 2


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that come with the library."""
    return unpacked(np.load(WEIGHTS, allow_pickle=False))


def unpacked(packed: np.ndarray) -> Weights:
    """Weights from one array of halves."""
    found, at = [], 0
    for each in shapes():
        found.append(packed[at : at + each.size].astype(np.float32).reshape(each.shape))
        at += each.size
    return Weights(*found)


def packed(weights: Weights) -> np.ndarray:
    """All weights in one array of 16-bit floating point numbers."""
    return np.concatenate([each.ravel() for each in weights]).astype(np.float16)


def digest(packed_weights: np.ndarray) -> str:
    """SHA-256 of the weights, whatever the file they lie in."""
    return hashlib.sha256(packed_weights.astype("<f2").tobytes()).hexdigest()


def spread(maps: Floats, side: int) -> Floats:
    """Patches (n, h/2, w/2, side² x channels) of maps (n, h, w, channels), every second one."""
    edge = side // 2
    n, height, width, channels = maps.shape
    padded = np.pad(maps, ((0, 0), (edge, edge), (edge, edge), (0, 0)))
    patches = [
        padded[:, dy : dy + height : 2, dx : dx + width : 2]
        for dy in range(side)
        for dx in range(side)
    ]
    return np.concatenate(patches, axis=3)


def logits(weights: Weights, windows: Floats) -> Floats:
    """What the network says of normalised windows (n, HEIGHT, WIDTH): (n, CLASSES)."""
    answers = [
        _of_batch(weights, windows[at : at + _BATCH]) for at in range(0, len(windows), _BATCH)
    ]
    return np.concatenate(answers) if answers else np.zeros((0, CLASSES), np.float32)


def _of_batch(weights: Weights, windows: Floats) -> Floats:
    maps = windows[..., None]
    maps = np.maximum(spread(maps, FIRST_SIDE) @ weights.first + weights.first_bias, 0)
    maps = np.maximum(spread(maps, SECOND_SIDE) @ weights.second + weights.second_bias, 0)
    flat = maps.reshape(len(windows), -1)
    hidden = np.maximum(flat @ weights.third + weights.third_bias, 0)
    return np.asarray(hidden @ weights.last + weights.last_bias, dtype=np.float32)


def log_chances(of: Floats) -> Floats:
    """Logarithms of the chances of every class, from logits (n, CLASSES)."""
    shifted = of - of.max(axis=1, keepdims=True)
    return np.asarray(
        shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32
    )
