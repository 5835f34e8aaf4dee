"""How good lists are: counted, told to their owners, acknowledged, handed over as CSV."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import officer
from kordon.border import commands
from kordon.border.duties import report_on_lists
from kordon.border.models import PossibleMatch, QualityReport
from kordon.border.queries import list_poor_entries, list_quality_reports
from kordon.border.rules.quality import Entry, Met, faults_of
from kordon.border.rules.refusals import ReportNotFound, StatementRequired
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import DocumentGiven, NameGiven


def entry(**changes):
    told = {
        "alert": uuid4(),
        "reference": "C-1",
        "category": "entry_ban",
        "person": True,
        "dated": True,
        "exact": True,
        "stale": False,
        "met": Met(times=1, confirmed=1),
    }
    return Entry(**(told | changes))


@pytest.mark.parametrize(
    "changes, faults",
    [
        ({}, []),
        ({"dated": False}, ["no_birth_date"]),
        ({"dated": False, "exact": False}, ["no_birth_date", "name_only"]),
        ({"dated": False, "exact": False, "person": False}, []),
        ({"stale": True}, ["stale"]),
        ({"met": Met()}, ["never_met"]),
        ({"met": Met(times=3, not_same=3)}, ["always_false"]),
        ({"met": Met(times=3, not_same=2)}, []),
        ({"met": Met(times=4, not_same=3, confirmed=1)}, []),
    ],
)
def test_what_is_wrong_with_an_entry(changes, faults):
    assert list(faults_of(entry(**changes))) == faults


@pytest.fixture
def listed(alert, check):
    """One good entry that was met and ruled out three times, and two poor ones."""
    good = alert()
    alert(names=(NameGiven("Without A Date"),), births=(), low_quality=True)
    held = (DocumentGiven("X1", "KGZ"),)
    alert(names=(NameGiven("With A Document"),), births=(), documents=held)
    for _ in range(3):
        check()
    PossibleMatch.objects.update(judgement="not_same")
    return good


def test_it_is_counted_and_told_to_the_owner_once_a_month(ada, listed):
    report_on_lists()
    report_on_lists()
    (report,) = list_quality_reports(by=ada)
    assert report.figures == {
        "entries": 3,
        "no_birth_date": 2,
        "name_only": 1,
        "stale": 0,
        "never_met": 2,
        "always_false": 1,
        "judged": 3,
        "not_same": 3,
    }
    QualityReport.objects.update(at=timezone.now() - timedelta(days=31))
    report_on_lists()
    assert len(list_quality_reports(by=ada)) == 2


def test_an_alert_past_its_review_is_out_of_date(ada, listed):
    Alert.objects.filter(pk=listed.id).update(review_on=timezone.localdate() - timedelta(days=1))
    (poor, *_) = list_poor_entries(by=ada, source="")
    assert (poor.entry.alert, "stale" in poor.faults) == (listed.id, True)


def test_only_the_owner_is_told_and_acknowledges(ada, listed):
    report_on_lists()
    (report,) = list_quality_reports(by=ada)
    cus = officer("Cus", 6, agency="CUSTOMS")
    assert list_quality_reports(by=cus) == []
    assert list_poor_entries(by=cus, source="") == []
    with pytest.raises(ReportNotFound):
        commands.acknowledge_quality(by=cus, report=report.id, note="Read.")
    with pytest.raises(StatementRequired):
        commands.acknowledge_quality(by=ada, report=report.id, note=" ")
    commands.acknowledge_quality(by=ada, report=report.id, note="We ask for birth dates.")
    assert list_quality_reports(by=ada)[0].acknowledged_by_name == "Ada"


def test_the_pages(browser, listed):  # noqa: F811
    Alert.objects.filter(pk=listed.id).update(case_reference="=1+1")
    report_on_lists()
    owner = browser("Oli", "watchlist_owner")
    where = reverse("border:quality")
    assert "100.0" in owner.get(where).content.decode()
    report = QualityReport.objects.get().id
    acknowledge = reverse("border:acknowledge_quality", args=[report])
    assert owner.post(acknowledge, {"note": ""}).status_code == 422
    assert owner.post(acknowledge, {"note": "Birth dates are asked for."}).status_code == 302
    assert "Birth dates are asked for." in owner.get(where).content.decode()
    lines = owner.get(reverse("border:poor_entries")).content.decode().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("'=1+1;")
    assert "always somebody else" in lines[1]
