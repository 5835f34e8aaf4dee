"""The page of the first line."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from conftest import officer
from kordon.border.models import Check, Crossing, Timeline
from kordon.border.tests.conftest import zone
from kordon.border.views import first_line as page
from kordon.journal.refusal import NotPermitted
from kordon.watchlist.particulars import Category

HTMX = {"HTTP_HX_REQUEST": "true"}
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="csrf-token" content="[^"]+"')
CLOCK = re.compile(r"<time class=\"k-clock\".*?</time>")


@pytest.fixture
def at_desk(ada, north):
    """Ada with the right to the page."""
    return officer_with_page(ada)


def officer_with_page(actor):
    return replace(actor, rights=actor.rights | {"border.first_line"})


@pytest.fixture
def ask(rf, at_desk):
    """Send a request to a view of the page as Ada, or as somebody else."""

    def send(view, data=None, by=None, headers=HTMX, **named):
        request = rf.post("/", data, **headers) if data is not None else rf.get("/", **headers)
        request.actor = by or at_desk
        return view(request, **named)

    return send


def scan(ask, **changes):
    told = {"check": uuid4(), "direction": "entry", "mrz": zone()} | changes
    return ask(page.check, told)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_waits_for_a_document(ask):
    answer = ask(page.first_line)
    assert answer.status_code == 200
    assert "Scan or type" in words(answer)
    assert "data-scan-target" in answer.content.decode()


def test_without_scripts_the_whole_page_comes(ask):
    assert ask(page.first_line).content.decode().startswith("<div")
    assert "<!doctype html>" in ask(page.first_line, headers={}).content.decode()


def test_a_scan_is_checked_and_shown(ask):
    text = words(scan(ask))
    for said in ("ERIKSSON", "ANNA MARIA", "12 Aug 1974", "L898902C3", "Admit F8", "Refer"):
        assert said in text
    for source in ("Chip no reader", "Interpol SLTD not connected", "Advance data none here"):
        assert source in text


def test_enter_in_the_note_presses_a_button_that_does_nothing(ask):
    """A browser presses the first button of the form, whichever that is."""
    form = scan(ask).content.decode().partition('class="card b-decision"')[2]
    assert re.findall("<button[^>]*>", form)[0] == "<button hidden disabled>"


def test_a_refused_zone_has_the_focus_to_be_corrected(ask):
    assert "autofocus" in scan(ask, mrz="P<UTO").content.decode()
    assert "autofocus" not in ask(page.first_line).content.decode()


def test_who_sits_at_no_booth_is_told_before_deciding(ask, at_desk):
    assert "You sit at no booth." not in words(scan(ask))
    answer = ask(
        page.check,
        {"check": uuid4(), "direction": "entry", "mrz": zone()},
        by=replace(at_desk, booth="", rights=at_desk.rights - {"border.record_mobile_crossing"}),
    )
    assert "You sit at no booth." in words(answer)


def test_admitting_records_and_waits_for_the_next(ask):
    scan(ask)
    made = Check.objects.get()
    told = {"crossing": uuid4(), "check": made.id, "decision": "admit", "purpose": "family"}
    answer = ask(page.record, told)
    assert "ERIKSSON ANNA MARIA: admitted" in words(answer)
    assert "Scan or type" in words(answer)
    assert (Crossing.objects.get().status, Crossing.objects.get().purpose) == (
        "admitted",
        "family",
    )


def test_a_referral_carries_the_chosen_reason_and_those_found(ask, alert):
    alert()
    scan(ask)
    made = Check.objects.get()
    told = {"crossing": uuid4(), "check": made.id, "decision": "refer", "reason": "minor"}
    assert "referred to second line" in words(ask(page.record, told))
    assert Crossing.objects.get().reasons == ["minor", "person_match"]


def test_what_must_be_referred_cannot_be_admitted(ask, alert):
    alert()
    answer = scan(ask)
    assert re.search(r'value="admit"[^>]*disabled', answer.content.decode())
    told = {"crossing": uuid4(), "check": Check.objects.get().id, "decision": "admit"}
    answer = ask(page.record, told)
    assert answer.status_code == 422
    assert "must be looked at in second line" in words(answer)
    assert not Crossing.objects.exists()


def test_a_referral_without_a_reason_is_asked_again(ask):
    scan(ask)
    told = {"crossing": uuid4(), "check": Check.objects.get().id, "decision": "refer"}
    assert ask(page.record, told).status_code == 422


def test_what_is_no_zone_is_said_and_kept(ask):
    answer = scan(ask, mrz="garbage & <b>")
    assert answer.status_code == 422
    assert "no machine-readable zone" in words(answer)
    assert "garbage &amp; &lt;b&gt;" in answer.content.decode()


def test_a_document_is_typed_by_hand(ask):
    told = {"issuer": "uto", "number": "x1", "surname": "Иванова", "birth": "08.1974"}
    text = words(scan(ask, mrz="", **told))
    assert "Иванова" in text
    assert "-- Aug 1974" in text
    assert "typed by hand" in text


def test_a_date_that_cannot_be_is_asked_again(ask):
    answer = scan(ask, mrz="", issuer="UTO", number="X1", surname="A", birth="31.02.1974")
    assert answer.status_code == 422
    assert "There is no such day" in words(answer)


def test_by_hand_wrong_fields_are_shown_where_they_were_typed(ask):
    answer = scan(ask, mrz="", typing="yes", number="X1", surname="A")
    assert answer.status_code == 422
    assert "Missing or unclear: issuing state" in words(answer)
    assert 'value="X1"' in answer.content.decode()


def test_the_form_for_typing_comes_without_a_zone(ask):
    assert "Type the document" in words(ask(page.type_by_hand))


def test_a_correction_is_marked_as_typed(ask):
    html = scan(ask, given_names="ANNA").content.decode()
    assert "name typed" in html
    made = Check.objects.get()
    assert [one.field for one in made.fact.corrections] == ["given_names"]


def test_the_page_form_sent_unchanged_corrects_nothing(ask):
    scan(ask)
    html = ask(page.correct, check=Check.objects.get().id).content.decode()
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    scan(ask, **{name: sent[name] for name in ("surname", "number", "birth", "expiry")})
    assert [one.fact.corrections for one in Check.objects.all()] == [(), ()]


def test_undo_brings_the_decision_back(ask):
    scan(ask)
    crossing = uuid4()
    ask(page.record, {"crossing": crossing, "check": Check.objects.get().id, "decision": "admit"})
    answer = ask(page.undo, {}, crossing=crossing)
    assert "Admit F8" in words(answer)
    assert Crossing.objects.get().status == "undone"


def test_history_opens_over_the_decision(ask, cross):
    cross()
    scan(ask)
    made = Check.objects.latest("at")
    text = words(ask(page.history, check=made.id))
    assert "Earlier crossings" in text
    assert "UTO/L898902C3" in text


def test_who_sits_at_no_booth_is_told_so(ask):
    nobody = officer_with_page(officer("Ada", 1, booth="", lacking="border.record_mobile_crossing"))
    assert "You sit at no booth" in words(ask(page.first_line, by=nobody))


def test_it_needs_the_right(ask, eve):
    with pytest.raises(NotPermitted):
        ask(page.first_line, by=eve)


def test_every_address_of_the_page_resolves():
    for name in ("home", "first_line", "check", "record"):
        assert reverse(f"border:{name}")


def bytes_of(answer):
    """The page without what differs between any two pages: ids, tokens, the clock."""
    text = TOKEN.sub("", answer.content.decode())
    return CLOCK.sub("", CHANGING.sub("", text)).encode()


@pytest.mark.parametrize("category", [Category.DISCREET_CHECK, Category.JUDICIAL_SUMMONS])
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_silent_match_leaves_the_page_identical_to_the_byte(ask, alert, category, headers):
    def seen():
        told = {"check": uuid4(), "direction": "entry", "mrz": zone()}
        first = ask(page.check, told, headers=headers)
        told = {"crossing": uuid4(), "check": told["check"], "decision": "admit"}
        return bytes_of(first), words(ask(page.record, told, headers=headers)).split("Your last")[0]

    without = seen()
    Timeline.objects.all().delete()  # nor was anybody here before
    Crossing.objects.all().delete()
    alert(category)
    assert seen() == without
    assert Check.objects.latest("at").fact.matches


def test_a_seen_match_changes_the_page(ask, alert):
    without = bytes_of(scan(ask))
    alert()
    assert bytes_of(scan(ask)) != without


def test_an_unknown_check_is_not_found(ask):
    with pytest.raises(Exception, match="no such check"):
        ask(page.record, {"check": UUID(int=5), "decision": "admit"})
