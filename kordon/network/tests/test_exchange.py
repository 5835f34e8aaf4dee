"""Up and down between headquarters and posts, with the journal's real code on real databases."""

import pytest

from kordon.accounts.facts import AgencyRegistered, Failure, SignInFailed
from kordon.accounts.models import Agency, SignIn
from kordon.journal import identity
from kordon.journal.channels import AwaitingHeads, OnlyAtHeadquarters
from kordon.journal.models import Receipt
from kordon.journal.receiving import receive
from kordon.journal.sending import last_number
from kordon.journal.verifying import verify
from kordon.journal.wire import decode
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import steps
from kordon.network.desk import Headquarters


def happen(node, count=1):
    """Something that posts record."""
    with node.here(), writing():
        for _ in range(count):
            failed = SignInFailed(person=None, address="::1", failure=Failure.UNKNOWN_LOGIN)
            record(failed, by=EVERYTHING)


def push(post, hq, limit=500):
    with post.here():
        packed = steps.pack(steps.begin(), limit)
    with hq.here():
        answer = Headquarters().take(post.name, packed.sent)
    with post.here():
        return steps.hear_answer(answer)


def pull(post, hq, channel="all"):
    with post.here():
        after = steps.cursor(channel)
    with hq.here():
        packed = Headquarters().give(post.name, channel, after)
    if packed:
        with post.here():
            assert steps.take(packed) == ()
    return bool(packed)


def test_what_happens_at_a_post_is_known_at_headquarters(post, hq):
    happen(post, 3)
    answered = push(post, hq)
    assert (answered.held, answered.taken) == (3, True)
    with hq.here():
        assert SignIn.objects.count() == 3
        assert verify().faults == ()
    with post.here():
        assert Receipt.objects.get().number == 3


def test_nothing_is_taken_twice(post, hq):
    happen(post, 5)
    with post.here():
        packed = steps.pack(0, 3)
    with hq.here():
        for _ in range(2):
            Headquarters().take(post.name, packed.sent)
        assert SignIn.objects.count() == 3
    assert push(post, hq).held == 5
    with hq.here():
        assert SignIn.objects.count() == 5


def test_what_headquarters_decides_holds_at_every_post(post, other, hq):
    with hq.here(), writing():
        record(AgencyRegistered(agency="TAX", name="Customs"), by=EVERYTHING)
    for each in (post, other):
        assert pull(each, hq)
        assert not pull(each, hq)
        with each.here():
            assert Agency.objects.get().name == "Customs"
            assert verify().faults == ()


def test_a_post_does_not_decide_what_headquarters_decides(post):
    with post.here(), pytest.raises(OnlyAtHeadquarters), writing():
        record(AgencyRegistered(agency="TAX", name="Customs"), by=EVERYTHING)


def test_a_restored_post_gets_its_own_entries_back(nodes, post, hq):
    happen(post, 3)
    push(post, hq)
    backup = nodes.backup(post)
    happen(post, 4)
    push(post, hq)
    nodes.restore(post, backup)
    with post.here():
        after = last_number(channel="up")
    assert after == 3
    with hq.here():
        packed = Headquarters().give(post.name, "up", after)
    with post.here():
        assert receive(decode(packed), restoring=True).number == 7
        assert SignIn.objects.count() == 7
        assert verify().faults == ()


def test_a_restored_headquarters_gets_back_what_it_lost(nodes, post, hq):
    happen(post, 3)
    push(post, hq)
    backup = nodes.backup(hq)
    happen(post, 2)
    push(post, hq)
    with hq.here(), writing():
        record(AgencyRegistered(agency="TAX", name="Customs"), by=EVERYTHING)
    pull(post, hq)
    nodes.restore(hq, backup)
    with post.here():
        told = steps.status()
    with hq.here():
        said = Headquarters().hear(post.name, told)
    with post.here():
        heard = steps.hear_report(said)
        assert heard == steps.Heard(held=3, lost={"all": 2})
        back, ours = steps.pack_back("all", 2), steps.pack(heard.held)
    with hq.here():
        Headquarters().take(post.name, back)
        Headquarters().take(post.name, ours.sent)
        assert Agency.objects.get().name == "Customs"
        assert SignIn.objects.count() == 5
        assert verify().faults == ()


def test_a_restored_node_records_nothing_before_it_knows_its_numbers(post):
    with post.here():
        identity.await_heads(post.home)
        with pytest.raises(AwaitingHeads):
            happen(post)
        identity.stop_awaiting(post.home)
        happen(post)
