"""Drawing names as they are carried: few very often, very many hardly ever."""

import random
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

Chance = random.Random


class Written(NamedTuple):
    """A name in one writing; `middle` is what stands between, or is left out first."""

    surname: str
    given: str
    middle: str = ""


class Urn:
    """Items by falling frequency, 1 / (rank + flat) ** steep."""

    def __init__(self, items: Sequence[str], *, steep: float, flat: float) -> None:
        self._items = items
        self._sums = list(accumulate(1 / (rank + flat) ** steep for rank in range(len(items))))

    def __len__(self) -> int:
        return len(self._items)

    def draw(self, chance: Chance) -> str:
        return self._items[bisect(self._sums, chance.random() * self._sums[-1])]


def ranked(items: Sequence[str], chance: Chance) -> list[str]:
    """Each once, about in the order given: how common a name is differs from seed to seed."""
    once = list(dict.fromkeys(items))
    place = {item: (rank + 3) * chance.uniform(0.4, 2.5) for rank, item in enumerate(once)}
    return sorted(once, key=place.__getitem__)


def roots(sounds: "Sounds", number: int, chance: Chance) -> list[str]:
    """Invented roots of words, each once: the long tail no dictionary of names has."""
    found: dict[str, None] = {}
    make = sounds.makers(chance)
    while len(found) < number:
        found.setdefault(next(make))
    return list(found)


class Sounds(NamedTuple):
    """What syllables of a language are made of, separated by blanks; often means more often."""

    onsets: str
    vowels: str
    codas: str
    inner: str = ""
    """What may stand between two vowels; onsets if nothing is said."""
    longest: int = 3

    def makers(self, chance: Chance) -> Iterator[str]:
        onsets, vowels, codas = self.onsets.split(), self.vowels.split(), self.codas.split()
        inner = self.inner.split() or onsets
        pick: Callable[[Sequence[str]], str] = chance.choice
        lengths = range(1, self.longest + 1)
        weights = [2.0, 6.0, 3.0, 1.0][: self.longest]
        while True:
            (syllables,) = chance.choices(lengths, weights)
            word = pick(onsets) + pick(vowels)
            for _ in range(syllables - 1):
                word += pick(inner) + pick(vowels)
            yield word + pick(codas)


def by_weight(table: dict[str, float]) -> Callable[[Chance], str]:
    """Draws keys by their weights."""
    urn, sums = list(table), list(accumulate(table.values()))
    return lambda chance: urn[bisect(sums, chance.random() * sums[-1])]
