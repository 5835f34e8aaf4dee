"""A PostgreSQL cluster that a proof starts, kills and promotes: the system's own binaries.

It listens on a socket in ``sockets`` only, under ``port``.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from kordon.measure.postgres import binaries, run, unprivileged

START_S = 120.0


class Cluster:
    """``data`` need not exist; its parent must be a folder that any user may enter."""

    def __init__(self, data: Path, sockets: Path, port: int) -> None:
        self.data, self.sockets, self.port = data, sockets, port
        self._user = unprivileged()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql://kordon@/postgres?host={self.sockets}&port={self.port}"

    @property
    def log(self) -> Path:
        return self.sockets / f"log-{self.port}"

    def create(self) -> None:
        words = ["initdb", "-D", str(self.data), "-U", "kordon", "-A", "trust", "-E", "UTF8"]
        self._make_folder()
        self._run(*words, "--locale=C.UTF-8")

    def follow(self, first: "Cluster", name: str) -> None:
        """Become a streaming replica that the first knows as ``name``."""
        self._make_folder()
        where = f"host={first.sockets} port={first.port} user=kordon application_name={name}"
        self._run("pg_basebackup", "-D", str(self.data), "-R", "-c", "fast", "-d", where)

    def start(self, **wishes: str) -> None:
        """Start it with these settings, and wait until it answers."""
        told = {"unix_socket_directories": str(self.sockets), "port": str(self.port)}
        told |= {"listen_addresses": "", **wishes}
        words = [str(binaries() / "postgres"), "-D", str(self.data)]
        words += [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # nosec B603
                words,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        until = time.monotonic() + START_S
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"PostgreSQL did not start: {self._last_words()}")
            time.sleep(0.05)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def answers(self) -> bool:
        with contextlib.suppress(psycopg.Error), psycopg.connect(self.address, connect_timeout=5):
            return True
        return False

    def ask(self, question: str) -> object:
        """One value, None if there is none."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            answer = connection.execute(question.encode())
            row = answer.fetchone() if answer.description else None
        return row[0] if row else None

    def kill(self) -> None:
        """``kill -9``, the first process and every other one it started."""
        if self._process is None:
            return
        pid = self._process.pid
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            for each in (pid, *map(int, children)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._process = None

    def promote(self) -> None:
        """From a replica to the server that takes writes; returns once it does."""
        self._run("pg_ctl", "promote", "-w", "-D", str(self.data))

    def _make_folder(self) -> None:
        self.data.mkdir(mode=0o700)
        if self._user:
            shutil.chown(self.data, self._user)

    def _run(self, name: str, *words: str) -> None:
        run([binaries() / name, *words], self._user)

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-500:]
