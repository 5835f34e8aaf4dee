"""What a node that holds its key may still not do to headquarters, nor to another post."""

import json

import pytest

from kordon.accounts.facts import AgencyRegistered
from kordon.accounts.models import Agency
from kordon.journal import identity
from kordon.journal.fact import KINDS
from kordon.journal.facts import BodiesErased, NodeState, PersonalDataRead
from kordon.journal.models import Body, Entry, Node, PersonalRead, Unapplied
from kordon.journal.receiving import Forked, Rejected, apply_waiting, receive
from kordon.journal.verifying import UnknownNode, verify
from kordon.journal.wire import BadBatch, decode, encode
from kordon.journal.writing import APPLIERS, record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.measure.scribe import ANYTHING, Scribe, closed, opened
from kordon.network import steps
from kordon.network.desk import Headquarters
from kordon.network.tests.test_exchange import happen, pull, push


def scribe_of(post, hq):
    """Somebody who writes in the post's name, after what headquarters has of it."""
    happen(post, 3)
    push(post, hq)
    return Scribe.of(post)


def take(hq, node, batch):
    with hq.here():
        return json.loads(Headquarters().take(node, batch))


def refused(hq, node, batch):
    return take(hq, node, batch)["refused"]["code"]


def test_a_fork_that_reaches_beyond_what_is_held_is_a_fork(post, hq):
    scribe = scribe_of(post, hq)
    with post.here():
        scribe.back_to(1)
    batch = scribe.batch(*[scribe.line() for _ in range(5)])
    with hq.here(), pytest.raises(Forked) as fork:
        receive(decode(encode(batch)))
    assert fork.value.number == 2
    assert refused(hq, post.name, encode(batch)) == "fork"
    with hq.here():
        assert Node.objects.get(name=post.name).state == NodeState.QUARANTINED


def test_the_head_says_when_its_last_entry_was_made(post, hq):
    scribe = scribe_of(post, hq)
    batch = scribe.batch(scribe.line())
    for at in ("yesterday", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"):
        said = opened(encode(batch))
        said["head"]["at"] = at
        with pytest.raises(BadBatch):
            decode(closed(said))


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_is_no_time_in_utc_is_refused(post, hq, at):
    scribe = scribe_of(post, hq)
    assert refused(hq, post.name, encode(scribe.batch(scribe.line(at=at)))) == "bad_header"


@pytest.mark.parametrize("text, code", [("\ud800", "not_json"), ("a\x00b", "malformed")])
@pytest.mark.parametrize("place", ["channel", "node", "by_name"])
def test_text_that_no_database_takes_is_refused(post, hq, text, code, place):
    scribe = scribe_of(post, hq)
    said = opened(encode(scribe.batch(scribe.line())))
    if place == "by_name":
        said["lines"][0][3] = text
    else:
        said[place] = text
    assert refused(hq, post.name, closed(said)) == code


def test_an_incarnation_beyond_every_column_is_refused(post, hq):
    said = opened(encode(scribe_of(post, hq).batch(Scribe.of(post).line())))
    said["incarnation"] = said["head"]["incarnation"] = 2**31
    assert refused(hq, post.name, closed(said)) == "malformed"


def test_a_fact_that_cannot_be_applied_stops_its_stream(post, hq, monkeypatch):
    def impossible(it, entry):
        row = PersonalRead(entry=1, at=entry.at, by=entry.by, query=it.query, found=1)
        return [row, row]

    scribe = scribe_of(post, hq)
    applied = APPLIERS[PersonalDataRead.kind]
    monkeypatch.setitem(APPLIERS, PersonalDataRead.kind, type(applied)(impossible, inserts=True))
    batch = encode(scribe.batch(scribe.line()))
    assert refused(hq, post.name, batch) == "cannot_apply"
    with hq.here():
        assert Entry.objects.filter(node=post.name).count() == 3


def test_another_post_decides_nothing_at_a_post(post, other, hq):
    assert pull(post, hq)
    scribe = Scribe.of(hq, "all")
    with other.here():
        key = identity.mine().key
    forged = Scribe(node=other.name, key=key, channel="all")
    batch = forged.batch(forged.line(AgencyRegistered(agency="TAX", name="Customs")))
    with post.here():
        with pytest.raises(Rejected) as why:
            receive(batch)
        assert why.value.code == "not_headquarters"
        assert not Agency.objects.exists()
    assert scribe.node == hq.name


def test_what_was_typed_is_no_nul(post, hq):
    scribe = scribe_of(post, hq)
    typed = PersonalDataRead(query="x", about=("\\u0000",), found=1)
    assert "receipt" in take(hq, post.name, encode(scribe.batch(scribe.line(typed))))


def test_a_nul_is_refused_where_it_would_be_recorded_and_where_it_arrives(post, hq):
    scribe = scribe_of(post, hq)
    bad = PersonalDataRead(query="x", about=("a\x00",), found=1)
    with post.here(), pytest.raises(ValueError), writing():
        record(bad, by=EVERYTHING)
    text = '{"about":["a\\u0000"],"found":1,"query":"x"}'
    assert refused(hq, post.name, encode(scribe.batch(scribe.line(text=text)))) == "bad_body"


def test_a_body_of_a_kind_not_known_yet_cannot_keep_the_node_from_starting(post, hq, monkeypatch):
    scribe = scribe_of(post, hq)
    lines = [
        scribe.line(ANYTHING),
        scribe.line(ANYTHING, text='{"nothing":"of the kind"}'),
        scribe.line(AgencyRegistered(agency="TAX", name="Customs")),
    ]
    with monkeypatch.context() as older:
        for fact in (PersonalDataRead, AgencyRegistered):
            older.delitem(KINDS, fact.kind)
        assert "receipt" in take(hq, post.name, encode(scribe.batch(*lines)))
    with hq.here():
        assert apply_waiting() == 1
        assert Unapplied.objects.count() == 2
        assert PersonalRead.objects.count() == 1
        assert not Agency.objects.exists()


def test_what_comes_back_after_a_restore_is_answered_for_by_the_node(post, hq):
    happen(post, 2)
    push(post, hq)
    kept = post.home.parent / "kept"
    post.database.close()
    kept.write_bytes((post.home / "kordon.sqlite3").read_bytes())
    happen(post, 3)
    push(post, hq)
    post.database.close()
    (post.home / "kordon.sqlite3").write_bytes(kept.read_bytes())
    with hq.here():
        given = Headquarters().give(post.name, "up", 2)
    with post.here():
        receive(decode(given), restoring=True)
        assert verify().faults == ()
    happen(post, 1)
    assert push(post, hq).held == 6


@pytest.mark.parametrize("status", ['"\\u0000"', '"\\ud800"', "1e999", "[" * 20 + "]" * 20])
def test_a_status_that_no_database_keeps_is_refused(post, hq, status):
    said = f'{{"at":"2026-01-01T00:00:00+00:00","x":{status}}}'.encode()
    with hq.here():
        assert "refused" in json.loads(Headquarters().hear(post.name, said))


def test_an_answer_with_heads_that_are_no_numbers_stops(post):
    with post.here(), pytest.raises(steps.Stopped):
        steps.hear_report(b'{"at":"2026-01-01T00:00:00+00:00","heads":{"all":"x"},"held":0}')


def test_a_post_erases_its_own_bodies_and_not_those_of_headquarters(post, hq):
    happen(post, 3)
    push(post, hq)
    with post.here(), writing():
        record(BodiesErased(channel="up", first=1, last=3, rule="kept long enough"), by=EVERYTHING)
    push(post, hq)
    counts = []
    for node in (post, hq):
        with node.here():
            counts.append(Body.objects.filter(entry__node=post.name, entry__number__lte=3).count())
            assert verify().faults == ()
    assert counts == [0, 3]


def test_the_chains_of_one_node_are_verified_alone(post, hq):
    happen(post, 3)
    push(post, hq)
    with hq.here():
        ours = verify().entries - 3
        assert verify(node=post.name).entries == 3
        assert verify(node=hq.name).entries == ours
        Body.objects.filter(entry__node=post.name, entry__number=2).delete()
        assert [fault.code for fault in verify(node=post.name).faults] == ["body_missing"]
        assert verify(node=hq.name).faults == ()
        with pytest.raises(UnknownNode):
            verify(node="NOWHERE")
