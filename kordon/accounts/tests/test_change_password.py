"""One's own password: known, strong enough, and another one than before."""

import pytest

from kordon.accounts import actors, commands, rules
from kordon.accounts.models import Person
from kordon.accounts.scratch import Session
from kordon.accounts.throttling import FREE_TRIES
from kordon.journal.models import Body

from .conftest import HERE, PASSWORD, at_work, sign_in

NEW = "five wild geese fly"


def change(person, old=PASSWORD, new=NEW, session=None):
    by = at_work(person)
    return commands.change_password(by=by, old=old, new=new, address=HERE, session=session)


def test_the_new_password_signs_in_and_the_old_does_not(dora):
    change(dora)
    with pytest.raises(rules.WrongCredentials):
        sign_in(dora)
    commands.sign_in(by=actors.visitor(), login="dora", password=NEW, address=HERE)


def test_only_an_argon2_hash_is_kept(dora):
    change(dora)
    assert Person.objects.get().password.startswith("argon2$argon2id$")
    assert not [body for body in Body.objects.all() if NEW.encode() in bytes(body.text)]


@pytest.mark.parametrize(
    "weak",
    [
        "short one",
        "password1234",
        "qwertyuiop[]",
        "839201748392",
        "dora's horses run",
        PASSWORD,
    ],
)
def test_a_weak_password_is_refused(dora, weak):
    with pytest.raises(rules.WeakPassword):
        change(dora, new=weak)


def test_an_endless_password_is_refused(dora):
    with pytest.raises(rules.WeakPassword):
        change(dora, new="long words " * 100)


def test_the_old_password_must_be_known(dora):
    with pytest.raises(rules.WrongCredentials):
        change(dora, old="guessing")


def test_guessing_the_old_password_waits_too(dora):
    for _ in range(FREE_TRIES):
        with pytest.raises(rules.WrongCredentials):
            change(dora, old="guessing")
    with pytest.raises(rules.TryLater):
        change(dora)


def test_other_sessions_end(dora):
    mine, other = sign_in(dora).session, sign_in(dora).session
    change(dora, session=mine)
    assert not Session.objects.get(id=mine).ended
    assert Session.objects.get(id=other).ended


def test_a_reset_ends_all_sessions_and_must_be_changed(ada, dora):
    sign_in(dora)
    made = commands.reset_password(by=ada, person=dora.id)
    assert made.person.must_change_password
    assert not Session.objects.filter(ended=False).exists()
    changed = change(made.person, old=made.code)
    assert not changed.must_change_password


def test_nobody_resets_their_own_password(adam):
    with pytest.raises(rules.OwnRights):
        commands.reset_password(by=at_work(adam), person=adam.id)


def test_nobody_suspends_themselves(adam):
    with pytest.raises(rules.OwnRights):
        commands.suspend_person(by=at_work(adam), person=adam.id, reason="x")


def test_an_unlocking_of_another_session_is_refused(dora, adam):
    theirs = sign_in(adam).session
    by = actors.person_alone(dora)
    with pytest.raises(rules.WrongCredentials):
        commands.unlock_session(by=by, session=theirs, password=PASSWORD, address=HERE)
