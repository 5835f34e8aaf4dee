"""Discreet means identical: the first line sees the same bytes, and decides the same way."""

import json
from uuid import UUID

import pytest

from conftest import officer
from kordon.border import commands
from kordon.border.facts import Decision, Identity
from kordon.border.models import Check
from kordon.border.queries import first_line_view, get_inspection, list_sightings
from kordon.border.tests.conftest import zone
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources.records import Kind

SILENT = [
    (Category.DISCREET_CHECK, Kind.PERSON, {}),
    (Category.JUDICIAL_SUMMONS, Kind.PERSON, {}),
    (Category.VEHICLE_DISCREET, Kind.VEHICLE, {"plate": "A123BC"}),
]


def shown(row):
    """What the first line is told, as bytes; the moment of asking and ids alone may differ."""
    view = first_line_view(row)
    text = json.dumps(view | {"at": "", "check": ""})
    for match in view["matches"]:
        text = text.replace(match["match"], "")
    return text.encode()


@pytest.mark.parametrize("category, kind, more", SILENT)
def test_the_first_line_sees_the_same_bytes(check, alert, category, kind, more):
    without = check(plate="A123BC")
    alert(category, kind, **more)
    with_match = check(plate="A123BC")
    assert len(with_match.fact.matches) == 1
    assert not without.fact.matches
    assert shown(with_match) == shown(without)


def test_a_seen_match_would_differ(check, alert):
    without = check()
    alert()
    assert shown(check()) != shown(without)


def test_the_traveller_is_admitted_all_the_same(ada, check, alert):
    alert(Category.DISCREET_CHECK)
    made = check()
    row = commands.record_crossing(
        by=ada, crossing=UUID(int=7), check=made.id, decision=Decision.ADMIT
    )
    assert row.status == "admitted"


def test_the_owner_learns_place_time_route_companions_and_vehicle(ada, check, cross, alert):
    made = alert(Category.DISCREET_CHECK)
    row = cross(plate="A123BC", companions="one child", route="from Osh")
    (seen,) = list_sightings(by=ada, alert=made.id)
    assert (seen.match.post, seen.match.booth, seen.crossing) == ("NORTH", "1", row)
    assert seen.check.plate == "A123BC"
    assert (seen.check.companions, seen.check.route) == ("one child", "from Osh")


def test_another_agency_learns_nothing(check, alert):
    alert(Category.DISCREET_CHECK)
    check()
    assert list_sightings(by=officer("Cus", 6, agency="CUSTOMS")) == []


def test_second_line_does_not_see_it_either(ben, alert, inspected):
    alert(Category.DISCREET_CHECK)
    row = inspected()
    assert len(Check.objects.get(pk=row.check_uuid).fact.matches) == 1
    assert get_inspection(by=ben, crossing=row.id).matches == []


def test_beside_a_seen_match_it_still_leaves_no_trace(check, alert):
    alert()
    without = check()
    alert(Category.DISCREET_CHECK, agency="CUSTOMS")
    with_both = check()
    assert len(with_both.fact.matches) == 2
    assert shown(with_both) == shown(without)


def test_a_typed_form_leaves_no_trace(check, alert):
    said = {"mrz": zone(surname="OTHER"), "typed": Identity(surname="Eriksson")}
    without = check(**said)
    alert(Category.DISCREET_CHECK)
    assert shown(check(**said)) == shown(without)
