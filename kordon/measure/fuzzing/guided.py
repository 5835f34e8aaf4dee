"""The child that lets atheris (libFuzzer) choose: what reaches new code is changed further.

Half of the changes are those of ``mutating`` and ``shaping``, half are libFuzzer's own (none where
an input is changed exactly once). It goes on after faults, which are counted as everywhere.
libFuzzer ends its process, so a child tries one parser and is started anew for the next.
Instrumented code is slower, so that time is bounded twice as generously. Needs ``pip install
atheris``.
"""

import dataclasses
import gc
import random
from pathlib import Path
from types import FunctionType
from typing import Any

from kordon.measure.children import die_with_parent, say
from kordon.measure.fuzzing.mutating import LARGEST, below, vary
from kordon.measure.fuzzing.parser import Parser
from kordon.measure.fuzzing.seeding import bases_of
from kordon.measure.fuzzing.trying import Trial, bound_memory
from kordon.measure.fuzzing.working import Work, warm_up

CODE = ("kordon.lib.", "kordon.watchlist.sources.", "kordon.journal.", "kordon.network.")
INSTRUMENTED_S = 2
SAID_EVERY = 500
"""Inputs; what was tried after the last time is not counted, since libFuzzer just ends."""


def work(**told: Any) -> None:
    """Runs in the node: the first of the parsers named. Does not return."""
    import atheris  # noqa: PLC0415  (optional)

    from kordon.measure.fuzzing.table import PARSERS  # noqa: PLC0415

    die_with_parent()
    parser = PARSERS[told["parsers"][0]]
    parser = dataclasses.replace(parser, slow_s=parser.slow_s * INSTRUMENTED_S)
    warm_up(parser)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and str(each.__module__).startswith(CODE):
            atheris.instrument_func(each)
    warm_up(parser)
    bound_memory()
    share = Work(told)
    trial = Trial(parser)
    say({"begins": parser.name})

    def one(octets: bytes) -> None:
        share.take(trial, octets)
        if trial.tally.tried % SAID_EVERY == 0:
            share.tell(trial, 0)

    bases = bases_of(parser)

    def change(octets: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311  # nosec B311 (repeatable)
        if parser.once:
            return vary(chance, parser.change, bases, once=True)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(octets, most))
        return parser.change(chance, octets, bases[below(chance, len(bases))])[:most]

    atheris.Setup(["fuzz", *_options(told, parser)], one, custom_mutator=change)
    atheris.Fuzz()


def _options(told: dict[str, Any], parser: Parser) -> list[str]:
    """What libFuzzer is told; its corpus begins with our seeds and is gone with the run."""
    corpus = Path(f"{told['current']}-{parser.name}")
    corpus.mkdir(exist_ok=True)
    for number, octets in enumerate(bases_of(parser)):
        (corpus / str(number)).write_bytes(octets)
    options = {
        "seed": told["seed"] + told["part"] + 1,
        "max_len": LARGEST,
        "rss_limit_mb": 0,
        "timeout": 0,
        "verbosity": 0,
        "max_total_time": round(told["seconds"]),
    }
    if told["inputs"]:
        options["runs"] = max(1, told["inputs"] // told["parts"])
    return [*(f"-{name}={value}" for name, value in options.items()), str(corpus)]
