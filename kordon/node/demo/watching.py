"""The watchlist of the demonstration: lists of agencies as editions, and alerts raised by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS
from kordon.journal.writing import record_many, writing
from kordon.node.demo import cast, staff
from kordon.node.demo.founding import person_of
from kordon.node.demo.listed import (
    DOCUMENT_LISTS,
    LISTS,
    VEHICLE_LISTS,
    Row,
    as_table,
    draw_documents,
    draw_persons,
    draw_vehicles,
    share,
)
from kordon.node.demo.people import Person, Registry
from kordon.watchlist.commands import approve_edition, import_edition
from kordon.watchlist.facts import AlertApproved, AlertRaised, Deed
from kordon.watchlist.lists import Profile
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.rules import longest_review
from kordon.watchlist.sources import Kind, Options, Quality

Draw = Callable[[Registry, str, int], Iterator[Row]]
Said = Callable[[str, int, int], None]
BY_HAND = 60
WAITING = 3
"""Of those raised by hand, how many a second officer has yet to look at."""
BASIS = "Border Act of Utopia (demonstration), section 12"
LEGAL_REVIEW = "Looked at by the legal department; demonstration, no real case."
PROPORTIONALITY = (
    "Invented for the demonstration: a milder measure was considered and would not do."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One alert raised by hand."""

    key: str
    owner: str
    particulars: Particulars
    waiting: bool = False


def officers_of(agency: str) -> tuple[Actor, Actor]:
    """Who raises and who approves in an agency: two people, always."""
    logins = [each.login for each in staff.COLLEAGUES if each.agency == agency == "MIA"]
    raises, approves = (*logins, f"{agency}-raises", f"{agency}-approves")[:2]
    rights = frozenset(COMMANDS)
    names = {each.login: f"{each.name} (demo)" for each in staff.COLLEAGUES}
    return (
        Actor(
            id=person_of(raises),
            name=names.get(raises, f"A. Ashgrove, {agency}"),
            agency=agency,
            rights=rights,
        ),
        Actor(
            id=person_of(approves),
            name=names.get(approves, f"P. Pellworth, {agency}"),
            agency=agency,
            rights=rights,
        ),
    )


def import_lists(
    registry: Registry, persons: int, documents: int, vehicles: int, said: Said
) -> int:
    """Every agency hands in its lists and a second officer puts them in force; how many rows."""
    jobs = [
        *_jobs(LISTS, persons, draw_persons, Kind.PERSON),
        *_jobs(DOCUMENT_LISTS, documents, draw_documents, Kind.DOCUMENT),
        *_jobs(VEHICLE_LISTS, vehicles, draw_vehicles, Kind.VEHICLE),
    ]
    total, done = sum(job[1] for job in jobs), 0
    with writing():
        for listed, count, draw, kind in jobs:
            said("alerts", done, total)
            if count:
                _import(registry, listed, as_table(draw(registry, listed[2], count)), kind)
            done += count
    said("alerts", total, total)
    return total


def _jobs(
    lists: tuple[tuple[str, str, str, int], ...], count: int, draw: Draw, kind: Kind
) -> list[tuple[tuple[str, str, str, int], int, Draw, Kind]]:
    parts = share(lists, count)
    return [(listed, part, draw, kind) for listed, part in zip(lists, parts, strict=True)]


def _import(
    registry: Registry, listed: tuple[str, str, str, int], content: bytes, kind: Kind
) -> None:
    name, owner, category, _ = listed
    raises, approves = officers_of(owner)
    profile = Profile(
        list=name,
        title=f"{staff.AGENCIES[owner]}: {category.replace('_', ' ')} (demonstration)",
        format="table",
        category=Category(category),
        legal_basis=BASIS,
        legal_review=LEGAL_REVIEW,
    )
    edition = uuid5(NAMESPACE_URL, f"kordon:demo:{name}")
    import_edition(
        by=raises,
        edition=edition,
        profile=profile,
        content=content,
        filename=f"{name.lower()}-{registry.today.isoformat()}.csv",
        options=Options(kind=kind.value),
    )
    approve_edition(by=approves, edition=edition)


def raise_by_hand(registry: Registry) -> int:
    """Alerts officers wrote one by one: those of the scenario cards and some sixty more."""
    wanted = [*_of_cards(), *_by_chance(registry)]
    with writing():
        return record_many(_facts(wanted, registry.today))


def _facts(wanted: list[Wanted], today: date) -> Iterator[tuple[Any, Actor]]:
    for each in wanted:
        raises, approves = officers_of(each.owner)
        alert = alert_of(each.key)
        since = today - timedelta(days=20)
        raised = AlertRaised(
            alert=alert,
            owner=each.owner,
            particulars=each.particulars,
            low_quality=False,
            valid_from=since,
            review_on=longest_review(each.particulars.category, since, each.particulars.births),
        )
        yield raised, raises
        if not each.waiting:
            yield AlertApproved(alert=alert, deed=Deed.RAISE), approves


def alert_of(key: str) -> UUID:
    """The alert of a scenario card, or of a number among those raised by hand."""
    return uuid5(NAMESPACE_URL, f"kordon:demo:alert:{key}")


def _of_cards() -> Iterator[Wanted]:
    stolen = cast.STOLEN.person.paper
    yield Wanted(
        key=cast.STOLEN.key,
        owner="MIA",
        particulars=_said(
            Category.DOCUMENT_STOLEN,
            "MIA-2026-0117",
            kind=Kind.DOCUMENT,
            documents=(DocumentGiven(number=stolen.number, issuer=stolen.issuer),),
        ),
    )
    yield Wanted(
        key=cast.ROMANISED.key,
        owner="MIA",
        particulars=_person(Category.ENTRY_BAN, "MIA-2026-0302", cast.ROMANISED.person),
    )
    yield Wanted(
        key=cast.DISCREET.key,
        owner="SECURITY",
        particulars=_person(Category.DISCREET_CHECK, "SC-77-26", cast.DISCREET.person),
    )
    yield Wanted(
        key=cast.BANNED.key,
        owner="MIA",
        particulars=_person(Category.ENTRY_BAN, "MIA-2026-0344", cast.BANNED.person, latin=True),
    )
    waits = cast.WAITING[0]
    yield Wanted(
        key=waits.key,
        owner="MIA",
        particulars=_person(Category.ENTRY_BAN, "MIA-2026-0358", waits.person, latin=True),
    )


def _by_chance(registry: Registry) -> Iterator[Wanted]:
    chance = registry.chance
    kinds = (
        (Category.ENTRY_BAN, "MIA"),
        (Category.MISSING_ADULT, "MIA"),
        (Category.ARREST, "PROSECUTOR"),
        (Category.INQUIRY_CHECK, "SECURITY"),
        (Category.SPECIFIC_CHECK, "CUSTOMS"),
    )
    for number in range(BY_HAND):
        # The last ones are of the ministry whose demonstration officers can approve them.
        waits = number >= BY_HAND - WAITING
        category, owner = kinds[0] if waits else chance.choice(kinds)
        person = registry.person(_nation(chance))
        reference = f"{owner[:3]}-2026-{1000 + number}"
        particulars = _person(category, reference, person, latin=chance.random() < 0.6)
        yield Wanted(key=str(number), owner=owner, particulars=particulars, waiting=waits)


def _nation(chance: Random) -> str:
    return chance.choice(("KGZ", "KAZ", "UZB", "TJK", "RUS"))


def _person(
    category: Category, reference: str, person: Person, *, latin: bool = False
) -> Particulars:
    day, name = person.born, person.name
    names = [NameGiven(name.printed, Quality.ORIGINAL_SCRIPT)]
    if latin:
        names.insert(0, NameGiven(f"{name.mrz_surname} {name.mrz_given_names}"))
    return _said(
        category,
        reference,
        kind=Kind.PERSON,
        names=tuple(names),
        births=((day.year, day.month, day.day),),
        nationalities=(person.nationality,),
        sex=person.sex,
    )


def _said(category: Category, reference: str, **identity: Any) -> Particulars:
    return Particulars(
        category=category,
        case_reference=reference,
        legal_basis=BASIS,
        proportionality=PROPORTIONALITY,
        **identity,
    )
