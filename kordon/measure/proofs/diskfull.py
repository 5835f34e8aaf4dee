"""Disks run full, a post's and two of headquarters': said in words, nothing lost, all goes on.

A post's real server lies on a small disk of its own; a machine checks travellers and records
crossings. A file fills the disk until the node can write no more: every refusal must say so
(507, ``disk_full``), reading must go on, and so must it after a restart. The file is removed:
what was refused is sent again and taken, and everything acknowledged is there.

Then headquarters, its real server and three posts, twice: the disk under the broker's store,
and the disk under PostgreSQL with its log. Headquarters must say which and what to do, posts must
go on recording, and once there is room everything must arrive by itself.
"""

import contextlib
import http.client
import itertools
import json
import shutil
import uuid
from collections.abc import Iterator
from datetime import date

from kordon.lib.traveldocs import Format
from kordon.measure.disk import Disk, NoDisk, fill
from kordon.measure.full_headquarters import fill_database, fill_store
from kordon.measure.home import ChildFailed, Home, Server, temporary_home
from kordon.measure.postgres import NoPostgres
from kordon.measure.report import Report
from kordon.measure.travellers import zones

CROSSINGS = 100
ENTRIES, FEWEST = 1_500, 500  # of each post, while headquarters is full
MEGABYTES = 96
REFUSALS = 20
MOST_TRIED = 5000
WORLD = "kordon.measure.world"


def measure(report: Report) -> None:
    entries = max(FEWEST, report.usually(ENTRIES))
    try:
        report.progress("a post …")
        _measure_post(report, report.usually(CROSSINGS))
        for name, run_full in PARTS.items():
            part = report.part()
            report.progress(f"headquarters: {name} …")
            run_full(part, entries)
            report.take_over(part, name)
    except NoDisk as reason:
        report.skip(f"{reason} (root, loop devices and ext4 are needed)")


def _fill_database(report: Report, entries: int) -> None:
    if report.only == "sqlite":
        return report.note("PostgreSQL's disk was not filled, as wished")
    try:
        return fill_database(report, entries)
    except NoPostgres as reason:
        return report.note(f"PROVES NOTHING ABOUT POSTGRESQL'S DISK: {reason}")


PARTS = {"store": fill_store, "database": _fill_database}


def _measure_post(report: Report, number: int) -> None:
    """Raises ``NoDisk``."""
    with Disk(MEGABYTES) as disk, temporary_home(KORDON_KIND="standalone") as made:
        token = made.call(f"{WORLD}:found")
        shutil.copytree(made.folder, disk.path / "node")
        home = Home(folder=disk.path / "node")
        with home.serve() as server:
            gate = _Gate(server, token)
            _run_full(report, disk, gate, number)
        found = home.call(f"{WORLD}:examine", acknowledged=gate.acknowledged)
    report.look_at("crossings acknowledged", len(gate.acknowledged))
    report.look_at("journal entries verified", found["entries"])
    report.figure("lost", found["lost"], at_most=0)
    report.figure("recorded_twice", found["twice"], at_most=0)
    report.figure("chain_faults", len(found["faults"]), at_most=0)
    report.figure("tables_not_as_the_journal_says", len(found["differing"]), at_most=0)
    for words in (*found["faults"], *found["differing"])[:5]:
        report.note(words)


def _run_full(report: Report, disk: Disk, gate: "_Gate", number: int) -> None:
    for traveller in itertools.islice(gate.travellers, number):
        gate.send(*traveller)
    gate.fail_on_refusals()
    filler = disk.path / "filler"
    fill(filler)
    refused = gate.send_until_refused(REFUSALS)
    report.look_at("refused while the disk was full", len(gate.refused))
    clear = sum(status == 507 and code == "disk_full" for status, code in gate.refused)
    report.figure("refused_without_saying_why", len(gate.refused) - clear, at_most=0)
    report.figure("reads_while_full", gate.can_read(), at_least=1)
    gate.server.kill()
    fill(filler)
    with contextlib.suppress(ChildFailed):
        gate.server.start()
    report.figure("starts_while_full", gate.server.process is not None)
    gate.refused.clear()
    filler.unlink()
    if gate.server.process is None:
        gate.server.start()
    for traveller in (*refused, *itertools.islice(gate.travellers, number)):
        gate.send(*traveller)
    report.figure("refused_after_there_was_room", len(gate.refused), at_most=0)


class _Gate:
    """One machine that sends travellers, one after the other."""

    def __init__(self, server: Server, token: str) -> None:
        self.server, self.token = server, token
        self.acknowledged: list[str] = []
        self.refused: list[tuple[int, str]] = []
        self.travellers = self._invent()

    def _invent(self) -> Iterator[tuple[str, str, str]]:
        for zone in zones(date.today(), formats=(Format.TD3,)):
            yield zone, str(uuid.uuid4()), str(uuid.uuid4())

    def send(self, zone: str, check: str, crossing: str) -> bool:
        asked = {"check": check, "direction": "entry", "mrz": zone}
        decided = {"check": check, "decision": "admit", "mobile": True}
        for method, path, body in (
            ("POST", "/api/v1/checks", asked),
            ("PUT", f"/api/v1/crossings/{crossing}", decided),
        ):
            status, said = self._call(method, path, json.dumps(body))
            if status != 200:
                self.refused.append((status, _code(said)))
                return False
        self.acknowledged.append(crossing)
        return True

    def send_until_refused(self, times: int) -> list[tuple[str, str, str]]:
        """Until so many were refused one after the other; returns all that were."""
        refused: list[tuple[str, str, str]] = []
        running = 0
        for traveller in itertools.islice(self.travellers, MOST_TRIED):
            taken = self.send(*traveller)
            running = 0 if taken else running + 1
            refused += [] if taken else [traveller]
            if running == times:
                return refused
        raise RuntimeError("the disk does not run full")

    def fail_on_refusals(self) -> None:
        if self.refused:
            raise RuntimeError(f"refused before the disk was full: {self.refused[0]}")

    def can_read(self) -> bool:
        return (
            self._call("GET", "/health")[0] == 200
            and self._call("GET", "/api/v1/posts/NORTH")[0] == 200
        )

    def _call(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = self.server.connect()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


def _code(said: bytes) -> str:
    with contextlib.suppress(ValueError):
        return str(json.loads(said).get("code"))
    return said[:100].decode(errors="replace")
