"""A PostgreSQL of its own for tests and benches: started from the system's binaries, then gone.

It listens on a socket in a temporary folder only. PostgreSQL refuses to run as root, so root
starts it as the user its package made.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
# A test's cluster need not survive a power cut, unless the cost of that is what is measured.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoPostgres(RuntimeError):
    """There are no PostgreSQL binaries on this machine."""


def binaries() -> Path:
    """Where the newest ``initdb`` lies. Raises ``NoPostgres``."""
    if wished := os.environ.get("KORDON_POSTGRES_BINARIES"):
        return Path(wished)
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if packaged:
        return packaged[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise NoPostgres("no PostgreSQL binaries here (Debian: apt install postgresql)")


@contextlib.contextmanager
def temporary_postgres(*, durable: bool, under: Path | None = None) -> Iterator[str]:
    """Yield the ``KORDON_DATABASE`` of a fresh cluster.

    ``under``: where its data lies, if it may grow large and who runs it may go there. Its socket
    stays in the system's own temporary folder: the name of a socket must be short.
    """
    folder = binaries()
    user = unprivileged()
    if user:
        under = None  # that other user cannot go where root may
    with (
        tempfile.TemporaryDirectory(prefix="kordon-pg-", ignore_cleanup_errors=True) as where,
        tempfile.TemporaryDirectory(
            dir=under or where, prefix=".kordon-pg-", ignore_cleanup_errors=True
        ) as lies,
    ):
        if user:
            shutil.chown(where, user)
            shutil.chown(lies, user)
        data = f"{lies}/cluster"
        init: list[Path | str] = [
            folder / "initdb",
            "-D",
            data,
            "-U",
            "kordon",
            "-A",
            "trust",
            "-E",
            "UTF8",
        ]
        run([*init, "--locale=C.UTF-8", "--no-sync"], user)
        wishes = [f"unix_socket_directories={where}", "listen_addresses="]
        wishes += [] if durable else CARELESS
        options = " ".join(f"-c {wish}" for wish in wishes)
        control: list[Path | str] = [folder / "pg_ctl", "-D", data, "-w", "-l", f"{where}/log"]
        run([*control, "-o", options, "start"], user)
        try:
            yield f"postgresql://kordon@/postgres?host={where}"
        finally:
            run([*control, "-m", "immediate", "stop"], user)


@contextlib.contextmanager
def kept_postgres(folder: Path) -> Iterator[str]:
    """Yield the ``KORDON_DATABASE`` of the cluster that lies in ``folder``, made if it is new.

    Raises ``NoPostgres``. What an earlier run left running, having been killed, is stopped first.
    """
    programs, user = binaries(), unprivileged()
    data = folder / "cluster"
    folder.mkdir(mode=0o700, exist_ok=True)
    if user:
        shutil.chown(folder, user)
    if not (data / "PG_VERSION").exists():
        shutil.rmtree(data, ignore_errors=True)
        init: list[Path | str] = [programs / "initdb", "-D", data, "-U", "kordon"]
        run([*init, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], user)
    control: list[Path | str] = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    if (data / "postmaster.pid").exists():
        with contextlib.suppress(NoPostgres):  # nobody is there: only the file was left
            run([*control, "-m", "fast", "stop"], user)
    # Its socket lies elsewhere: the name of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="kordon-pg-", ignore_cleanup_errors=True) as where:
        if user:
            shutil.chown(where, user)
        run(
            [*control, "-o", f"-c unix_socket_directories={where} -c listen_addresses=", "start"],
            user,
        )
        try:
            yield f"postgresql://kordon@/postgres?host={where}"
        finally:
            run([*control, "-m", "fast", "stop"], user)


def unprivileged() -> str | None:
    """Whom root must become; None for anybody else."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise NoPostgres("root may not run PostgreSQL and there is no other user to do it")


def run(command: Sequence[Path | str], user: str | None) -> None:
    group = pwd.getpwnam(user).pw_gid if user else None
    extra: list[int] | None = [] if user else None
    done = subprocess.run(  # nosec B603
        command,
        user=user,
        group=group,
        extra_groups=extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        text=True,
    )
    if done.returncode:
        raise NoPostgres(f"{Path(command[0]).name} failed: {done.stdout.strip()[-500:]}")
