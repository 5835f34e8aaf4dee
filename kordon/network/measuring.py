"""Figures of a node for monitoring: numbers, never persons.

Rooms above add their own in a module ``figures.py``:

    @figures
    def of_the_border() -> Iterator[Figure]: ...
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("kordon.network")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number now. ``labels`` name nodes, channels, lists; never anybody."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Source = Callable[[], Iterable[Figure]]
SOURCES: list[Source] = []


def figures(source: Source) -> Source:
    """Declare a source of figures."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def measure() -> Iterator[Figure]:
    """Every figure of every source; one that breaks says nothing and is logged."""
    for source in SOURCES:
        try:
            yield from list(source())
        except Exception:  # monitoring must see the rest of a node that is partly broken
            log.exception("figures_failed", source=source.__module__)
