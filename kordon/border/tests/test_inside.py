"""Who is inside and since when, and the figures: asked by those who may, and noted."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from conftest import officer
from kordon.border import queries
from kordon.border.facts import (
    CrossingRecorded,
    Decision,
    Direction,
    Identity,
    InspectionBegun,
    InspectionConcluded,
    Outcome,
    ReferralReason,
)
from kordon.border.models import DayTotal
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.border.tests.test_second_line_pages import text
from kordon.journal.models import PersonalRead
from kordon.journal.refusal import NotPermitted
from kordon.journal.writing import record, writing

PAGE = "/inside/"


@pytest.fixture
def passed(ada, north):
    """Somebody crossed so many days ago."""

    def make(days, name="ALPHA", direction=Direction.ENTRY, nationality="KGZ", by=ada, **changes):
        told = {
            "crossing": uuid4(),
            "check": None,
            "direction": direction,
            "decision": Decision.ADMIT,
            "crossed_at": timezone.now() - timedelta(days=days),
            "identity": Identity(
                issuer="UTO", number=f"N{name}", surname=name, nationality=nationality
            ),
        } | changes
        with writing():
            record(CrossingRecorded(**told), by=by)
        return told["crossing"]

    return make


def test_a_date_of_birth_is_written_as_everywhere(passed, browser):  # noqa: F811
    born = Identity(issuer="UTO", number="N1", surname="ALPHA", birth="2003-05-??")
    passed(100, identity=born)
    shown = text(browser("Kim", "shift_commander").get(PAGE))
    assert "May 2003" in shown
    assert "2003-05" not in shown


def names(found):
    return [one.surname for one in found]


def test_longest_first_and_only_those_inside_so_long(ben, passed):
    passed(10, "SHORT")
    passed(200, "LONG")
    passed(300, "LONGEST")
    passed(250, "GONE")
    passed(100, "GONE", Direction.EXIT)
    assert names(queries.list_inside(by=ben, days=90)) == ["LONGEST", "LONG"]
    assert names(queries.list_inside(by=ben)) == ["LONGEST", "LONG", "SHORT"]


def test_nationalities_are_asked_for_or_left_out(ben, passed):
    passed(9, "ONE", nationality="KGZ")
    passed(8, "TWO", nationality="UZB")
    assert names(queries.list_inside(by=ben, nationality="UZB")) == ["TWO"]
    assert names(queries.list_inside(by=ben, without="UZB")) == ["ONE"]


def test_a_post_sees_who_entered_there_and_headquarters_everybody(ben, passed):
    passed(9, "HERE")
    passed(8, "THERE", by=officer("Zoe", 9, post="SOUTH"))
    assert names(queries.list_inside(by=ben)) == ["HERE"]
    assert names(queries.list_inside(by=officer("Dan", 8, post=""))) == ["HERE", "THERE"]


def test_who_was_named_is_noted(ben, passed):
    passed(9, "ALPHA")
    queries.list_inside(by=ben)
    noted = PersonalRead.objects.get(query="border.list_inside")
    assert (noted.about, noted.found) == (["document:UTO/NALPHA"], 1)


def test_without_the_right_nobody_is_named(eve):
    with pytest.raises(NotPermitted):
        queries.list_inside(by=eve)


def test_the_day_is_counted_by_post_and_nationality(ada, ben, passed):
    passed(2, "ONE")
    passed(2, "TWO", nationality="UZB")
    referred = passed(2, "THREE", decision=Decision.REFER, reasons=(ReferralReason.OTHER,))
    with writing():
        record(InspectionBegun(crossing=referred), by=ben)
        concluded = InspectionConcluded(
            crossing=referred, proposal=uuid4(), outcome=Outcome.REFUSE, proposed_by=UUID(int=9)
        )
        record(concluded, by=ada)
    day = DayTotal.objects.first().day
    figures = queries.get_day_figures(by=ben, day=day)
    (line,) = figures.posts
    assert (line.crossings, line.referred, line.refused, line.handed_over) == (3, 1, 1, 0)
    assert figures.nationalities == [("KGZ", "entry", 2), ("UZB", "entry", 1)]


def test_months_are_counted_from_a_day_to_a_day(ben, passed):
    passed(400, "OLD")
    passed(3, "NEW")
    passed(3, "LEAVING", Direction.EXIT)
    days = sorted(DayTotal.objects.values_list("day", flat=True))
    counted = queries.list_month_figures(by=ben, first=days[0], last=days[-1])
    assert [(one.first, one.direction, one.crossings) for one in counted] == [
        (days[0].replace(day=1), "entry", 1),
        (days[-1].replace(day=1), "entry", 1),
        (days[-1].replace(day=1), "exit", 1),
    ]
    assert queries.list_month_figures(by=ben, first=days[-1], last=days[-1]) == counted[1:]
    by_nationality = queries.list_month_nationalities(by=ben, first=days[0], last=days[0])
    assert by_nationality == [(days[0].replace(day=1), "KGZ", "entry", 1)]


@pytest.fixture
def kim(browser):  # noqa: F811
    return browser("Kim", "shift_commander")


def test_the_page_names_them_and_leaves_out_own_citizens(kim, passed, settings):
    settings.KORDON_STATE = "UTO"
    passed(100, "FOREIGN")
    passed(100, "CITIZEN", nationality="UTO")
    passed(10, "GUEST")
    seen = text(kim.get(PAGE))
    assert "FOREIGN" in seen
    assert "North Gate" in seen
    assert "GUEST" not in seen
    assert "CITIZEN" not in seen
    assert "CITIZEN" in text(kim.get(PAGE, {"days": "50", "nationality": "uto"}))


def test_a_wrong_number_of_days_is_said_and_names_nobody(kim, passed):
    passed(100, "FOREIGN")
    answer = kim.get(PAGE, {"days": "-1"})
    assert answer.status_code == 422
    assert "FOREIGN" not in text(answer)


def test_the_first_line_does_not_get_there(browser):  # noqa: F811
    assert browser("Fay", "first_line_officer").get(PAGE).status_code == 403
