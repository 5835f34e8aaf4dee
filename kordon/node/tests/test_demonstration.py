"""The demonstration's processes: however the one that was started ends, all end."""

import json
import os
import signal
import subprocess
import sys
from select import select

import pytest

from kordon.measure.home import free_port, temporary_home
from kordon.node.demo import marker
from kordon.node.listening import CannotStart, check_port

PATIENCE_S = 120


@pytest.fixture(scope="module")
def home():
    with temporary_home() as home:
        marker.begin(home.folder)
        marker.complete(home.folder)
        yield home


@pytest.mark.parametrize("ending", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_the_server_ends_with_the_demonstration(home, ending):
    port = free_port()
    code = "from kordon.node.cli import main; main()"
    command = [sys.executable, "-c", code, "demo", "--no-browser", "--json", "--port", str(port)]
    with subprocess.Popen(command, env=home.environment, stdout=subprocess.PIPE) as demo:
        try:
            assert str(port) in json.loads(demo.stdout.readline())["address"]
            assert not is_free(port)
            endings = [os.pidfd_open(server) for server in started_by(demo.pid)]
            assert len(endings) >= 2, "one watches, one answers"
            demo.send_signal(signal.Signals[ending])
            assert demo.wait(timeout=PATIENCE_S) == (-signal.SIGKILL if ending == "SIGKILL" else 0)
        finally:
            demo.kill()  # nobody else would end it, and the block waits until it has ended
    for each in endings:
        assert select([each], [], [], PATIENCE_S if ending == "SIGKILL" else 0)[0]
        os.close(each)
    assert is_free(port)


def is_free(port):
    try:
        check_port("127.0.0.1", port)
    except CannotStart:
        return False
    return True


def started_by(process):
    """The children of a process and theirs."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found, row = [], {process}
    while row:
        row = {child for child, parent in parents if parent in row}
        found += row
    return found
