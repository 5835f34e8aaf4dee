"""One input tried: what came of it, in how much time of the processor and with how much memory.

Time is that of the thread, without what other processes took; an input over the bound is tried
three times more and the least counts, so that a collection of garbage or a cold cache is no fault.
Memory is the peak of the resident set beyond what the process had before its first input. The
peak only grows; an input that carries it over the bound is tried once more by itself, with the
peak set back, and what it needs then counts. Memory asked for and never touched is not seen; that
is bounded by a limit of the process, which ends in ``MemoryError``.
"""

import contextlib
import gc
import os
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from kordon.measure.fuzzing.parser import LARGE, REFUSED, Parser, Wrong

TRIED_AGAIN = 3
LIMIT = 1024 * 1024 * 1024
"""So much more than at the beginning may be asked for at all."""
STATUS, PEAK_AGAIN = Path("/proc/self/status"), Path("/proc/self/clear_refs")
UNCAUGHT, SLOW, LARGER, WRONG = "uncaught", "slow", "large", "wrong"


@dataclass(frozen=True)
class Fault:
    """What an input did that none may do. ``where`` is the same for faults of one cause."""

    kind: str
    where: str
    octets: bytes


@dataclass
class Tally:
    """What was counted of one parser."""

    tried: int = 0
    refused: int = 0
    reached: dict[str, int] = field(default_factory=dict)
    """How far those came that were not refused."""
    faults: dict[str, int] = field(default_factory=dict)
    again: int = 0
    """Inputs that were over the bound of time once, and within it when tried again."""
    slowest_s: float = 0.0
    largest: int = 0


class Trial:
    """Inputs of one parser, one after the other."""

    def __init__(self, parser: Parser) -> None:
        self.parser, self.tally = parser, Tally()
        gc.collect()
        _set_back()
        self._before = _peak()

    def run(self, octets: bytes) -> tuple[str, Fault | None]:
        """What the parser answered, in a word or its error; and the fault, if it is one."""
        tally = self.tally
        begun = time.thread_time()
        answer, fault = self._answer(octets)
        took = time.thread_time() - begun
        tally.tried += 1
        if took > tally.slowest_s or took > self.parser.slow_s:
            took = self._least(octets, took)
            tally.slowest_s = max(tally.slowest_s, took)
            if took > self.parser.slow_s and fault is None:
                fault = Fault(SLOW, f"too long: {took * 1000:.0f} ms", octets)
        needed = _peak() - self._before
        if needed > tally.largest or needed > LARGE:
            needed = self._needed(octets) if needed > LARGE else needed
            tally.largest = max(tally.largest, needed)
            if needed > LARGE and fault is None:
                fault = Fault(LARGER, f"too much: {needed >> 20} MiB", octets)
        if fault is not None:
            tally.faults[fault.kind] = tally.faults.get(fault.kind, 0) + 1
        return answer, fault

    def _answer(self, octets: bytes) -> tuple[str, Fault | None]:
        tally = self.tally
        try:
            said = self.parser.tries(octets)
        except self.parser.refuses as error:
            tally.refused += 1
            return str(getattr(error, "code", "")) or type(error).__name__, None
        except KeyboardInterrupt:
            raise
        except MemoryError:
            return LARGER, Fault(LARGER, "beyond the limit of the process", octets)
        except BaseException as error:  # what extensions in other languages raise too
            kind = WRONG if isinstance(error, Wrong) else UNCAUGHT
            return kind, Fault(kind, _where(error), octets)
        if said == REFUSED:
            tally.refused += 1
        else:
            tally.reached[said] = tally.reached.get(said, 0) + 1
        return said, None

    def _least(self, octets: bytes, took: float) -> float:
        """The least of several times, where the first was over the bound."""
        if took <= self.parser.slow_s:
            return took
        kept, self.tally = self.tally, Tally()
        for _ in range(TRIED_AGAIN):
            begun = time.thread_time()
            self._answer(octets)
            took = min(took, time.thread_time() - begun)
        self.tally = kept
        kept.again += took <= self.parser.slow_s
        return took

    def _needed(self, octets: bytes) -> int:
        """What one input needs by itself; the peak is set back before and after."""
        gc.collect()
        if not _set_back():
            return _peak() - self._before
        before, (kept, self.tally) = _peak(), (self.tally, Tally())
        self._answer(octets)
        needed, self.tally = _peak() - before, kept
        gc.collect()
        _set_back()
        self._before = _peak()
        return needed


def _peak() -> int:
    """The largest resident set so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _set_back() -> bool:
    try:
        PEAK_AGAIN.write_text("5")
    except OSError:
        return False
    return True


def bound_memory() -> None:
    """Nothing in this process may ask for more than ``LIMIT`` beyond what it has now."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = STATUS.read_text().splitlines()
        held = next(int(line.split()[1]) for line in lines if line.startswith("VmData"))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (held * 1024 + LIMIT, hard))


def _where(error: BaseException) -> str:
    """The error and the place in our own code that is nearest to it."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if f"{os.sep}kordon{os.sep}" in frame.filename
    ]
    frame = ours[-1] if ours else None
    place = "" if frame is None else f" at {Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__}{place}: {str(error)[:80]!r}"
