"""What a bench or a proof found: what was examined, the figures, and the bars they must meet."""

import math
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What a figure must reach; exactly one of the two limits is given."""

    at_most: float | None = None
    at_least: float | None = None

    def met_by(self, value: float) -> bool:
        if self.at_most is not None:
            return value <= self.at_most
        return self.at_least is not None and value >= self.at_least

    def __str__(self) -> str:
        sign, limit = ("≤", self.at_most) if self.at_most is not None else ("≥", self.at_least)
        return f"{sign} {limit:g}"


@dataclass(kw_only=True)
class Report:
    """Filled by one ``measure(report)``; drawn and judged by the frame."""

    name: str
    count: int | None = None
    """How many to examine, if the user wished another number than usual."""
    seed: int | None = None
    """Which one to play again, where chance is told by a number."""
    only: str = ""
    """The one database to look at, if the user wished so."""
    innocents: int | None = None
    travellers: int | None = None
    """How many to ask screening for, if the user wished another number than usual."""
    alerts: int = 0
    documents: int = 0
    """How many more persons and documents shall be on lists than usual (check)."""
    flips: int | None = None
    """How many bits to flip, if the user wished another number than usual."""
    peers: bool = False
    """Whether other programs are to be measured beside ours."""
    files: tuple[Path, ...] = ()
    """What the user gave to look at."""
    examined: dict[str, int] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    bars: dict[str, Bar] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""
    """Why nothing was examined, if this machine could not. Then nothing is proved either."""

    def usually(self, number: int) -> int:
        """``number``, unless the user wished another."""
        return self.count or number

    def look_at(self, what: str, number: int) -> None:
        self.examined[what] = number

    def figure(
        self,
        name: str,
        value: float,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Keep a figure, and the bar it must meet if it has one. Units stand in the name."""
        self.figures[name] = round(value, 3)
        if at_most is not None or at_least is not None:
            self.bars[name] = Bar(at_most=at_most, at_least=at_least)

    def part(self) -> "Report":
        """An empty one of the same wishes, for a part that finds figures of the same names."""
        return Report(name=self.name, count=self.count, seed=self.seed, only=self.only)

    def take_over(self, part: "Report", name: str) -> None:
        """Everything a part found, under its name."""
        self.examined |= {f"{name}: {what}": number for what, number in part.examined.items()}
        self.figures |= {f"{name}_{what}": value for what, value in part.figures.items()}
        self.bars |= {f"{name}_{what}": bar for what, bar in part.bars.items()}
        self.notes += [f"{name}: {text}" for text in part.notes]

    def note(self, text: str) -> None:
        """Something the reader must know to judge the figures: what was skipped, and why."""
        self.notes.append(text)

    def skip(self, reason: str) -> None:
        """This machine cannot do it at all. Said in capitals, and never ``ok``."""
        self.skipped = reason

    def progress(self, text: str) -> None:
        """One passing line for whoever waits."""
        print(f"  {text}", file=sys.stderr, flush=True)

    @property
    def missed(self) -> list[str]:
        return [name for name, bar in self.bars.items() if not bar.met_by(self.figures[name])]

    def as_json(self) -> dict[str, Any]:
        bars = {
            name: {
                **({"at_most": bar.at_most} if bar.at_most is not None else {}),
                **({"at_least": bar.at_least} if bar.at_least is not None else {}),
                "met": bar.met_by(self.figures[name]),
            }
            for name, bar in self.bars.items()
        }
        return {
            "name": self.name,
            "ok": not self.missed and not self.skipped,
            "skipped": self.skipped,
            "examined": self.examined,
            "figures": self.figures,
            "bars": bars,
            "notes": self.notes,
            "machine": machine(),
        }


def percentile(values: Sequence[float], part: float) -> float:
    """The value that ``part`` (0 to 1) of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def machine() -> str:
    """The processor, cores this process may use, memory, system and Python."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        chip = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        chip = platform.processor() or platform.machine()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError, AttributeError):
        memory = 0
    return (
        f"{chip}, {cores} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )
