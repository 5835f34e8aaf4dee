"""People who sign in at the post NORTH with one of the default roles, each in a browser."""

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from kordon.accounts import commands
from kordon.accounts.facts import PasswordChanged, PostingGiven
from kordon.accounts.passwords import hash_password
from kordon.journal.writing import record, writing

PASSWORD = "four mild horses"


@pytest.fixture
def browser(ada, north, monkeypatch):
    """``browser("Cal", "second_line_officer")``: a browser in which Cal has signed in."""
    for cost, value in (("memory_cost", 64), ("time_cost", 1), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, cost, value)
    with writing():
        commands.load_default_roles(by=ada)

    def sign_in(name, role):
        person = uuid4()
        commands.enrol_person(by=ada, person=person, login=name.lower(), name=name, agency="BORDER")
        with writing():
            record(PasswordChanged(person=person, password=hash_password(PASSWORD)), by=ada)
            since = timezone.localdate()
            posting = PostingGiven(
                posting=uuid4(), person=person, role=role, post="NORTH", since=since
            )
            record(posting, by=ada)
        client = Client()
        told = {"login": name.lower(), "password": PASSWORD}
        assert client.post("/accounts/sign-in/", told).status_code == 302
        return client

    return sign_in
