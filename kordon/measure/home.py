"""A node of its own for one bench or proof: a temporary folder, never the user's.

The measuring process stays without the framework. What needs it runs in child processes
whose environment names the temporary folder, as a real node's does.
"""

import contextlib
import dataclasses
import http.client
import importlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MARK = "kordon-answer:"
START_S = 60.0
SERVED = range(10_000, 32_000)  # below what the systems we know give to outgoing connections


class ChildFailed(RuntimeError):
    """What ran in the temporary node ended badly; the text is what it said."""


@dataclass
class Home:
    """A node in ``folder``. ``call`` runs code in it, ``serve`` its real server."""

    folder: Path
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KORDON_")}
        own = {"KORDON_HOME": str(self.folder), "KORDON_LOG_LEVEL": "WARNING"}
        # Compiled matching code is the same for every temporary node: compile it once.
        kept.setdefault("NUMBA_CACHE_DIR", str(Path.home() / ".cache" / "kordon" / "numba"))
        return {**kept, "DJANGO_SETTINGS_MODULE": "kordon.node.settings", **own, **self.changes}

    def call(self, function: str, **arguments: Any) -> Any:
        """Run ``package.module:function`` in a child of this node and return what it returns."""
        command = [sys.executable, "-m", "kordon.measure.home", function, json.dumps(arguments)]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True)  # nosec B603
        answers = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
        if done.returncode or not answers:
            raise ChildFailed(f"{function} ended with {done.returncode}: {done.stdout[-2000:]}")
        return json.loads(answers[-1].removeprefix(MARK))

    @contextlib.contextmanager
    def serve(self) -> Iterator["Server"]:
        """The node's server, answering, on a port of its own, until the block ends."""
        server = Server(home=self, port=free_port())
        server.start()
        try:
            yield server
        finally:
            server.kill()


@dataclass
class Server:
    """The real server in its own process group, so that it can die whole."""

    home: Home
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        code = "from kordon.node.cli import main; main()"
        command = [sys.executable, "-c", code, "run", "--port", str(self.port)]
        self.process = subprocess.Popen(  # nosec B603
            command,
            env=self.home.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + START_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise ChildFailed("the server did not start")
            time.sleep(0.05)

    def kill(self) -> None:
        """``kill -9``, the watching process and the answering one alike."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def _answers(self) -> bool:
        try:
            connection = self.connect()
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False


@contextlib.contextmanager
def temporary_home(*, node: str = "", **changes: str) -> Iterator[Home]:
    """A new node with its tables made, of this name or of its kind; gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="kordon-measure-") as folder:
        home = Home(folder=Path(folder), changes=changes)
        home.call("kordon.measure.home:make_node", node=node)
        yield home


def make_node(node: str) -> None:
    """Runs in the child: identity, secret and tables of a node nobody will sign in to."""
    from django.conf import settings  # noqa: PLC0415  (the measuring process stays without it)
    from django.core.management import call_command  # noqa: PLC0415

    from kordon.journal import identity  # noqa: PLC0415

    home = Path(settings.KORDON_HOME)
    # Two nodes that meet must not have one name.
    kind = settings.KORDON_KIND
    identity.create(home, node or ("measure" if kind == "standalone" else kind.upper()))
    (home / "secret.key").write_text("measured, never met")
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def free_port() -> int:
    """A port to serve on, which no outgoing connection can be given meanwhile."""
    while True:
        port = random.choice(SERVED)  # nosec B311 (chance keeps two runs apart, no secret)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def free_ports(count: int) -> list[int]:
    """So many at once, no two the same."""
    found: dict[int, None] = {}
    while len(found) < count:
        found[free_port()] = None
    return list(found)


def _child(function: str, arguments: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    module, name = function.split(":")
    answer = getattr(importlib.import_module(module), name)(**json.loads(arguments))
    print(MARK + json.dumps(answer, default=dataclasses.asdict), flush=True)


if __name__ == "__main__":
    _child(*sys.argv[1:])
