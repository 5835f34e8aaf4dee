"""What is fuzzed: one reader of foreign octets, what it may raise, how its inputs are made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kordon.measure.fuzzing.mutating import Mutator, change_octets

ON = date(2024, 6, 1)
"""The day on which everything is read, so that the same input always says the same."""
REFUSED, ACCEPTED = "refused", "accepted"
SLOW_S = 0.05
LARGE = 256 * 1024 * 1024
SEEDS = Path(__file__).parent / "seeds"


class Wrong(Exception):
    """Something was found genuine that nobody signed. Never a refusal."""


@dataclass(frozen=True, kw_only=True)
class Parser:
    """``tries`` returns how far an input came, or raises one of ``refuses``; nothing else may be
    raised. What it returns is counted: ``REFUSED`` where a parser says so without raising."""

    name: str
    tries: Callable[[bytes], str]
    refuses: tuple[type[Exception], ...] = ()
    change: Mutator = change_octets
    covers: tuple[Callable[..., object], ...] = ()
    """The public functions of the library that are called."""
    vectors: tuple[str, ...] = ()
    """Patterns of files under ``travel-documents`` that are seeds too, where they are found."""
    slow_s: float = SLOW_S
    made: tuple[bytes, ...] = ()
    """Seeds that change with the code."""
    once: bool = False
    """Whether each input is changed exactly once."""
    seeds: str = ""
    """The folder of its seeds, if another's are used."""


def seeds_of(folder: str) -> list[Path]:
    """The seeds that lie beside this file, always in one order."""
    return sorted(path for path in (SEEDS / folder).glob("*") if path.is_file())


def text_of(octets: bytes) -> str:
    """Text as a parser of text meets it: what is no UTF-8 becomes half a surrogate pair."""
    return octets.decode("utf-8", "surrogateescape")
