"""More pairs of whole numbers than memory holds, sorted by the first: runs on disk, merged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.uint64]
Pair = tuple[Longs, Longs]

AT_ONCE = 4_000_000  # pairs in memory, 64 MB; sorting takes some copies
_SAMPLED = 1024
_PREFIX = "sorting-"


class Runs:
    """Sorted runs in a folder of their own below `path`, which is gone afterwards. One writer."""

    def __init__(self, path: Path, at_once: int = AT_ONCE) -> None:
        for left_behind in path.glob(f"{_PREFIX}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        self._folder = Path(mkdtemp(prefix=_PREFIX, dir=path))
        self._at_once = at_once
        self._waiting: list[Pair] = []
        self._count = 0
        self._runs: list[Pair] = []

    def add(self, first: Longs, second: Longs) -> None:
        """Any number of pairs."""
        self._waiting.append((first, second))
        self._count += len(first)
        if self._count >= self._at_once:
            self._write_run()

    @contextmanager
    def merged(self) -> Iterator[Pair]:
        """All pairs, sorted, mapped from files that last as long as the context."""
        try:
            if self._count or not self._runs:
                self._write_run()
            yield self._merge() if len(self._runs) > 1 else self._runs[0]
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _write_run(self) -> None:
        pairs = _sorted(self._waiting)
        self._waiting, self._count = [], 0
        self._runs.append(self._file(f"run {len(self._runs)}", iter([pairs])))

    def _merge(self) -> Pair:
        return self._file("all", (_sorted(part) for part in self._parts()))

    def _parts(self) -> Iterator[list[Pair]]:
        """What stands between two values, of every run: about as much as memory may hold."""
        samples = np.sort(np.concatenate([first[::_SAMPLED] for first, _ in self._runs]))
        borders = samples[:: max(1, self._at_once // _SAMPLED)][1:]
        ends = [np.append(np.searchsorted(first, borders), len(first)) for first, _ in self._runs]
        begun = [0] * len(self._runs)
        for part in range(len(borders) + 1):
            stops = [int(end[part]) for end in ends]
            yield [
                (first[at:stop], second[at:stop])
                for (first, second), at, stop in zip(self._runs, begun, stops, strict=True)
            ]
            begun = stops

    def _file(self, name: str, parts: Iterator[Pair]) -> Pair:
        """Write parts one after the other, and map them."""
        paths = [self._folder / f"{name}.{which}" for which in ("first", "second")]
        with paths[0].open("wb") as firsts, paths[1].open("wb") as seconds:
            for first, second in parts:
                first.tofile(firsts)
                second.tofile(seconds)
        mapped = [_map(path) for path in paths]
        return mapped[0], mapped[1]


def _sorted(pairs: list[Pair]) -> Pair:
    empty = np.zeros(0, np.uint64)
    first = np.concatenate([empty, *(pair[0] for pair in pairs)])
    second = np.concatenate([empty, *(pair[1] for pair in pairs)])
    order = np.argsort(first, kind="stable")
    return first[order], second[order]


def _map(path: Path) -> Longs:
    if not path.stat().st_size:
        return np.zeros(0, np.uint64)
    return np.memmap(path, np.uint64, mode="r")
