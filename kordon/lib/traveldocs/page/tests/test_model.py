"""The weights are the ones that were trained, and training goes downhill."""

import numpy as np

from kordon.lib.traveldocs.page.model import (
    WEIGHTS,
    WEIGHTS_SHA256,
    digest,
    packed,
    shapes,
    trained,
    unpacked,
)
from kordon.lib.traveldocs.page.training.examples import examples
from kordon.lib.traveldocs.page.training.learning import begin, gradients, learn, share_right


def test_the_weights_are_those_whose_digest_stands_in_the_code():
    stored = np.load(WEIGHTS, allow_pickle=False)
    assert digest(stored) == WEIGHTS_SHA256
    assert WEIGHTS.stat().st_size < 1_000_000
    assert digest(packed(unpacked(stored))) == WEIGHTS_SHA256


def test_the_model_knows_examples_it_never_saw():
    windows, classes = examples(60, np.random.default_rng(4711))
    assert share_right(trained(), windows, classes) > 0.95


def test_the_same_seed_draws_the_same_examples():
    one, two = (examples(2, np.random.default_rng(3)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_the_slopes_are_those_of_the_loss():
    """Each array of weights is moved a little along its slope; the loss must change as it says."""
    chance = np.random.default_rng(1)
    windows, classes = examples(1, chance)
    weights = begin(chance)
    _, slopes = gradients(weights, windows, classes)
    for at, each in enumerate(weights):
        steep = float(np.linalg.norm(slopes[at]))
        losses = []
        for step in (1e-2, -1e-2):
            moved = list(weights)
            moved[at] = each + step * slopes[at] / steep
            losses.append(gradients(type(weights)(*moved), windows, classes)[0])
        found = (losses[0] - losses[1]) / 2e-2
        assert abs(found - steep) < 0.05 * steep, shapes()._fields[at]


def test_learning_makes_the_loss_smaller():
    chance = np.random.default_rng(1)
    windows, classes = examples(20, chance)
    told: list[str] = []
    learn(begin(chance), windows, classes, rounds=25, chance=chance, say=told.append)
    losses = [float(each.rsplit(" ", 1)[1]) for each in told]
    assert losses[-1] < 0.9 * losses[0]
