"""Headquarters shares its searches with processes on more machines, over a real broker."""

import json
import os
import subprocess
import sys
import time

import pytest

from kordon.measure.home import free_port
from kordon.network.broker.server import NoServer, Server, find
from kordon.node.tests.test_screen import LIST, kordon

PATIENCE_S = 120
ROWS = 4000


@pytest.fixture
def hq(tmp_path):
    """A headquarters with a list in force and its broker running."""
    try:
        find()
    except NoServer as reason:
        pytest.skip(str(reason))
    home, listed = tmp_path / "hq", tmp_path / "list.csv"
    listed.write_text(LIST)
    assert kordon(home, "init", "--kind", "hq").returncode == 0
    imported = kordon(home, "watchlist", "import", "--format", "table", "--approve", listed)
    assert imported.returncode == 0, imported.stderr
    doors = {name: f"127.0.0.1:{free_port()}" for name in ("clients", "leaves", "monitoring")}
    words = [word for name, address in doors.items() for word in (f"--{name}", address)]
    made = kordon(
        home, "network", "configure", "hub", "--name", "localhost", "--websocket", "", *words
    )
    assert made.returncode == 0, made.stderr
    server = Server(home / "network" / "hub.conf", monitoring=doors["monitoring"])
    server.start()
    yield home
    server.stop()


def started(home, *words, **settings):
    """A command that goes on running."""
    code = "from kordon.node.cli import main; main()"
    ours = {name: os.environ[name] for name in ("PATH", "NUMBA_CACHE_DIR")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        env=ours | {"KORDON_HOME": str(home), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def test_no_request_is_lost_when_one_of_two_is_killed_in_mid_load(hq, tmp_path):
    persons = tmp_path / "persons.csv"
    rows = [("Anna,", "Saddam al-Tikriti,1937-04-28")[n % 5 == 0] for n in range(ROWS)]
    persons.write_text("\n".join(["name,dob", *rows]))
    here, shared = tmp_path / "here", tmp_path / "shared"
    words = ("screen", persons, "--processes", 1, "--output")
    assert kordon(hq, *words, here).returncode == 0

    workers = [started(hq, "screener") for _ in range(2)]
    for worker in workers:
        assert "Searching for" in worker.stdout.readline()
    asking = started(hq, *words, shared, KORDON_SCREENERS_SECONDS="2")
    part = shared.with_name("shared.part")
    until(lambda: part.exists() and part.stat().st_size or asking.poll() is not None)
    workers[0].kill()
    killed_at = part.stat().st_size
    assert asking.wait(PATIENCE_S) == 0, asking.stderr.read()
    workers[1].terminate()
    told, _ = workers[1].communicate(timeout=PATIENCE_S)
    workers[0].communicate()

    assert 0 < killed_at < shared.stat().st_size, "it was killed before or after the load"
    assert int(told.split()[0]) > 0, "the other one has answered nothing"
    assert shared.read_text() == here.read_text()
    assert len(shared.read_text().splitlines()) == ROWS
    found = [json.loads(line)["number"] for line in shared.open() if '"score"' in line]
    assert found == list(range(1, ROWS + 1, 5))


def test_a_node_without_keys_or_a_post_has_no_screener(tmp_path):
    home = tmp_path / "node"
    assert kordon(home, "init").returncode == 0
    told = kordon(home, "screener")
    assert (told.returncode, told.stdout) == (1, "")
    assert "not set up" in told.stderr
