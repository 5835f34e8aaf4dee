"""Power cuts in mid-writing, on SQLite and on PostgreSQL: nothing acknowledged is lost.

A node lies on a disk of its own (``kordon.measure.disk``). Four writers record facts and keep
files; each acknowledgement leaves the machine, so to say: it is kept elsewhere. At a random
moment the disk loses its supply. It is mounted again, the node examines itself, and every
acknowledged entry must be there under its seal, its row and its file with it.

Only what was acknowledged before the cut began is counted. A machine without supply acknowledges
nothing more; the ioctl leaves it running, and an fsync it overtakes may answer that all is well
(seen with a bare ``pwrite`` and ``fdatasync``: 2 of 60 cuts). How many came so late is told.
"""

import contextlib
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kordon.measure.cluster import Cluster
from kordon.measure.disk import Disk, NoDisk
from kordon.measure.home import MARK, Home, temporary_home
from kordon.measure.postgres import NoPostgres
from kordon.measure.report import Report

CUTS = 200
OF_ONE_DISK = 25
MEGABYTES = 768
WRITERS = 4
LONGEST_S = 1.2
PORT = 5999
SEED = 20_261_126
HERE, ENDED = "kordon.measure.proofs.powercut", "ended"


@dataclass
class Found:
    """What was seen over all cuts of one store."""

    cuts: int = 0
    entries: int = 0
    files: int = 0
    late: int = 0
    lost: int = 0
    faults: list[str] = field(default_factory=list)
    unusable: int = 0


def measure(report: Report) -> None:
    cuts = report.usually(CUTS)
    try:
        for store in ("sqlite", "postgresql"):
            _tell(report, store, _cut_often(report, store, cuts))
    except NoDisk as reason:
        report.skip(f"{reason} (root, loop devices and ext4 are needed)")
    except NoPostgres as reason:
        report.note(f"PostgreSQL WAS NOT EXAMINED: {reason}")
    report.note("a cut is EXT4_IOC_SHUTDOWN on a loop device: not a disk that lies about flushes")


def _tell(report: Report, store: str, found: Found) -> None:
    report.look_at(f"cuts on {store}", found.cuts)
    report.look_at(f"entries acknowledged on {store}", found.entries)
    report.look_at(f"files acknowledged on {store}", found.files)
    report.look_at(f"acknowledgements on {store} too late to count", found.late)
    report.figure(f"{store}_lost", found.lost, at_most=0)
    report.figure(f"{store}_chain_faults", len(found.faults), at_most=0)
    report.figure(f"{store}_did_not_start", found.unusable, at_most=0)
    for words in found.faults[:5]:
        report.note(words)
    if found.cuts:
        # The rule of three: none of n seen says less than 3/n, in 95 of 100 such trials.
        report.figure(f"{store}_loss_in_a_cut_below_share", 3 / found.cuts)


def _cut_often(report: Report, store: str, cuts: int) -> Found:
    found, chance = Found(), random.Random(SEED)  # noqa: S311  # nosec B311 (repeatable)
    while found.cuts < cuts:
        with Disk(MEGABYTES) as disk, _node(store, disk) as node:
            for _ in range(min(OF_ONE_DISK, cuts - found.cuts)):
                if not node.write_until_cut(chance.uniform(0.05, LONGEST_S), found):
                    break  # it did not come back: that is counted, and another begins
            else:
                node.judge(found)
        report.progress(
            f"{store}: {found.cuts} cuts, {found.entries} acknowledged, {found.lost} lost"
        )
    return found


@contextlib.contextmanager
def _node(store: str, disk: Disk) -> Iterator["_Node"]:
    """A node on the disk, its tables made, all of it on the device."""
    with tempfile.TemporaryDirectory(prefix="kordon-cut-") as outside:
        sockets = Path(outside)
        sockets.chmod(0o777)  # nosec B103 (PostgreSQL's own user puts its socket there)
        cluster = Cluster(disk.path / "cluster", sockets, PORT) if store == "postgresql" else None
        changes = {}
        if cluster:
            disk.folder.chmod(0o755)  # nosec B103 (and enters the disk)
            cluster.create()
            cluster.start()
            changes["KORDON_DATABASE"] = cluster.address
        try:
            with temporary_home(**changes) as made:
                shutil.copytree(made.folder, disk.path / "node")
            disk.sync()
            home = Home(folder=disk.path / "node", changes=changes)
            with _nursery(home, sockets / "acknowledged") as nursery:
                yield _Node(home, disk, cluster, sockets / "acknowledged", nursery)
        finally:
            if cluster:
                cluster.kill()


@contextlib.contextmanager
def _nursery(home: Home, kept: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process with the framework loaded, from which every life of the node is forked."""
    told = json.dumps({"acknowledged": str(kept)})
    nursery = subprocess.Popen(  # nosec B603
        [sys.executable, "-m", "kordon.measure.home", f"{HERE}:raise_lives", told],
        env=home.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        text=True,
    )
    try:
        yield nursery
    finally:
        nursery.kill()
        nursery.communicate()


@dataclass
class _Node:
    """The node, its disk, its database server if it has one, and what it has acknowledged."""

    home: Home
    disk: Disk
    cluster: Cluster | None
    kept: Path
    nursery: "subprocess.Popen[str]"
    acknowledged: list[str] = field(default_factory=list)

    def write_until_cut(self, seconds: float, found: Found) -> bool:
        """One life of the node; False if it could not even begin."""
        self.kept.write_text("\n".join(self.acknowledged))
        stdin, stdout = self.nursery.stdin, self.nursery.stdout
        assert stdin
        assert stdout
        stdin.write("live\n")
        stdin.flush()
        pid = int(stdout.readline())
        said = stdout.readline()
        if not said.startswith(MARK):
            found.unusable += 1
            return False
        self._add(json.loads(said.removeprefix(MARK)), found)
        cutting = threading.Event()
        reader = threading.Thread(target=self._hear, args=(stdout, cutting, found))
        reader.start()
        time.sleep(seconds)
        cutting.set()
        self.disk.cut()
        found.cuts += 1
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        reader.join()
        if self.cluster:
            self.cluster.kill()
        self.disk.come_back()
        if self.cluster:
            self.cluster.start()
        return True

    def judge(self, found: Found) -> None:
        """What the last cut left, and how much was acknowledged in all."""
        said = self.home.call(f"{HERE}:examine", acknowledged=str(self.kept))
        self._add(said, found)
        found.entries += sum(not line.startswith("file ") for line in self.acknowledged)
        found.files += sum(line.startswith("file ") for line in self.acknowledged)

    def _add(self, said: dict[str, Any], found: Found) -> None:
        found.lost += len(said["lost"])
        found.faults += [*said["faults"], *(f"lost: {what}" for what in said["lost"][:3])]
        # What is lost once is counted once.
        gone = set(said["lost"])
        self.acknowledged = [line for line in self.acknowledged if line not in gone]

    def _hear(self, lines: Any, cutting: threading.Event, found: Found) -> None:
        for line in lines:
            if line.strip() == ENDED:
                return
            if cutting.is_set():
                found.late += 1
            else:
                self.acknowledged.append(line.strip())


def raise_lives(acknowledged: str) -> None:
    """Runs in the node: at each line heard another life begins, which a cut will end."""
    import kordon.journal.files  # noqa: PLC0415
    import kordon.journal.verifying  # noqa: F401, PLC0415  (loaded once, before the lives)

    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _acknowledge(str(os.getpid()))
                _live(acknowledged)
            finally:
                os._exit(1)
        os.waitpid(pid, 0)
        # What the life said lies in the same pipe, before this.
        _acknowledge(ENDED)


def _live(acknowledged: str) -> None:
    _acknowledge(MARK + json.dumps(examine(acknowledged)))
    threads = [threading.Thread(target=_write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _write(who: int) -> None:
    from kordon.journal import files  # noqa: PLC0415  (only the child has the framework)
    from kordon.journal.actor import Actor  # noqa: PLC0415
    from kordon.journal.facts import PersonalDataRead  # noqa: PLC0415
    from kordon.journal.reacting import SYSTEM  # noqa: PLC0415
    from kordon.journal.writing import record, writing  # noqa: PLC0415

    by = Actor(id=SYSTEM, name="powercut")
    for number in itertools.count():
        about = (f"writer:{who}", f"number:{number}", os.urandom(300).hex())
        with writing():
            what = PersonalDataRead(query="powercut.write", about=about, found=1)
            entry = record(what, by=by)
        _acknowledge(f"{entry.channel} {entry.number} {entry.seal}")
        if number % 10 == 0:
            _acknowledge(f"file {files.keep(os.urandom(2000))}")


def _acknowledge(words: str) -> None:
    # One call, one line: whole or not at all, whatever befalls this process.
    os.write(1, f"{words}\n".encode())


def examine(acknowledged: str) -> dict[str, Any]:
    """Runs in the node: what is lost of what was acknowledged, and what does not hold."""
    from django.conf import settings  # noqa: PLC0415

    from kordon.journal.models import Entry, PersonalRead  # noqa: PLC0415
    from kordon.journal.verifying import verify  # noqa: PLC0415

    verdict = verify()
    held = {
        f"{channel} {number} {seal}"
        for channel, number, seal in Entry.objects.values_list("channel", "number", "seal")
    }
    faults = [fault.text for fault in verdict.faults]
    if (rows := PersonalRead.objects.count()) != len(held):
        faults.append(f"{rows} rows of {len(held)} entries")
    lost = []
    lines = Path(acknowledged).read_text().splitlines() if Path(acknowledged).exists() else []
    for line in lines:
        name = line.removeprefix("file ")
        if name == line:
            here = line in held
        else:
            path = Path(settings.KORDON_HOME) / "files" / name[:2] / name
            here = path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == name
        if not here:
            lost.append(line)
    return {"lost": lost, "faults": faults, "entries": verdict.entries}
