"""Who the invented people are, and how watchlists and passports write them."""

import random
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from kordon.lib.traveldocs import find_table, transliterate
from kordon.lib.traveldocs.names import read_name, write_name

from .orient import Chinese, SouthAsian
from .semites import Semites
from .slavs import Slavs
from .turan import NATIONS, Turan
from .urns import Chance, Written, by_weight
from .west import Europe, armenian, georgian, turkish

Born = tuple[int, int, int]
"""Year, month, day; 0 where unknown."""

NAME_FIELD = 39
"""Positions of a passport's name."""

# Who crosses borders of Central Asia and who is listed: hundredths, the same for both.
CULTURES = {
    "russian": 14, "ukrainian": 3, "kazakh": 12, "kyrgyz": 7, "uzbek": 12, "tajik": 10,
    "turkmen": 4, "caucasian": 5, "azeri": 3, "georgian": 2, "armenian": 2, "arabic": 8,
    "persian": 5, "turkish": 4, "chinese": 4, "south_asian": 4, "european": 5,
}  # fmt: skip
# Streams of chance of one number: what is told by one does not move when another asks for more.
_HUMAN, _LISTING, _PASSPORT, _INNOCENT, _STRANGER, _NAMES, _OFFICE = range(7)
_HOW_MANY_NAMES = by_weight({"1": 17, "2": 26, "3": 25, "4": 16, "5": 9, "6": 7})
_BORN_AS = by_weight({"full": 74.0, "year": 16.0, "month": 2.0, "none": 8.0})


class Human(NamedTuple):
    """Somebody, before anybody wrote him down."""

    culture: str
    sex: str
    born: Born
    nationality: str
    parts: tuple[str, ...]


class Listed(NamedTuple):
    """A person as a watchlist has her; names with `good`, `weak` or `original_script`."""

    number: int
    culture: str
    names: tuple[tuple[str, str], ...]
    births: tuple[Born, ...]
    nationalities: tuple[str, ...]
    sex: str
    truly_born: Born

    @property
    def born_in_full(self) -> bool:
        return any(day for _, _, day in self.births)

    @property
    def rightly_born(self) -> bool:
        """Whether the list has the full date that stands in the passport."""
        return self.truly_born in self.births

    @property
    def script(self) -> str:
        """`latin`, or in what other writing alone she is listed."""
        firm = [text for text, quality in self.names if quality != "weak"]
        if any(quality == "good" for _, quality in self.names) or not firm:
            return "latin"
        return writing_of(firm[0])


class Traveller(NamedTuple):
    """A person as a passport has her: the letters of the machine readable zone."""

    number: int
    culture: str
    surname: str
    given: str
    truncated: bool
    born: Born
    nationality: str
    sex: str
    kind: str = "plain"

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given}".strip()


class Culture(Protocol):
    """How people of one culture are named and written."""

    middle_last: bool

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]: ...
    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written | None: ...
    def latin(
        self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool
    ) -> Written: ...
    def shown_middle(self, chance: Chance) -> bool: ...
    def nationality(self, chance: Chance) -> str: ...


class Population:
    """All people of one seed, by number. Making one takes a few seconds: vocabularies."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._chance = random.Random()  # noqa: S311  # nosec B311 (the same people every time)
        self._cultures = _cultures(self._at(_NAMES, 0))
        self._culture = by_weight(dict(CULTURES))

    def human(self, number: int, *, innocent: bool = False) -> Human:
        chance = self._at(_STRANGER if innocent else _HUMAN, number)
        culture = self._culture(chance)
        sex = "M" if chance.random() < (0.6 if innocent else 0.75) else "F"
        own = self._cultures[culture]
        parts = own.invent(chance, sex)
        return Human(culture, sex, _born(chance), own.nationality(chance), parts)

    def listing(self, number: int) -> Listed:
        """How the list has person `number`."""
        human = self.human(number)
        chance = self._at(_LISTING, number)
        names = self._listed_names(human, chance)
        births = _listed_births(human.born, chance)
        nationalities: tuple[str, ...] = (human.nationality,) if chance.random() < 0.9 else ()
        if nationalities and chance.random() < 0.05:
            nationalities += (chance.choice(("RUS", "TUR", "SYR", "AFG")),)
        sex = human.sex if chance.random() < 0.85 else ""
        return Listed(number, human.culture, names, births, nationalities, sex, human.born)

    def listings(self, first: int, end: int) -> Iterator[Listed]:
        return map(self.listing, range(first, end))

    def traveller(
        self, number: int, *, in_full: bool = False, width: int = NAME_FIELD
    ) -> Traveller:
        """How the passport has person `number`, whose listing has that number.

        ``in_full``: with every name borne, also those passports of that country leave out;
        ``width``: the positions of the name field, 39 in a passport, 30 on a card.
        """
        human = self.human(number)
        return self._passport(number, human, self._at(_PASSPORT, number), in_full, width)

    def innocent(self, number: int) -> Traveller:
        """Somebody who is not listed: his number is negative."""
        human = self.human(number, innocent=True)
        chance = self._at(_INNOCENT, number)
        return self._passport(-number - 1, human, chance, False, NAME_FIELD)

    def chance_of(self, number: int) -> Chance:
        """Chance of its own for what is done with person `number` afterwards."""
        return random.Random(self._mixed(_OFFICE, number))  # noqa: S311  # nosec B311

    def _passport(
        self, number: int, human: Human, chance: Chance, in_full: bool, width: int
    ) -> Traveller:
        own = self._cultures[human.culture]
        written = own.latin(human.parts, human.sex, chance, passport=True)
        shown = bool(written.middle) and (own.shown_middle(chance) or in_full)
        given = f"{written.given} {written.middle}" if shown else written.given
        surname, given, cut = in_zone(written.surname, given, width)
        return Traveller(
            *(number, human.culture, surname, given, cut, human.born, human.nationality, human.sex)
        )

    def _listed_names(self, human: Human, chance: Chance) -> tuple[tuple[str, str], ...]:
        own = self._cultures[human.culture]
        native = own.native(human.parts, human.sex, chance)
        names = []
        for at in range(int(_HOW_MANY_NAMES(chance))):
            if native is not None and chance.random() < (0.18 if at == 0 else 0.25):
                written = own.native(human.parts, human.sex, chance) or native
            else:
                written = own.latin(human.parts, human.sex, chance, passport=False)
            names.append(_cased(_composed(written, own, chance), chance))
        if human.sex == "F" and chance.random() < 0.12:
            names.append(self._maiden_name(human, chance))
        graded = {name.casefold(): (name, _grade(name)) for name in reversed(names)}
        if chance.random() < 0.14:
            alias = self._weak_alias(human, chance)
            graded.setdefault(alias.casefold(), (alias, "weak"))
        return tuple(graded.values())

    def _weak_alias(self, human: Human, chance: Chance) -> str:
        """A nickname, a single name, a kunya: what lists call of low quality."""
        own = self._cultures[human.culture]
        written = own.latin(human.parts, human.sex, chance, passport=False)
        kind = chance.random()
        if kind < 0.3:
            return written.given.split()[0].title()
        if kind < 0.6:
            return written.given[:4].rstrip("aeiou").title() + chance.choice(_PET_ENDINGS)
        other = self._cultures["arabic"].invent(chance, "M")
        name = self._cultures["arabic"].latin(other, "M", chance, passport=False)
        return "Abu " + name.given.title()

    def _maiden_name(self, human: Human, chance: Chance) -> str:
        own = self._cultures[human.culture]
        parts = own.invent(chance, human.sex)
        changed: tuple[str, ...] = (parts[0], *human.parts[1:])
        if len(parts) == 5:  # the form of a surname goes with it
            changed = (*parts[:2], *human.parts[2:])
        written = own.latin(changed, human.sex, chance, passport=False)
        return _cased(_composed(written, own, chance), chance)

    def _at(self, stream: int, number: int) -> Chance:
        self._chance.seed(self._mixed(stream, number))
        return self._chance

    def _mixed(self, stream: int, number: int) -> int:
        return (self.seed << 64) | (stream << 48) | number


_PET_ENDINGS = ("ik", "ka", "chik", "a", "bek", "jan", "o", "sha", "y")


def _cultures(chance: Chance) -> dict[str, Culture]:
    nations: dict[str, Culture] = {name: Turan(chance, name) for name in NATIONS}
    others: dict[str, Culture] = {
        "russian": Slavs(chance, ukrainian=False),
        "ukrainian": Slavs(chance, ukrainian=True),
        "arabic": Semites(chance, persian=False),
        "persian": Semites(chance, persian=True),
        "turkish": turkish(chance),
        "georgian": georgian(chance),
        "armenian": armenian(chance),
        "chinese": Chinese(chance),
        "south_asian": SouthAsian(chance),
        "european": Europe(chance),
    }
    return nations | others


def _born(chance: Chance) -> Born:
    year = int(min(2008, max(1935, chance.gauss(1980, 14))))
    if chance.random() < 0.03:  # 1 January: nobody knew better
        return year, 1, 1
    return year, chance.randint(1, 12), chance.randint(1, 28)


def _listed_births(born: Born, chance: Chance) -> tuple[Born, ...]:
    """8 % without any, 16 % with the year only; of full ones 4 % wrong, 4 % with an alternative."""
    year, month, day = born
    known = _BORN_AS(chance)
    if known == "none":
        return ()
    if known != "full":
        return ((year, month if known == "month" else 0, 0),)
    error = chance.random()
    if error < 0.015 and day <= 12:
        return ((year, day, month),)
    if error < 0.04:
        return ((year + chance.choice((-2, -1, 1, 2)), month, day),)
    if error < 0.08:
        other = (year + chance.choice((-3, -1, 1, 4)), chance.randint(1, 12), chance.randint(1, 28))
        return (born, other) if chance.random() < 0.5 else (other, born)
    return (born,)


def _composed(written: Written, own: Culture, chance: Chance) -> str:
    """Surname first or last, the middle there or not."""
    surname, given, middle = written
    kind = chance.random()
    full = given if not middle or kind < 0.15 else f"{given} {middle}"
    first = 0.7 if own.middle_last else 0.2
    kind = chance.random()
    if kind < first:
        return f"{surname} {full}"
    return f"{full} {surname}" if kind < 0.9 else f"{surname}, {full}"


def _cased(text: str, chance: Chance) -> str:
    if chance.random() < 0.4 and writing_of(text) == "latin":
        return text.upper()
    return " ".join([word[:1].upper() + word[1:] for word in text.split(" ")])


def _grade(name: str) -> str:
    return "good" if writing_of(name) == "latin" else "original_script"


def writing_of(text: str) -> str:
    """Latin, or the writing of its first letter that is none."""
    for letter in text:
        if letter >= "\u0370" and letter.isalpha():
            for first, end, name in _WRITINGS:
                if first <= letter <= end:
                    return name
    return "latin"


_WRITINGS = (
    ("\u0400", "\u052f", "cyrillic"), ("\u0530", "\u058f", "armenian"),
    ("\u0600", "\u06ff", "arabic"), ("\u0900", "\u097f", "devanagari"),
    ("\u10a0", "\u10ff", "georgian"), ("\u4e00", "\u9fff", "chinese"),
)  # fmt: skip


def in_zone(surname: str, given: str, width: int = NAME_FIELD) -> tuple[str, str, bool]:
    """Both identifiers as the machine readable zone has them, and whether one was cut."""
    field = write_name(
        " ".join(map(_zoned, surname.split())), " ".join(map(_zoned, given.split())), width
    )
    return read_name(field)


@lru_cache(maxsize=400_000)
def _zoned(word: str) -> str:
    plain = word.replace("ə", "a").replace("Ə", "A")  # Azerbaijan's own rule; ICAO has none
    return transliterate(plain, find_table("icao-latin")).replace("<", " ")
