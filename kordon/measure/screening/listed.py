"""The invented list, made on all cores and kept in files while a bench runs."""

import multiprocessing
import pickle  # nosec B403 (our own files of this very run)
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kordon.lib.screening import Listing
from kordon.measure.population import Listed, Population, listing_of
from kordon.measure.screening.asking import cores

PORTION = 20_000

_people: Population | None = None


class InventedList:
    """Persons 0 to `size` of a seed, as files of portions in `folder`."""

    def __init__(self, seed: int, size: int, folder: Path) -> None:
        self.seed, self.size, self._folder = seed, size, folder
        self.reading = 0.0
        """Seconds spent on reading the files: no part of what is done with them."""

    def invent(self) -> None:
        """Write the files."""
        firsts = range(0, self.size, PORTION)
        if self.size <= PORTION:  # another process would take longer to start
            _meet(self.seed)
            _write(0, self.size, self._file(0))
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            cores(), context, initializer=_meet, initargs=(self.seed,)
        ) as pool:
            ends = [min(first + PORTION, self.size) for first in firsts]
            list(pool.map(_write, firsts, ends, [self._file(first) for first in firsts]))

    def people(self) -> Population:
        """Everybody of the seed."""
        _meet(self.seed)
        return _met()

    def __iter__(self) -> Iterator[Listed]:
        for first in range(0, self.size, PORTION):
            begun = time.perf_counter()
            portion: list[Listed] = pickle.loads(self._file(first).read_bytes())  # nosec B301
            self.reading += time.perf_counter() - begun
            yield from portion

    def listings(self) -> Iterator[Listing]:
        return map(listing_of, self)

    def _file(self, first: int) -> Path:
        return self._folder / f"persons-{first}"


def _meet(seed: int) -> None:
    global _people
    if _people is None or _people.seed != seed:
        _people = Population(seed)


def _met() -> Population:
    if _people is None:
        raise RuntimeError("no population in this process")
    return _people


def _write(first: int, end: int, target: Path) -> None:
    target.write_bytes(pickle.dumps(list(_met().listings(first, end)), protocol=5))
