"""When people cross: the hours of a road post, the flights of an airport, the days of a week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

WEEKDAYS = (1.05, 0.9, 0.9, 0.95, 1.25, 1.15, 1.2)
ROAD_HOURS = (
    *(1, 1, 1, 1, 2, 4, 9, 16, 20, 18, 15, 13, 12, 12, 13, 14, 17, 20, 18, 12, 8, 5, 3, 2),
)  # fmt: skip
# Landings come in banks: before dawn, after noon, late in the evening.
AIR_HOURS = (
    *(6, 3, 4, 14, 18, 12, 5, 3, 3, 4, 5, 6, 8, 16, 18, 14, 8, 5, 5, 6, 8, 14, 16, 12),
)  # fmt: skip


@dataclass(frozen=True)
class Window:
    """The time the history covers, local; ``end`` is the moment of the seeding."""

    begin: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        return self.begin <= at < self.end

    @property
    def days(self) -> int:
        return (self.end.date() - self.begin.date()).days


class Rhythm:
    """Draws moments of the day; the tables are summed once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._hours = {"road": _running(ROAD_HOURS), "air": _running(AIR_HOURS)}

    def on_day(self, day: datetime, mode: str) -> datetime:
        """A moment on this day as the post's hours have it."""
        hour = self._chance.choices(range(24), cum_weights=self._hours[mode])[0]
        return self._within(day, hour)

    def going_out(self, day: datetime) -> datetime:
        """The morning of somebody who crosses for the day."""
        return self._within(day, self._chance.choice((6, 7, 7, 8, 8, 9)))

    def coming_back(self, day: datetime) -> datetime:
        return self._within(day, self._chance.choice((16, 17, 17, 18, 18, 19, 20)))

    def _within(self, day: datetime, hour: int) -> datetime:
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(hours=hour, seconds=self._chance.randrange(3600))

    def is_busy(self, day: datetime) -> bool:
        """Whether somebody who might travel on this weekday does."""
        return self._chance.random() * max(WEEKDAYS) < WEEKDAYS[day.weekday()]


def _running(weights: tuple[int, ...]) -> list[int]:
    total, sums = 0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums
