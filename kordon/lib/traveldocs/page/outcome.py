"""What is said about a page: one outcome, the zone, and every character with its support."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from PIL import Image

from kordon.lib.traveldocs.mrz import Reading
from kordon.lib.traveldocs.repairing import Change


class Outcome(StrEnum):
    """What came of it. Only the first two say what the page says."""

    READ = "READ"
    """Every field is well formed, every check digit holds, no character is doubtful."""
    REPAIRED = "REPAIRED"
    """The same after characters that the model doubted were exchanged: one answer was left."""
    NOT_READ = "NOT_READ"
    """A zone is there; what was made of it is refused or doubtful. Nothing may be taken from it."""
    NO_ZONE = "NO_ZONE"
    """No machine readable zone was found."""


class Support(StrEnum):
    """Why a character is believed."""

    CHECK_DIGIT = "CHECK_DIGIT"
    """A check digit that holds covers it, and would not hold with a lookalike."""
    MODEL = "MODEL"
    """The model is sure. No digit covers it, or a lookalike would satisfy the digit as well."""
    NONE = "NONE"
    """Doubtful: look at the page."""


class Character(NamedTuple):
    """One character of the zone; line and position from 1.

    `chance` is how sure the model is, 0 to 1. `others` are what else it holds possible, likeliest
    first.
    """

    line: int
    position: int
    field: str
    character: str
    chance: float
    others: str
    support: Support


Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on a page."""

    outcome: Outcome
    reading: Reading | None = None
    """The zone; only where the outcome is READ or REPAIRED."""
    seen: Reading | None = None
    """The zone as the model saw it, whatever it is worth; None where there is none."""
    characters: tuple[Character, ...] = ()
    """All of the zone, in its order: of `reading` where there is one, else of `seen`."""
    changes: tuple[Change, ...] = ()
    """What was put for what was seen, where REPAIRED."""
    corners: tuple[Corner, ...] = ()
    """Of the zone, in pixels of the file: beginning of the first line, then clockwise as read."""
    portrait: Image.Image | None = None
    """Where the layout has the holder's portrait, upright; None where it has none on this side."""
    zone: Image.Image | None = None
    """The machine readable zone, upright, to lay beside what was read; None where there is none."""

    @property
    def doubts(self) -> tuple[Character, ...]:
        """The doubtful characters."""
        return tuple(each for each in self.characters if each.support is Support.NONE)
