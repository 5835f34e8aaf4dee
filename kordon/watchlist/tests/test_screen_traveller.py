"""Whom a traveller may be."""

import dataclasses
from datetime import date
from uuid import uuid4

import pytest

from conftest import officer
from kordon.journal.models import PersonalRead
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import commands, queries, screening_index
from kordon.watchlist.matches import Strength, Traveller
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven
from kordon.watchlist.screening_base import Mark
from kordon.watchlist.sources import Quality
from kordon.watchlist.tests.conftest import particulars

ANNA = Traveller(
    surname="ERIKSSON", given_names="ANNA MARIA", born=(1974, 8, 12), sex="F", nationality="UTO"
)
INNOCENT = Traveller(surname="LINDQVIST", given_names="OLOF", born=(1990, 1, 5), nationality="UTO")


def screen(by, traveller=ANNA):
    return queries.screen_traveller(by=by, traveller=traveller)


def test_it_finds_a_listed_person_and_says_why(ada, in_force):
    alert = in_force()
    (match,) = screen(ada)
    assert (match.alert, match.strength, match.action) == (alert, Strength.STOP, "refuse_entry")
    assert match.seen_by_first_line
    assert "birth_same" in {reason.code for reason in match.candidate.reasons}


def test_it_finds_a_cyrillic_spelling(ada, in_force):
    alert = in_force(particulars(names=(NameGiven("ЭРИКССОН Анна Мария"),)))
    assert [match.alert for match in screen(ada)] == [alert]


def test_the_document_shown_and_the_documents_listed_speak_in_the_score(ada, in_force):
    in_force(particulars(documents=(DocumentGiven("L898902C3", "UTO"),)))
    shown = dataclasses.replace(ANNA, documents=(("UTO", "L898902C3"),))
    (without,), (match,) = screen(ada), screen(ada, shown)
    assert "document_same" in {reason.code for reason in match.candidate.reasons}
    assert match.candidate.score > without.candidate.score


def test_it_leaves_an_innocent_alone(ada, in_force):
    in_force()
    assert screen(ada, INNOCENT) == ()


def test_an_alert_not_yet_approved_does_not_fire(ada, raised):
    raised()
    assert screen(ada) == ()


def test_an_expired_alert_never_fires(ada, in_force, on_day):
    alert = in_force(particulars(valid_until=date.today()))
    assert len(screen(ada)) == 1
    on_day(date.fromordinal(date.today().toordinal() + 1))
    assert screen(ada) == ()
    assert Alert.objects.get(pk=alert).status == "in_force"


def test_an_alert_past_its_review_never_fires(ada, in_force, on_day):
    in_force()
    on_day(date(date.today().year + 4, 1, 1))
    assert screen(ada) == ()


def test_a_withdrawn_alert_is_gone_at_once(ada, ben, in_force):
    alert = in_force()
    assert screen(ada)
    commands.withdraw_alert(by=ada, alert=alert, reason="Purpose reached.")
    assert screen(ada), "it fires until the second officer agrees"
    commands.approve_alert(by=ben, alert=alert)
    assert screen(ada) == ()


def test_a_changed_name_is_found_at_once(ada, ben, in_force):
    alert = in_force()
    screen(ada)
    new = particulars(names=(NameGiven("HOLMBERG Greta"),))
    commands.change_alert(by=ada, alert=alert, particulars=new, reason="Married name.")
    assert screen(ada), "until approved, the alert stands as it was"
    commands.approve_alert(by=ben, alert=alert)
    assert screen(ada) == ()
    greta = Traveller(surname="HOLMBERG", given_names="GRETA", born=(1974, 8, 12))
    assert [match.alert for match in screen(ada, greta)] == [alert]


def test_a_name_alone_never_stops_anybody(ada, in_force):
    in_force(particulars(births=()), low_quality=True)
    (match,) = screen(ada)
    assert match.low_quality
    assert match.strength is Strength.SECOND_LINE


def test_another_birth_date_is_for_the_second_line(ada, in_force):
    in_force(particulars(births=((1974, 0, 0),)))
    (match,) = screen(ada)
    assert match.strength is Strength.SECOND_LINE


def test_a_discreet_alert_is_found_and_says_that_nobody_may_see_it(ada, in_force):
    in_force(particulars(category=Category.DISCREET_CHECK))
    (match,) = screen(ada)
    assert not match.seen_by_first_line
    assert match.action == "record_silently"


def test_the_more_urgent_of_two_agencies_leads(ada, cai, in_force):
    in_force()
    other = uuid4()
    wanted = particulars(category=Category.ARREST)
    commands.raise_alert(by=cai, alert=other, particulars=wanted)
    dan = officer("Dan", 5, agency="POLICE")
    commands.approve_alert(by=dan, alert=other)
    assert [match.owner for match in screen(ada)] == ["POLICE", "BORDER"]


def test_an_alias_the_owner_calls_weak_is_told_as_such(ada, in_force):
    weak = NameGiven("Greta Holm", Quality.WEAK)
    in_force(particulars(names=(NameGiven("ERIKSSON Anna"), weak)))
    greta = Traveller(surname="HOLM", given_names="GRETA", born=(1974, 8, 12), sex="F")
    reasons = {r.code for match in screen(ada, greta) for r in match.candidate.reasons}
    assert "name_weak_alias" in reasons


def test_reading_is_logged_before_the_answer(ada, in_force):
    alert = in_force()
    screen(ada)
    assert PersonalRead.objects.get().about == [f"alert:{alert}"]


def test_it_needs_the_right(db):
    with pytest.raises(NotPermitted):
        screen(officer("Eve", 3, lacking="watchlist.screen_traveller"))


def test_what_another_database_knew_is_forgotten(ada, in_force):
    """The same position with another seal is another life of the database."""
    alert = in_force()
    assert screen(ada)
    Alert.objects.filter(pk=alert).update(position=1)
    screening_index._held = dataclasses.replace(
        screening_index._held, parts=(), upto=Mark(1, "another seal")
    )
    assert [match.alert for match in screen(ada)] == [alert]


def test_a_base_on_disk_and_what_changed_since_are_one(ada, ben, in_force, monkeypatch):
    monkeypatch.setattr(screening_index, "OVERLAY", 1)
    anna = in_force()
    greta_alert = in_force(
        particulars(names=(NameGiven("HOLMBERG Greta"),), births=((1980, 2, 3),))
    )
    greta = Traveller(surname="HOLMBERG", given_names="GRETA", born=(1980, 2, 3))
    assert [match.alert for match in screen(ada)] == [anna]
    screening_index.refresh()
    screening_index.forget()
    assert [match.alert for match in screen(ada, greta)] == [greta_alert]
    commands.withdraw_alert(by=ada, alert=greta_alert, reason="Purpose reached.")
    commands.approve_alert(by=ben, alert=greta_alert)
    assert screen(ada, greta) == ()
    assert [match.alert for match in screen(ada)] == [anna]


def test_an_alert_applied_late_is_found_once_the_index_is_discarded(ada, in_force):
    """As after an upgrade: the row is new, its entry is older than what the index knows."""
    in_force(particulars(names=(NameGiven("Somebody Else"),)))
    screen(ada, INNOCENT)
    alert = in_force()
    Alert.objects.filter(pk=alert).update(position=1)
    assert screen(ada) == ()
    screening_index.discard()
    assert [match.alert for match in screen(ada)] == [alert]


def test_travellers_do_not_wait_while_a_new_base_is_written(ada, in_force, monkeypatch):
    monkeypatch.setattr(screening_index, "OVERLAY", 0)
    alert, found = in_force(), []
    write = screening_index.write_base

    def slowly(mark):
        assert not screening_index._lock.locked()
        found.extend(match.alert for match in screen(ada))
        return write(mark)

    monkeypatch.setattr(screening_index, "write_base", slowly)
    screening_index.refresh()
    assert found == [alert]
    assert [match.alert for match in screen(ada)] == [alert]
    assert screening_index._held.base.position


def test_so_much_changed_that_the_search_waits_for_the_base(ada, in_force, monkeypatch):
    monkeypatch.setattr(screening_index, "OVERLAY", 0)
    monkeypatch.setattr(screening_index, "LARGEST_OVERLAY", 0)
    alert = in_force()
    assert [match.alert for match in screen(ada)] == [alert]
    assert screening_index._held.base.position


def test_an_alert_changed_during_the_search_is_looked_at_again(ada, in_force, monkeypatch):
    """As it would be by another officer's approval between index and rows."""
    alert = in_force()
    asked = screening_index.search

    def meanwhile(person, **wishes):
        monkeypatch.setattr(screening_index, "search", asked)
        found = asked(person, **wishes)
        return [dataclasses.replace(it, upto=0, newest=0) for it in found]

    monkeypatch.setattr(screening_index, "search", meanwhile)
    assert [match.alert for match in screen(ada)] == [alert]
