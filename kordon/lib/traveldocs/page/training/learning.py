"""How the network learns: gradients by hand, Adam, a falling step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kordon.lib.traveldocs.page.cells import Floats
from kordon.lib.traveldocs.page.model import (
    FIRST,
    FIRST_SIDE,
    SECOND_SIDE,
    Weights,
    log_chances,
    logits,
    shapes,
    spread,
)

BATCH = 256
STEP = 2e-3
SMOOTHING = 0.01
"""Share of the truth given to all classes alike, so that the network is not surer than it may."""
DECAY = 1e-4


def begin(chance: np.random.Generator) -> Weights:
    """Small random weights, as He and others put them."""
    return Weights(
        *(
            (chance.normal(0, np.sqrt(2 / each.shape[0]), each.shape) if each.ndim > 1 else each)
            .astype(np.float32)
            for each in shapes()
        )
    )  # fmt: skip


def learn(
    weights: Weights,
    windows: Floats,
    classes: np.ndarray,
    *,
    rounds: int,
    chance: np.random.Generator,
    say: Callable[[str], None],
) -> Weights:
    """Weights after so many rounds over all examples."""
    moving = [np.array(each) for each in weights]
    first_moments = [np.zeros_like(each) for each in weights]
    second_moments = [np.zeros_like(each) for each in weights]
    steps = rounds * (len(windows) // BATCH)
    done = 0
    for turn in range(rounds):
        order, loss = chance.permutation(len(windows)), 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[at : at + BATCH]
            lost, slopes = gradients(Weights(*moving), windows[chosen], classes[chosen])
            loss += lost
            done += 1
            pace = STEP * min(1.0, done / 200) * (0.5 + 0.5 * np.cos(np.pi * done / steps))
            for each, slope, one, two in zip(
                moving, slopes, first_moments, second_moments, strict=True
            ):
                one += 0.1 * (slope - one)
                two += 0.001 * (slope * slope - two)
                move = (one / (1 - 0.9**done)) / (np.sqrt(two / (1 - 0.999**done)) + 1e-8)
                each -= (pace * (move + DECAY * each)).astype(np.float32)
        say(f"round {turn + 1} of {rounds}: loss {loss / (len(order) // BATCH):.4f}")
    return Weights(*moving)


def gradients(
    weights: Weights, windows: Floats, classes: np.ndarray
) -> tuple[float, tuple[Floats, ...]]:
    """The loss of a batch, and its slope by every weight."""
    n = len(windows)
    patches = spread(windows[..., None], FIRST_SIDE)
    maps = np.maximum(patches @ weights.first + weights.first_bias, 0)
    inner = spread(maps, SECOND_SIDE)
    deeper = np.maximum(inner @ weights.second + weights.second_bias, 0)
    flat = deeper.reshape(n, -1)
    hidden = np.maximum(flat @ weights.third + weights.third_bias, 0)
    said = log_chances(hidden @ weights.last + weights.last_bias)
    wanted = np.full_like(said, SMOOTHING / said.shape[1])
    wanted[np.arange(n), classes] += 1 - SMOOTHING
    loss = float(-(wanted * said).sum() / n)
    back = (np.exp(said) - wanted) / n
    slopes = [back.sum(0), hidden.T @ back]
    back = (back @ weights.last.T) * (hidden > 0)
    slopes += [back.sum(0), flat.T @ back]
    back = (back @ weights.third.T).reshape(deeper.shape) * (deeper > 0)
    rows = back.reshape(-1, back.shape[-1])
    slopes += [rows.sum(0), inner.reshape(len(rows), -1).T @ rows]
    gathered = _gathered((rows @ weights.second.T).reshape(inner.shape), maps.shape)
    back = (gathered * (maps > 0)).reshape(-1, FIRST)
    slopes += [back.sum(0), patches.reshape(len(back), -1).T @ back]
    return loss, tuple(np.asarray(each, np.float32) for each in reversed(slopes))


def _gathered(patches: Floats, shape: tuple[int, ...]) -> Floats:
    """The reverse of `spread`: what every patch says of a place, added up there."""
    edge = SECOND_SIDE // 2
    n, height, width, channels = shape
    padded = np.zeros((n, height + 2 * edge, width + 2 * edge, channels), np.float32)
    for place in range(SECOND_SIDE**2):
        dy, dx = divmod(place, SECOND_SIDE)
        part = patches[..., place * channels : (place + 1) * channels]
        padded[:, dy : dy + height : 2, dx : dx + width : 2] += part
    return padded[:, edge:-edge, edge:-edge]


def share_right(weights: Weights, windows: Floats, classes: np.ndarray) -> float:
    """How many of the windows the network takes for what they are."""
    return float((logits(weights, windows).argmax(1) == classes).mean())
