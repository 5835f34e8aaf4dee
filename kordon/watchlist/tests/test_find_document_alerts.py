"""Alerts on documents and vehicles by their numbers."""

import pytest

from kordon.journal.models import PersonalRead
from kordon.watchlist import queries
from kordon.watchlist.matches import Strength
from kordon.watchlist.particulars import Category, DocumentGiven
from kordon.watchlist.tests.conftest import document_alert, particulars, vehicle_alert


def find(by, number, issuer="KGZ"):
    return queries.find_document_alerts(by=by, number=number, issuer=issuer)


def test_a_stolen_document_stops(ada, in_force):
    alert = in_force(document_alert())
    (match,) = find(ada, "L898902C3")
    assert (match.alert, match.strength, match.exact) == (alert, Strength.STOP, True)
    assert match.action == "seize_document"


@pytest.mark.parametrize("typed", ["l898902c3", "L 898902-C3", "L898902С3"])
def test_spelling_does_not_matter(ada, in_force, typed):
    in_force(document_alert())
    assert [match.exact for match in find(ada, typed)] == [True]


def test_a_confusable_number_is_for_the_second_line(ada, in_force):
    in_force(document_alert(number="AO123B"))
    (match,) = find(ada, "A01238")
    assert (match.exact, match.strength) == (False, Strength.SECOND_LINE)


def test_another_states_document_is_another_document(ada, in_force):
    in_force(document_alert())
    assert find(ada, "L898902C3", "UZB") == ()


def test_an_unknown_issuer_is_for_the_second_line(ada, in_force):
    in_force(particulars(documents=(DocumentGiven("L898902C3", ""),)))
    (match,) = find(ada, "L898902C3")
    assert (match.kind, match.strength) == ("person", Strength.SECOND_LINE)


def test_the_holder_of_a_known_passport_is_found_by_it(ada, in_force):
    alert = in_force(particulars(documents=(DocumentGiven("AC1234567", "KGZ"),)))
    assert [match.alert for match in find(ada, "AC1234567")] == [alert]


def test_german_passports_say_d(ada, in_force):
    alert = in_force(document_alert(issuer="DEU"))
    assert [match.alert for match in find(ada, "L898902C3", "D")] == [alert]


def test_nothing_is_found_for_an_empty_number(ada, in_force):
    in_force(document_alert())
    assert find(ada, " -<") == ()


def test_an_alert_waiting_for_approval_does_not_fire(ada, raised):
    raised(document_alert())
    assert find(ada, "L898902C3") == ()


@pytest.mark.parametrize("typed", ["01KG123ABC", "01 kg 123 abc", "01KG123АВС"])
def test_a_plate_is_found_in_either_alphabet(ada, in_force, typed):
    alert = in_force(vehicle_alert())
    (match,) = queries.find_vehicle_alerts(by=ada, plate=typed)
    assert (match.alert, match.action) == (alert, "seize_vehicle")


def test_a_discreet_vehicle_is_not_for_the_first_line(ada, in_force):
    in_force(vehicle_alert(category=Category.VEHICLE_DISCREET))
    (match,) = queries.find_vehicle_alerts(by=ada, plate="01KG123ABC")
    assert not match.seen_by_first_line


def test_alerts_without_a_plate_do_not_answer_an_empty_one(ada, in_force):
    in_force()
    assert queries.find_vehicle_alerts(by=ada, plate="--") == ()


def test_ids_are_logged_not_contents(ada, in_force):

    alert = in_force(document_alert())
    find(ada, "L898902C3")
    assert PersonalRead.objects.get().about == [f"alert:{alert}"]
