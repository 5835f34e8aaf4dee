"""Invented alerts: persons, documents and vehicles some invented authority looks for."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from kordon.node.demo import cast
from kordon.node.demo.people import Person, Registry
from kordon.node.demo.traffic import invented_plate

NATIONS = {
    "KGZ": 17, "KAZ": 17, "UZB": 17, "TJK": 14, "TKM": 7, "RUS": 12, "TUR": 4, "CHN": 3, "AFG": 3,
    "IRN": 2, "AZE": 2, "IND": 1, "D": 1,
}  # fmt: skip
# Of a thousand alerts on persons: the list, its owner, what its entries ask for, how many.
LISTS = (
    ("MIA-BANS", "MIA", "entry_ban", 420),
    ("MIA-RETURNS", "MIA", "return_decision", 80),
    ("PROSECUTOR-WANTED", "PROSECUTOR", "arrest", 150),
    ("MIA-MISSING", "MIA", "missing_adult", 45),
    ("MIA-CHILDREN", "MIA", "missing_child", 25),
    ("PROSECUTOR-SUMMONS", "PROSECUTOR", "judicial_summons", 130),
    ("SECURITY-DISCREET", "SECURITY", "discreet_check", 60),
    ("SECURITY-INQUIRY", "SECURITY", "inquiry_check", 30),
    ("CUSTOMS-CHECKS", "CUSTOMS", "specific_check", 35),
    ("CUSTOMS-NOTICES", "CUSTOMS", "agency_notice", 25),
)
DOCUMENT_LISTS = (
    ("MIA-STOLEN", "MIA", "document_stolen", 450),
    ("MIA-LOST", "MIA", "document_lost", 350),
    ("MFA-INVALID", "MFA", "document_invalidated", 150),
    ("MFA-BLANKS", "MFA", "document_blank_stolen", 50),
)
VEHICLE_LISTS = (("MIA-VEHICLES", "MIA", "vehicle_seize", 1000),)
DOCUMENT_KNOWN = 0.25
ESTIMATED_BIRTH, OLDER_SPELLING, OWN_SCRIPT_ONLY = 0.06, 0.35, 0.12


Row = dict[str, str]
"""One line of a table as an agency hands it in; the columns are watchlist's own."""


def share(lists: Sequence[tuple[str, str, str, int]], count: int) -> list[int]:
    """``count`` cut up as the lists' shares ask; the first list takes what is left over."""
    parts = [count * each[3] // 1000 for each in lists]
    parts[0] += count - sum(parts)
    return parts


def draw_persons(registry: Registry, category: str, count: int) -> Iterator[Row]:
    """``count`` persons looked for, some of them only in their own script."""
    chance = registry.chance
    for number, nation in enumerate(_nations(chance, count), 1):
        person = registry.person(nation)
        if number == 1 and category == "entry_ban":
            person = cast.NAMESAKE_LISTED
        if category == "missing_child":
            age = timedelta(days=chance.randrange(900, 6200))
            person = replace(person, born=registry.today - age)
        name, others = _spellings(chance, person)
        estimated = chance.random() < ESTIMATED_BIRTH
        yield {
            "ref": f"{number:05d}",
            "name": name,
            "other names": others,
            "birth date": str(person.born.year) if estimated else person.born.isoformat(),
            "sex": person.sex,
            "nationality": person.nationality,
            "document number": person.paper.number if chance.random() < DOCUMENT_KNOWN else "",
            "issuer": person.nationality,
            "listed on": _earlier(registry, 330),
        }


def draw_documents(registry: Registry, category: str, count: int) -> Iterator[Row]:
    """Passports stolen, lost, invalidated or taken blank."""
    for number, nation in enumerate(_nations(registry.chance, count), 1):
        yield {
            "ref": f"{number:05d}",
            "document number": registry.paper(nation).number,
            "issuer": nation,
            "listed on": _earlier(registry, 1800),
        }


def draw_vehicles(registry: Registry, category: str, count: int) -> Iterator[Row]:
    """Vehicles to be seized."""
    for number in range(1, count + 1):
        country = registry.chance.choice(("KGZ", "KAZ", "UZB", "TJK", "TKM", "RUS"))
        yield {
            "ref": f"{number:05d}",
            "plate": invented_plate(registry.chance, country),
            "plate country": country,
            "listed on": _earlier(registry, 1500),
        }


def as_table(rows: Iterable[Row]) -> bytes:
    """The rows as the CSV file an agency would send; empty if there are none."""
    lines = list(rows)
    if not lines:
        return b""
    text = io.StringIO()
    table = csv.DictWriter(text, fieldnames=list(lines[0]))
    table.writeheader()
    table.writerows(lines)
    return text.getvalue().encode()


def _nations(chance: Random, count: int) -> list[str]:
    return chance.choices(list(NATIONS), list(NATIONS.values()), k=count)


def _earlier(registry: Registry, most: int) -> str:
    return (registry.today - timedelta(days=registry.chance.randrange(1, most))).isoformat()


def _spellings(chance: Random, person: Person) -> tuple[str, str]:
    """The name as listed, and what else it is written as."""
    name = person.name
    own, latin = name.printed, f"{name.mrz_surname} {name.mrz_given_names}"
    kind = chance.random()
    if kind < OWN_SCRIPT_ONLY:
        return own, ""
    if kind < OWN_SCRIPT_ONLY + OLDER_SPELLING:
        return " ".join(name.older_spelling()), own
    return latin, own if chance.random() < 0.5 else ""
