"""A second officer decides: new alerts, changes, extensions, withdrawals."""

from datetime import date, timedelta

import pytest

from conftest import officer
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import commands, queries, rules
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import NameGiven
from kordon.watchlist.tests.conftest import particulars

ASSESSMENT = "Seen again near the border in May; the ground persists."


def test_it_puts_an_alert_in_force(ben, raised):
    alert = commands.approve_alert(by=ben, alert=raised())
    assert (alert.status, alert.waiting, alert.approved_by_name) == ("in_force", "", "Ben")


def test_it_needs_another_officer(ada, raised):
    with pytest.raises(rules.SameOfficer):
        commands.approve_alert(by=ada, alert=raised())


def test_it_needs_an_officer_of_the_owner(cai, raised):
    with pytest.raises(rules.NotOwner):
        commands.approve_alert(by=cai, alert=raised())


def test_it_happens_once(ben, in_force):
    with pytest.raises(rules.NothingWaits):
        commands.approve_alert(by=ben, alert=in_force())


def test_it_needs_the_right(raised):
    alert = raised()
    with pytest.raises(NotPermitted):
        commands.approve_alert(by=officer("Eve", 3, lacking="watchlist.approve_alert"), alert=alert)


def test_a_returned_alert_says_why_and_can_be_written_anew(ada, ben, raised):
    alert = raised()
    commands.return_alert(by=ben, alert=alert, reason="The reference is that of another case.")
    assert Alert.objects.get().status == "returned"
    again = particulars(case_reference="BG-2026/118")
    row = commands.change_alert(by=ada, alert=alert, particulars=again, reason="Reference mended.")
    assert (row.status, row.waiting, row.case_reference) == ("pending", "raise", "BG-2026/118")


def test_a_return_says_why(ben, raised):
    with pytest.raises(rules.Incomplete):
        commands.return_alert(by=ben, alert=raised(), reason=" ")


def test_the_writer_cannot_return_it(ada, raised):
    with pytest.raises(rules.SameOfficer):
        commands.return_alert(by=ada, alert=raised(), reason="A slip.")


def test_a_change_leaves_the_alert_as_it_was_until_approved(ada, ben, in_force):
    alert = in_force()
    new = particulars(names=(NameGiven("HOLMBERG Greta"),))
    row = commands.change_alert(by=ada, alert=alert, particulars=new, reason="Married name.")
    assert (row.status, row.waiting) == ("in_force", "change")
    assert [name.text for name in row.names.all()] == ["ERIKSSON Anna Maria"]
    row = commands.approve_alert(by=ben, alert=alert)
    assert [name.text for name in row.names.all()] == ["HOLMBERG Greta"]
    assert row.proposal is None


def test_a_returned_change_leaves_it_in_force(ada, ben, in_force):
    alert = in_force()
    commands.change_alert(by=ada, alert=alert, particulars=particulars(sex=""), reason="Unsure.")
    row = commands.return_alert(by=ben, alert=alert, reason="The sex is certain.")
    assert (row.status, row.waiting, row.sex) == ("in_force", "", "F")


def test_one_thing_waits_at_a_time(ada, in_force):
    alert = in_force()
    commands.withdraw_alert(by=ada, alert=alert, reason="Purpose reached.")
    with pytest.raises(rules.SomethingWaits):
        commands.change_alert(by=ada, alert=alert, particulars=particulars(), reason="A slip.")


def test_only_the_owner_changes(cai, in_force):
    with pytest.raises(rules.NotOwner):
        commands.change_alert(by=cai, alert=in_force(), particulars=particulars(), reason="Why not")


def test_only_the_owner_withdraws(cai, in_force):
    with pytest.raises(rules.NotOwner):
        commands.withdraw_alert(by=cai, alert=in_force(), reason="Why not")


def test_an_extension_needs_an_assessment_of_this_one(ada, in_force):
    later = date.today() + timedelta(days=30)
    with pytest.raises(rules.Incomplete) as refusal:
        commands.extend_alert(by=ada, alert=in_force(), review_on=later, assessment="as before")
    assert refusal.value.field == "assessment"


def test_an_expired_alert_fires_again_once_its_extension_is_approved(ada, ben, in_force, on_day):
    alert = in_force()
    day = date(date.today().year + 4, 1, 1)
    on_day(day)
    until = day + timedelta(days=300)
    commands.extend_alert(by=ada, alert=alert, review_on=until, assessment=ASSESSMENT)
    row = commands.approve_alert(by=ben, alert=alert)
    assert row.review_on == until
    assert queries.get_alert(by=ada, alert=alert).line.status == "in_force"


def test_an_extension_is_bound_by_the_category(ada, in_force):
    late = rules.add_years(date.today(), 3) + timedelta(days=1)
    with pytest.raises(rules.TooLong):
        commands.extend_alert(by=ada, alert=in_force(), review_on=late, assessment=ASSESSMENT)


def test_only_an_alert_in_force_is_extended(ada, raised):
    later = date.today() + timedelta(days=30)
    with pytest.raises(rules.WrongStatus):
        commands.extend_alert(by=ada, alert=raised(), review_on=later, assessment=ASSESSMENT)


def test_what_never_was_in_force_is_withdrawn_at_once(ada, raised):
    assert commands.withdraw_alert(by=ada, alert=raised(), reason="A slip.").status == "withdrawn"


def test_a_withdrawn_alert_stays_withdrawn(ada, raised):
    alert = raised()
    commands.withdraw_alert(by=ada, alert=alert, reason="A slip.")
    with pytest.raises(rules.WrongStatus):
        commands.change_alert(by=ada, alert=alert, particulars=particulars(), reason="Once more.")
