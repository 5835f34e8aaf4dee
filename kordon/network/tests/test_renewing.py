"""Certificates are renewed in time, for nodes that are enrolled and under their own names."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest

from kordon.accounts.doors import node_at_the_door
from kordon.journal import identity
from kordon.journal.facts import (
    NodeDecommissioned,
    NodeEnrolled,
    NodeKind,
    NodeQuarantined,
    NodeRevoked,
)
from kordon.journal.models import Entry
from kordon.journal.refusal import NotPermitted
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import commands, duties, renewing, rules
from kordon.network.broker import enrolling, making, pki, writing_conf
from kordon.network.commands.renewing import NOT_BEFORE
from kordon.network.models import Alarm
from kordon.network.reporting import tell
from kordon.network.told import read_told

from .test_https_doors import ask, code_of, signed

NOW = datetime.now(UTC)
MACHINE = node_at_the_door("AKSUU")
RENEWED = "network.certificate_renewed.v1"
ENDS = {
    "revoked": NodeRevoked(node="AKSUU", reason="stolen"),
    "quarantined": NodeQuarantined(node="AKSUU", channel="up", number=1, ours="{}", theirs="{}"),
    "decommissioned": NodeDecommissioned(node="AKSUU", number=0, reason="closed"),
}


def days(number):
    return timedelta(days=number)


def happened(hq, fact):
    with hq.here(), writing():
        record(fact, by=EVERYTHING)


@pytest.fixture
def broker(hq):
    """Headquarters has a broker; its authority."""
    folder = hq.home / "network"
    making.make_hub(folder, ["hq.example", "10.0.0.1"])
    (folder / writing_conf.HUB_FILE).write_text("")
    return pki.read_authority(folder)


@pytest.fixture
def asked(hq, post, broker):
    """The post is enrolled with its keys for the broker, and has a certificate of 300 days ago."""
    shown = making.ask(post.home / "network", post.name)
    again = identity.begin_again(post.home, key=identity.Ed25519PrivateKey.generate())
    enrolled = NodeEnrolled(
        node="AKSUU",
        node_kind=NodeKind.POST,
        incarnation=again.incarnation,
        public_key=again.public_key,
        nkey=shown.nkey,
    )
    happened(hq, enrolled)
    old = broker.sign_node(shown.request, "AKSUU", at=NOW - days(300))
    making.accept(post.home / "network", certificate=old, authority=broker.pem)
    (post.home / "hq-address").write_text("https://hq.example")
    return shown


def renew(request, node="AKSUU", by=MACHINE):
    return commands.renew_certificate(by=by, node=node, request=request)


def test_an_enrolled_node_is_given_another_certificate_for_its_key(hq, asked, broker):
    with hq.here():
        given = renew(asked.request)
        assert pki.good_until(given["certificate"]) > NOW + days(390)
        assert given["authority"] == broker.pem
        assert Entry.objects.get(kind=RENEWED).by_name == "node AKSUU"
        assert verify().faults == ()


def test_it_is_asked_for_in_time_and_told_of(hq, post, asked):
    with hq.here():
        given = renew(asked.request)
    with post.here():
        assert renewing.wanted()
        assert not renewing.wanted(NOW - days(50))
        enrolling.accept(post.home, given)
        assert not renewing.wanted()
        assert renewing.wanted(NOW + days(300))
        assert renewing.ends_at() > NOW + days(390)
        assert read_told(json.loads(tell())).certificate_until == renewing.ends_at()


def test_a_node_without_a_certificate_or_an_address_asks_for_none(post, asked):
    with post.here():
        (post.home / "hq-address").unlink()
        assert not renewing.wanted()
        (post.home / "hq-address").write_text("https://hq.example")
        (post.home / "network" / "node.crt").unlink()
        assert not renewing.wanted()


@pytest.mark.parametrize("state", ENDS)
def test_a_node_that_is_not_enrolled_is_given_none(hq, asked, state):
    happened(hq, ENDS[state])
    with hq.here(), pytest.raises(rules.NoSuchNode):
        renew(asked.request)


def test_a_request_for_another_name_or_of_none_is_refused(hq, asked, tmp_path):
    others = making.ask(tmp_path / "other", "SARYTAL").request
    with hq.here():
        for request in (others, "", "x" * 20_000, asked.request[:-100]):
            with pytest.raises(rules.BadShown):
                renew(request)
        with pytest.raises(rules.NoSuchNode):
            renew(others, node="SARYTAL")
        assert not Entry.objects.filter(kind=RENEWED).exists()


def test_it_is_not_given_one_after_the_other(hq, asked):
    with hq.here():
        renew(asked.request)
        with pytest.raises(rules.TooSoon):
            renew(asked.request)
        Entry.objects.filter(kind=RENEWED).update(at=NOW - NOT_BEFORE)
        renew(asked.request)


def test_where_there_is_no_broker_nothing_is_signed(hq, asked):
    (hq.home / "network" / writing_conf.HUB_FILE).unlink()
    with hq.here(), pytest.raises(rules.NoBroker):
        renew(asked.request)


def test_it_needs_its_right(hq, asked):
    with hq.here(), pytest.raises(NotPermitted):
        renew(asked.request, by=dataclasses.replace(MACHINE, rights=frozenset()))


def door(hq, post, request):
    body = json.dumps({"request": request}).encode()
    return ask(hq, "/network/renew", body, signed(post, "/network/renew", body))


def test_the_door_knows_who_asks(hq, post, other, asked):
    given = door(hq, post, asked.request)
    assert given.status_code == 200
    assert "BEGIN CERTIFICATE" in json.loads(given.content)["certificate"]
    # Whoever signs as SARYTAL is SARYTAL, whatever the request says.
    assert door(hq, other, asked.request).status_code == 404
    happened(hq, ENDS["quarantined"])
    assert code_of(door(hq, post, asked.request)) == "no_such_node"
    happened(hq, ENDS["revoked"])
    refused = door(hq, post, asked.request)
    assert (refused.status_code, code_of(refused)) == (403, "revoked")


def test_headquarters_renews_its_own(hq, broker):
    folder = hq.home / "network"
    key = (folder / "hub.key").read_text()
    with hq.here():
        assert renewing.renew_own(NOW + days(200)) == []
        assert renewing.renew_own(NOW + days(300)) == ["hub", "desk", "screening"]
        assert renewing.ends_at() > NOW + days(690)
    assert (folder / "hub.key").read_text() == key
    assert pki.names_of((folder / "hub.crt").read_text()) == ["hq.example", "10.0.0.1"]
    assert (folder / "hub.crt").stat().st_mode & 0o777 == 0o600


def open_codes():
    return sorted(Alarm.objects.filter(cleared_at=None).values_list("node", "code"))


def test_what_is_not_renewed_becomes_an_alarm_and_goes_by_itself(hq, broker):
    folder = hq.home / "network"
    key = pki.make_key(folder / "hub.key")
    with hq.here():
        duties.watch_headquarters()
        assert open_codes() == []
        (folder / "hub.crt").write_text(broker.sign_server(key, ["hq"], at=NOW - days(350)))
        duties.watch_headquarters()
        assert open_codes() == [("HQ", "certificate")]
        renewing.renew_own()
        duties.watch_headquarters()
        assert open_codes() == []


def test_the_end_of_the_authority_becomes_an_alarm(hq):
    pki.make_authority(hq.home / "network", "hq", at=NOW - days(pki.AUTHORITY_DAYS - 399))
    with hq.here():
        duties.watch_headquarters()
        assert open_codes() == [("HQ", "authority")]


def test_a_post_says_that_its_certificate_ends(post, asked, broker):
    with post.here():
        duties.watch()
        assert open_codes() == []
        old = broker.sign_node(asked.request, "AKSUU", at=NOW - days(340))
        making.accept(post.home / "network", certificate=old, authority=broker.pem)
        duties.watch()
        assert open_codes() == [("AKSUU", "certificate")]


def test_a_certificate_that_cannot_be_read_has_ended(hq, broker):
    (hq.home / "network" / "desk.crt").write_text("what a disk left of it")
    with hq.here():
        duties.watch_headquarters()
        assert open_codes() == [("HQ", "certificate")]
        with pytest.raises(ValueError, match="PEM"):
            renewing.renew_own()
