"""The cross-check with a check: on the first line's screen, in the record, in the second line."""

import json
from uuid import uuid4

import pytest

from conftest import officer
from kordon.border import commands, queries
from kordon.border.facts import Decision, Identity, ReferralReason
from kordon.border.models import Check, DocumentCrossCheck
from kordon.border.rules.refusals import CheckNotFound
from kordon.border.tests.chips import believe, chip
from kordon.border.tests.conftest import codes, zone
from kordon.border.tests.test_chip_pages import text
from kordon.border.views import crosscheck_protocol
from kordon.border.views.first_line import show
from kordon.border.views.second_line import inspection
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.rebuilding import digests, rebuild
from kordon.journal.refusal import NotPermitted

KIND = "border.document_cross_checked.v1"


@pytest.fixture
def referred(ada, check):
    """A traveller whose chip has another number than the printed zone."""
    believe()
    made = check(chip=chip(mrz=zone(number="X7654321")))
    crossing = uuid4()
    commands.record_crossing(
        by=ada, crossing=crossing, check=made.pk, decision=Decision.REFER,
        reasons=(ReferralReason.DOCUMENT_DOUBT,),
    )  # fmt: skip
    return crossing


def test_the_first_line_is_told_who_says_what_and_where_to_look(ask, check):
    believe()
    made = check(chip=chip(mrz=zone(number="X7654321")))
    drawn = text(ask(show, check=made.pk))
    assert "The document number differs: chip “X7654321”, printed zone “L898902C3”." in drawn
    assert "Look at the number beside the portrait" in drawn
    assert queries.first_line_view(made)["reasons_to_refer"] == ["document_doubt"]


def test_where_all_agrees_the_screen_says_nothing_and_the_record_all(ask, check):
    believe()
    made = check(chip=chip())
    assert not any(code.startswith("cross_") for code in codes(made))
    assert "differs" not in text(ask(show, check=made.pk))
    said = DocumentCrossCheck.objects.get(check_uuid=made.pk).said
    assert said["differences"] == []
    assert {one["field"] for one in said["agreements"]} >= {"number", "surname", "birth"}


def test_a_zone_alone_leaves_no_comparison_in_the_journal(check, cross):
    cross()
    check()
    assert not Entry.objects.filter(kind=KIND).exists()


def test_an_honest_traveller_spelled_otherwise_before_is_not_sent_to_second_line(cross, check):
    cross(typed=Identity(surname="Эрикссон"))
    made = check()
    assert "document_of_other" not in codes(made)
    view = queries.first_line_view(made)
    assert (view["may_admit"], view["reasons_to_refer"]) == (True, [])


def test_the_same_number_under_another_name_is_still_told_and_says_which(ask, cross, check):
    cross()
    made = check(mrz=zone(surname="OTHER", given_names="JO"))
    assert {"document_of_other", "cross_surname"} <= set(codes(made))
    assert "crossing at North Gate" in text(ask(show, check=made.pk))


def test_whose_earlier_crossing_was_compared_stands_in_the_access_log(cross, check):
    row = cross()
    check()
    last = PersonalRead.objects.filter(query="border.check_traveller").latest("entry")
    assert f"crossing:{row.pk}" in last.about


def test_what_was_typed_in_other_letters_is_told_as_the_same(ask, check):
    made = check(typed=Identity(surname="Эрикссон"))
    assert "page_agrees" in codes(made)
    assert "corrected_by_hand" not in codes(made)


def test_the_second_line_sees_all_of_it_as_page_json_and_pdf(ask, ben, referred):
    drawn = text(ask(inspection, by=ben, crossing=referred))
    assert "Comparison of sources" in drawn
    assert "X7654321" in drawn
    said = json.loads(ask(crosscheck_protocol.as_json, by=ben, crossing=referred).content)
    assert [one["code"] for one in said["differences"]] == ["NUMBER"]
    assert said["tellers"] == ["CHIP", "ZONE"]
    answer = ask(crosscheck_protocol.as_pdf, by=ben, crossing=referred)
    assert answer.content[:5] == b"%PDF-"
    assert PersonalRead.objects.filter(query="border.get_cross_check").count() == 2


def test_it_needs_its_right(ask, referred):
    lacking = officer("Dag", 9, lacking="border.get_cross_check")
    for view in (crosscheck_protocol.as_json, crosscheck_protocol.as_pdf):
        with pytest.raises(NotPermitted):
            ask(view, by=lacking, crossing=referred)


def test_of_another_post_and_where_nothing_was_compared_it_is_not_found(ada, check, referred):
    compared = Check.objects.get().pk
    for by, which in ((officer("Far", 7, post="SOUTH"), compared), (ada, check().pk)):
        with pytest.raises(CheckNotFound):
            queries.get_cross_check(by=by, check=which)


def test_it_is_made_anew_from_the_journal(referred):
    before = digests()
    assert rebuild().differing == ()
    assert digests() == before
    assert DocumentCrossCheck.objects.count() == 1


def test_where_whole_documents_differ_the_screen_stays_short(ask, check):
    believe()
    other = zone(surname="LINDQVIST", given_names="JO", number="X7654321", sex="M")
    made = check(chip=chip(mrz=other))
    drawn = text(ask(show, check=made.pk))
    assert "Sources differ in 3 fields." in drawn
    assert drawn.count("k-finding k-finding-stop") == 2
    for value in ("LINDQVIST", "X7654321", "“JO”"):
        assert value in drawn
    assert sum(code.startswith("cross_") for code in codes(made)) == 4
