"""Train the model anew: `python -m kordon.lib.traveldocs.page.training`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from kordon.lib.traveldocs.page.model import WEIGHTS_SHA256, digest, packed, unpacked
from kordon.lib.traveldocs.page.training.examples import examples
from kordon.lib.traveldocs.page.training.learning import begin, learn, share_right

SEED = 9303
LINES = 4500
ROUNDS = 8


def main() -> None:
    """Draw, learn, examine on examples of another seed, and compare with what is shipped."""
    parser = argparse.ArgumentParser(prog="python -m kordon.lib.traveldocs.page.training")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--to", type=Path, help="where to write the weights")
    wishes = parser.parse_args()
    chance = np.random.default_rng(SEED)
    windows, classes = examples(wishes.lines, chance)
    _say(f"{len(windows)} examples")
    weights = learn(begin(chance), windows, classes, rounds=wishes.rounds, chance=chance, say=_say)
    made = packed(weights)
    right = share_right(unpacked(made), *examples(500, np.random.default_rng(SEED + 1)))
    _say(f"{right:.2%} right of examples drawn with another seed")
    _say(f"digest {digest(made)}")
    _say("the weights of the library" if digest(made) == WEIGHTS_SHA256 else "other weights")
    if wishes.to is not None:
        np.save(wishes.to, made, allow_pickle=False)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
