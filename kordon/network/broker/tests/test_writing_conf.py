"""The configuration: what nats-server says to it, and what is not written at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from kordon.network.broker import making, server, writing_conf
from kordon.network.broker.keys import BadKey, read
from kordon.network.broker.server import NotStarted
from kordon.network.broker.subjects import BadNode, may_hear, may_publish, node_of, word
from kordon.network.broker.tests.field import Field
from kordon.network.broker.writing_conf import BadConfiguration, Leaf, write_hub, write_leaf


@pytest.fixture
def quiet(tmp_path) -> Field:
    """All files, no process."""
    return Field(tmp_path)


def test_the_server_accepts_the_hubs_configuration(quiet: Field):
    path = write_hub(quiet.hub_conf)
    server.check(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (quiet.hq / "users.conf").stat().st_mode & 0o777 == 0o600
    assert "sync_interval: always" in path.read_text()


def test_a_hub_may_leave_out_doors(quiet: Field):
    server.check(write_hub(replace(quiet.hub_conf, leaves="", websocket="")))


@pytest.mark.parametrize("hq", [["tls://hq.example:7422"], ["wss://hq.example", "wss://10.0.0.1"]])
def test_the_server_accepts_a_leafs_configuration(quiet: Field, hq: list[str]):
    folder = quiet.folder / "NORTH"
    path = write_leaf(Leaf(folder=folder, node="NORTH", hq=hq), read(folder / "node.nk"))
    server.check(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "jetstream" not in path.read_text()


def test_a_configuration_the_server_refuses_is_said(quiet: Field):
    path = write_hub(quiet.hub_conf)
    path.write_text(path.read_text().replace("sync_interval: always", "sync_interval: maybe"))
    with pytest.raises(NotStarted, match="sync"):
        server.check(path)


@pytest.mark.parametrize("hq", [[], ["nats://hq:4222"], ["tls://hq", "wss://hq"], ['tls://h"q']])
def test_an_unsafe_or_mixed_way_to_hq_is_not_written(quiet: Field, hq: list[str]):
    folder = quiet.folder / "NORTH"
    with pytest.raises(BadConfiguration):
        write_leaf(Leaf(folder=folder, node="NORTH", hq=hq), read(folder / "node.nk"))


@pytest.mark.parametrize("address", ["0.0.0.0:8222", "10.0.0.1:8222", ":8222"])
def test_monitoring_stays_on_loopback(quiet: Field, address: str):
    with pytest.raises(BadConfiguration, match="monitoring"):
        write_hub(replace(quiet.hub_conf, monitoring=address))


def test_a_hub_without_users_is_not_written(quiet: Field):
    (quiet.hq / "users.conf").unlink()
    with pytest.raises(BadConfiguration):
        write_hub(quiet.hub_conf)


def test_nothing_can_be_smuggled_into_the_users(quiet: Field):
    good, desk = quiet.nkeys["NORTH"], quiet.keys.desk.public
    for node, nkey, refusal in (
        ("all", good, BadNode),
        ("_hq", good, BadNode),
        ("*", good, BadNode),
        ("A>", good, BadNode),
        ('A", "x', good, BadNode),
        ("", good, BadNode),
        ("A", "U } ]", BadKey),
    ):
        with pytest.raises(refusal):
            writing_conf.write_users(quiet.hq, desk=desk, system=desk, nodes={node: nkey})


def test_a_node_is_one_word_of_its_subjects_and_of_no_others():
    assert word("SO.UTH") == "SO~UTH"
    assert node_of("up.SO~UTH.j") == node_of("ctl.up.SO~UTH.pull") == "SO.UTH"
    assert may_publish("A") == ["up.A.>", "ctl.up.A.>"]
    assert may_hear("A") == ["live.all.>", "live.A.>", "_INBOX_A.>"]
    for subject in ("up", "up.all.j", "up._hq.probe", "ctl.up", "up.~A.j"):
        with pytest.raises(BadNode):
            node_of(subject)


def test_asking_twice_asks_for_the_same_keys(tmp_path: Path):
    first, second = making.ask(tmp_path, "NORTH"), making.ask(tmp_path, "NORTH")
    assert first.nkey == second.nkey
