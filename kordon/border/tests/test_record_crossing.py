"""Recording the decision of the first line, and taking it back."""

from uuid import uuid4

import pytest

from conftest import officer
from kordon.border import commands
from kordon.border.facts import Decision, Purpose, ReferralReason
from kordon.border.models import Check, Crossing
from kordon.border.queries import count_today, get_crossing, list_recent_decisions
from kordon.border.rules import refusals as no
from kordon.border.tests.conftest import long_ago, zone
from kordon.journal.models import Entry
from kordon.journal.rebuilding import rebuild
from kordon.watchlist.particulars import Category


def record(by, check, decision=Decision.ADMIT, crossing=None, **more):
    return commands.record_crossing(
        by=by, crossing=crossing or uuid4(), check=check.id, decision=decision, **more
    )


def test_it_works(ada, check):
    row = record(ada, check(plate="a 123 bc"), purpose=Purpose.FAMILY)
    assert row.status == "admitted"
    assert (row.post, row.booth, row.lane, row.officer) == ("NORTH", "1", "A", ada.id)
    assert (row.document_key, row.plate) == ("UTO/L898902C3", "A123BC")
    assert row.person_key == "ERIKSSON|A|1974-08-12|UTO"
    assert row.purpose == "family"
    assert row.findings == ["code_of_specimen"]


def test_sent_twice_it_is_one_crossing(ada, check):
    made, crossing = check(), uuid4()
    first = record(ada, made, crossing=crossing)
    again = record(ada, made, Decision.REFER, crossing=crossing)
    assert (again.status, first.pk) == ("admitted", again.pk)
    assert Entry.objects.filter(kind="border.crossing_recorded.v1").count() == 1


def test_it_needs_a_booth(ada, check):
    nobody = officer("Ada", 1, booth="")
    with pytest.raises(no.NotAtBooth):
        record(nobody, check(by=nobody))


def test_mobile_control_needs_none(check):
    walking = officer("Ada", 1, booth="")
    row = commands.record_mobile_crossing(
        by=walking, crossing=uuid4(), check=check(by=walking).id, decision=Decision.ADMIT
    )
    assert (row.mobile, row.booth) == (True, "")


def test_a_check_leads_to_one_decision(ada, check):
    made = check()
    record(ada, made)
    with pytest.raises(no.CheckUsed):
        record(ada, made)


def test_an_old_check_is_made_again(ada, check):
    made = check()
    long_ago(made, minutes=16)
    with pytest.raises(no.CheckTooOld):
        record(ada, made)


def test_only_who_checked_decides(check):
    made = check()
    with pytest.raises(no.NotYourCheck):
        record(officer("Bo", 8, booth="2"), made)


def test_a_check_that_never_was_is_refused(ada, north):
    with pytest.raises(no.CheckNotFound):
        record(ada, Check(id=uuid4()))


def test_a_listed_traveller_is_not_admitted(ada, check, alert):
    alert()
    with pytest.raises(no.MustRefer):
        record(ada, check())


def test_nor_is_a_weak_match(ada, check, alert):
    alert(births=(), nationalities=(), low_quality=True)
    with pytest.raises(no.MustRefer):
        record(ada, check())


def test_nor_one_whom_only_the_supervisor_may_know_about(ada, check, alert):
    alert(Category.ARREST)
    with pytest.raises(no.MustRefer):
        record(ada, check())


def test_a_referral_needs_a_reason(ada, check):
    with pytest.raises(no.ReasonRequired):
        record(ada, check(), Decision.REFER)


def test_a_referred_traveller_waits(refer):
    row = refer()
    assert (row.status, row.reasons) == ("referred", ["document_doubt"])


def test_fear_of_return_sets_the_flag_at_once(refer):
    assert refer(reasons=(ReferralReason.FEARS_RETURN,)).protection


def test_undone_within_seconds(ada, cross):
    row = cross()
    assert commands.undo_crossing(by=ada, crossing=row.id).status == "undone"
    assert commands.undo_crossing(by=ada, crossing=row.id).status == "undone"
    assert Entry.objects.filter(kind="border.crossing_undone.v1").count() == 1


def test_after_undoing_the_check_may_be_decided_anew(ada, check):
    made = check()
    commands.undo_crossing(by=ada, crossing=record(ada, made).id)
    again = record(ada, made, Decision.REFER, reasons=(ReferralReason.RANDOM,))
    assert again.status == "referred"


def test_not_after_ten_seconds(ada, cross):
    row = cross()
    long_ago(row, seconds=11)
    with pytest.raises(no.TooLateToUndo):
        commands.undo_crossing(by=ada, crossing=row.id)


def test_not_by_another_officer(cross):
    row = cross()
    with pytest.raises(no.NotYourCrossing):
        commands.undo_crossing(by=officer("Bo", 8, booth="2"), crossing=row.id)


def test_not_once_the_inspection_has_begun(ada, inspected):
    row = inspected()
    with pytest.raises(no.InspectionHasBegun):
        commands.undo_crossing(by=ada, crossing=row.id)


def test_undoing_what_never_was(ada, north):
    with pytest.raises(no.CrossingNotFound):
        commands.undo_crossing(by=ada, crossing=uuid4())


def test_the_officer_sees_the_last_decisions(ada, cross):
    rows = [cross(mrz=zone(number=f"N{n}")) for n in range(4)]
    assert list_recent_decisions(by=ada) == rows[:0:-1]
    assert list_recent_decisions(by=officer("Bo", 8)) == []


def test_the_day_is_counted(ada, cross, refer):
    cross()
    refer(mrz=zone(number="N2", surname="OTHER"))
    commands.undo_crossing(by=ada, crossing=cross(mrz=zone(number="N3", surname="THIRD")).id)
    today = count_today(by=ada)
    assert (today.entries, today.referred, today.waiting) == (2, 1, 1)
    assert today.decision_seconds is not None


def test_a_crossing_of_another_post_is_not_shown(ada, cross):
    row = cross()
    assert get_crossing(by=ada, crossing=row.id) == row
    assert get_crossing(by=officer("Hq", 5, post=""), crossing=row.id) == row
    with pytest.raises(no.CrossingNotFound):
        get_crossing(by=officer("Far", 5, post="SOUTH"), crossing=row.id)


def test_rebuilding_gives_the_same_rows(ada, ben, inspected, alert):
    alert()
    row = inspected()
    commands.note_interview(by=ben, crossing=row.id, note=uuid4(), text="Said so.")
    assert rebuild().differing == ()
    assert Crossing.objects.get().status == "in_inspection"
