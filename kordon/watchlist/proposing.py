"""What each threshold would cost and find, counted on the node's own lists.

Innocent travellers raise false alerts, listed ones (as they are listed, and with what goes wrong
at a counter) ought to be found. Pure: listings and travellers in, figures out.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kordon.lib.screening import BirthEvidence, Candidate, Listing, Person
from kordon.watchlist.calibration import LOWEST
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.particulars import Category

STEPS = tuple(LOWEST + step / 2 for step in range(49))  # 6, 6.5 … 30
SURE = {BirthEvidence.SAME, BirthEvidence.SWAPPED}
Search = Callable[[Person, float], Sequence[Candidate]]


@dataclass
class Counted:
    """Of one category. By threshold: how many innocents it would show or stop, and how many
    listed travellers; ``asked`` by what had gone wrong."""

    shown: Counter[float] = field(default_factory=Counter)
    stopped: Counter[float] = field(default_factory=Counter)
    found: dict[str, Counter[float]] = field(default_factory=lambda: defaultdict(Counter))
    asked: Counter[str] = field(default_factory=Counter)

    def recall(self, kind: str, threshold: float) -> float:
        return self.found[kind][threshold] / self.asked[kind] if self.asked[kind] else 0.0

    def recall_of_all(self, threshold: float) -> float:
        found = sum(counter[threshold] for counter in self.found.values())
        return found / self.asked.total() if self.asked else 0.0


def count_false(
    innocents: Iterable[Person], search: Search, category_of: Mapping[str, Category]
) -> tuple[int, dict[Category, Counted]]:
    """How many innocents were asked about, and what each category would show of them."""
    counted: dict[Category, Counted] = defaultdict(Counted)
    asked = 0
    for person in innocents:
        asked += 1
        shown: dict[Category, float] = {}
        stopped: dict[Category, float] = {}
        for it in search(person, LOWEST):
            category = category_of[it.key]
            shown[category] = max(shown.get(category, 0.0), it.score)
            if it.birth in SURE:
                stopped[category] = max(stopped.get(category, 0.0), it.score)
        for category, score in shown.items():
            counted[category].shown.update(_passed(score))
        for category, score in stopped.items():
            counted[category].stopped.update(_passed(score))
    return asked, counted


def count_found(
    travellers: Iterable[tuple[str, str, Person]],
    search: Search,
    category_of: Mapping[str, Category],
    counted: dict[Category, Counted],
) -> None:
    """Add how many listed travellers (key, what went wrong, person) are found themselves."""
    for key, kind, person in travellers:
        of = counted.setdefault(category_of[key], Counted())
        of.asked[kind] += 1
        score = max((it.score for it in search(person, LOWEST) if it.key == key), default=0.0)
        of.found[kind].update(_passed(score))


def _passed(score: float) -> Iterator[float]:
    return (step for step in STEPS if score >= step)


def listed_travellers(listings: Iterable[Listing], seed: int) -> Iterator[tuple[str, str, Person]]:
    """Each listing once as a traveller for every kind of mishap, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311 (the same travellers every time)
    for listing in listings:
        if not listing.names:
            continue
        born = next(iter(listing.births), (0, 0, 0))
        name = chance.choice(listing.names)
        person = Person((name,), born, listing.nationalities[:1], listing.sex)
        yield listing.key, "as listed", person
        for kind, other in _mishaps(person, chance):
            yield listing.key, kind, other


def _mishaps(person: Person, chance: random.Random) -> Iterator[tuple[str, Person]]:
    (name,), (year, month, day) = person.names, person.born
    words = name.split()
    if len(words) > 1:
        yield "parts exchanged", replace(person, names=(" ".join(reversed(words)),))
    if len(words) > 2:
        yield "a part left out", replace(person, names=(" ".join(words[:-1]),))
    yield "a letter wrong", replace(person, names=(_mistyped(name, chance),))
    if day and day <= 12 and day != month:
        yield "day and month exchanged", replace(person, born=(year, day, month))
    if month:
        yield "year of birth only", replace(person, born=(year, 0, 0))
        wrong = (year, month, day % 28 + 1)
        yield "another day of birth", replace(person, born=wrong)


def _mistyped(name: str, chance: random.Random) -> str:
    places = [i for i, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 4:
        return name
    at = chance.choice(places[1:])
    return name[:at] + name[chance.choice(places)] + name[at + 1 :]


def invented_innocents(number: int, seed: int, states: Sequence[str]) -> Iterator[Person]:
    """Travellers of this region whom nobody lists, but with names that many carry."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311
    for _ in range(number):
        sex = chance.choice("MF")
        surname = chance.choice(ROOTS) + ("" if sex == "M" else "a")
        born = (chance.randint(1940, 2012), chance.randint(1, 12), chance.randint(1, 28))
        given = chance.choice(GIVEN[sex])
        yield Person((f"{surname} {given}",), born, (chance.choice(states),), sex)


ROOTS = (
    "Abdullaev", "Akhmedov", "Aliev", "Asanov", "Bekov", "Dzhumabaev", "Ergashev", "Fayzullaev",
    "Ibragimov", "Ismailov", "Ivanov", "Kadyrov", "Karimov", "Khalilov", "Khasanov", "Kim",
    "Kuznetsov", "Mamedov", "Mirzoev", "Mukhamedov", "Nazarov", "Nurmatov", "Orozov", "Petrov",
    "Rakhimov", "Rashidov", "Sadykov", "Saidov", "Salimov", "Sharipov", "Sultanov", "Tashmatov",
    "Toktogulov", "Turdiev", "Umarov", "Usmanov", "Valiev", "Yusupov", "Zakirov", "Zhumagulov",
)  # fmt: skip
GIVEN = {
    "M": (
        "Abdulla", "Akbar", "Aleksandr", "Azamat", "Bakhtiyor", "Bakyt", "Daniyar", "Farrukh",
        "Hasan", "Ibrahim", "Ilya", "Islam", "Jamshed", "Karim", "Maksat", "Muhammad", "Nurlan",
        "Omar", "Rustam", "Said", "Sergei", "Sherzod", "Talant", "Timur", "Ulugbek", "Yusuf",
    ),
    "F": (
        "Aigul", "Aisha", "Anna", "Ainura", "Cholpon", "Dilnoza", "Elena", "Fatima", "Gulnara",
        "Guzal", "Irina", "Kamila", "Leila", "Madina", "Malika", "Mariam", "Nargiza", "Nigora",
        "Olga", "Saodat", "Shahnoza", "Zarina", "Zebo", "Zulfiya",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How many false alerts of one category are borne: looks per 1,000, stops per 10,000."""

    looks: float
    stops: float


def proposed(it: Counted, innocents: int, bounds: Bounds, usual: Thresholds) -> Thresholds:
    """The lowest thresholds, none below the usual ``looks``, that keep within the bounds.

    What was counted is a sample: the upper end of its 95 % confidence has to keep within. Where
    too few travelled to show that of anything, what is usual stays.
    """

    def lowest(counts: Counter[float], per: float, start: float) -> float:
        if most_likely(0) > per * innocents:
            return start
        within = (s for s in STEPS if s >= start and most_likely(counts[s]) <= per * innocents)
        return next(within, STEPS[-1])

    looks = lowest(it.shown, bounds.looks / 1000, usual.looks)
    stops = lowest(it.stopped, bounds.stops / 10_000, max(looks, usual.stops))
    return Thresholds(stops=stops, looks=looks)


def enough(bounds: Bounds) -> int:
    """How many innocents have to travel to show that false alerts keep within the bounds."""
    return math.ceil(most_likely(0) / max(min(bounds.looks / 1000, bounds.stops / 10_000), 1e-9))


def most_likely(count: int) -> float:
    """Upper end of the one-sided 95 % confidence of a Poisson count."""
    low, high = float(count), 10.0 + 2.0 * count
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(count, middle) > 0.05:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, mean: float) -> float:
    return sum(
        math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) if mean else float(k == 0)
        for k in range(count + 1)
    )


@dataclass(frozen=True)
class Step:
    """What one threshold would do, alone."""

    threshold: float
    looks_per_1000: float
    stops_per_10000: float
    recall: float
    recall_by: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class CalibrationReport:
    """Figures and proposals per category of which somebody is listed."""

    persons: int
    innocents: int
    seed: int
    weights: str
    counted: Mapping[Category, Counted]
    in_force: Mapping[Category, Thresholds]
    proposed: Mapping[Category, Thresholds]

    def steps(self, category: Category) -> Iterator[Step]:
        it, innocents = self.counted[category], max(self.innocents, 1)
        for step in STEPS:
            yield Step(
                step,
                1000 * it.shown[step] / innocents,
                10_000 * it.stopped[step] / innocents,
                it.recall_of_all(step),
                {kind: it.recall(kind, step) for kind in it.asked},
            )
