"""Hits: told to their owner, worked on against a clock, never to anybody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import officer
from kordon.border import commands
from kordon.border.facts import HitResult, Judgement, Wish
from kordon.border.models import Hit, HitMessage, PossibleMatch
from kordon.border.queries import (
    get_hit,
    get_inspection,
    list_hit_clocks,
    list_hit_messages,
    list_hits,
)
from kordon.border.rules import refusals as no
from kordon.border.rules.hits import USUAL, Times, due
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.journal.models import PersonalRead
from kordon.journal.refusal import Refusal
from kordon.watchlist.particulars import Category

WHY = "The photo and the scar."


@pytest.fixture
def cus():
    """Somebody of another agency."""
    return officer("Cus", 6, agency="CUSTOMS")


@pytest.fixture
def confirmed(ben, alert, inspected):
    """A traveller in second line, whose match Ben confirmed."""

    def make(judgement=Judgement.CONFIRMED, **more):
        alert(**more)
        row = inspected()
        (match,) = PossibleMatch.objects.filter(check_uuid=row.check_uuid)
        commands.judge_match(
            by=ben, crossing=row.id, match=match.id, judgement=judgement, reason=WHY
        )
        return row, match

    return make


def test_a_possible_match_is_no_hit_before_it_is_judged(ada, alert, inspected):
    alert()
    inspected()
    assert list_hits(by=ada) == []


@pytest.mark.parametrize("judgement", [Judgement.CONFIRMED, Judgement.CANNOT_TELL])
def test_what_is_judged_so_is_reported_to_the_owner(ada, confirmed, judgement):
    row, match = confirmed(judgement)
    (line,) = list_hits(by=ada)
    assert (line.row.pk, line.row.kind, line.row.crossing) == (match.id, "met", row.id)
    assert line.traveller.surname == "ERIKSSON"
    assert str(line.due.stage) == "acknowledge"


def test_judged_otherwise_it_is_taken_back_and_comes_again(ada, ben, confirmed):
    row, match = confirmed()
    for judgement, count in ((Judgement.NOT_SAME, 0), (Judgement.CONFIRMED, 1)):
        commands.judge_match(
            by=ben, crossing=row.id, match=match.id, judgement=judgement, reason=WHY
        )
        assert len(list_hits(by=ada)) == count
    assert len(list_hits(by=ada, everything=True)) == 1


def test_another_agency_learns_nothing(cus, confirmed):
    _row, match = confirmed()
    assert list_hits(by=cus) == []
    with pytest.raises(no.HitNotFound):
        get_hit(by=cus, hit=match.id)
    with pytest.raises(no.HitNotFound):
        commands.acknowledge_hit(by=cus, hit=match.id)


@pytest.mark.parametrize("category", [Category.DISCREET_CHECK, Category.JUDICIAL_SUMMONS])
def test_what_leaves_no_trace_is_told_at_once(ada, check, alert, category):
    alert(category)
    made = check()
    (line,) = list_hits(by=ada)
    assert (line.row.kind, line.row.check_uuid) == ("silent", made.id)
    assert line.row.found is None
    view = get_hit(by=ada, hit=line.row.pk)
    assert view.found.alert == line.row.alert
    assert view.crossing is None


def test_of_what_leaves_no_trace_the_post_is_not_asked(ada, cross, alert):
    alert(Category.DISCREET_CHECK)
    cross()
    hit = Hit.objects.get().pk
    commands.acknowledge_hit(by=ada, hit=hit)
    with pytest.raises(no.LeavesNoTrace):
        commands.send_hit_message(
            by=ada, message=uuid4(), hit=hit, wish=Wish.QUESTION, text="Who was with them?"
        )


def test_an_excluded_match_is_no_silent_hit(ada, check, alert):
    alert(Category.DISCREET_CHECK)
    check()
    hit = Hit.objects.get().pk
    commands.acknowledge_hit(by=ada, hit=hit)
    commands.close_hit(by=ada, hit=hit, result=HitResult.NOT_SAME, reason="Another person.")
    check()
    assert list_hits(by=ada) == []


def test_the_owner_acknowledges_asks_is_answered_and_closes(ada, ben, confirmed):
    row, match = confirmed()
    with pytest.raises(no.HitNotAcknowledged):
        _ask(ada, match.id)
    commands.acknowledge_hit(by=ada, hit=match.id, note="A car is on its way.")
    with pytest.raises(no.HitNotOpen):
        commands.acknowledge_hit(by=ada, hit=match.id)
    message = _ask(ada, match.id)
    ((asked, crossing),) = list_hit_messages(by=ben)
    assert (asked.pk, crossing.pk) == (message.pk, row.id)
    commands.answer_hit_message(by=ben, message=message.pk, text="On the left hand.")
    with pytest.raises(no.AlreadyAnswered):
        commands.answer_hit_message(by=ben, message=message.pk, text="On the right hand.")
    assert list_hit_messages(by=ben) == []
    assert get_inspection(by=ben, crossing=row.id).messages[0].answer == "On the left hand."
    commands.close_hit(by=ada, hit=match.id, result=HitResult.SAME, reason="Handed over.")
    assert list_hits(by=ada) == []
    with pytest.raises(no.HitNotOpen):
        commands.close_hit(by=ada, hit=match.id, result=HitResult.SAME, reason="Again.")


def test_only_the_post_that_was_asked_answers(ada, confirmed):
    _row, match = confirmed()
    commands.acknowledge_hit(by=ada, hit=match.id)
    message = _ask(ada, match.id)
    with pytest.raises(no.HitNotFound):
        commands.answer_hit_message(
            by=officer("Sam", 9, post="SOUTH"), message=message.pk, text="Yes."
        )


def test_a_message_sent_twice_is_one(ada, confirmed):
    _row, match = confirmed()
    commands.acknowledge_hit(by=ada, hit=match.id)
    message = _ask(ada, match.id)
    _ask(ada, match.id, message=message.pk)
    assert HitMessage.objects.count() == 1


def test_closed_as_not_the_same_it_is_not_met_again(ada, ben, confirmed, check):
    _row, match = confirmed()
    commands.acknowledge_hit(by=ada, hit=match.id)
    commands.close_hit(by=ada, hit=match.id, result=HitResult.NOT_SAME, reason="Fingerprints.")
    assert [found.strength for found in check().fact.matches] == ["excluded"]


def test_clocks_run_from_step_to_step():
    now = timezone.now()
    times = Times(verify=1, acknowledge=10, close=60)
    told = {"reported": now - timedelta(minutes=11), "times": times, "now": now}
    first = due(status="open", acknowledged=None, **told)
    assert (str(first.stage), first.overdue, first.left) == (
        "acknowledge",
        True,
        timedelta(minutes=-1),
    )
    second = due(status="acknowledged", acknowledged=now - timedelta(minutes=5), **told)
    assert (str(second.stage), second.overdue) == ("close", False)
    assert due(status="closed", acknowledged=None, **told).at is None


def test_every_category_has_its_times():
    assert set(USUAL) == {str(category) for category in Category}


def test_the_duty_officer_sees_what_is_due_and_nobody(ben, ada, alert, inspected, check):
    alert(Category.DISCREET_CHECK, agency="CUSTOMS")
    check()
    alert(Category.ARREST)
    inspected()
    clocks = list_hit_clocks(by=ada)
    assert [(it.category, str(it.due.stage), it.owner) for it in clocks] == [
        ("arrest", "verify", "BORDER"),
        ("discreet_check", "acknowledge", "CUSTOMS"),
        ("discreet_check", "acknowledge", "CUSTOMS"),
    ]
    assert "ERIKSSON" not in str(clocks)


def test_headquarters_sets_the_times_of_a_category(ada, alert, inspected):
    commands.set_hit_clock(by=ada, category="arrest", times=Times(verify=5, acknowledge=5, close=5))
    alert(Category.ARREST)
    inspected()
    (clock,) = list_hit_clocks(by=ada)
    assert clock.due.left <= timedelta(minutes=5)
    for wrong in (
        Times(verify=0, acknowledge=1, close=1),
        Times(verify=1, acknowledge=1, close=10**6),
    ):
        with pytest.raises(no.TimesImpossible):
            commands.set_hit_clock(by=ada, category="arrest", times=wrong)
    with pytest.raises(Refusal):
        commands.set_hit_clock(by=ada, category="x", times=Times(verify=1, acknowledge=1, close=1))


def test_reading_hits_is_logged(ada, confirmed):
    _row, match = confirmed()
    get_hit(by=ada, hit=match.id)
    read = PersonalRead.objects.order_by("entry").last()
    assert (read.query, read.about) == ("border.get_hit", [f"alert:{match.alert}"])


def _ask(by, hit, message=None):
    return commands.send_hit_message(
        by=by, message=message or uuid4(), hit=hit, wish=Wish.QUESTION, text="Is there a scar?"
    )


def test_the_pages_of_a_hit(browser, confirmed):  # noqa: F811
    row, match = confirmed()
    owner, cal = browser("Oli", "watchlist_owner"), browser("Cal", "second_line_officer")
    assert b"ERIKSSON" in owner.get(reverse("border:hits")).content
    where = reverse("border:hit", args=[match.id])
    assert "I have seen it" in owner.get(where).content.decode()
    send = lambda name, told: owner.post(reverse(f"border:{name}", args=[match.id]), told)  # noqa: E731
    assert send("close_hit", {"result": "same", "reason": "Early."}).status_code == 422
    assert send("acknowledge_hit", {"note": "On our way."}).status_code == 302
    told = {"message": uuid4(), "wish": "question", "text": "Is there a scar?"}
    assert send("tell_hit", told).status_code == 302
    assert "Is there a scar?" in cal.get("/second-line/").content.decode()
    assert (
        "Is there a scar?" in cal.get(reverse("border:inspection", args=[row.id])).content.decode()
    )
    message = HitMessage.objects.get().pk
    answer = reverse("border:answer_hit", args=[row.id, message])
    assert cal.post(answer, {"text": ""}).status_code == 422
    assert cal.post(answer, {"text": "On the left hand."}).status_code == 302
    assert "On the left hand." in owner.get(where).content.decode()
    assert send("close_hit", {"result": "same", "reason": ""}).status_code == 422
    assert send("close_hit", {"result": "same", "reason": "Handed over."}).status_code == 302
    assert "Handed over." in owner.get(where).content.decode()


def test_the_pages_of_the_clocks(browser, confirmed):  # noqa: F811
    confirmed()
    duty, chief = browser("Dee", "duty_officer"), browser("Sys", "watchlist_supervisor")
    page = duty.get(reverse("border:hit_clocks")).content.decode()
    assert "Entry ban" in page
    assert "ERIKSSON" not in page
    times = reverse("border:hit_times")
    assert duty.get(times).status_code == 200
    told = {"verify": 5, "acknowledge": 5, "close": 5}
    assert chief.post(f"{times}?category=arrest", {**told, "close": 0}).status_code == 422
    assert chief.post(f"{times}?category=arrest", told).status_code == 302
