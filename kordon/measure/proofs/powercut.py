"""Power cuts in mid-writing, on SQLite and on PostgreSQL: nothing acknowledged is lost.

A node lies on a disk of its own (``kordon.measure.disk``). Four writers record facts and keep
files; each acknowledgement leaves the machine, so to say: it is kept elsewhere. At a random
moment the disk loses its supply. It is mounted again, the node examines itself, and every
acknowledged entry must be there under its seal, its row and its file with it.
"""

import contextlib
import hashlib
import itertools
import json
import os
import random
import shutil
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
from kordon.measure.home import MARK, ChildFailed, Home, temporary_home
from kordon.measure.postgres import NoPostgres
from kordon.measure.report import Report

CUTS = 200
OF_ONE_DISK = 20
MEGABYTES = 768
WRITERS = 4
LONGEST_S = 1.2
PORT = 5999
SEED = 20_261_126
HERE = "kordon.measure.proofs.powercut"


@dataclass
class Found:
    """What was seen over all cuts of one store."""

    cuts: int = 0
    entries: int = 0
    files: int = 0
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
                node.write_until_cut(chance.uniform(0.05, LONGEST_S), found)
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
            disk.path.parent.chmod(0o755)  # nosec B103 (and enters the disk)
            cluster.create()
            cluster.start()
            changes["KORDON_DATABASE"] = cluster.address
        try:
            with temporary_home(**changes) as made:
                shutil.copytree(made.folder, disk.path / "node")
            disk.sync()
            home = Home(folder=disk.path / "node", changes=changes)
            yield _Node(home, disk, cluster, sockets / "acknowledged")
        finally:
            if cluster:
                cluster.kill()


@dataclass
class _Node:
    """The node, its disk, its database server if it has one, and what it has acknowledged."""

    home: Home
    disk: Disk
    cluster: Cluster | None
    kept: Path
    acknowledged: list[str] = field(default_factory=list)

    def write_until_cut(self, seconds: float, found: Found) -> None:
        child = subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "kordon.measure.home", f"{HERE}:live", self._told()],
            env=self.home.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert child.stdout
        try:
            before = self._hear_examined(child.stdout.readline(), found)
            reader = threading.Thread(target=self._hear, args=(child.stdout,))
            reader.start()
            if before:
                time.sleep(seconds)
                self.disk.cut()
                found.cuts += 1
        finally:
            child.kill()
            child.wait()
        reader.join()
        if self.cluster:
            self.cluster.kill()
        self.disk.come_back()
        if self.cluster:
            self.cluster.start()

    def judge(self, found: Found) -> None:
        """What the last cut left, and how much was acknowledged in all."""
        said = self.home.call(f"{HERE}:examine", acknowledged=str(self.kept))
        self._add(said, found)
        found.entries += sum(not line.startswith("file ") for line in self.acknowledged)
        found.files += sum(line.startswith("file ") for line in self.acknowledged)

    def _told(self) -> str:
        self.kept.write_text("\n".join(self.acknowledged))
        return json.dumps({"acknowledged": str(self.kept)})

    def _hear_examined(self, line: str, found: Found) -> bool:
        if not line.startswith(MARK):
            found.unusable += 1
            raise ChildFailed(f"the node did not come back: {line[:300]}")
        self._add(json.loads(line.removeprefix(MARK)), found)
        return True

    def _add(self, said: dict[str, Any], found: Found) -> None:
        found.lost += len(said["lost"])
        found.faults += [*said["faults"], *(f"lost: {what}" for what in said["lost"][:3])]
        # What is lost once is counted once.
        gone = set(said["lost"])
        self.acknowledged = [line for line in self.acknowledged if line not in gone]

    def _hear(self, lines: Any) -> None:
        for line in lines:
            if line.endswith("\n") and not line.startswith(MARK):
                self.acknowledged.append(line.strip())


def live(acknowledged: str) -> None:
    """Runs in the node: examine what a cut left, then write until the next one."""
    print(MARK + json.dumps(examine(acknowledged)), flush=True)
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
