"""Before a list is put in force: how many of last month's travellers it would have stopped."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kordon.border.commands import rehearsing
from kordon.border.duties import rehearse_editions
from kordon.border.models import Crossing
from kordon.border.tests.conftest import zone
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.watchlist.commands import Category, Profile, import_edition
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.queries import waits_for_rehearsal
from kordon.watchlist.rehearsing import Figures, expect

HEADER = "reference;name;birth date\n"
ANNA = "1;ERIKSSON ANNA MARIA;1974-08-12\n"
NAMELESS_DAY = "2;ERIKSSON ANNA MARIA;\n"
OTHER = "3;Quite Another;1950-01-02\n"


@pytest.fixture
def waiting(ada):
    """An edition of a list that waits for approval."""

    def make(rows, category=Category.ENTRY_BAN):
        profile = Profile(
            list="OURS", title="Ours", format="table", category=category, legal_basis="Law 1"
        )
        return import_edition(
            by=ada,
            edition=uuid4(),
            profile=profile,
            content=(HEADER + rows).encode(),
            filename="ours.csv",
        )

    return make


def rehearse():
    while waits_for_rehearsal(None):
        rehearse_editions()


def counted(edition):
    edition.refresh_from_db()
    said = edition.rehearsal
    return said["travellers"], said["stops"], said["referrals"], said["silent"]


@pytest.mark.parametrize(
    "rows, category, expected",
    [
        (OTHER, Category.ENTRY_BAN, (2, 0, 0, 0)),
        (OTHER + ANNA, Category.ENTRY_BAN, (2, 1, 0, 0)),
        (OTHER + NAMELESS_DAY, Category.ENTRY_BAN, (2, 0, 1, 0)),
        (OTHER + ANNA, Category.DISCREET_CHECK, (2, 0, 0, 1)),
    ],
)
def test_travellers_of_last_month_are_compared(north, cross, waiting, rows, category, expected):
    cross()
    cross(mrz=zone(surname="IVANOV", given_names="PETR", number="X1234567", sex="M"))
    edition = waiting(rows, category)
    rehearse()
    assert counted(edition) == expected
    assert not Alert.objects.exists()


def test_who_crossed_longer_ago_is_not_compared(north, cross, waiting):
    row = cross()
    Crossing.objects.filter(pk=row.pk).update(crossed_at=timezone.now() - timedelta(days=40))
    edition = waiting(ANNA)
    rehearse()
    assert counted(edition)[0] == 0


def test_of_many_crossings_a_sample_is_drawn(monkeypatch, north, cross, waiting):
    for number in range(6):
        cross(mrz=zone(number=f"X100000{number}"))
    monkeypatch.setattr(rehearsing, "MOST_TRAVELLERS", 5)
    edition = waiting(ANNA)
    rehearse()
    edition.refresh_from_db()
    assert edition.rehearsal["crossings"] == 6
    assert edition.rehearsal["travellers"] <= 5


def test_it_is_done_in_parts(monkeypatch, north, cross, waiting):
    for number in range(3):
        cross(mrz=zone(number=f"X100000{number}"))
    edition = waiting(ANNA)
    monkeypatch.setattr(rehearsing, "BUDGET_S", -1.0)
    rehearse_editions()
    assert Edition.objects.get(pk=edition.pk).rehearsal is None
    rehearse()
    assert counted(edition) == (3, 3, 0, 0)


def test_how_sure_it_is():
    told = {"crossings": 10_000, "days": 30, "entries": 10, "of_entries": 10}
    some = Figures(travellers=10_000, stops=4, referrals=0, silent=0, **told)
    it = expect(4, some)
    assert it.rate == 4
    assert it.low < 4 < it.high < 11
    none = expect(0, some)
    assert (none.rate, none.low) == (0, 0)
    assert 3 < none.high < 5  # the rule of three: at most about 3 in 10,000
    assert expect(0, Figures(travellers=0, stops=0, referrals=0, silent=0, **told)) is None
    tenth = Figures(travellers=10_000, stops=4, referrals=0, silent=0, **(told | {"entries": 1}))
    assert expect(4, tenth).rate == 40


def test_the_page_says_what_is_expected(browser, cross, waiting):  # noqa: F811
    approver = browser("App", "watchlist_approver")
    edition = waiting(ANNA)
    where = reverse("watchlist:edition", args=[edition.id])
    assert "Being worked out" in approver.get(where).content.decode()
    rehearse()
    assert "No crossing of the last 30 days" in approver.get(where).content.decode()
    cross()
    second = waiting(ANNA + OTHER)
    rehearse()
    page = approver.get(reverse("watchlist:edition", args=[second.id])).content.decode()
    assert "10000.0" in page.replace(",", "").replace("\xa0", "")
    part = approver.get(reverse("watchlist:rehearsal", args=[second.id])).content.decode()
    assert "hx-get" not in part
