"""Making a node: its key, its tables, its first administrator; never twice, never half."""

import io
import os
import subprocess
import sys

import pytest

from kordon.node import demonstration
from kordon.node.demo import marker

GOOD = "correct horse 9 battery"


def kordon(home, *words, **variables):
    code = "from kordon.node.cli import main; main()"
    environment = {"PATH": os.environ["PATH"], "KORDON_HOME": str(home), **variables}
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def test_a_node_is_made_once_and_can_be_verified(tmp_path):
    home = tmp_path / "node"
    no_password = kordon(home, "init")
    assert no_password.returncode == 1
    assert "KORDON_ADMIN_PASSWORD" in no_password.stderr
    assert not (home / "node.json").exists()

    weak = kordon(home, "init", KORDON_ADMIN_PASSWORD="password")
    assert weak.returncode == 1
    assert "too short" in weak.stderr

    made = kordon(home, "init", "--node", "north", KORDON_ADMIN_PASSWORD=GOOD)
    assert (made.returncode, made.stderr) == (0, "")
    for secret in ("secret.key", "node.key"):
        assert (home / secret).stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700

    key = (home / "node.key").read_text()
    again = kordon(home, "init", KORDON_ADMIN_PASSWORD=GOOD)
    assert again.returncode == 1
    assert "already" in again.stderr
    assert (home / "node.key").read_text() == key

    assert kordon(home, "journal", "verify").returncode == 0
    assert '"differing": []' in kordon(home, "journal", "rebuild", "--json").stdout


def test_a_demonstration_leaves_everything_else_alone(tmp_path, monkeypatch):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(demonstration.NotADemo, match="was not touched"):
        demonstration.clear_for_a_demo(tmp_path, fresh=True)
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_demonstration_is_emptied_only_when_asked_or_half_made(tmp_path):
    marker.begin(tmp_path)
    (tmp_path / "half").mkdir()
    demonstration.clear_for_a_demo(tmp_path, fresh=False)
    assert list(tmp_path.iterdir()) == []

    marker.begin(tmp_path)
    marker.complete(tmp_path)
    demonstration.clear_for_a_demo(tmp_path, fresh=False)
    assert marker.is_demo(tmp_path)
    demonstration.clear_for_a_demo(tmp_path, fresh=True)
    assert list(tmp_path.iterdir()) == []


def test_a_running_demonstration_is_not_emptied(tmp_path):
    marker.begin(tmp_path)
    marker.complete(tmp_path)
    hold = "import fcntl,sys; f=open(sys.argv[1],'a'); fcntl.flock(f,fcntl.LOCK_EX);"
    hold += "print('held',flush=True); sys.stdin.read()"
    lock = str(tmp_path / "worker.lock")
    with subprocess.Popen(
        [sys.executable, "-c", hold, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert isinstance(holder.stdout, io.BufferedReader)
        holder.stdout.readline()
        with pytest.raises(demonstration.NotADemo, match="running already"):
            demonstration.clear_for_a_demo(tmp_path, fresh=True)
        holder.communicate()
    assert marker.is_demo(tmp_path)
