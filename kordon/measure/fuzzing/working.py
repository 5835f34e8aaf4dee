"""The child that tries inputs. It dies with whoever measures; what it was trying outlives it."""

import dataclasses
import mmap
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kordon.measure.children import die_with_parent, say
from kordon.measure.fuzzing.mutating import vary
from kordon.measure.fuzzing.parser import Parser
from kordon.measure.fuzzing.seeding import bases_of
from kordon.measure.fuzzing.table import PARSERS
from kordon.measure.fuzzing.trying import Fault, Tally, Trial, bound_memory

CHUNK = 2000
"""Inputs told by one number: seed, parser, place. So many are tried by one child in a row."""
NEW = 24
"""So many inputs of a chunk that got an answer not had before in it are changed further."""
SAID_EVERY_S = 1.0
TOLD = 2
LARGEST_KEPT = 128 * 1024


class Current:
    """The input being tried, in a file mapped into memory: it can be read after any death."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._file.truncate(LARGEST_KEPT + 4)
        self._map = mmap.mmap(self._file.fileno(), LARGEST_KEPT + 4)

    def put(self, octets: bytes) -> None:
        size = len(octets)
        self._map[:4] = size.to_bytes(4, "big")
        self._map[4 : 4 + size] = octets


def inputs(parser: Parser, seed: int, chunk: int, answers: "Answers") -> Iterator[bytes]:
    """The inputs of one chunk. ``answers`` tells which of them were answered as none before."""
    chance = random.Random(f"{seed} {parser.name} {chunk}")  # noqa: S311  # nosec B311 (repeatable)
    bases = list(bases_of(parser))
    fixed = len(bases)
    for _ in range(CHUNK):
        octets = vary(chance, parser.change, bases, once=parser.once)
        yield octets
        if answers.new and not parser.once:
            if len(bases) < fixed + NEW:
                bases.append(octets)
            else:
                bases[fixed + int(chance.random() * NEW)] = octets
            answers.new = False


class Answers:
    """Which answers were had, of one chunk."""

    def __init__(self) -> None:
        self._had: set[str] = set()
        self.new = False

    def hear(self, answer: str) -> None:
        if answer not in self._had:
            self._had.add(answer)
            self.new = True


class Work:
    """One child's share of all parsers: every ``parts``-th chunk, from ``part`` on."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.seed, self.part, self.parts = told["seed"], told["part"], told["parts"]
        self.inputs, self.seconds = told["inputs"], told["seconds"]
        self.current = Current(Path(told["current"]))
        self._said_at = time.monotonic()
        self._causes: Counter[tuple[str, str, str]] = Counter()

    def do(self, parser: Parser, chunk: int) -> None:
        """From this chunk on, until there are enough or time is over."""
        trial = Trial(parser)
        begun = time.monotonic()
        if chunk == 0 and self.part == 0:
            for octets in bases_of(parser):
                self.take(trial, octets)
        chunk = chunk or self.part
        while self._is_open(chunk, begun):
            self._do_chunk(trial, chunk)
            chunk += self.parts
        self.tell(trial, chunk)

    def _is_open(self, chunk: int, begun: float) -> bool:
        if self.inputs and chunk * CHUNK >= self.inputs:
            return False
        return not self.seconds or time.monotonic() - begun < self.seconds

    def _do_chunk(self, trial: Trial, chunk: int) -> None:
        answers = Answers()
        most = self.inputs - chunk * CHUNK if self.inputs else CHUNK
        for number, octets in enumerate(inputs(trial.parser, self.seed, chunk, answers)):
            if number == most:
                break
            answers.hear(self.take(trial, octets))
            if time.monotonic() - self._said_at > SAID_EVERY_S:
                self.tell(trial, chunk)

    def take(self, trial: Trial, octets: bytes) -> str:
        self.current.put(octets)
        answer, fault = trial.run(octets)
        if fault is not None:
            self._say_fault(trial.parser, fault)
        return answer

    def _say_fault(self, parser: Parser, fault: Fault) -> None:
        """The input too, of the first few of one cause."""
        cause = (parser.name, fault.kind, fault.where.split(": ")[0])
        self._causes[cause] += 1
        if self._causes[cause] <= TOLD:
            said = {"fault": fault.kind, "where": fault.where, "octets": fault.octets.hex()}
            say(said | {"parser": parser.name})

    def tell(self, trial: Trial, chunk: int) -> None:
        told = dataclasses.asdict(trial.tally)
        say({"tally": told, "parser": trial.parser.name, "chunk": chunk})
        trial.tally = Tally(slowest_s=trial.tally.slowest_s, largest=trial.tally.largest)
        self._said_at = time.monotonic()


def work(**told: Any) -> None:
    """Runs in the node: every parser named, one after the other; ``begin``: from which chunk."""
    die_with_parent()
    work = Work(told)
    parsers = [PARSERS[name] for name in told["parsers"]]
    for parser in parsers:
        say({"begins": parser.name})
        warm_up(parser)
        bound_memory()
        work.do(parser, told["begin"] if parser is parsers[0] else 0)
        say({"ends": parser.name})


def try_files(parser: str, files: list[str]) -> list[dict[str, Any]]:
    """Runs in the node: whole inputs, each by itself."""
    it = PARSERS[parser]
    found = []
    warm_up(it)
    for file in files:
        trial = Trial(it)
        answer, fault = trial.run(Path(file).read_bytes())
        said = dataclasses.asdict(trial.tally) | {"file": file, "answer": answer}
        found.append(said | {"fault": fault and f"{fault.kind}: {fault.where}"})
    return found


def warm_up(parser: Parser) -> None:
    """Load and compile what is needed, before time and memory are told."""
    trial = Trial(parser)
    for octets in bases_of(parser):
        trial.run(octets)
