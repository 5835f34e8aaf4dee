"""Every address is asked for by nobody, and by somebody in every role: who may not, cannot."""

import dataclasses
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone

from kordon.accounts import commands
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.default_roles import default_roles, fixed_rights
from kordon.accounts.facts import (
    AgencyRegistered,
    Mode,
    PasswordChanged,
    PostingGiven,
    PostStatus,
)
from kordon.accounts.passwords import hash_password
from kordon.journal.writing import record, writing
from tests.addresses import UNDECLARED, addresses

PASSWORD = "four mild horses"
PAGES = [address for address in addresses() if not address.api]
OPERATIONS = [address for address in addresses() if address.api]
ROLES = {role.code: role.rights | fixed_rights("everybody") for role in default_roles()}
# A node is known by its signature, not by a session (kordon/network/https/doors.py).
FOR_NODES = (
    "push",
    "pull",
    "fetch",
    "offer",
    "report",
    "news",
    "enrol",
    "look_up",
    "rotate",
    "renew",
)
NOT_HERE, NOT_THIS_WAY, FORBIDDEN, NOT_SIGNED_IN = 404, 405, 403, 401


def test_every_address_declares_its_right():
    undeclared = [address.name for address in addresses() if address.right == UNDECLARED]
    assert undeclared == []


def test_what_is_public_is_known():
    """Whoever opens a door to everybody says so here too."""
    public = {address.name for address in addresses() if address.right is None}
    assert public <= {
        "accounts:sign_in",
        "accounts:lock",
        "accounts:locked",
        "accounts:sign_out",
        "api:openapi-json",
        "api:openapi-view",
        "health",
        *(f"network:{call}" for call in FOR_NODES),
        "network:succession",  # public keys and what they signed, which proves itself
        "ui:awake",
        "ui:gallery",
        "ui:language",
        "ui:theme",
    }


@pytest.fixture
def signed_in(ada, client, monkeypatch):
    """``signed_in(role)``: a browser in which somebody with that role alone has signed in."""
    for cost, value in (("memory_cost", 64), ("time_cost", 1), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, cost, value)
    described = PostDescription(
        name="North Gate",
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.INTERNATIONAL,
        time_zone="Asia/Almaty",
    )
    with writing():
        record(AgencyRegistered(agency="BORDER", name="Border Service", own=True), by=ada)
        commands.load_default_roles(by=ada)
        commands.register_post(by=ada, post="NORTH", description=described)

    def sign_in(role: str):
        boss = dataclasses.replace(ada, id=uuid4())
        person = uuid4()
        commands.enrol_person(by=boss, person=person, login=role, name="Zara", agency="BORDER")
        with writing():
            record(PasswordChanged(person=person, password=hash_password(PASSWORD)), by=boss)
            since = timezone.localdate()
            posting = PostingGiven(
                posting=uuid4(), person=person, role=role, post="NORTH", since=since
            )
            record(posting, by=boss)
        sent = client.post("/accounts/sign-in/", {"login": role, "password": PASSWORD})
        assert sent.status_code == 302
        return client

    return sign_in


def test_nobody_gets_in_without_signing_in(client, db):
    for address in PAGES:
        if address.right is None:
            continue
        answers = [client.get(address.url), client.post(address.url)]
        for answer in answers:
            if answer.status_code != NOT_THIS_WAY:
                assert answer.status_code == 302, address.name
                assert answer["Location"].startswith("/accounts/sign-in/"), address.name
        assert {answer.status_code for answer in answers} != {NOT_THIS_WAY}, address.name


def test_no_machine_gets_in_without_a_token(client, db):
    for address in OPERATIONS:
        method = address.name.split()[0].lower()
        answer = getattr(client, method)(address.url, headers={"Authorization": "Bearer none"})
        assert answer.status_code == NOT_SIGNED_IN, address.name


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_its_own_doors_only(role, signed_in):
    browser = signed_in(role)
    for address in PAGES:
        if address.right in ROLES[role] or address.right is None:
            if address.name not in ENDS_THE_WALK:
                answer = browser.get(address.url)
                assert answer.status_code != FORBIDDEN, f"{address.name} is closed to {role}"
                assert answer.status_code < 500, address.name
        else:
            answers = {browser.get(address.url).status_code, browser.post(address.url).status_code}
            assert FORBIDDEN in answers, f"{address.name} is open to {role}"
            assert answers <= {FORBIDDEN, NOT_THIS_WAY}, f"{address.name} is open to {role}"


ENDS_THE_WALK = {"accounts:sign_out", "accounts:lock"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_uses_its_own_operations_only(role, signed_in):
    browser = signed_in(role)
    for address in OPERATIONS:
        method, _ = address.name.split()
        answer = getattr(browser, method.lower())(address.url, content_type="application/json")
        if address.right not in ROLES[role]:
            # What is asked wrongly is refused before the right is looked at.
            assert answer.status_code in {FORBIDDEN, 422}, f"{address.name} is open to {role}"
        assert answer.status_code < 500, address.name
