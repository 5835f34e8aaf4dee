"""The agencies, posts and people of the demonstration, as facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from kordon.accounts.facts import (
    AgencyRegistered,
    BoothSetUp,
    LaneClass,
    LaneDirection,
    LaneOpened,
    Mode,
    PersonEnrolled,
    PostingGiven,
    PostRegistered,
    PostStatus,
)
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.node.demo import staff
from kordon.node.demo.people import draw_name

POSTED_FOR = timedelta(days=400)
SEEDER = Actor(id=uuid5(NAMESPACE_URL, "kordon:demo"), name="demo", agency=staff.OWN_AGENCY)
"""In whose name the world of the demonstration is laid down."""


def seeder() -> Actor:
    """``SEEDER`` with every right, to call commands with."""
    return replace(SEEDER, rights=frozenset((*COMMANDS, *QUERIES)))


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The invented officers of each post, by whom the history was written."""

    officers: dict[str, tuple[Actor, ...]]

    def on_duty(self, post: str, at: datetime, seat: int) -> Actor:
        """Who sits on this seat then: shifts change at eight and at twenty; nobody sits twice."""
        crew = self.officers[post]
        shift = at.toordinal() * 2 + (at.hour >= 8) + (at.hour >= 20)
        return crew[(shift + seat * 3) % len(crew)]


def lay_down(
    today: date,
    password_hash: str,
    places: Sequence[staff.Place] = staff.PLACES,
    colleagues: Sequence[staff.Colleague] = staff.COLLEAGUES,
) -> Iterator[tuple[Any, Actor]]:
    """Every fact about who works where, in the order they build on each other."""
    yield from _agencies()
    for place in places:
        yield from _post(place)
    for number, colleague in enumerate(colleagues, 1):
        yield from _colleague(colleague, number, today, password_hash)


def _agencies() -> Iterator[tuple[Any, Actor]]:
    for code, name in staff.AGENCIES.items():
        yield AgencyRegistered(agency=code, name=name, own=code == staff.OWN_AGENCY), SEEDER


def _post(place: staff.Place) -> Iterator[tuple[Any, Actor]]:
    registered = PostRegistered(
        post=place.post,
        name=place.name,
        agency=staff.OWN_AGENCY,
        mode=Mode(place.mode),
        status=PostStatus.INTERNATIONAL,
        neighbour=place.neighbour,
        region=place.region,
        time_zone=settings.TIME_ZONE,
        latitude=place.latitude,
        longitude=place.longitude,
        opening_hours=place.opening_hours,
    )
    yield registered, SEEDER
    for lane, lane_class, direction, booths in place.lanes:
        opened = LaneOpened(
            post=place.post,
            lane=lane,
            lane_class=LaneClass(lane_class),
            direction=LaneDirection(direction),
        )
        yield opened, SEEDER
        for booth in booths:
            yield BoothSetUp(post=place.post, booth=booth, lane=lane), SEEDER


def _colleague(
    colleague: staff.Colleague, number: int, today: date, password_hash: str
) -> Iterator[tuple[Any, Actor]]:
    person = person_of(colleague.login)
    enrolled = PersonEnrolled(
        person=person,
        login=colleague.login,
        name=f"{colleague.name} (demo)",
        service_number=f"D{number:03d}",
        agency=colleague.agency,
        password=password_hash,
        code_until=None,
    )
    yield enrolled, SEEDER
    yield (
        PostingGiven(
            posting=uuid5(person, colleague.role),
            person=person,
            role=colleague.role,
            post=colleague.post,
            since=today - POSTED_FOR,
        ),
        SEEDER,
    )


def person_of(login: str) -> UUID:
    """The demonstration account of this login, the same in every demonstration."""
    return uuid5(NAMESPACE_URL, f"kordon:demo:{login}")


def make_roster(chance: Random) -> Roster:
    """Officers who wrote the history. They have no accounts: nobody can sign in as them."""
    return Roster(
        officers={
            post: tuple(_officer(chance, post, number) for number in range(count))
            for post, count in staff.OFFICERS_PER_POST.items()
        }
    )


def _officer(chance: Random, post: str, number: int) -> Actor:
    name = draw_name(chance, "UTO", chance.choice("MF"))
    return Actor(
        id=person_of(f"{post}-{number}"),
        name=f"{name.mrz_given_names[0]}. {name.mrz_surname.title()}",
        agency=staff.OWN_AGENCY,
        post=post,
    )
