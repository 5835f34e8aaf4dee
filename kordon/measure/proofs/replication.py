"""Amid cut lines, killed processes and unruly messages, all that posts record arrives once.

Headquarters, a real broker and three posts, each a process: one post behind a leaf of its own,
two straight at the hub. While the posts record, one deed follows the other, told by chance: a
line is cut, sometimes silently; the broker, the application of headquarters or that of a post
dies by kill -9. All the time one in ten pushed batches is lost (of every second one the answer),
one in ten is doubled, and those on their way together overtake each other. Headquarters says
something too, which posts must hear. Then the weather clears.
"""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator

from kordon.measure.country import Country, Post, temporary_country
from kordon.measure.report import Report, percentile

ENTRIES = 100_000
PACE = 150.0  # entries a second at each post
PART = 0.1  # of the batches: lost, and as many doubled
PATIENCE_S = 600.0
SAID = 20
"""What headquarters says meanwhile."""


def measure(report: Report) -> None:
    each = -(-report.usually(ENTRIES) // 3)
    with temporary_country(report) as country:
        with country.open(agencies=SAID):
            begun = time.monotonic()
            country.begin(entries=each, pace=PACE, lose=PART)
            with storm(country, report.seed) as deeds:
                while any(post.recorded < each for post in country.posts):
                    time.sleep(0.1)
                    if time.monotonic() - begun > each / PACE * 5 + PATIENCE_S:
                        raise TimeoutError("the posts did not record all in time")
            calm = time.monotonic()
            report.progress(f"calm; {sum(deeds.values())} deeds done")
            country.wait_until_done(each, PATIENCE_S + each / 100, SAID)
            settled = time.monotonic()
        for deed, times in sorted(deeds.items()):
            report.look_at(deed, times)
        for what in ("pushed", "lost", "doubled"):
            told = sum(post.count(what) for post in country.posts)
            report.look_at(f"batches {what}", told)
        overtaken = country.refusals.pop("gap", 0)
        report.look_at("batches that came before their turn and were sent again", overtaken)
        report.figure("refused_otherwise", sum(country.refusals.values()), at_most=0)
        country.compare(report, each)
    delays = country.delays()
    report.figure("storm_s", calm - begun)
    report.figure("calm_until_all_is_there_s", settled - calm)
    report.figure("delay_p50_s", percentile(delays, 0.5))
    report.figure("delay_worst_s", max(delays))


@contextlib.contextmanager
def storm(country: Country, seed: int | None) -> Iterator["Counter[str]"]:
    """Deed after deed until the block ends; then everything runs and every line is whole."""
    weather = Weather(country, random.Random(seed))  # noqa: S311  # nosec B311
    thread = threading.Thread(target=weather.rage, daemon=True)
    thread.start()
    try:
        yield weather.deeds
    finally:
        weather.over.set()
        thread.join()
        if weather.failed:
            raise weather.failed


class Weather:
    """Each deed is undone before the next begins; several things may still be recovering."""

    def __init__(self, country: Country, chance: random.Random) -> None:
        self.country, self._chance = country, chance
        self.deeds: Counter[str] = Counter()
        self.over = threading.Event()
        self.failed: Exception | None = None

    def rage(self) -> None:
        deeds = (self.cut, self.cut, self.kill_post, self.kill_office, self.kill_broker)
        try:
            # Each once in the first round, so that a short storm has some of everything.
            todo = self._chance.sample(deeds, len(deeds))
            while not self.over.wait(self._chance.uniform(0.3, 2.0)):
                (todo.pop() if todo else self._chance.choice(deeds))()
        except Exception as error:  # said by whoever waits for us
            self.failed = error

    def _pause(self, least: float, most: float) -> None:
        self.over.wait(self._chance.uniform(least, most))

    def _any(self) -> Post:
        return self._chance.choice(self.country.posts)

    def cut(self) -> None:
        post, silent = self._any(), self._chance.random() < 0.5
        self.deeds["silent cuts of a line" if silent else "cuts of a line"] += 1
        post.line.cut(silent=silent)
        self._pause(0.5, 4.0)
        post.line.mend()

    def kill_post(self) -> None:
        child = self._any().child
        assert child is not None
        child.check()  # if it ended by itself, that must not be taken for our deed
        self.deeds["kill -9 of a post"] += 1
        child.kill()
        self._pause(0.0, 1.0)
        child.start()

    def kill_office(self) -> None:
        self.country.office.check()
        self.deeds["kill -9 of headquarters"] += 1
        self.country.office.kill()
        self._pause(0.0, 1.0)
        self.country.office.start()

    def kill_broker(self) -> None:
        self.deeds["kill -9 of the broker"] += 1
        self.country.hub.kill()
        self._pause(0.0, 1.0)
        self.country.hub.start_again()
