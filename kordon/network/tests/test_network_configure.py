"""``kordon network configure``: keys made once, files that nats-server accepts, or a sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

from kordon.journal import identity
from kordon.network.broker import pki

HUB = ("network", "configure", "hub", "--name", "hq.example", "--name", "10.0.0.1")
LEAF = ("network", "configure", "leaf", "--hq", "wss://hq.example")


@pytest.fixture
def home(tmp_path, settings):
    settings.KORDON_HOME = tmp_path
    return tmp_path


def told(capsys) -> dict[str, str]:
    return json.loads(capsys.readouterr().out)


def test_the_hub_is_written_and_written_again_with_the_same_keys(home, capsys):
    call_command(*HUB, "--json", "--store-gb", "1")
    first = told(capsys)
    seed = (home / "network" / "desk.nk").read_text()
    call_command(*HUB, "--json", "--websocket", "127.0.0.1:8443", "--store-gb", "1")
    assert told(capsys) == first
    assert first["bytes"] == str(1024**3)
    assert (home / "network" / "desk.nk").read_text() == seed
    assert "127.0.0.1:8443" in (home / "network" / "hub.conf").read_text()


def test_a_store_that_would_fill_its_volume_is_refused(home):
    with pytest.raises(CommandError, match="a fifth of its volume"):
        call_command(*HUB, "--store-gb", "1000000")


def test_monitoring_for_all_the_world_is_refused(home):
    with pytest.raises(CommandError, match="monitoring"):
        call_command(*HUB, "--monitoring", "0.0.0.0:8222")


def test_a_leaf_shows_its_keys_before_and_is_written_after_enrolment(home, capsys):
    identity.create(home, "SO.UTH")
    call_command(*LEAF, "--json")
    before = told(capsys)
    assert before["configuration"] == "after enrolment"
    authority = pki.make_authority(home / "hq", "hq.example")
    (home / "network" / "node.crt").write_text(authority.sign_node(before["request"], "SO.UTH"))
    (home / "network" / "ca.crt").write_text(authority.pem)
    call_command(*LEAF)
    assert f"nkey: {before['nkey']}" in capsys.readouterr().out
    assert 'server_name: "SO~UTH"' in (home / "network" / "leaf.conf").read_text()


def test_an_unsafe_way_to_hq_is_refused(home):
    identity.create(home, "NORTH")
    (home / "network").mkdir()
    for name in ("node.crt", "ca.crt"):
        (home / "network" / name).write_text("")
    with pytest.raises(CommandError, match="tls://"):
        call_command("network", "configure", "leaf", "--hq", "nats://hq.example")
