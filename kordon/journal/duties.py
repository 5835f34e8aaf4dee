"""Duties: what a node does again and again, declared by the app that needs it.

    @duty(every_s=60)
    def watch_nodes() -> None: ...

in a module ``duties.py``. The worker does each when it is due; one that fails is tried again
when it is due again, and holds up nobody else. A duty is short: others wait for it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("kordon.worker")


@dataclass(frozen=True)
class Duty:
    """What to do, and the pause between two times, in seconds."""

    do: Callable[[], None]
    every_s: float


DUTIES: dict[str, Duty] = {}


def duty(*, every_s: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare that the worker of this node calls ``func`` every so many seconds."""

    def declare(func: Callable[[], None]) -> Callable[[], None]:
        name = f"{func.__module__.split('.')[1]}.{func.__name__}"
        if DUTIES.setdefault(name, Duty(func, every_s)).do is not func:
            raise TypeError(f"two duties are called {name}")
        return func

    return declare


@dataclass
class Round:
    """One worker's memory of when it did what."""

    clock: Callable[[], float] = time.monotonic
    done: dict[str, float] = field(default_factory=dict)

    def do_due(self) -> None:
        """Do every duty that is due; at the start, all are."""
        for name, it in DUTIES.items():
            now = self.clock()
            if name in self.done and now - self.done[name] < it.every_s:
                continue
            self.done[name] = now
            try:
                it.do()
            except Exception:  # one broken duty must not stop the others
                log.exception("duty_failed", duty=name)
