"""Machines with nothing on them, and the commands their people type."""

import contextlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from kordon.measure.home import Home

FIELD = "kordon.network.tests.field"


def kordon(home, *words):
    """What the command says; its exit code comes first."""
    code = "from kordon.node.cli import main; main()"
    call = [sys.executable, "-c", code, *words]
    done = subprocess.run(call, env=home.environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@contextlib.contextmanager
def machine():
    """A machine with nothing on it."""
    with tempfile.TemporaryDirectory(prefix="kordon-post-") as folder:
        yield Home(folder=Path(folder) / "home")


def enrol(machine, hq, office, *, replaces=False):
    spoken = hq.call(f"{FIELD}:invite", node="AKSUU", replaces=replaces)
    address = f"http://127.0.0.1:{office.port}"
    status, said = kordon(machine, "post", "enrol", "--hq", address, "--code", spoken, "--no-wait")
    assert status == 0, said
    shown = re.search(r"Fingerprint: (\S+)", said)[1]
    assert hq.call(f"{FIELD}:approve", node="AKSUU") == shown
    status, said = kordon(machine, "post", "enrol")
    assert (status, "AKSUU is a post of HQ" in said) == (0, True), said
