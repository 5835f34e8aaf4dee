"""Checking a traveller."""

import dataclasses
from datetime import date, timedelta
from uuid import uuid4

import pytest

from conftest import officer
from kordon.border import commands
from kordon.border.facts import Direction, Identity, Level, Source, SourceState, Whereabouts
from kordon.border.models import Check, PossibleMatch
from kordon.border.queries import find_earlier_crossings, first_line_view, get_check
from kordon.border.rules.finding import worst
from kordon.border.rules.refusals import (
    IdentityIncomplete,
    NotYourCheck,
    TextTooLong,
    Unreadable,
)
from kordon.border.tests.conftest import codes, zone
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.refusal import NotPermitted
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources.records import Kind

TYPED = Identity(
    document_type="P",
    issuer="UTO",
    number="X 123-456",
    surname="Иванова",
    given_names="Анна",
    nationality="UTO",
    birth="1974-??-??",
    expiry=str(date.today() + timedelta(days=800)),
)


def finding(check, code):
    return next(one for one in check.fact.findings if one.code == code)


def test_it_works(check):
    made = check()
    assert worst(made.fact.findings) is Level.NOTE  # Utopia is a specimen's state
    assert made.fact.identity.surname == "ERIKSSON"
    assert made.fact.identity.birth == "1974-08-12"
    assert made.fact.earlier.whereabouts is Whereabouts.UNKNOWN
    assert "zone_valid" in codes(made)
    assert "no_person_match" in codes(made)


def test_it_needs_the_right(check):
    with pytest.raises(NotPermitted):
        check(by=officer("Nil", 9, lacking="border.check_traveller"))


def test_every_source_is_named_asked_or_not(check):
    said = {one.source: one for one in check().fact.sources}
    where_it_applies = {Source.POST, Source.HEADQUARTERS, Source.CROSS_CHECK}
    assert set(said) == set(Source) - where_it_applies
    assert said[Source.CHIP].state is SourceState.NOT_CONNECTED
    assert said[Source.SLTD].state is SourceState.NOT_CONNECTED
    assert said[Source.ADVANCE_DATA].state is SourceState.NOT_APPLICABLE
    assert said[Source.VEHICLE_ALERTS].why == "no_plate"
    assert said[Source.PERSON_ALERTS].state is SourceState.ANSWERED
    assert said[Source.PERSON_ALERTS].lists
    assert said[Source.BIOMETRICS].why == "no_reader"


def test_the_same_check_twice_is_the_first(check):
    id = uuid4()
    first = check(check=id)
    again = check(check=id, mrz=zone(number="Z1234567"))
    assert again.said == first.said
    assert Check.objects.count() == 1


def test_another_officers_check_is_not_given_out(check):
    id = uuid4()
    check(check=id)
    with pytest.raises(NotYourCheck):
        check(by=officer("Bo", 8, booth="2"), check=id)


def test_what_is_no_zone_is_told_at_once(check):
    with pytest.raises(Unreadable):
        check(mrz="no zone at all")
    assert not Check.objects.exists()


def test_too_long_a_scan_is_refused(check):
    with pytest.raises(TextTooLong):
        check(mrz="<" * 2000)


def test_a_document_without_a_zone_is_typed(check):
    made = check(mrz="", typed=TYPED)
    assert "typed_by_hand" in codes(made)
    assert made.fact.identity.number == "X 123-456"
    assert made.fact.corrections == ()


@pytest.mark.parametrize("missing", ["issuer", "number"])
def test_too_little_typed_asks_nobody(check, missing):
    with pytest.raises(IdentityIncomplete):
        check(mrz="", typed=dataclasses.replace(TYPED, **{missing: ""}))


def test_a_nameless_traveller_asks_nobody(check):
    with pytest.raises(IdentityIncomplete):
        check(mrz="", typed=dataclasses.replace(TYPED, surname="", given_names=""))


@pytest.mark.parametrize("birth", ["12.08.1974", "1974-13-01", "1974-00-00", "1974"])
def test_an_unclear_date_is_asked_again(check, birth):
    with pytest.raises(IdentityIncomplete):
        check(mrz="", typed=dataclasses.replace(TYPED, birth=birth))


def test_a_wrong_check_digit_stops_until_the_page_is_typed(check):
    wrong = zone().replace("L898902C3", "L898902C4")
    stopped = check(mrz=wrong)
    assert finding(stopped, "zone_wrong").level is Level.STOP
    assert finding(stopped, "zone_wrong").params == {"fields": "number"}
    typed = check(mrz=wrong, typed=Identity(number="L898902C3"))
    assert finding(typed, "zone_corrected").level is Level.LOOK
    assert typed.fact.identity.number == "L898902C3"
    assert typed.fact.read.number == "L898902C4"


def test_a_page_that_contradicts_a_proven_field_is_looked_at(check):
    made = check(typed=Identity(birth="1984-08-12"))
    assert finding(made, "page_differs_from_zone").level is Level.LOOK
    assert made.fact.corrections[0].typed == "1984-08-12"


def test_the_same_typed_again_is_no_correction(check):
    assert check(typed=Identity(surname="Eriksson")).fact.corrections == ()


def test_an_expired_document_stops(check):
    made = check(mrz=zone(expiry=date.today() - timedelta(days=3)))
    assert finding(made, "expired").level is Level.STOP


def test_a_listed_person_stops_at_either_form(check, alert):
    alert()
    read = check()
    assert codes(read)[0] == "person_match"
    assert read.fact.matches[0].reasons
    assert read.fact.matches[0].form == "read"
    typed = check(
        mrz=zone(surname="ERIKSDOTTER", given_names="BEATE"),
        typed=Identity(surname="Eriksson", given_names="Anna Maria"),
    )
    assert typed.fact.matches[0].form == "typed"


def test_a_match_by_name_alone_never_stops(check, alert):
    alert(births=(), nationalities=(), low_quality=True)
    made = check()
    assert finding(made, "person_match_weak").level is Level.LOOK
    assert made.fact.matches[0].strength == "second_line"


def test_a_stolen_document_stops(check, alert):
    alert(Category.DOCUMENT_STOLEN, Kind.DOCUMENT)
    assert codes(check())[0] == "document_match"


def test_a_vehicle_is_asked_about_when_its_plate_is_given(check, alert):
    alert(Category.VEHICLE_SEIZE, Kind.VEHICLE, plate="A 123 BC")
    assert "vehicle_match" not in codes(check())
    assert "vehicle_match" in codes(check(plate="а123вс"))


def test_of_an_arrest_the_first_line_learns_only_whom_to_call(check, alert):
    alert(Category.ARREST)
    made = check()
    assert codes(made)[0] == "supervisor_asked"
    assert "arrest" not in str(first_line_view(made))


def test_history_says_where_the_traveller_should_be(check, cross):
    cross()
    going = check(direction=Direction.EXIT)
    assert "entered_on" in codes(going)
    assert going.fact.earlier.whereabouts is Whereabouts.INSIDE
    assert "entered_without_exit" in codes(check())
    cross(direction=Direction.EXIT)
    assert "left_without_entry" in codes(check(direction=Direction.EXIT))
    assert "left_on" in codes(check())


def test_the_same_person_with_another_document_is_known_again(check, cross):
    cross()
    made = check(mrz=zone(number="NEW123456"))
    assert "other_document" in codes(made)
    assert (made.fact.earlier.same_document, made.fact.earlier.same_person) == (0, 1)


def test_a_document_that_another_person_showed_is_looked_at(check, cross):
    cross()
    assert "document_of_other" in codes(check(mrz=zone(surname="OTHER", given_names="JO")))


def test_who_waits_in_second_line_is_stopped_at_the_next_booth(check, refer):
    refer()
    assert finding(check(), "referral_open").level is Level.STOP


def test_what_was_undone_never_happened(ada, check, cross):
    commands.undo_crossing(by=ada, crossing=cross().id)
    assert "not_seen_before" in codes(check())


def test_earlier_crossings_are_found_and_the_reading_is_logged(ada, check, cross):
    row = cross()
    found = find_earlier_crossings(by=ada, identity=check().fact.identity)
    assert [one.crossing for one in found] == [row.id]
    last = PersonalRead.objects.latest("entry")
    assert (last.query, last.about) == (
        "border.find_earlier_crossings",
        ["document:UTO/L898902C3"],
    )


def test_the_check_itself_is_in_the_access_log(check):
    check()
    assert PersonalRead.objects.filter(query="border.check_traveller").exists()


def test_it_is_one_fact(check):
    check()
    assert Entry.objects.filter(kind="border.traveller_checked.v1").count() == 1


def test_a_check_of_another_post_is_not_shown(ada, check):
    made = check()
    assert get_check(by=ada, check=made.id)["check"] == str(made.id)
    with pytest.raises(Exception, match="no such check"):
        get_check(by=officer("Far", 7, post="SOUTH"), check=made.id)


def test_matches_become_rows_for_their_owner(check, alert):
    made = alert()
    check()
    assert PossibleMatch.objects.get().alert == made.id
