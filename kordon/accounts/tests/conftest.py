"""People, posts and roles that the tests of this app stand on."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kordon.accounts import actors, commands
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.facts import (
    AgencyRegistered,
    LaneClass,
    LaneDirection,
    Mode,
    PasswordChanged,
    PostingGiven,
    PostStatus,
)
from kordon.accounts.models import Person
from kordon.journal.writing import record, writing

PASSWORD = "four mild horses"
HERE = "192.0.2.7"
ELSEWHERE = "203.0.113.9"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch):
    """Argon2 as always, with little memory: a test needs no protection from graphics cards."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture
def north(ada):
    """The post NORTH of the agency BORDER: lane A, booths 1 and 2; and the default roles."""
    with writing():
        record(AgencyRegistered(agency="BORDER", name="Border Service", own=True), by=ada)
        commands.load_default_roles(by=ada)
        post = commands.register_post(
            by=ada,
            post="NORTH",
            description=PostDescription(
                name="North Gate",
                agency="BORDER",
                mode=Mode.ROAD,
                status=PostStatus.INTERNATIONAL,
                time_zone="Asia/Almaty",
            ),
        )
        commands.open_lane(
            by=ada,
            post="NORTH",
            lane="A",
            lane_class=LaneClass.CARS,
            direction=LaneDirection.ENTRY,
        )
        for booth in "12":
            commands.set_up_booth(by=ada, post="NORTH", booth=booth, lane="A")
    return post


@pytest.fixture
def people(ada, north):
    """``people("Dora", "first_line_officer", "NORTH")`` enrols somebody who chose PASSWORD."""

    def enrol(name: str, *roles: str, post: str = "", number: int = 0) -> Person:
        person = UUID(int=number) if number else uuid4()
        enrolled = commands.enrol_person(
            by=ada, person=person, login=name.lower(), name=name, agency="BORDER"
        )
        with writing():
            hashed = commands.people.passwords.hash_password(PASSWORD)
            record(PasswordChanged(person=person, password=hashed), by=ada)
            for role in roles:
                what = PostingGiven(
                    posting=uuid4(), person=person, role=role, post=post, since=timezone.localdate()
                )
                record(what, by=ada)
        enrolled.person.refresh_from_db()
        return enrolled.person

    return enrol


@pytest.fixture
def dora(people):
    """A first line officer of NORTH."""
    return people("Dora", "first_line_officer", post="NORTH")


@pytest.fixture
def adam(people):
    """A system administrator."""
    return people("Adam", "system_administrator")


def at_work(person: Person):
    """The actor this person is today."""
    return actors.officer_off_session(person)


def sign_in(person: Person, address: str = HERE):
    return commands.sign_in(
        by=actors.visitor(), login=person.login, password=PASSWORD, address=address
    )


@pytest.fixture
def browser():
    """``browser(person)`` is a browser where this person has signed in."""

    def open_for(person):
        client = Client(REMOTE_ADDR=HERE)
        answer = client.post(
            reverse("accounts:sign_in"), {"login": person.login, "password": PASSWORD}
        )
        assert answer.status_code == 302, answer.content
        return client

    return open_for


def url(name, **where):
    return reverse(f"accounts:{name}", kwargs=where)
