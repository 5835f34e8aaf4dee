"""Ninety days at two posts: who crossed when, in which direction, why, with which number plate.

Three kinds of travellers, as at a real road post: those who cross nearly every day, those
who come once and leave again, those whose journey began before the window or has not ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from kordon.node.demo.people import Person, Registry
from kordon.node.demo.rhythm import Rhythm, Window

HOST = "UTO"
ROAD, AIR = "AKSUU", "SARYTAL"
MODES = {ROAD: "road", AIR: "air"}
ROAD_NATIONS = {
    "KGZ": 34,
    "KAZ": 20,
    "UZB": 15,
    "UTO": 14,
    "TJK": 6,
    "RUS": 6,
    "TKM": 2,
    "TUR": 1,
    "CHN": 2,
}
AIR_NATIONS = {
    "UTO": 22, "RUS": 18, "KAZ": 10, "TUR": 10, "CHN": 10, "UZB": 7, "IND": 6, "D": 5, "KGZ": 4,
    "AZE": 3, "TJK": 2, "IRN": 2, "AFG": 1, "AUT": 1,
}  # fmt: skip
COMMUTER_NATIONS = {"KGZ": 45, "UTO": 35, "UZB": 12, "KAZ": 8}
COMMUTER_SHARE, DRIVER_SHARE = 0.30, 0.08
ROAD_SHARE = 0.62
PURPOSES = {
    "road": {"family": 40, "business": 20, "work": 16, "tourism": 12, "treatment": 6, "transit": 6},
    "air": {"tourism": 38, "business": 22, "family": 20, "work": 8, "study": 7, "transit": 5},
}
REFERRED = 0.015


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One person at one post at one moment."""

    person: Person
    at: datetime
    post: str
    direction: str
    purpose: str
    plate: str = ""
    referred: bool = False


class Traffic:
    """Draws journeys until there are enough passages."""

    def __init__(self, registry: Registry, window: Window) -> None:
        self._registry = registry
        self._chance: Random = registry.chance
        self._window = window
        self._rhythm = Rhythm(registry.chance)

    def passages(self, count: int) -> list[Passage]:
        """``count`` passages in the order of time; about 1.5 % of them to be referred."""
        drawn: list[Passage] = []
        while len(drawn) < count * COMMUTER_SHARE:
            drawn.extend(self._commuter())
        while len(drawn) < count * (COMMUTER_SHARE + DRIVER_SHARE):
            drawn.extend(self._driver())
        while len(drawn) < count:
            drawn.extend(self._journey())
        kept = sorted(drawn[:count], key=lambda each: (each.at, each.person.paper.number))
        return [replace(each, referred=self._is_referred()) for each in kept]

    def _is_referred(self) -> bool:
        return self._chance.random() < REFERRED

    def _commuter(self) -> Iterator[Passage]:
        """Crosses for the day, two to five times a week; a foreigner enters, a citizen leaves."""
        person = self._grown(COMMUTER_NATIONS)
        frequency = self._chance.uniform(0.25, 0.75)
        out, back = _directions(person)
        purpose = self._chance.choices(("work", "family", "business"), (5, 3, 2))[0]
        for day in self._days():
            if self._chance.random() > frequency or not self._rhythm.is_busy(day):
                continue
            there, home = self._rhythm.going_out(day), self._rhythm.coming_back(day)
            yield from self._inside((there, out), (home, back), person, ROAD, purpose)

    def _driver(self) -> Iterator[Passage]:
        """A lorry with the same number plate, there and back within days."""
        person = self._grown(COMMUTER_NATIONS)
        plate, (out, back) = invented_plate(self._chance, person.nationality), _directions(person)
        day = self._window.begin + timedelta(days=self._chance.randrange(9))
        while day < self._window.end:
            there = self._rhythm.on_day(day, "road")
            home = self._rhythm.on_day(day + timedelta(days=self._chance.choice((1, 2, 3))), "road")
            yield from self._inside((there, out), (home, back), person, ROAD, "transport", plate)
            day = home + timedelta(days=self._chance.choice((3, 4, 5, 7)))

    def _journey(self) -> Iterator[Passage]:
        """One journey; it may have begun before the window or not be over yet."""
        post = ROAD if self._chance.random() < ROAD_SHARE else AIR
        mode = MODES[post]
        person = self._registry.person(self._draw(ROAD_NATIONS if post == ROAD else AIR_NATIONS))
        out, back = _directions(person)
        purpose = self._draw(PURPOSES[mode])
        start = self._window.begin + timedelta(
            days=self._chance.randrange(-12, self._window.days + 1)
        )
        if not self._rhythm.is_busy(start):
            return
        there = self._rhythm.on_day(start, mode)
        home = self._rhythm.on_day(there + timedelta(days=self._length(purpose)), mode)
        if home <= there:
            home = there + timedelta(hours=self._chance.uniform(3, 20))
        elsewhere = self._chance.random() < 0.06
        home_post = (AIR if post == ROAD else ROAD) if elsewhere else post
        plate = ""
        if mode == "road" and not elsewhere and self._chance.random() < 0.3:
            plate = invented_plate(self._chance, person.nationality)
        yield from self._inside((there, out), None, person, post, purpose, plate)
        yield from self._inside((home, back), None, person, home_post, purpose, plate)

    def _length(self, purpose: str) -> int:
        """Days between going and coming back: short for the transit, long for the student."""
        middle = {"transit": 1, "business": 4, "family": 9, "tourism": 8, "treatment": 12}.get(
            purpose, 30
        )
        return min(85, int(self._chance.lognormvariate(0, 0.7) * middle))

    def _grown(self, nations: dict[str, int]) -> Person:
        while True:
            person = self._registry.person(self._draw(nations))
            if 18 <= (self._window.end.date() - person.born).days / 365.25 <= 66:
                return person

    def _draw(self, weights: dict[str, int]) -> str:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _days(self) -> Iterator[datetime]:
        for number in range(self._window.days + 1):
            yield self._window.begin + timedelta(days=number)

    def _inside(
        self,
        there: tuple[datetime, str],
        home: tuple[datetime, str] | None,
        person: Person,
        post: str,
        purpose: str,
        plate: str = "",
    ) -> Iterator[Passage]:
        for at, direction in (there, home) if home else (there,):
            if self._window.holds(at):
                yield Passage(
                    person=person,
                    at=at,
                    post=post,
                    direction=direction,
                    purpose="return" if direction == _directions(person)[1] == "entry" else purpose,
                    plate=plate,
                )


def _directions(person: Person) -> tuple[str, str]:
    """A foreigner enters and then leaves; a citizen of the host country the other way round."""
    return ("exit", "entry") if person.nationality == HOST else ("entry", "exit")


def invented_plate(chance: Random, nationality: str) -> str:
    """A number plate no country issues: its letters begin with QQ."""
    return f"QQ{chance.randrange(1000, 9999)}{nationality[:2]}{chance.randrange(10, 99)}"
