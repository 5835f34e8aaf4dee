"""The shift commander's page: who sits where, who waits, and what may be changed from there."""

import re

import pytest
from django.urls import reverse

from kordon.accounts.models import Booth, Lane
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.border.tests.test_second_line_pages import text

POST = "/supervisor/"


@pytest.fixture
def kim(browser):  # noqa: F811
    return browser("Kim", "shift_commander")


@pytest.fixture
def seated(browser):  # noqa: F811
    """Fay of the first line, who has taken booth 2."""
    fay = browser("Fay", "first_line_officer")
    assert fay.post(reverse("accounts:take_booth"), {"booth": "2"}).status_code == 302
    return fay


def test_it_shows_lanes_booths_officers_and_figures(kim, seated, cross, refer):
    cross()
    refer()
    seen = text(kim.get(POST))
    assert "Lane A Cars, Both directions" in seen
    assert "Booth 2 Fay" in seen
    assert "today 2, referred 1" in seen
    assert "ERIKSSON ANNA MARIA" in seen


def test_it_is_drawn_anew_by_itself(kim):
    part = kim.get(POST, headers={"HX-Request": "true"}).content.decode()
    assert "Lane" in part
    assert "<html" not in part


def test_the_commander_frees_a_booth(kim, seated):
    answer = kim.post(reverse("border:free_booth", args=["2"]), follow=True)
    assert "Booth 2 is free." in text(answer)
    assert Booth.objects.get(code="2").person is None


def test_an_empty_booth_cannot_be_freed(kim):
    answer = kim.post(reverse("border:free_booth", args=["1"]), follow=True)
    assert "Nobody works at this booth." in text(answer)


def test_the_commander_switches_a_lane(kim):
    where = reverse("border:switch_lane", args=["A"])
    assert re.search(r'value="cars"[^>]*selected', kim.get(where).content.decode())
    answer = kim.post(where, {"lane_class": "buses", "direction": "exit"}, follow=True)
    assert "Lane A: Buses, Exit." in text(answer)
    assert Lane.objects.get(code="A").lane_class == "buses"


def test_a_class_that_does_not_exist_changes_nothing(kim):
    told = {"lane_class": "yachts", "direction": "exit"}
    assert kim.post(reverse("border:switch_lane", args=["A"]), told).status_code == 422
    assert Lane.objects.get(code="A").lane_class == "cars"


def test_a_lane_of_another_post_is_not_found(kim):
    assert kim.get(reverse("border:switch_lane", args=["Z"])).status_code == 404


def test_an_officer_of_the_second_line_changes_neither(browser):  # noqa: F811
    cal = browser("Cal", "second_line_officer")
    assert cal.get(POST).status_code == 403
    assert cal.get(reverse("border:switch_lane", args=["A"])).status_code == 403
    assert cal.post(reverse("border:free_booth", args=["1"])).status_code == 403
