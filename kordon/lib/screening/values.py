"""What goes into screening and what comes out: plain frozen values, cheap to import."""

from dataclasses import dataclass
from enum import StrEnum

from .reasons import Reason

Born = tuple[int, int, int]
"""Year, month, day; 0 where unknown. 1 January counts as an unknown day and month."""

THRESHOLD = 10.0
"""Score, in nats, from which a candidate is worth showing to an officer.

The score is a log-likelihood ratio: how much better the findings fit "the same person" than
"another traveller with such a name". Set on the UN and OFAC lists together (4,529 persons) with
50,000 invented travellers with full birth dates: the lowest at which about 1 in 1,000 of them
raises a candidate (docs/screening.md). False candidates grow with the list: for a list k times as
long add ln k to keep their rate.
"""


class IndexUnusable(Exception):
    """The files are not an index that this version can serve; the text says why."""


class BirthEvidence(StrEnum):
    """How the birth dates of traveller and listing relate; for the caller's own rulings."""

    SAME = "same"
    SWAPPED = "swapped"
    CLOSE = "close"
    YEAR_ONLY = "year_only"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Listing:
    """A listed person. `weak_names` are aliases the list itself calls of low quality.

    Nationalities are ICAO alpha-3 codes, `sex` is "M", "F" or "" where unknown.
    Several births are alternatives; a range is given as its years. `days` are the first and
    the last day on which the listing counts, as `date.toordinal` gives them; 0 is no limit.
    `places` are towns or districts, of birth before all, without the state, which says what
    nationality says. `documents` are issuing state (alpha-3, empty if unknown) and number.
    """

    key: str
    names: tuple[str, ...]
    births: tuple[Born, ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    weak_names: tuple[str, ...] = ()
    days: tuple[int, int] = (0, 0)
    places: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Person:
    """The traveller. `names` are full names in any script and order; several forms are tried.

    `truncated`: the machine readable zone had no room, the last word is the beginning of one.
    `places` and `documents` as those of a listing.
    """

    names: tuple[str, ...]
    born: Born = (0, 0, 0)
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    truncated: bool = False
    places: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A listing that may be the traveller, with everything that speaks for and against.

    `score` is the sum of the reasons' weights, exactly; `name_score` that of the name reasons.
    A listing without a birth date (`birth` is UNKNOWN) must never stop anyone by itself.
    `weights` is the version of the weights it was scored with: keep it with a decision.
    """

    key: str
    score: float
    reasons: tuple[Reason, ...]
    matched_name: str
    name_score: float
    birth: BirthEvidence
    weights: str = ""


@dataclass(frozen=True)
class Pair:
    """Two names compared without a list: 0 nothing alike, 1 the same; the reasons sum to it."""

    score: float
    reasons: tuple[Reason, ...]
