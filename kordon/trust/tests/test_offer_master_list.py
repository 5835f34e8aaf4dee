"""Signed lists: verified, in order, of the accepted signer, in force by two persons."""

from datetime import timedelta
from uuid import uuid4

import pytest

from conftest import officer
from kordon.journal.rebuilding import digests, rebuild
from kordon.journal.refusal import NotPermitted
from kordon.lib.traveldocs.chip import Outcome
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import verify
from kordon.trust import commands, queries, rules
from kordon.trust.believing import trust_in_force
from kordon.trust.models import Certificate, Change, Source, Version
from kordon.trust.tests.conftest import (
    LATER,
    LISTS,
    PUBLISHER,
    SECOND,
    UTOPIA,
    listed,
    own,
    self_signed,
)


def outcome():
    return verify(UTOPIA.signer(), trust_in_force().trust).outcome


def test_nothing_is_believed_before_a_second_officer_approved(offer):
    offer()
    assert (trust_in_force().number, Certificate.objects.count()) == (0, 0)
    assert outcome() is Outcome.NOT_VERIFIABLE


def test_approved_it_verifies_a_document(in_force):
    in_force()
    assert outcome() is Outcome.VERIFIED
    found = trust_in_force()
    assert (found.number, found.as_of) == (1, a.SIGNED.date())
    assert len(found.digest) == 64


def test_another_officer_must_approve(ada, offer):
    with pytest.raises(rules.SameOfficer):
        commands.approve_change(by=ada, change=offer())


def test_it_is_decided_once(ben, in_force):
    change = in_force()
    with pytest.raises(rules.AlreadyDecided):
        commands.approve_change(by=ben, change=change)


def test_without_the_right_nobody_offers_or_approves(offer, eve):
    with pytest.raises(NotPermitted):
        commands.approve_change(by=eve, change=offer())
    keeper = officer("Dag", 9, lacking="trust.offer_master_list")
    with pytest.raises(NotPermitted):
        commands.offer_master_list(
            by=keeper, change=uuid4(), source="XP", title="t", file=("x", b"")
        )


def test_at_the_console_the_record_says_that_nobody_looked(ada, offer):
    row = commands.approve_change_at_console(by=ada, change=offer())
    assert (row.status, row.alone) == ("approved", True)
    assert "no second officer" in row.reason


def test_returned_it_changes_nothing_and_says_why(ben, offer):
    row = commands.return_change(by=ben, change=offer(), reason="Fingerprint not compared.")
    assert (row.status, row.reason) == ("returned", "Fingerprint not compared.")
    assert not Version.objects.exists()


@pytest.mark.parametrize("at", [a.SIGNED, a.SIGNED - timedelta(days=1)])
def test_an_older_list_or_the_same_is_refused(in_force, offer, at):
    in_force()
    with pytest.raises(rules.OlderList):
        offer(listed(*self_signed(UTOPIA), at=at))
    offer(listed(*self_signed(UTOPIA), at=LATER))


def test_a_list_that_says_no_day_or_one_to_come_is_refused(offer):
    for at in (None, a.BEGIN + timedelta(days=36_000)):
        with pytest.raises(rules.Unreadable, match="signed"):
            offer(listed(*self_signed(UTOPIA), at=at))


def test_a_signer_not_valid_when_it_signed_is_refused(offer):
    late = PUBLISHER.signer(more=(LISTS,), begin=LATER)
    with pytest.raises(rules.Unreadable, match="was not valid"):
        offer(listed(*self_signed(UTOPIA), signer=late))


def test_a_list_whose_signature_does_not_hold_is_refused(offer):
    content = listed(*self_signed(UTOPIA))
    with pytest.raises(rules.Unreadable, match="LIST_"):
        offer(content.replace(own(UTOPIA)[-8:], bytes(8), 1))
    assert not Change.objects.exists()


def test_the_first_signer_is_new_and_then_it_is_known(in_force, offer):
    in_force()
    change = offer(listed(*self_signed(UTOPIA), at=LATER))
    said = [Change.objects.get(status=one).said["new_signer"] for one in ("approved", "pending")]
    assert said == [True, False]
    assert Change.objects.get(pk=change).said["pin_subject"] == "C=XP, CN=Publisher CSCA"


def test_another_signer_is_refused_unless_somebody_says_that_it_was_announced(in_force, offer):
    in_force()
    stranger = a.Authority(country="XP", number=51, common="Publisher CSCA").signer(more=(LISTS,))
    content = listed(*self_signed(UTOPIA), signer=stranger, at=LATER)
    with pytest.raises(rules.OtherSigner):
        offer(content)
    assert Change.objects.get(pk=offer(content, accept_signer=True)).said["new_signer"]


def test_a_new_key_of_the_publisher_follows_the_old_by_a_link(in_force, offer):
    in_force()
    heir = a.Authority(country="XP", number=51, common="Publisher CSCA")
    content = listed(
        *self_signed(UTOPIA), heir.certificate(by=PUBLISHER), signer=heir.signer(more=(LISTS,)),
        at=LATER,
    )  # fmt: skip
    assert not Change.objects.get(pk=offer(content)).said["new_signer"]


def test_one_list_of_a_publisher_waits_at_a_time(offer):
    offer()
    with pytest.raises(rules.AlreadyWaits):
        offer(listed(*self_signed(UTOPIA), at=LATER))


def test_the_same_change_sent_twice_is_one(ada, offer):
    change = offer()
    again = commands.offer_master_list(
        by=ada, change=change, source="XP", title="x", file=("x", b"")
    )
    assert (again.id, Change.objects.count()) == (change, 1)


def test_what_a_later_list_leaves_out_is_believed_no_more(in_force):
    in_force()
    in_force(listed(*self_signed(SECOND), at=LATER))
    assert outcome() is Outcome.NOT_VERIFIABLE
    assert list(Certificate.objects.values_list("state", flat=True)) == ["XX"]
    assert Source.objects.get().signed_at == LATER


def test_the_difference_is_told_by_state(ada, in_force, offer):
    in_force()
    heir = a.Authority(number=3)
    change = offer(listed(*self_signed(heir), heir.certificate(by=UTOPIA), at=LATER))
    states = {one.state: one for one in queries.get_change(by=ada, change=change).states}
    assert sorted(states) == ["UT", "XX"]
    utopia, gone = states["UT"], states["XX"]
    assert (len(utopia.added), len(utopia.removed), utopia.kept) == (2, 1, 0)
    assert (utopia.new_keys, utopia.lost_keys) == (1, 1)
    assert (len(gone.added), len(gone.removed), gone.lost_keys) == (0, 1, 1)


def test_a_certificate_signed_by_another_key_than_it_names_is_never_believed(in_force):
    forged = UTOPIA.certificate(pair=a.P256.pair(99))
    in_force(listed(forged, SECOND.certificate()))
    assert outcome() is Outcome.NOT_VERIFIABLE
    (line,) = [one for one in queries_of_states() if one.state == "UT"]
    assert (line.anchors, line.left_out) == (0, 1)


def queries_of_states():
    return queries.list_states(by=officer("Ada", 1)).states


def test_names_of_publishers_are_short_and_none_of_our_own_words(offer):
    for source in ("", "own", "BILATERAL", "x" * 21, "a b", "ИКАО"):
        with pytest.raises(rules.Incomplete):
            offer(source=source)
    with pytest.raises(rules.Incomplete):
        offer(title=" ")


def test_rebuilt_from_the_journal_every_row_is_the_same(in_force):
    in_force()
    in_force(listed(*self_signed(SECOND), at=LATER))
    before = digests()
    rebuild()
    assert digests() == before


def test_the_version_says_everything_that_decides(in_force):
    seen = set()
    in_force()
    seen.add(trust_in_force().digest)
    in_force(listed(*self_signed(SECOND), at=LATER))
    seen.add(trust_in_force().digest)
    assert len(seen) == 2
    assert [one.number for one in Version.objects.order_by("number")] == [1, 2]
