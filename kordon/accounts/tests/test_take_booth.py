"""One officer at one booth."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kordon.accounts import commands, queries, rules
from kordon.accounts.facts import Ending
from kordon.accounts.models import Booth
from kordon.accounts.scratch import Session
from kordon.journal.fact import from_body
from kordon.journal.models import Entry

from .conftest import at_work, sign_in


@pytest.fixture
def emil(people):
    return people("Emil", "first_line_officer", post="NORTH")


def take(person, booth):
    session = sign_in(person).session
    return commands.take_booth(by=at_work(person), booth=booth, session=session)


def endings():
    entries = Entry.objects.filter(kind="accounts.booth_left.v1").select_related("body")
    return [from_body(entry.kind, bytes(entry.body.text)).ending for entry in entries]


def test_a_free_booth_is_taken(dora):
    assert take(dora, "1").person == dora


def test_an_occupied_booth_is_refused(dora, emil):
    take(dora, "1")
    with pytest.raises(rules.BoothOccupied):
        take(emil, "1")


def test_a_booth_whose_session_died_is_taken_over(dora, emil):
    take(dora, "1")
    Session.objects.filter(person=dora.id).update(seen=timezone.now() - timedelta(hours=1))
    assert take(emil, "1").person == emil
    assert endings() == [Ending.RELIEVED]


def test_a_booth_whose_session_ended_is_taken_over(dora, emil):
    take(dora, "1")
    Session.objects.filter(person=dora.id).update(ended=True)
    assert take(emil, "1").person == emil


def test_another_booth_leaves_the_one_before(dora):
    take(dora, "1")
    take(dora, "2")
    assert [booth.code for booth in Booth.objects.filter(person=dora)] == ["2"]
    assert endings() == [Ending.MOVED]


def test_the_same_booth_in_a_new_session_stays_theirs(dora):
    take(dora, "1")
    row = take(dora, "1")
    assert Session.objects.get(id=row.session)


def test_it_is_taken_once_however_often_asked(dora):
    session = sign_in(dora).session
    for _ in range(2):
        commands.take_booth(by=at_work(dora), booth="1", session=session)
    assert Entry.objects.filter(kind="accounts.booth_taken.v1").count() == 1


def test_a_booth_of_another_post_is_not_there(dora):
    with pytest.raises(rules.NoSuchThing):
        take(dora, "99")


def test_who_works_nowhere_takes_no_booth(people):
    nils = people("Nils", "first_line_officer")
    with pytest.raises(rules.NoPost):
        take(nils, "1")


def test_the_commander_frees_it(dora, people):
    take(dora, "1")
    carl = at_work(people("Carl", "shift_commander", post="NORTH"))
    commands.free_booth(by=carl, booth="1")
    assert not Booth.objects.filter(person__isnull=False).exists()
    assert endings() == [Ending.FREED]
    with pytest.raises(rules.BoothEmpty):
        commands.free_booth(by=carl, booth="1")


def test_who_sits_where_is_listed_with_life(dora):
    take(dora, "1")
    [row] = queries.list_occupied_booths(by=at_work(dora), post="NORTH")
    assert (row.booth, row.lane, row.name, row.alive) == ("1", "A", "Dora", True)
    Session.objects.update(ended=True)
    [row] = queries.list_occupied_booths(by=at_work(dora), post="NORTH")
    assert not row.alive


def test_a_suspended_officer_leaves_the_booth(ada, dora):
    take(dora, "1")
    commands.suspend_person(by=ada, person=dora.id, reason="ill")
    assert not Booth.objects.filter(person__isnull=False).exists()


def test_an_occupied_booth_is_not_removed(ada, dora):
    take(dora, "1")
    with pytest.raises(rules.StillInUse):
        commands.remove_booth(by=ada, post="NORTH", booth="1")
    with pytest.raises(rules.StillInUse):
        commands.close_post(by=ada, post="NORTH")
    commands.leave_booth(by=at_work(dora))
    commands.remove_booth(by=ada, post="NORTH", booth="1")


def test_a_booth_at_no_known_lane_is_refused(ada, north):
    with pytest.raises(rules.NoSuchThing):
        commands.set_up_booth(by=ada, post="NORTH", booth="3", lane=str(uuid4()))
