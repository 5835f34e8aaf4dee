"""Headquarters of a country with two posts, each a node of its own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone

from kordon.accounts import actors, commands
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.facts import LaneClass, LaneDirection, Mode, PostStatus
from kordon.accounts.models import Person
from kordon.journal.reacting import react
from kordon.measure.nodes import EVERYTHING, Nodes
from kordon.network import steps
from kordon.network.desk import Headquarters

PASSWORD = "four mild horses"
HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch):
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture
def nodes(django_db_blocker):
    with django_db_blocker.unblock(), Nodes() as made:
        yield made


@pytest.fixture
def hq(nodes):
    """Headquarters: the default roles, an agency, two posts with a lane and two booths."""
    made = nodes.hq()
    with made.here():
        commands.begin_node(
            by=EVERYTHING,
            agency="BORDER",
            agency_name="Border Service",
            login="chief",
            name="Chief",
            password="seven calm rivers",
        )
        for post in ("AKSUU", "SARYTAL"):
            found_post(post)
        react()
    return made


@pytest.fixture
def aksuu(nodes, hq):
    return nodes.post("AKSUU", hq)


@pytest.fixture
def sarytal(nodes, hq):
    return nodes.post("SARYTAL", hq)


def found_post(post):
    described = PostDescription(
        name=post.title(),
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.INTERNATIONAL,
        time_zone="Asia/Almaty",
    )
    commands.register_post(by=EVERYTHING, post=post, description=described)
    opened = {"lane_class": LaneClass.CARS, "direction": LaneDirection.ENTRY}
    commands.open_lane(by=EVERYTHING, post=post, lane="A", **opened)
    for booth in "12":
        commands.set_up_booth(by=EVERYTHING, post=post, booth=booth, lane="A")


def enrol(hq, name, *posts, role="first_line_officer", days=None):
    """Somebody with a one-time code, posted at these posts ("": everywhere), told to them."""
    with hq.here():
        made = commands.enrol_person(
            by=EVERYTHING, person=uuid4(), login=name.lower(), name=name, agency="BORDER"
        )
        for post in posts:
            give(hq, made.person.id, post, role, days)
        react()
    return made


def give(hq, person, post, role="first_line_officer", days=None):
    today = timezone.localdate()
    with hq.here():
        posting = commands.give_posting(
            by=EVERYTHING,
            posting=uuid4(),
            person=person,
            role=role,
            post=post,
            since=today,
            until=today + timedelta(days=days) if days else None,
        )
        react()
    return posting.id


def down(hq, *posts):
    """All that headquarters has for these posts arrives there."""
    for post in posts:
        with post.here():
            channels = steps.channels()
        for channel in channels:
            while pull(hq, post, channel):
                pass


def pull(hq, post, channel):
    with post.here():
        after = steps.cursor(channel)
    with hq.here():
        packed = Headquarters().give(post.name, channel, after)
    if packed:
        with post.here():
            assert steps.take(packed) == ()
            react()
    return bool(packed)


def up(post, hq):
    """All that a post recorded arrives at headquarters."""
    while True:
        with post.here():
            packed = steps.pack(steps.begin())
        if packed is None:
            return
        with hq.here():
            answer = Headquarters().take(post.name, packed.sent)
            react()
        with post.here():
            assert steps.hear_answer(answer).taken


def sign_in(node, login, password=PASSWORD):
    with node.here():
        return commands.sign_in(by=actors.visitor(), login=login, password=password, address=HERE)


def choose(node, login, old, new=PASSWORD):
    """Sign in somewhere and choose a password."""
    signed = sign_in(node, login, old)
    with node.here():
        by = actors.person_alone(signed.person)
        commands.change_password(by=by, old=old, new=new, address=HERE, session=signed.session)


def hash_at(node, login):
    with node.here():
        return Person.objects.get(login=login).password
