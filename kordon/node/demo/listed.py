"""Invented alerts: persons, documents and vehicles some invented authority looks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from kordon.node.demo.people import Person, Registry
from kordon.node.demo.traffic import invented_plate

NATIONS = {
    "KGZ": 17, "KAZ": 17, "UZB": 17, "TJK": 14, "TKM": 7, "RUS": 12, "TUR": 4, "CHN": 3, "AFG": 3,
    "IRN": 2, "AZE": 2, "IND": 1, "D": 1, "UTO": 5,
}  # fmt: skip
# Category, how many of a thousand, and the agencies that own such alerts.
CATEGORIES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("entry_ban", 420, ("MIA", "BORDER", "SECURITY")),
    ("return_decision", 70, ("MIA",)),
    ("arrest", 140, ("MIA", "PROSECUTOR")),
    ("missing", 60, ("MIA",)),
    ("vulnerable", 20, ("MIA",)),
    ("judicial", 130, ("PROSECUTOR",)),
    ("discreet", 60, ("SECURITY",)),
    ("inquiry", 30, ("SECURITY", "CUSTOMS")),
    ("specific", 30, ("CUSTOMS", "SECURITY")),
    ("agency", 40, ("CUSTOMS", "MFA")),
)
ESTIMATED_BIRTH, OLDER_SPELLING, OWN_SCRIPT_ONLY = 0.06, 0.35, 0.12


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """Somebody looked for. ``born`` is ``1974``, ``1974-08-12`` or empty."""

    reference: str
    category: str
    owner: str
    name: str
    aliases: tuple[str, ...]
    born: str
    sex: str
    nationality: str
    document: str = ""
    since: date


@dataclass(frozen=True, kw_only=True)
class ListedDocument:
    """A document stolen, lost or invalidated."""

    reference: str
    category: str
    number: str
    issuer: str
    since: date


@dataclass(frozen=True, kw_only=True)
class ListedVehicle:
    """A vehicle looked for."""

    reference: str
    category: str
    plate: str
    country: str
    since: date


def draw_persons(registry: Registry, count: int) -> Iterator[ListedPerson]:
    """``count`` persons over all categories, many of them only in their own script."""
    chance = registry.chance
    kinds = chance.choices(CATEGORIES, [share for _, share, _ in CATEGORIES], k=count)
    nations = chance.choices(list(NATIONS), list(NATIONS.values()), k=count)
    for number, ((category, _, owners), nation) in enumerate(zip(kinds, nations, strict=True), 1):
        person = registry.person(nation)
        if category == "missing" and chance.random() < 0.3:
            person = replace(
                person, born=registry.today - timedelta(days=chance.randrange(900, 6200))
            )
        owner = chance.choice(owners)
        yield _listed(registry, person, category, owner, f"{owner}-{number:05d}")


def _listed(
    registry: Registry, person: Person, category: str, owner: str, reference: str
) -> ListedPerson:
    chance = registry.chance
    name, aliases = _spellings(chance, person)
    born = str(person.born.year) if chance.random() < ESTIMATED_BIRTH else person.born.isoformat()
    return ListedPerson(
        reference=reference,
        category=category,
        owner=owner,
        name=name,
        aliases=aliases,
        born=born,
        sex=person.sex,
        nationality=person.nationality,
        document=person.paper.number if chance.random() < 0.25 else "",
        since=registry.today - timedelta(days=chance.randrange(1, 330)),
    )


def _spellings(chance: Random, person: Person) -> tuple[str, tuple[str, ...]]:
    """The name as listed, and what else it is written as."""
    name = person.name
    own = name.printed
    latin = f"{name.mrz_surname} {name.mrz_given_names}"
    kind = chance.random()
    if kind < OWN_SCRIPT_ONLY:
        return own, ()
    if kind < OWN_SCRIPT_ONLY + OLDER_SPELLING:
        return " ".join(name.older_spelling()), (own,) if own.upper() != latin else ()
    return latin, (own,) if chance.random() < 0.5 and own.upper() != latin else ()


def draw_documents(registry: Registry, count: int) -> Iterator[ListedDocument]:
    """Passports stolen, lost, invalidated or taken blank."""
    chance = registry.chance
    kinds = chance.choices(("stolen", "lost", "invalidated", "blank"), (45, 35, 15, 5), k=count)
    nations = chance.choices(list(NATIONS), list(NATIONS.values()), k=count)
    for number, (kind, nation) in enumerate(zip(kinds, nations, strict=True), 1):
        yield ListedDocument(
            reference=f"MIA-D{number:05d}",
            category=kind,
            number=registry.paper(nation).number,
            issuer=nation,
            since=registry.today - timedelta(days=chance.randrange(1, 1800)),
        )


def draw_vehicles(registry: Registry, count: int) -> Iterator[ListedVehicle]:
    """Vehicles stolen or to be looked into."""
    chance = registry.chance
    for number in range(1, count + 1):
        country = chance.choice(("UTO", "KGZ", "KAZ", "UZB", "TJK", "RUS"))
        yield ListedVehicle(
            reference=f"MIA-V{number:04d}",
            category="vehicle",
            plate=invented_plate(chance, country),
            country=country,
            since=registry.today - timedelta(days=chance.randrange(1, 1500)),
        )
