"""The inputs every parser begins with: seeds of the house, vectors where they are, old crashers."""

import json
import os
from functools import lru_cache
from pathlib import Path

from kordon.measure.fuzzing.parser import Parser, seeds_of

KEPT = Path(__file__).parents[3] / "tests" / "golden" / "crashers"
"""Inputs that once did what none may do, a folder for each parser; tried first, always."""
LARGEST_SEED = 12 * 1024
MOST_SEEDS = 400
VECTORS = "KORDON_VECTORS"


def crashers_of(parser: Parser) -> list[bytes]:
    """Where the source tree is at hand."""
    return [path.read_bytes() for path in sorted((KEPT / parser.name).glob("*"))]


@lru_cache(maxsize=64)
def bases_of(parser: Parser) -> list[bytes]:
    """What is changed: the seeds, the vectors, and the crashers."""
    made = [path.read_bytes() for path in seeds_of(parser.seeds or parser.name)]
    found = [each for pattern in parser.vectors for each in _vectors(pattern)]
    return [*made, *parser.made, *found[:MOST_SEEDS], *crashers_of(parser)]


def _vectors(pattern: str) -> list[bytes]:
    folder = os.environ.get(VECTORS, "")
    if not folder:
        return []
    found: list[bytes] = []
    for path in sorted((Path(folder) / "travel-documents").glob(pattern)):
        if path.suffix == ".jsonl":
            lines = path.read_text("utf-8").splitlines()
            found += ["\n".join(json.loads(line)["lines"]).encode() for line in lines]
        elif path.suffix == ".hex":
            found.append(bytes.fromhex(path.read_text()))
        elif path.stat().st_size <= LARGEST_SEED:
            found.append(path.read_bytes())
    return found
