"""Writing an alert."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from conftest import officer
from kordon.journal.models import Entry
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import commands, rules
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category, NameGiven
from kordon.watchlist.sources import Kind, Quality
from kordon.watchlist.tests.conftest import document_alert, particulars, vehicle_alert


def write(by, it, **wishes):
    return commands.raise_alert(by=by, alert=uuid4(), particulars=it, **wishes)


def test_it_waits_for_a_second_officer(ada):
    alert = write(ada, particulars())
    assert (alert.status, alert.waiting, alert.owner) == ("pending", "raise", "BORDER")
    assert alert.asked_by == ada.id


def test_without_a_review_date_it_stands_as_long_as_its_category_allows(ada):
    today = date.today()
    alert = write(ada, particulars(category=Category.INQUIRY_CHECK))
    assert alert.review_on == rules.add_years(today, 1)


def test_it_cannot_stand_longer_than_its_category_allows(ada):
    late = rules.add_years(date.today(), 3) + timedelta(days=1)
    with pytest.raises(rules.TooLong):
        write(ada, particulars(), review_on=late)


def test_a_missing_child_is_looked_for_until_majority(ada):
    born = date.today().year - 4
    child = particulars(category=Category.MISSING_CHILD, births=((born, 3, 1),))
    assert write(ada, child).review_on == date(born + 18, 3, 1)


def test_a_name_alone_is_refused(ada):
    with pytest.raises(rules.NameOnly):
        write(ada, particulars(births=()))


def test_a_name_alone_may_be_marked_as_weak(ada):
    assert write(ada, particulars(births=()), low_quality=True).low_quality


@pytest.mark.parametrize("field", ["legal_basis", "case_reference", "proportionality"])
def test_it_says_on_what_ground(ada, field):
    with pytest.raises(rules.Incomplete) as refusal:
        write(ada, particulars(**{field: " "}))
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("it", "field"),
    [
        (particulars(names=()), "names"),
        (particulars(births=((date.today().year + 1, 0, 0),)), "births"),
        (particulars(names=(NameGiven("Greta", Quality.WEAK),)), "names"),
        (document_alert(issuer=""), "documents"),
        (document_alert(number="--"), "documents"),
        (vehicle_alert(plate=" "), "plate"),
    ],
)
def test_it_says_whom_or_what_it_is_about(ada, it, field):
    with pytest.raises(rules.Incomplete) as refusal:
        write(ada, it)
    assert refusal.value.field == field


def test_a_category_is_for_its_kind_only(ada):
    with pytest.raises(rules.WrongCategory):
        write(ada, particulars(category=Category.DOCUMENT_STOLEN))
    with pytest.raises(rules.WrongCategory):
        write(ada, particulars(kind=Kind.VEHICLE, plate="01KG1"))


def test_it_is_not_over_before_it_begins(ada):
    with pytest.raises(rules.Incomplete):
        write(ada, particulars(valid_until=date.today() - timedelta(days=1)))


def test_one_alert_per_owner_for_a_person(ada, in_force):
    in_force()
    with pytest.raises(rules.AlreadyListed):
        write(ada, particulars(names=(NameGiven("Anna Maria Eriksson"),)))


def test_another_agency_may_have_its_own(ada, cai, in_force):
    in_force()
    assert write(cai, particulars()).owner == "POLICE"


def test_an_expired_alert_does_not_bar_a_new_one(ada, in_force, on_day):
    in_force()
    on_day(date(date.today().year + 4, 1, 1))
    assert write(ada, particulars()).status == "pending"


def test_one_alert_per_owner_for_a_document_and_a_plate(ada):
    write(ada, document_alert())
    with pytest.raises(rules.AlreadyListed):
        write(ada, document_alert(number="l-898902c3"))
    write(ada, vehicle_alert())
    with pytest.raises(rules.AlreadyListed):
        write(ada, vehicle_alert(plate="01KG123АВС"))


def test_sent_twice_it_is_one(ada):
    one = uuid4()
    for _ in range(2):
        commands.raise_alert(by=ada, alert=one, particulars=particulars())
    assert Entry.objects.filter(kind="watchlist.alert_raised.v1").count() == 1
    assert Alert.objects.count() == 1


def test_somebody_of_no_agency_cannot_own_one(db):
    with pytest.raises(rules.NotOwner):
        write(officer("Nobody", 9, agency=""), particulars())


def test_it_needs_the_right(db):
    with pytest.raises(NotPermitted):
        write(officer("Eve", 3, lacking="watchlist.raise_alert"), particulars())
    assert not Entry.objects.exists()
