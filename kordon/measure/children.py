"""Processes of temporary nodes that go on until somebody kills them, and what they say meanwhile.

They die with the measuring process, however that dies: it holds the other end of their input.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from kordon.measure.home import MARK, ChildFailed, Home

LOG = "children.log"
LAST_WORDS = 2000


def say(what: Any) -> None:
    """In a child: tell the measuring process."""
    sys.stdout.write(f"{MARK}{json.dumps(what)}\n")
    sys.stdout.flush()


def die_with_parent() -> None:
    """In a child: end, without a word, when the measuring process is gone."""

    def watch() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@dataclass
class Child:
    """One function running in the node of ``home``. ``hears`` is called with each thing it says."""

    home: Home
    function: str
    arguments: dict[str, Any]
    hears: Callable[[Any], object] = lambda what: None
    prefix: tuple[str, ...] = ()
    """Words before the command: another network namespace, say."""
    starts: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    _ear: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        command = [*self.prefix, sys.executable, "-m", "kordon.measure.home", self.function]
        with (self.home.folder / LOG).open("ab") as log:
            self.process = subprocess.Popen(  # nosec B603
                [*command, json.dumps(self.arguments)],
                env=self.home.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.starts += 1
        self._ear = threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True)
        self._ear.start()

    def kill(self) -> None:
        """``kill -9``; everything it said before is heard."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        if self._ear is not None:
            self._ear.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe else None
        self.process = None

    def check(self) -> None:
        """Raises ``ChildFailed`` if it ended by itself."""
        if self.process is not None and (status := self.process.poll()) is not None:
            raise ChildFailed(f"{self.function} ended with {status}: {self.last_words()}")

    def last_words(self) -> str:
        return (self.home.folder / LOG).read_text(errors="replace")[-LAST_WORDS:]

    def _listen(self, pipe: IO[str]) -> None:
        for line in pipe:
            if line.startswith(MARK):
                # What a killed process was just saying may break off in the middle.
                with contextlib.suppress(ValueError):
                    self.hears(json.loads(line.removeprefix(MARK)))


@contextlib.contextmanager
def running(*children: Child) -> Iterator[None]:
    """Start them; kill them when the block ends, however it does."""
    try:
        for child in children:
            child.start()
        yield
    finally:
        for child in children:
            child.kill()


def wait_for(holds: Callable[[], bool], children: list[Child], patience: float, what: str) -> None:
    """Wait on a condition while the children go on. Raises ``ChildFailed``, ``TimeoutError``."""
    until = time.monotonic() + patience
    while not holds():
        for child in children:
            child.check()
        if time.monotonic() > until:
            raise TimeoutError(f"not in time: {what}")
        time.sleep(0.02)
