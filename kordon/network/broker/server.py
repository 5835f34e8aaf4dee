"""nats-server as a child of ours: found, examined, started, waited for, stopped, restarted.

For demonstrations, tests and proofs, and for nodes that do not leave it to systemd.
"""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from kordon.network.broker import keeper as keeping

OLDEST = (2, 15)
READY_S = 30.0
LOOK_EVERY_S = 0.02
# Go gives memory back sooner under a limit; without one a busy hub kept a gigabyte.
MEMORY_LIMIT = "512MiB"


class NoServer(Exception):
    """There is no nats-server that we can use; says what was found."""


class NotStarted(Exception):
    """The server ended, or did not become ready in time; says its last words."""


def find() -> str:
    """The program that came with our wheels, else the system's. Raises ``NoServer``."""
    beside = Path(sys.executable).parent / "nats-server"
    found = [str(path) for path in (beside, shutil.which("nats-server")) if path]
    seen = []
    for program in found:
        if version := _version(program):
            if version >= OLDEST:
                return program
            seen.append(f"{program} is {'.'.join(map(str, version))}")
    wanted = ".".join(map(str, OLDEST))
    told = "; ".join(seen) or "none is here"
    raise NoServer(f"Kordon needs nats-server {wanted} or newer; {told}.")


def check(configuration: Path) -> None:
    """Let the server read its configuration without starting. Raises ``NotStarted``."""
    tried = subprocess.run(
        [find(), "-t", "-c", str(configuration)], capture_output=True, text=True, timeout=READY_S
    )
    if tried.returncode:
        raise NotStarted(_last_words(tried.stderr + tried.stdout))


def ask(monitoring: str, path: str, timeout: float = 5.0) -> Any:
    """What the server says of itself at ``host:port``. Raises ``OSError``."""
    host, _, port = monitoring.rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
    try:
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())
    except (http.client.HTTPException, ValueError) as error:
        raise OSError(f"{monitoring} does not answer as nats-server does") from error
    finally:
        connection.close()


class Server:
    """One nats-server under a keeper: it dies with this process, however that dies."""

    def __init__(self, configuration: Path, *, monitoring: str) -> None:
        self.configuration, self.monitoring = configuration, monitoring
        self.pid = 0
        self.starts = 0
        self._keeper: subprocess.Popen[str] | None = None
        self._one_at_a_time = threading.RLock()  # whoever minds it, and whoever finds it stuck

    @property
    def running(self) -> bool:
        return self._keeper is not None and self._keeper.poll() is None

    @property
    def log(self) -> Path:
        return self.configuration.with_suffix(".log")

    def start(self) -> None:
        """Start and wait until it answers. Raises ``NoServer``, ``NotStarted``."""
        with self._one_at_a_time:
            self._start(find())

    def _start(self, program: str) -> None:
        with self.log.open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, keeping.__file__, program, str(self.configuration)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={"GOMEMLIMIT": MEMORY_LIMIT, **os.environ},
                start_new_session=True,
            )
        assert self._keeper.stdout
        self.pid = int(self._keeper.stdout.readline() or 0)
        self.starts += 1
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop in order and wait for it: its ports are free afterwards."""
        with self._one_at_a_time:
            if (keeper := self._keeper) is None:
                return
            assert keeper.stdin is not None
            assert keeper.stdout is not None
            keeper.stdin.close()
            keeper.wait()
            keeper.stdout.close()
            self._keeper = None

    def kill(self) -> None:
        """As a power cut would: nothing is written any more."""
        os.kill(self.pid, signal.SIGKILL)
        if self._keeper is not None:
            self._keeper.wait()
            self.stop()

    def restart(self) -> None:
        with self._one_at_a_time:
            self.stop()
            self.start()

    def revive(self) -> bool:
        """Start it again if it has died, and say whether it had. Raises as ``start``."""
        with self._one_at_a_time:
            if self.running:
                return False
            self.restart()
            return True

    def reload(self) -> None:
        """Let it read its configuration again: who may connect has changed."""
        os.kill(self.pid, signal.SIGHUP)

    def leaves(self) -> list[dict[str, Any]]:
        """The leaf connections it has, as it tells them. Raises ``OSError``."""
        return list(ask(self.monitoring, "/leafz").get("leafs") or [])

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            if not self.running:
                break
            try:
                if ask(self.monitoring, "/healthz").get("status") == "ok":
                    return
            except OSError:
                pass
            time.sleep(LOOK_EVERY_S)
        self.stop()
        raise NotStarted(_last_words(self.log.read_text(errors="replace")))


def _version(program: str) -> tuple[int, ...]:
    try:
        told = subprocess.run([program, "-v"], capture_output=True, text=True, timeout=READY_S)
    except OSError:
        return ()
    found = re.search(r"v(\d+)\.(\d+)\.(\d+)", told.stdout)
    return tuple(map(int, found.groups())) if found else ()


def _last_words(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
