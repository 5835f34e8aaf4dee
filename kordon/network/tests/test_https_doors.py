"""The doors of headquarters for nodes: who is let in, and what is turned away."""

import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kordon.journal import files, identity, succession
from kordon.journal.facts import NodeRevoked
from kordon.journal.nodes import keys_of
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import steps
from kordon.network.answers import read_answer
from kordon.network.https import signing
from kordon.network.link import LARGEST_MESSAGE
from kordon.network.scratch import Nonce
from kordon.network.tests.keys import rotate

from .test_exchange import happen


def signed(post, path, body=b"", **changes):
    """The headers of a request that the post signs, and then what an attacker changes."""
    me = identity.read(post.home)
    made = {"node": me.node, "at": int(time.time()), "nonce": signing.new_nonce()}
    wanted = {name: value for name, value in changes.items() if name in made}
    asked = signing.Request(path=path, body=body, **(made | wanted))
    return signing.headers(asked, changes.get("key") or me.key)


def ask(hq, path, body=b"", headers=None):
    with hq.here():
        return Client().post(path, body, content_type="application/octet-stream", headers=headers)


def code_of(answer):
    return json.loads(answer.content)["code"]


def test_a_batch_is_answered_with_a_receipt_that_headquarters_signed(post, hq):
    happen(post, 3)
    with post.here():
        packed = steps.pack(0)
    headers = signed(post, "/network/push", packed.sent)
    answer = ask(hq, "/network/push", packed.sent, headers)
    assert answer.status_code == 200
    assert read_answer(answer.content).number == 3
    nonce = headers[signing.NONCE]
    message = signing.answer_message(nonce=nonce, status=200, body=answer.content)
    assert signing.is_signed(message, answer.headers[signing.SIGNATURE], [hq.public_key])


def test_a_node_gets_what_headquarters_has_for_it_and_hears_of_news(post, hq):
    path = "/network/pull?channel=all&after=0"
    assert len(ask(hq, path, headers=signed(post, path)).content) > 100
    for has, news in ((0, b"true"), (2, b"false")):
        body = json.dumps({"all": has, "home": 0}).encode()
        answer = ask(hq, "/network/news", body, signed(post, "/network/news", body))
        assert answer.content == news


def test_a_file_comes_up_and_goes_down_in_pieces(post, hq):
    content = b"a list" * 1000
    with post.here():
        name = files.keep(content)
    path = f"/network/offer?name={name}&offset=0&last=1"
    answer = ask(hq, path, content, signed(post, path, content))
    assert int(answer.content) == len(content)
    path = f"/network/fetch?name={name}&offset=100"
    assert ask(hq, path, headers=signed(post, path)).content == content[100:]


def test_what_is_not_signed_by_the_node_is_turned_away(post, other, hq):
    path, body = "/network/report", b"{}"
    stranger = identity.read(other.home).key
    turned = {
        "not_signed": {},
        "bad_signature": signed(post, path, body, key=stranger),
        "bad_time": signed(post, path, body, at=int(time.time()) - 301),
    }
    for code, headers in turned.items():
        answer = ask(hq, path, body, headers)
        assert (answer.status_code, code_of(answer)) == (401, code)
    for changed in ({"path": "/network/push"}, {"body": b"{ }"}):
        asked = {"path": path, "body": body} | changed
        answer = ask(hq, asked["path"], asked["body"], signed(post, path, body))
        assert code_of(answer) == "bad_signature"
    unknown = signed(post, path, body, node="NOWHERE")
    assert code_of(ask(hq, path, body, unknown)) == "bad_signature"


def test_no_request_is_answered_twice(post, hq):
    headers = signed(post, "/network/report", b"{}")
    assert ask(hq, "/network/report", b"{}", headers).status_code == 200
    again = ask(hq, "/network/report", b"{}", headers)
    assert (again.status_code, code_of(again)) == (401, "repeated")


def test_old_nonces_are_forgotten(post, hq, monkeypatch):
    monkeypatch.setattr("kordon.network.scratch._cleared", -1e9)
    with hq.here():
        stale = timezone.now() - timedelta(seconds=601)
        Nonce.objects.create(id="AKSUU/old", at=stale)
        ask(hq, "/network/report", b"{}", signed(post, "/network/report", b"{}"))
        assert not Nonce.objects.filter(id="AKSUU/old").exists()
        assert Nonce.objects.count() == 1


def test_a_revoked_node_is_told_so_and_nobody_else(post, other, hq):
    headers = signed(post, "/network/report", b"{}")
    with hq.here(), writing():
        record(NodeRevoked(node=post.name, reason="stolen"), by=EVERYTHING)
    answer = ask(hq, "/network/report", b"{}", headers)
    assert (answer.status_code, code_of(answer)) == (403, "revoked")
    key = identity.read(other.home).key
    answer = ask(hq, "/network/report", b"{}", signed(post, "/network/report", b"{}", key=key))
    assert code_of(answer) == "bad_signature"


def test_what_is_too_large_is_not_read(post, hq):
    body = bytes(LARGEST_MESSAGE + 1)
    answer = ask(hq, "/network/push", body, signed(post, "/network/push", body))
    assert (answer.status_code, code_of(answer)) == (413, "too_large")


@pytest.mark.parametrize(
    "path",
    [
        "/network/pull?channel=all&after=-1",
        "/network/pull?channel=all&after=x",
        "/network/fetch?name=../../node.key&offset=",
        "/network/offer?name=a&offset=99999999999999999&last=1",
    ],
)
def test_nonsense_is_turned_away(path, post, hq):
    answer = ask(hq, path, headers=signed(post, path))
    assert (answer.status_code, code_of(answer)) == (400, "malformed")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"all": "1"}', b'{"all": -1}'])
def test_nonsense_about_news_is_turned_away(body, post, hq):
    answer = ask(hq, "/network/news", body, signed(post, "/network/news", body))
    assert code_of(answer) == "malformed"


def test_a_name_that_is_no_file_gets_nothing(post, hq):
    path = "/network/fetch?name=../../node.key&offset=0"
    assert ask(hq, path, headers=signed(post, path)).content == b""


def test_a_post_answers_no_node(post, other):
    answer = ask(other, "/network/report", b"{}", signed(post, "/network/report", b"{}"))
    assert (answer.status_code, code_of(answer)) == (404, "no_headquarters")


def test_anybody_is_told_which_key_of_headquarters_follows_which(post, hq):
    """It proves itself; one that is revoked must know whom to believe to be told so."""
    rotate(hq)
    told = ask(hq, "/network/succession")
    assert told.status_code == 200
    with post.here():
        assert keys_of("HQ") != [hq.public_key]
        assert succession.learn(told.content)
        assert keys_of("HQ") == [hq.public_key]
    assert ask(post, "/network/succession").status_code == 404
    with hq.here():
        assert Client().get("/network/succession").status_code == 405
