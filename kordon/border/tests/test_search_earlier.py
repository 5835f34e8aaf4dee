"""A new alert is compared with who had crossed before it was there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import officer
from kordon.border import commands, scratch
from kordon.border.commands import searching
from kordon.border.duties import compare_earlier
from kordon.border.facts import Wish
from kordon.border.holding import holder_of
from kordon.border.models import Check, Crossing, EarlierSearched, Hit
from kordon.border.queries import get_hit, list_earlier_searches, list_hits
from kordon.border.rules.refusals import DaysImpossible, LeavesNoTrace
from kordon.border.tests.conftest import zone
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.journal.models import PersonalRead
from kordon.journal.reacting import react
from kordon.watchlist import sifting
from kordon.watchlist.commands import approve_alert, change_alert, exclude_match
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven
from kordon.watchlist.rows import particulars_of
from kordon.watchlist.sources.records import Kind

NEAR = (DocumentGiven("L8989O2C3", "UTO"),)


@pytest.fixture(autouse=True)
def _nothing_held():
    searching.forget()


def search():
    """What the worker does until nothing is left."""
    react()
    while scratch.searches():
        compare_earlier()


def test_who_had_crossed_is_a_hit_of_the_owner(ada, cross, alert):
    row = cross()
    cross(mrz=zone(surname="OTHER", given_names="PERSON", number="X1234567"))
    made = alert()
    search()
    (line,) = list_hits(by=ada)
    assert (line.row.kind, line.row.crossing, line.row.alert) == ("earlier", row.id, made.id)
    view = get_hit(by=ada, hit=line.row.pk)
    assert view.found.reasons
    assert view.identity.surname == "ERIKSSON"
    done = EarlierSearched.objects.get()
    assert (done.alerts, done.compared, done.found, done.days) == (1, 2, 1, 30)


def test_what_the_check_had_met_is_not_found_again(alert, refer):
    alert()
    refer()
    search()
    assert not Hit.objects.filter(kind="earlier").exists()
    assert EarlierSearched.objects.get().found == 0


def test_only_crossings_of_the_last_days_are_compared(ada, cross, alert):
    row = cross()
    long_ago = timezone.now() - timedelta(days=31)
    Crossing.objects.filter(pk=row.pk).update(crossed_at=long_ago)
    alert()
    search()
    assert EarlierSearched.objects.get().compared == 0
    commands.set_earlier_policy(by=ada, days=60, ground="Law 2")
    alert(agency="CUSTOMS")
    search()
    assert Hit.objects.get().owner == "CUSTOMS"


def test_where_the_law_says_never_nothing_is_compared(ada, cross, alert):
    commands.set_earlier_policy(by=ada, days=0, ground="Law 2")
    cross()
    alert()
    search()
    assert not EarlierSearched.objects.exists()
    for days in (-1, 366):
        with pytest.raises(DaysImpossible):
            commands.set_earlier_policy(by=ada, days=days, ground="Law 2")


@pytest.mark.parametrize(
    "kind, category, more",
    [
        (Kind.DOCUMENT, Category.DOCUMENT_STOLEN, {}),
        (Kind.DOCUMENT, Category.DOCUMENT_LOST, {"documents": NEAR}),
        (Kind.VEHICLE, Category.VEHICLE_SEIZE, {"plate": "А123ВС"}),
        (Kind.PERSON, Category.DISCREET_CHECK, {"names": (NameGiven("Эрикссон Анна Мария"),)}),
    ],
)  # fmt: skip
def test_documents_vehicles_and_other_scripts_are_found(cross, alert, kind, category, more):
    cross(plate="A123BC")
    alert(category, kind, **more)
    search()
    assert Hit.objects.get().category == category


def test_a_list_that_is_too_large_to_be_held_is_not_compared(cross, alert, monkeypatch):
    monkeypatch.setattr(sifting, "LARGEST", 0)
    cross()
    alert()
    search()
    assert EarlierSearched.objects.exists()
    assert not Hit.objects.exists()


@pytest.mark.parametrize("births", [((1974, 0, 0),), ((1975, 8, 13),)])
def test_who_would_not_have_been_stopped_is_not_told_of(cross, alert, births):
    cross()
    alert(births=births)
    search()
    assert EarlierSearched.objects.exists()
    assert not Hit.objects.exists()


def test_a_changed_alert_is_compared_again(ada, ben, cross, alert):
    row = cross()
    made = alert(names=(NameGiven("Quite Another"),), births=((1950, 1, 2),))
    search()
    assert not Hit.objects.exists()
    told = particulars_of(Alert.objects.prefetch_related("names", "documents").get(pk=made.id))
    names = (*told.names, NameGiven("Eriksson Anna Maria"))
    births = (*told.births, (1974, 8, 12))
    changed = type(told)(**{**vars(told), "names": names, "births": births})
    change_alert(by=ada, alert=made.id, particulars=changed, low_quality=False, reason="An alias.")
    approve_alert(by=ben, alert=made.id)
    search()
    assert Hit.objects.get().crossing == row.id


def test_what_is_ruled_out_is_not_found(ben, cross, alert):
    row = cross()
    made = alert()
    holder = holder_of(Check.objects.get(pk=row.check_uuid).fact.identity)
    exclude_match(
        by=ben, exclusion=uuid4(), alert=made.id, holder=holder, match=uuid4(), reason="Another."
    )
    search()
    assert not Hit.objects.exists()


def test_of_an_earlier_hit_that_leaves_no_trace_the_post_is_not_asked(ada, cross, alert):
    cross()
    alert(Category.DISCREET_CHECK)
    search()
    hit = Hit.objects.get().pk
    commands.acknowledge_hit(by=ada, hit=hit)
    with pytest.raises(LeavesNoTrace):
        commands.send_hit_message(
            by=ada, message=uuid4(), hit=hit, wish=Wish.QUESTION, text="Who was with them?"
        )


def test_alerts_that_wait_share_one_pass(cross, alert):
    cross()
    alert()
    alert(agency="CUSTOMS")
    search()
    done = EarlierSearched.objects.get()
    assert (done.alerts, done.compared, done.found) == (2, 1, 2)


def test_after_a_restart_it_goes_on_where_it_was(monkeypatch, cross, alert, ada):
    for number in ("X1000001", "X1000002", "X1000003"):
        cross(mrz=zone(number=number))
    alert()
    react()
    monkeypatch.setattr(searching, "AT_ONCE", 1)
    times = iter([0.0, 0.0, 99.0])
    system = searching_officer()
    assert searching.search_earlier(by=system, clock=lambda: next(times))
    (waiting,) = list_earlier_searches(by=ada)
    assert (waiting.compared, waiting.found, waiting.done_at) == (1, 1, None)
    searching.forget()  # as a process that has just begun
    search()
    done = EarlierSearched.objects.get()
    assert (done.compared, done.found) == (3, 3)
    assert Hit.objects.count() == 3


def test_a_part_that_failed_is_done_again_whole(monkeypatch, cross, alert):
    cross()
    alert()
    react()

    def fail(*_args, **_kwargs):
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(scratch, "advance_search", fail)
        with pytest.raises(OSError, match="no room"):
            searching.search_earlier(by=searching_officer())
    assert not Hit.objects.exists()
    search()
    assert Hit.objects.count() == 1


def test_an_entry_heard_of_long_afterwards_asks_nothing(ada, cross):
    cross()
    then = timezone.now() - timedelta(days=8)
    commands.ask_earlier(by=ada, position=1, at=then, about="alert:x")
    assert scratch.searches() == []


def test_whom_it_found_is_in_the_access_log(cross, alert):
    row = cross()
    alert()
    search()
    reads = PersonalRead.objects.filter(query="border.search_earlier")
    assert f"crossing:{row.id}" in [about for read in reads for about in read.about]


def searching_officer():
    return officer("system", 0, post="")


def test_the_page_shows_searches_and_sets_the_days(browser, cross, alert):  # noqa: F811
    cross()
    alert()
    search()
    chief = browser("Sup", "watchlist_supervisor")
    where = reverse("border:earlier_searches")
    assert "30" in chief.get(where).content.decode()
    assert chief.post(where, {"days": 400, "ground": "Law 2"}).status_code == 422
    assert chief.post(where, {"days": 60, "ground": "Law 2"}).status_code == 302
    assert "Law 2" in chief.get(where).content.decode()
    duty = browser("Dee", "duty_officer")
    assert duty.get(where).status_code == 200
    assert duty.post(where, {"days": 1, "ground": "Law 2"}).status_code == 403
