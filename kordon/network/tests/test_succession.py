"""Every post follows headquarters to its new key, however late, and follows nobody else."""

import asyncio
import contextlib
import dataclasses
import json
import zipfile
from uuid import uuid4

import pytest

from kordon.accounts.models import Agency
from kordon.journal import identity, sealing, succession
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.facts import HeadquartersKeyRotated
from kordon.journal.models import ChainHead, Entry
from kordon.journal.nodes import all_keys_of, keys_of
from kordon.journal.receipts import sign_receipt
from kordon.journal.receiving import Held, Rejected, receive
from kordon.journal.sending import read_batch
from kordon.journal.verifying import export_heads, verify
from kordon.journal.wire import SignedHead, decode, encode
from kordon.journal.writing import record, signed_part, writing
from kordon.measure.direct import DirectLink, exchange
from kordon.measure.nodes import EVERYTHING
from kordon.network import steps, succeeding
from kordon.network.answers import say_taken
from kordon.network.desk import Headquarters
from kordon.network.parcels import make_down, take
from kordon.network.syncing import Syncing
from kordon.network.tests.keys import (
    believed,
    catch_up,
    decide,
    faults,
    register,
    rotate,
)
from kordon.network.tests.test_exchange import happen, push


def test_a_post_that_reads_the_change_believes_the_new_key_and_no_other(hq, post):
    register(hq, "A")
    catch_up(post, hq)
    old = believed(post)
    rotate(hq)
    assert faults(post) == ()
    catch_up(post, hq)
    assert believed(post) == [hq.public_key] != old
    happen(post)
    assert push(post, hq).taken
    register(hq, "B")
    catch_up(post, hq)
    assert (faults(hq), faults(post)) == ((), ())
    with post.here():
        assert Agency.objects.count() == 2
        heads = ChainHead.objects.get(node="HQ", channel="all")
        sealing.check_signature(
            signed_part(heads), heads.signature, identity.public_key(hq.public_key)
        )


def test_heads_signed_before_the_change_still_verify(hq, post):
    register(hq, "A")
    catch_up(post, hq)
    with hq.here():
        before = export_heads()
    with post.here():
        kept = export_heads()
    rotate(hq)
    rotate(hq)
    for node, witnesses in ((hq, before), (post, kept)):
        with node.here():
            assert verify(witnesses).faults == ()
    catch_up_over(hq, post)
    with post.here():
        assert verify(kept).faults == ()


class Inline(DirectLink):
    """Headquarters answers at once, in the loop; what it is asked for is noted."""

    async def ask(self, call, *arguments):
        with self.hq.here():
            return call(self.post, *arguments)


def catch_up_over(hq, post):
    """As the engine does it, until nothing more comes."""

    async def do(step, *arguments):
        with post.here():
            return step(*arguments)

    made = Syncing(Inline(hq, post.name), do)

    async def once():
        for _again in range(20):
            try:
                return await made._pull_all()
            except steps.Stopped as why:
                if not await made._has_learnt(why):
                    raise
        raise AssertionError("it learns again and again")

    asyncio.run(once())


def test_a_post_that_was_away_follows_from_key_to_key(nodes, hq, post):
    register(hq, "A")
    catch_up(post, hq)
    for number in range(3):
        rotate(hq)
        register(hq, *(f"{number}-{each}" for each in range(400)))
    with pytest.raises(steps.Stopped) as stopped:  # the first batch ends before the third change
        catch_up(post, hq)
    assert stopped.value.code == steps.BAD_SIGNATURE
    catch_up_over(hq, post)
    assert believed(post) == [hq.public_key]
    with post.here():
        assert Agency.objects.count() == 1201
        assert len(all_keys_of("HQ")) == 4
    assert faults(post) == ()

    late = nodes.post("LATE", hq)  # enrolled today: it reads of keys it was never shown
    catch_up_over(hq, late)
    assert believed(late) == [hq.public_key]
    assert faults(late) == ()


def test_the_engine_learns_before_it_stops(hq, post):
    """Receipts in the new key reach a post that has read nothing of it."""
    catch_up(post, hq)
    rotate(hq)
    happen(post, 3)
    with post.here():
        packed = steps.pack(0)
    with hq.here():
        answer = Headquarters().take(post.name, packed.sent)
    with post.here():
        with pytest.raises(steps.Stopped) as stopped:
            steps.hear_answer(answer)
        assert stopped.value.code == steps.BAD_SIGNATURE
        assert steps.learn(succession_of(hq))
        assert steps.learn(succession_of(hq)), "it is known already"
        assert steps.hear_answer(answer).held == 3
    assert believed(post) == [hq.public_key]
    catch_up(post, hq)
    assert faults(post) == ()


def succession_of(hq):
    with hq.here():
        return Headquarters().give("AKSUU", "succession", 0)


def test_a_running_engine_goes_on_through_changes(hq, post):
    catch_up(post, hq)
    for number in (3, 6):
        rotate(hq)
        happen(post, 3)
        asyncio.run(exchange(post, hq, until=lambda wanted=number: steps.begin() == wanted))
    catch_up_over(hq, post)
    assert believed(post) == [hq.public_key]
    assert (faults(hq), faults(post)) == ((), ())


def test_a_parcel_brings_the_change(hq, post, tmp_path):
    catch_up(post, hq)
    for _ in range(2):
        rotate(hq)
        register(hq, *(f"{uuid4()}"[:8] for _each in range(600)))
    happen(post)
    with hq.here():
        make_down(tmp_path / "down.parcel", post=post.name, after={"all": 2})
    with post.here():
        assert take(tmp_path / "down.parcel").entries == 1202
        assert keys_of("HQ") == [hq.public_key]
    assert faults(post) == ()
    with zipfile.ZipFile(tmp_path / "down.parcel") as parcel:
        assert len(json.loads(parcel.read("succession.json"))["succession"]) == 2


# -- what is refused


def resigned(batch, key, **changes):
    """The same batch with its head signed by another key."""
    head = batch.head.head
    signed = SignedHead(head=head, signature=sealing.sign(head, key))
    return dataclasses.replace(batch, head=signed, **changes)


def given(hq, post, after):
    with hq.here():
        return decode(Headquarters().give(post.name, "all", after))


def test_what_the_old_key_signs_after_the_change_is_refused(hq, post):
    catch_up(post, hq)
    old = identity.read(hq.home).key
    rotate(hq)
    register(hq, "A")
    batch = given(hq, post, 2)
    assert [line.kind for line in batch.lines] == [
        "journal.headquarters_key_rotated.v1",
        "accounts.agency_registered.v1",
    ]
    with post.here():
        with pytest.raises(Rejected) as why:  # in the batch that tells of the change
            receive(resigned(batch, old))
        assert why.value.code == "bad_signature"
        receive(batch)
        assert verify().faults == ()
    register(hq, "B")
    batch = given(hq, post, 4)
    with post.here():
        for forged in (resigned(batch, old), resigned(batch, old, before=None, first=1)):
            with pytest.raises(Rejected) as why:
                receive(forged)
            assert why.value.code == "bad_signature"
        receive(batch)


def test_the_change_itself_may_be_signed_with_the_old_key(hq, post):
    """A post that is told in the moment between the two."""
    catch_up(post, hq)
    with hq.here():
        decide()
    batch = given(hq, post, 2)
    with post.here():
        receive(batch)
    assert believed(post) != [hq.public_key]
    with hq.here():
        succeeding.finish()
    assert believed(post) == [hq.public_key]
    assert (faults(hq), faults(post)) == ((), ())


def test_a_head_of_the_old_key_after_the_change_is_a_fault(hq, post):
    catch_up(post, hq)
    old = identity.read(hq.home).key
    rotate(hq)
    register(hq, "A")
    catch_up(post, hq)
    with post.here():
        head = ChainHead.objects.get(node="HQ", channel="all")
        head.signature = sealing.sign(signed_part(head), old)
        head.save()
        assert [fault.code for fault in verify().faults] == ["signature"]


def test_a_receipt_of_the_old_key_is_refused_after_the_change(hq, post):
    catch_up(post, hq)
    happen(post)
    with hq.here():
        held = Held(node=post.name, incarnation=1, channel="up", number=0, seal="")
        receipt = sign_receipt(held, at=Entry.objects.last().at)
    rotate(hq)
    catch_up(post, hq)
    with post.here(), pytest.raises(steps.Stopped) as stopped:
        steps.hear_answer(say_taken(receipt))
    assert stopped.value.code == steps.BAD_SIGNATURE


def spoiled(it, **changes):
    return dataclasses.replace(it, **changes)


@pytest.fixture
def statement():
    keys = [identity.Ed25519PrivateKey.generate() for _ in range(3)]
    it = succession.state("HQ", before=keys[0], after=keys[1])
    return keys, it


def test_both_keys_must_sign(statement):
    (old, _new, thief), it = statement
    assert succession.check(it) == it
    words = succession.message("HQ", before=it.before, after=it.public_key)
    by_thief = thief.sign(words).hex()
    for changes in (
        {"assent": by_thief},
        {"proof": by_thief},
        {"assent": it.proof, "proof": it.assent},
        {"node": "OTHER"},
        {"public_key": identity.public_hex(thief)},
        {"before": "00" * 32},
        {"before": "zz"},
        {"assent": ""},
    ):
        with pytest.raises(succession.BadSuccession):
            succession.check(spoiled(it, **changes))
    assert succession.follow("HQ", [it.before], [it]) == [it.public_key]
    assert succession.follow("HQ", [identity.public_hex(thief)], [it]) == [
        identity.public_hex(thief)
    ]


def test_a_post_learns_only_what_its_own_key_leads_to(hq, post, statement):
    (_old, _new, thief), it = statement
    catch_up(post, hq)
    old = believed(post)
    hq_key = identity.read(hq.home).key
    forged = succession.state("HQ", before=thief, after=thief)
    half = dataclasses.replace(
        succession.state("HQ", before=hq_key, after=thief), assent=forged.assent
    )
    with post.here():
        for said in (it, forged, half):
            text = json.dumps({"succession": [dataclasses.asdict(said)]}).encode()
            assert not steps.learn(text)
        for text in (b"", b"[]", b"{}", b'{"succession": [1]}', b"x" * 100_000, b"[" * 50_000):
            assert not steps.learn(text)
        whole = dataclasses.asdict(it)
        for field in whole:
            text = json.dumps({"succession": [whole | {field: 7}]}).encode()
            assert not steps.learn(text)
    assert believed(post) == old
    rotate(hq)
    catch_up(post, hq)
    back = succession.state("HQ", before=hq_key, after=thief)
    with post.here():
        assert not steps.learn(json.dumps({"succession": [dataclasses.asdict(back)]}).encode()), (
            "whoever finds the old key later moves nobody who has left it"
        )


def test_a_change_that_is_not_signed_by_both_is_not_taken(hq, post):
    catch_up(post, hq)
    thief = identity.Ed25519PrivateKey.generate()
    good = succession.state("HQ", before=identity.read(hq.home).key, after=thief)
    for forged in (
        dataclasses.replace(good, assent=good.proof),
        dataclasses.replace(good, proof=good.assent),
        dataclasses.replace(good, node=post.name),
    ):
        packed = _as_if_recorded(hq, forged)
        with post.here(), pytest.raises(Rejected) as why:
            receive(decode(packed))
        assert why.value.code == "bad_succession"


class _Undo(Exception):
    pass


def _as_if_recorded(hq, fact):
    """The batch with this fact, as headquarters would sign it; it is not recorded."""
    with hq.here(), contextlib.suppress(_Undo), writing():
        record(fact, by=EVERYTHING)
        packed = encode(read_batch(channel="all", after=2))
        raise _Undo
    return packed


def test_a_change_between_keys_of_a_thief_leads_nowhere(hq, post):
    """Both have signed it, and neither is known: it does not make the second one believed."""
    catch_up(post, hq)
    first, second = (identity.Ed25519PrivateKey.generate() for _ in range(2))
    packed = _as_if_recorded(hq, succession.state("HQ", before=first, after=second))
    with post.here(), pytest.raises(Rejected) as why:
        receive(resigned(decode(packed), second))
    assert why.value.code == "bad_signature"


def test_a_change_of_another_nodes_key_is_not_headquarters_to_tell_so(hq, post):
    catch_up(post, hq)
    after = identity.Ed25519PrivateKey.generate()
    it = succession.state(post.name, before=identity.read(hq.home).key, after=after)
    packed = _as_if_recorded(hq, it)
    with post.here(), pytest.raises(Rejected) as why:
        receive(decode(packed))
    assert why.value.code == "bad_succession"


def test_an_auditor_finds_a_change_that_was_not_signed_by_both(hq):
    good = succession.state(
        "HQ",
        before=identity.read(hq.home).key,
        after=identity.Ed25519PrivateKey.generate(),
    )
    with hq.here():
        with writing():
            record(dataclasses.replace(good, assent=good.proof), by=EVERYTHING)
        assert "succession" in {fault.code for fault in verify().faults}


def test_a_post_tells_of_no_key_of_headquarters(hq, post):
    catch_up(post, hq)
    it = HeadquartersKeyRotated(
        node=post.name, before="ab" * 32, public_key="cd" * 32, assent="", proof=""
    )
    with post.here(), pytest.raises(OnlyAtHeadquarters), writing():
        record(it, by=EVERYTHING)
