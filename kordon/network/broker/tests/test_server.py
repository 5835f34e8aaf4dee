"""The server as a child: found, ready when start returns, gone when its starter is gone."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kordon.network.broker import server
from kordon.network.broker.server import NoServer, NotStarted, Server
from kordon.network.broker.tests.field import Field, until

STARTER = """
import sys
from pathlib import Path
from kordon.network.broker.server import Server
made = Server(Path(sys.argv[1]), monitoring=sys.argv[2])
made.start()
print(made.pid, made._keeper.pid, flush=True)
sys.stdin.read()
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_server_can_be_started_asked_restarted_and_stopped(field: Field):
    assert field.hub.running
    first = field.hub.pid
    field.hub.restart()
    assert field.hub.pid != first
    assert server.ask(field.hub_conf.monitoring, "/varz")["version"].startswith("2.")
    field.hub.stop()
    assert not field.hub.running
    with pytest.raises(OSError):
        server.ask(field.hub_conf.monitoring, "/varz")


@pytest.mark.parametrize("victim", ["starter", "keeper"])
def test_it_dies_with_whoever_started_it(field: Field, victim: str):
    field.hub.stop()
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, field.hub.configuration, field.hub_conf.monitoring],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    pid, keeper = map(int, starter.stdout.readline().split())
    assert alive(pid)
    os.kill(starter.pid if victim == "starter" else keeper, signal.SIGKILL)
    asyncio.run(until(lambda: not alive(pid)))
    starter.kill()
    starter.communicate()


def test_a_server_that_cannot_start_says_why(field: Field):
    twice = Server(field.hub.configuration, monitoring=field.hub_conf.monitoring)
    field.hub.configuration.write_text("listen: nonsense:")
    with pytest.raises(NotStarted):
        field.hub.restart()
    assert not twice.running


def program(folder: Path, says: str) -> Path:
    folder.mkdir()
    path = folder / "nats-server"
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


def test_an_old_server_of_the_system_is_not_used(tmp_path, monkeypatch):
    old = program(tmp_path / "old", "nats-server: v2.9.10")
    new = program(tmp_path / "new", "nats-server: v2.15.0")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere" / "python"))
    monkeypatch.setenv("PATH", str(old))
    with pytest.raises(NoServer, match=r"2\.15 or newer; .*is 2\.9\.10"):
        server.find()
    monkeypatch.setenv("PATH", str(new))
    assert server.find() == str(new / "nats-server")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoServer, match="none is here"):
        server.find()
