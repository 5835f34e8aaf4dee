"""Children on every core, what they say, and what is done when one dies or falls silent."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kordon.measure.children import Child
from kordon.measure.home import Home

SILENT_S = 120.0
"""An input that takes so long never ends; the child is killed. They speak every second."""
LOOK_S = 0.2
DIED, HUNG = "died", "hung"


@dataclass(frozen=True)
class Found:
    """One fault of one parser, with the input that showed it."""

    parser: str
    kind: str
    where: str
    octets: bytes

    @property
    def cause(self) -> tuple[str, str, str]:
        return self.parser, self.kind, self.where.split(": ")[0]


@dataclass
class Counted:
    """What all children counted of one parser."""

    tried: int = 0
    refused: int = 0
    again: int = 0
    reached: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    slowest_s: float = 0.0
    largest: int = 0

    def add(self, told: dict[str, Any]) -> None:
        for name in ("tried", "refused", "again"):
            setattr(self, name, getattr(self, name) + told[name])
        for name in ("reached", "faults"):
            sums = getattr(self, name)
            for what, number in told[name].items():
                sums[what] = sums.get(what, 0) + number
        self.slowest_s = max(self.slowest_s, told["slowest_s"])
        self.largest = max(self.largest, told["largest"])

    def add_fault(self, kind: str) -> None:
        self.faults[kind] = self.faults.get(kind, 0) + 1


@dataclass
class Fuzzing:
    """What is to be tried, and what came of it."""

    home: Home
    parsers: list[str]
    work: dict[str, Any]
    """``seed``, ``inputs`` and ``seconds`` of each parser (0: as many, as long as wished)."""
    function: str
    cores: int
    progress: Callable[[str], None]
    counted: dict[str, Counted] = field(default_factory=dict)
    found: dict[tuple[str, str, str], Found] = field(default_factory=dict)

    def run(self) -> None:
        """Until every child has done its share."""
        shares = [_Share(self, part) for part in range(self.cores)]
        told_at = time.monotonic()
        try:
            for share in shares:
                share.child.start()
            while any(share.left for share in shares):
                time.sleep(LOOK_S)
                for share in shares:
                    share.look()
                if time.monotonic() - told_at > 10:
                    told_at = time.monotonic()
                    self.progress(self._now(shares))
        finally:
            for share in shares:
                share.child.kill()

    def note(self, parser: str, kind: str, where: str, octets: bytes) -> None:
        fault = Found(parser, kind, where, octets)
        self.found.setdefault(fault.cause, fault)

    def of(self, parser: str) -> Counted:
        return self.counted.setdefault(parser, Counted())

    def _now(self, shares: list["_Share"]) -> str:
        tried = sum(each.tried for each in self.counted.values())
        faults = sum(sum(each.faults.values()) for each in self.counted.values())
        now = " ".join(dict.fromkeys(share.left[0] for share in shares if share.left))
        return f"{tried:,} inputs, {faults} faults; now {now}"


class _Share:
    """One child's share. ``left``: parsers it has not ended, the first one under way."""

    def __init__(self, fuzzing: Fuzzing, part: int) -> None:
        self.fuzzing, self.left = fuzzing, list(fuzzing.parsers)
        self.current = fuzzing.home.folder / f"current-{part}"
        self.chunk, self.heard_at = 0, time.monotonic()
        told = fuzzing.work | {"part": part, "parts": fuzzing.cores, "current": str(self.current)}
        told |= {"parsers": list(self.left), "begin": 0}
        self.child = Child(fuzzing.home, fuzzing.function, told, self.hear)

    def hear(self, what: dict[str, Any] | None) -> None:
        self.heard_at = time.monotonic()
        if what is None:
            return  # the function has ended
        if "tally" in what:
            self.fuzzing.of(what["parser"]).add(what["tally"])
            self.chunk = what["chunk"]
        elif "fault" in what:
            octets = bytes.fromhex(what["octets"])
            self.fuzzing.note(what["parser"], what["fault"], what["where"], octets)
        elif "ends" in what:
            self.left.remove(what["ends"])
            self.chunk = 0

    def look(self) -> None:
        """Whether the child lives and speaks. Whatever killed it is a fault of its parser."""
        process = self.child.process
        if not self.left or process is None:
            return None
        status = process.poll()
        silent = time.monotonic() - self.heard_at > SILENT_S
        if status is None and not silent:
            return None
        self.child.kill()
        if not self.left:
            return None
        if status == 0:  # a guided one, which libFuzzer has ended
            self.left.pop(0)
            return self._go_on(0) if self.left else None
        kind = HUNG if status is None else DIED
        where = f"no answer in {SILENT_S:g} s" if status is None else f"status {status}"
        self.fuzzing.of(self.left[0]).add_fault(kind)
        self.fuzzing.note(self.left[0], kind, where, self._octets())
        # Behind the chunk in which it died; what that held besides is not tried.
        return self._go_on((self.chunk or self.child.arguments["part"]) + self.fuzzing.cores)

    def _octets(self) -> bytes:
        with contextlib.suppress(OSError):
            held = self.current.read_bytes()
            return held[4 : 4 + int.from_bytes(held[:4], "big")]
        return b""

    def _go_on(self, begin: int) -> None:
        self.child.arguments |= {"parsers": list(self.left), "begin": begin}
        self.chunk, self.heard_at = begin, time.monotonic()
        self.child.start()


def write_crashers(found: Iterator[Found], folder: Path) -> list[str]:
    """A file for each, with its command beside it; returns lines for the report."""
    lines = []
    for number, fault in enumerate(found, start=1):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{number:02}-{fault.parser}"
        file.write_bytes(fault.octets)
        command = f"kordon prove fuzz {file} --parser {fault.parser}"
        file.with_name(f"{file.name}.txt").write_text(f"{fault.kind}: {fault.where}\n{command}\n")
        lines.append(f"{fault.parser}: {fault.kind}: {fault.where}: {command}")
    return lines


def cores() -> int:
    """Those this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
