"""How a node begins: with an administrator, never with a default password."""

import pytest

from kordon.accounts import actors, commands, rules
from kordon.accounts.models import Agency, Person, Role
from kordon.journal.models import Entry
from kordon.journal.rebuilding import rebuild

from .conftest import HERE, PASSWORD, at_work, sign_in

FIRST = {
    "agency": "border",
    "agency_name": "Border Service",
    "login": "Adam",
    "name": "Adam Example",
}


@pytest.fixture
def console(db):
    return actors.operator()


def test_it_makes_roles_agency_and_administrator(console):
    begun = commands.begin_node(by=console, **FIRST, password=PASSWORD)
    assert not begun.code
    assert sign_in(begun.person).person.login == "adam"
    assert at_work(begun.person).may("accounts.enrol_person")
    assert Agency.objects.get().own
    assert actors.operator().agency == "BORDER"
    assert Role.objects.count() > 5


def test_without_a_password_there_is_a_one_time_code(console):
    begun = commands.begin_node(by=console, **FIRST)
    done = commands.sign_in(by=actors.visitor(), login="adam", password=begun.code, address=HERE)
    assert done.person.must_change_password


def test_a_weak_first_password_leaves_nothing_behind(console):
    with pytest.raises(rules.WeakPassword):
        commands.begin_node(by=console, **FIRST, password="admin")
    with pytest.raises(rules.BadLogin):
        commands.begin_node(by=console, **(FIRST | {"login": "!"}), password=PASSWORD)
    assert not Role.objects.exists()
    assert not Entry.objects.exists()


def test_there_is_no_second_first_administrator(console):
    commands.begin_node(by=console, **FIRST, password=PASSWORD)
    with pytest.raises(rules.AlreadyBegun):
        commands.begin_node(by=console, **FIRST, password=PASSWORD)
    with pytest.raises(rules.AlreadyBegun):
        commands.create_first_administrator(
            by=console, login="eve", name="Eve", agency="BORDER", password=PASSWORD
        )
    assert Person.objects.count() == 1


def test_changed_roles_are_not_loaded_over(console):
    commands.load_default_roles(by=console)
    Role.objects.filter(code="auditor").update(title="Changed here")
    assert commands.load_default_roles(by=console) == 0
    assert Role.objects.get(code="auditor").title == "Changed here"


def test_the_console_may_act_as_somebody_and_says_so(console):
    commands.begin_node(by=console, **FIRST, password=PASSWORD)
    actor = actors.operator("adam")
    assert actor.name.startswith("console:")
    assert actor.name.endswith(" as adam")
    assert actor.id == console.id
    with pytest.raises(LookupError):
        actors.operator("nobody")


def test_all_rows_are_made_again_from_the_journal(ada, adam, dora, people):
    by = at_work(adam)
    sign_in(dora)
    commands.take_booth(by=at_work(dora), booth="1", session=sign_in(dora).session)
    commands.suspend_person(by=by, person=dora.id, reason="ill")
    commands.reinstate_person(by=by, person=dora.id)
    commands.describe_person(
        by=by, person=dora.id, name="Dora Example", service_number="7", language="ru"
    )
    commands.close_lane(by=ada, post="NORTH", lane="A")
    done = rebuild()
    assert done.differing == ()
    assert Person.objects.get(id=dora.id).name == "Dora Example"
