"""Invented travellers: names put together by chance, birth dates, papers from invented ranges.

The same seed gives the same people on every machine. Document numbers carry two zeros
after the letters their issuer uses, a range no issuer has reached.
"""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from kordon.node.demo.naming import SURNAMES, as_it_stands, patronymic
from kordon.node.demo.romanising import romanise

TONGUES = (
    "kazakh", "kyrgyz", "tajik", "turkmen", "uzbek", "russian", "persian", "chinese", "turkish",
    "german", "indian", "utopian",
)  # fmt: skip
SERIES = {
    "KAZ": "N00", "KGZ": "PE00", "TJK": "400", "TKM": "A00", "UZB": "FA00", "RUS": "000",
    "CHN": "EA00", "TUR": "U00", "AZE": "C00", "D": "C00", "AUT": "U00", "IND": "Z00",
    "AFG": "P00", "IRN": "B00", "UTO": "L00",
}  # fmt: skip
NUMBER_LENGTH = 9
CHILD, GROWN, OLD = 0.07, 0.85, 0.08
YEAR = 365.25


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name in its own script and in the letters of the machine readable zone."""

    surname: str
    given_names: str
    patronymic: str
    mrz_surname: str
    mrz_given_names: str
    tongue: str

    @property
    def printed(self) -> str:
        return " ".join(part for part in (self.surname, self.given_names, self.patronymic) if part)

    def older_spelling(self) -> tuple[str, str]:
        """Surname and given names as older papers romanise them; the same where none differ."""
        if words(self.tongue)["script"] != ["cyrillic"]:
            return self.mrz_surname, self.mrz_given_names
        return (
            romanise(self.surname, self.tongue, older=True),
            romanise(self.given_names, self.tongue, older=True),
        )


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A passport, as far as a crossing remembers it."""

    number: str
    issuer: str
    expiry: date


@dataclass(frozen=True, kw_only=True)
class Person:
    """An invented traveller."""

    name: Name
    born: date
    sex: str
    nationality: str
    paper: Paper


@dataclass
class Registry:
    """Draws people; every document number once."""

    chance: Random
    today: date
    drawn: dict[str, int] = field(default_factory=dict)

    def person(self, nationality: str) -> Person:
        sex = "M" if self.chance.random() < 0.58 else "F"
        born = self.birth_date()
        return Person(
            name=draw_name(self.chance, nationality, sex),
            born=born,
            sex=sex,
            nationality=nationality,
            paper=self.paper(nationality),
        )

    def birth_date(self) -> date:
        """Ages as at a border: few children, few over seventy."""
        kind = self.chance.random()
        if kind < CHILD:
            age = self.chance.uniform(0.5, 17)
        elif kind < CHILD + GROWN:
            age = 18 + 52 * self.chance.betavariate(1.6, 2.6)
        else:
            age = self.chance.uniform(70, 88)
        return self.today - timedelta(days=int(age * YEAR))

    def paper(self, issuer: str) -> Paper:
        count = self.drawn[issuer] = self.drawn.get(issuer, 0) + 1
        series = SERIES[issuer]
        number = f"{series}{count:0{NUMBER_LENGTH - len(series)}d}"
        left = self.chance.randrange(120, 3300)
        return Paper(number=number, issuer=issuer, expiry=self.today + timedelta(days=left))

    def renewed(self, person: Person) -> Person:
        """The same person with another passport."""
        return replace(person, paper=self.paper(person.paper.issuer))


@cache
def words(tongue: str) -> dict[str, list[str]]:
    """The word lists of one tongue."""
    path = Path(__file__).parent / "names" / f"{tongue}.toml"
    found: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def tongues_of(nationality: str) -> tuple[str, ...]:
    """The tongues names of this nationality's documents come in."""
    return tuple(each for each in TONGUES if nationality in words(each)["nationalities"])


def draw_name(chance: Random, nationality: str, sex: str) -> Name:
    """A name by chance; a tongue that names the nationality first is six times as likely."""
    tongues = tongues_of(nationality)
    weights = [6 if words(each)["nationalities"][0] == nationality else 1 for each in tongues]
    tongue = chance.choices(tongues, weights)[0]
    lists = words(tongue)
    given = chance.choice(lists["male" if sex == "M" else "female"])
    stem = chance.choice(lists["stems"])
    if "|" in stem:
        return _from_pairs(stem, given, tongue)
    surname = SURNAMES.get(tongue, as_it_stands)(stem, sex, chance)
    father = chance.choice(lists.get("fathers", lists["male"]))
    return make_name(tongue, surname, given, father, sex)


def make_name(tongue: str, surname: str, given: str, father: str, sex: str) -> Name:
    """A name from its words in their own script."""
    return Name(
        surname=surname,
        given_names=given,
        patronymic=patronymic(tongue, father, sex) if father else "",
        mrz_surname=romanise(surname, tongue),
        mrz_given_names=romanise(given, tongue),
        tongue=tongue,
    )


def _from_pairs(surname: str, given: str, tongue: str) -> Name:
    (own_surname, latin_surname), (own_given, latin_given) = surname.split("|"), given.split("|")
    return Name(
        surname=own_surname,
        given_names=own_given,
        patronymic="",
        mrz_surname=latin_surname,
        mrz_given_names=latin_given,
        tongue=tongue,
    )
