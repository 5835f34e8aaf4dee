"""Signing in: who knows the password comes in, whoever does not waits ever longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kordon.accounts import actors, commands
from kordon.accounts.models import Person, SignIn
from kordon.accounts.rules import TryLater, WrongCredentials
from kordon.accounts.scratch import Session, WrongPassword
from kordon.accounts.throttling import FREE_TRIES
from kordon.journal.models import Entry

from .conftest import ELSEWHERE, HERE, PASSWORD, sign_in


def attempt(login, password="wrong", address=HERE):
    return commands.sign_in(by=actors.visitor(), login=login, password=password, address=address)


def fail(times, login, address):
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            attempt(login, address=address)


def let_pass(minutes):
    for row in WrongPassword.objects.all():
        row.at -= timedelta(minutes=minutes)
        row.save()


def test_the_right_password_begins_a_session(dora):
    done = sign_in(dora)
    assert done.person == dora
    assert Session.objects.get().id == done.session
    assert SignIn.objects.get().what == "signed_in"


def test_the_login_may_be_typed_in_capitals(dora):
    assert attempt(" DORA ", PASSWORD).person == dora


def test_a_wrong_password_is_refused_and_recorded(dora):
    fail(1, "dora", HERE)
    line = SignIn.objects.get()
    assert (line.what, line.failure, line.person) == ("failed", "wrong_password", dora.id)


def test_an_unknown_login_is_refused_alike_and_not_kept(dora):
    with pytest.raises(WrongCredentials) as unknown:
        attempt("my secret typed here")
    with pytest.raises(WrongCredentials) as wrong:
        attempt("dora")
    assert str(unknown.value) == str(wrong.value)
    bodies = [bytes(e.body.text) for e in Entry.objects.filter(kind="accounts.sign_in_failed.v1")]
    assert not any(b"secret" in body for body in bodies)


def test_a_suspended_person_is_refused_alike(ada, dora):
    commands.suspend_person(by=ada, person=dora.id, reason="on leave")
    with pytest.raises(WrongCredentials):
        sign_in(dora)
    assert SignIn.objects.get().failure == "suspended"


def test_after_some_wrong_passwords_even_the_right_one_waits(dora):
    fail(FREE_TRIES, "dora", HERE)
    with pytest.raises(TryLater) as later:
        sign_in(dora)
    assert 0 < later.value.seconds <= 15


def test_what_is_not_looked_at_is_not_recorded(dora):
    fail(FREE_TRIES, "dora", HERE)
    with pytest.raises(TryLater):
        attempt("dora")
    assert SignIn.objects.count() == FREE_TRIES


def test_the_wait_ends(dora):
    fail(FREE_TRIES, "dora", HERE)
    let_pass(minutes=1)
    assert sign_in(dora).person == dora


def test_success_forgets_what_was_wrong_here(dora):
    fail(FREE_TRIES - 1, "dora", HERE)
    sign_in(dora)
    fail(FREE_TRIES - 1, "dora", HERE)
    assert sign_in(dora).person == dora


def test_a_stranger_elsewhere_does_not_lock_out_the_innocent(dora):
    sign_in(dora)
    for _ in range(60):
        WrongPassword.objects.create(at=timezone.now(), person=dora.id, address=ELSEWHERE)
    assert sign_in(dora).person == dora


def test_many_strangers_together_are_stopped(dora):
    sign_in(dora)
    for host in range(50):
        WrongPassword.objects.create(
            at=timezone.now(), person=dora.id, address=f"198.51.100.{host}"
        )
    with pytest.raises(TryLater):
        attempt("dora", PASSWORD, address=ELSEWHERE)


def test_a_crowd_of_guesses_at_one_address_stops_strangers_only(people, dora):
    emil = people("Emil", "first_line_officer", post="NORTH")
    sign_in(dora)
    for _ in range(30):
        WrongPassword.objects.create(at=timezone.now(), person=None, address=HERE)
    with pytest.raises(TryLater):
        sign_in(emil)
    assert sign_in(dora).person == dora


def test_a_one_time_code_may_be_typed_carelessly(ada, north):
    code = commands.enrol_person(
        by=ada, person=ada.id, login="new", name="New Person", agency="BORDER"
    ).code
    assert attempt("new", code.lower().replace("-", " ")).person.must_change_password


def test_a_one_time_code_ends(ada, north):
    made = commands.enrol_person(
        by=ada, person=ada.id, login="new", name="New Person", agency="BORDER"
    )
    Person.objects.update(code_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(WrongCredentials):
        attempt("new", made.code)
    assert SignIn.objects.get().failure == "code_expired"
