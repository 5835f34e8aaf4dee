"""The index: built from listings or mapped from files, asked by any number of threads."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import numpy as np

from . import storing
from .asking import Asked, queries_of
from .building import build
from .explaining import Match, candidate_of, person_of
from .matching import search
from .scale import scale_of
from .shape import Bytes, Holdings, Scratch, scratch_for
from .values import THRESHOLD, Candidate, Listing, Person
from .weights import WEIGHTS, Weights

Hidden = Bytes
"""Per person of one index: 1 if a search must pass them over. Made by `Index.hide`."""


class Index:
    """Listed persons, immutable. Make one with `build` or `open`; see `search`.

    `weights` belong to the searches, not to the files: any set serves any index.
    """

    def __init__(self, holdings: Holdings, weights: Weights = WEIGHTS) -> None:
        self._holdings = holdings
        self.weights = weights
        self._scale = scale_of(weights)
        self._memory = threading.local()
        self._other: Self | None = None
        self._all = self.hide()

    def __len__(self) -> int:
        """How many listings it holds."""
        return self._holdings.size

    @classmethod
    def build(cls, listings: Iterable[Listing], weights: Weights = WEIGHTS) -> Self:
        """Index listings. About 0.1 ms each."""
        return cls(build(listings), weights)

    def save(self, path: Path) -> None:
        """Write into the folder `path`, atomically replacing an index there. One writer."""
        storing.save(self._holdings, path)

    @classmethod
    def open(cls, path: Path, weights: Weights = WEIGHTS) -> Self:
        """Map the index in the folder `path`; raises IndexUnusable if it is damaged or foreign."""
        return cls(storing.load(path), weights)

    def weighing(self, weights: Weights) -> Self:
        """The same listings under other weights. The arrays are shared, so is one such index."""
        if weights == self.weights:
            return self
        other = self._other
        if other is None or other.weights != weights:
            other = self._other = type(self)(self._holdings, weights)
        return other

    def search(
        self,
        person: Person,
        *,
        limit: int = 10,
        threshold: float = THRESHOLD,
        without: Hidden | None = None,
    ) -> list[Candidate]:
        """Listings that may be the traveller, best first, none below `threshold` (in nats).

        Those that `without` hides are as if they were not there. Any thread may call this at any
        time; the work is done without the GIL.
        """
        best: dict[int, tuple[Match, Asked]] = {}
        for asked in queries_of(person):
            for match in self._matches(asked, threshold, without):
                known = best.get(match.person)
                if known is None or match.score > known[0].score:
                    best[match.person] = (match, asked)
        ranked = sorted(best.values(), key=lambda found: (-found[0].score, found[0].person))
        return [
            candidate_of(match, asked, person, self._holdings, self._scratch(), self.weights)
            for match, asked in ranked[:limit]
        ]

    def hide(
        self, keys: Iterable[str] = (), *, day: int = 0, besides: Hidden | None = None
    ) -> Hidden:
        """Mark the listings of these keys, and those that do not count on a day (an ordinal).

        `besides` are marked already. A millisecond for a million; give what comes back to
        `search`. Keys that are not there are left aside.
        """
        texts = self._holdings.texts
        hidden = np.zeros(self._holdings.size, np.uint8) if besides is None else besides.copy()
        if day:
            hidden[(texts.first_day > day) | ((texts.last_day > 0) & (texts.last_day < day))] = 1
        for key in keys:
            if (person := person_of(key, texts)) is not None:
                hidden[person] = 1
        hidden.flags.writeable = False
        return hidden

    def _matches(self, asked: Asked, threshold: float, without: Hidden | None) -> list[Match]:
        scratch, lists = self._scratch(), self._holdings.lists
        hidden = self._all if without is None else without
        found = search(
            asked.words, asked.known, lists, hidden, scratch, self._scale, float(threshold)
        )
        results = scratch.results
        table = results.table.copy() if found else results.table
        return [
            Match(
                row := int(results.row[k]),
                int(lists.rows.person[row]),
                int(results.reading[k]),
                float(results.score[k]),
                table,
            )
            for k in range(found)
        ]

    def _scratch(self) -> Scratch:
        scratch: Scratch | None = getattr(self._memory, "scratch", None)
        if scratch is None:
            scratch = scratch_for(self._holdings.lists)
            self._memory.scratch = scratch
        return scratch

    @staticmethod
    def warm_up() -> None:
        """Compile, or load from the disk cache, everything a search needs."""
        born = (1974, 8, 12)
        listing = Listing("warm", ("ERIKSSON ANNA MARIA",), (born,), ("UTO",), "F")
        Index.build([listing]).search(Person(("ERIKSSON ANNA",), born, ("UTO",), "F"), threshold=0)
