"""The pages on which agencies write and decide about alerts."""

from uuid import uuid4

import pytest

from conftest import officer
from kordon.journal.models import PersonalRead
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import commands, rules, scratch
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category
from kordon.watchlist.tests.conftest import document_alert, particulars, vehicle_alert

TYPED = {
    "category": "entry_ban",
    "names": "ERIKSSON Anna Maria\nЭРИКССОН Анна Мария",
    "weak_names": "Annie",
    "births": "12.08.1974, 1975",
    "sex": "F",
    "nationalities": "Kyrgyzstan, UTO",
    "documents": "KGZ AC1234567",
    "legal_basis": "Law on Migration, art. 48",
    "case_reference": "BG-2026/117",
    "proportionality": "Two removals within a year; a milder measure has failed.",
}


def test_what_is_typed_becomes_an_alert(ada, visit):
    alert = uuid4()
    answer = visit(ada, "/watchlist/new/person/", TYPED | {"alert": str(alert)})
    assert answer.status_code == 302
    row = Alert.objects.get(pk=alert)
    assert row.births == [[1974, 8, 12], [1975, 0, 0]]
    assert row.nationalities == ["KGZ", "UTO"]
    assert [(n.text, n.quality) for n in row.names.all()][1:] == [
        ("ЭРИКССОН Анна Мария", "good"),
        ("Annie", "weak"),
    ]
    assert [(d.issuer, d.number) for d in row.documents.all()] == [("KGZ", "AC1234567")]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("births", "sometime", "is not understood as a date"),
        ("nationalities", "Atlantis", "is not known as a country"),
        ("documents", "AC1234567", "issuing state before the number"),
        ("proportionality", "yes", "why this alert is proportionate"),
        ("legal_basis", "", "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ada, visit, field, value, said):
    answer = visit(ada, "/watchlist/new/person/", TYPED | {field: value})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "ЭРИКССОН Анна Мария" in text
    assert not Alert.objects.exists()


def test_the_form_of_a_vehicle_asks_for_a_plate_and_no_birth_date(ada, visit):
    text = visit(ada, "/watchlist/new/vehicle/").content.decode()
    assert 'name="plate"' in text
    assert 'name="births"' not in text


def test_an_alert_reads_as_a_document_with_its_history(ada, visit, in_force):
    alert = in_force()
    text = visit(ada, f"/watchlist/{alert}/").content.decode()
    for words in ("ERIKSSON Anna Maria", "12 Aug 1974", "BG-2026/117", "Refuse entry", "Approved"):
        assert words in text
    assert "The first line sees the category and what to do." in text
    assert PersonalRead.objects.order_by("entry").last().about == [f"alert:{alert}"]


def test_a_discreet_alert_says_that_the_first_line_sees_nothing(ada, visit, in_force):
    alert = in_force(particulars(category=Category.DISCREET_CHECK))
    assert "its screen does not change" in visit(ada, f"/watchlist/{alert}/").content.decode()


def test_the_list_shows_ones_own_agencys_alerts_only(ada, cai, visit, in_force):
    in_force()
    reader = officer("Dan", 6, agency="POLICE", lacking="watchlist.see_all_alerts")
    assert "ERIKSSON" not in visit(reader, "/watchlist/").content.decode()
    assert "ERIKSSON" in visit(cai, "/watchlist/").content.decode(), "cai may see all"


def test_another_agencys_alert_is_not_there(visit, in_force):
    alert = in_force()
    reader = officer("Dan", 6, agency="POLICE", lacking="watchlist.see_all_alerts")
    with pytest.raises(rules.NoSuchAlert):
        visit(reader, f"/watchlist/{alert}/")


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ({"text": "maria eriksson"}, True),
        ({"text": "L898902C3"}, False),
        ({"text": "bg-2026"}, True),
        ({"text": "holmberg"}, False),
        ({"category": "arrest"}, False),
        ({"status": "in_force"}, True),
        ({"status": "expired"}, False),
        ({"kind": "person", "source": "own"}, True),
        ({"source": "NOBODYS", "category": "arrest"}, False),
        ({"ending": "on"}, False),
    ],
)
def test_a_filter_finds_what_it_says(ada, visit, in_force, filter, found):
    in_force()
    text = visit(ada, "/watchlist/", **filter).content.decode()
    assert ("ERIKSSON Anna Maria</a>" in text) is found


def test_a_number_or_a_plate_is_found_too(ada, visit, in_force):
    in_force(document_alert())
    in_force(vehicle_alert())
    assert "L898902C3</a>" in visit(ada, "/watchlist/", text="l898902c3").content.decode()
    assert "01KG123ABC</a>" in visit(ada, "/watchlist/", text="01kg 123 abc").content.decode()


def test_a_filter_is_saved_and_forgotten(ada, visit):
    send = {"name": "Bans", "query": "category=entry_ban"}
    assert visit(ada, "/watchlist/filters/save", send).url.endswith("?category=entry_ban")
    assert "Bans</a>" in visit(ada, "/watchlist/").content.decode()
    visit(ada, "/watchlist/filters/drop", {"name": "Bans"})
    assert scratch.list_filters(by=ada) == []


def test_what_waits_is_listed_for_the_second_officer(ada, ben, visit, raised):
    raised()
    assert "another officer decides" in visit(ada, "/watchlist/waiting/").content.decode()
    text = visit(ben, "/watchlist/waiting/").content.decode()
    assert "ERIKSSON" in text
    assert "another officer decides" not in text


def test_the_second_officer_approves_on_the_page(ben, visit, raised):
    alert = raised()
    assert visit(ben, f"/watchlist/{alert}/approve", {}).status_code == 302
    assert Alert.objects.get().status == "in_force"


def test_a_refusal_is_said_on_the_page_of_the_alert(ada, visit, raised):
    answer = visit(ada, f"/watchlist/{raised()}/approve", {})
    assert answer.status_code == 422
    assert "Another officer must decide" in answer.content.decode()


def test_a_change_begins_with_what_is_there(ada, visit, in_force):
    alert = in_force()
    text = visit(ada, f"/watchlist/{alert}/change/").content.decode()
    assert "1974-08-12" in text
    send = TYPED | {"sex": "M", "reason": "The passport was seen."}
    assert visit(ada, f"/watchlist/{alert}/change/", send).status_code == 302
    assert "It would say" in visit(ada, f"/watchlist/{alert}/").content.decode()


def test_an_extension_and_a_withdrawal_are_asked_for_on_the_page(ada, ben, visit, in_force):
    alert = in_force()
    send = {"review_on": "01.01.2020", "assessment": "Seen again near the border in May."}
    answer = visit(ada, f"/watchlist/{alert}/extend", send)
    assert "The review date must lie ahead." in answer.content.decode()
    assert visit(ada, f"/watchlist/{alert}/withdraw", {"reason": "Done."}).status_code == 302
    commands.approve_alert(by=ben, alert=alert)
    assert "withdrawn" in visit(ada, f"/watchlist/{alert}/").content.decode()


def test_a_reader_without_the_right_is_refused(visit, raised):
    alert = raised()
    with pytest.raises(NotPermitted):
        visit(officer("Eve", 3, lacking="watchlist.get_alert"), f"/watchlist/{alert}/")
