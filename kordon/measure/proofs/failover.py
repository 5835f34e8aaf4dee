"""The database of headquarters is killed in mid-load and its replica takes over: nothing is lost.

A primary and a streaming replica (``synchronous_commit=remote_apply``) run beside each other.
Headquarters takes a post's batches, and names both servers in its one address. The primary is
killed with -9, the replica is promoted, headquarters goes on by itself. Every entry it had signed
a receipt for must be there, and every entry of the post in the end; the time from the kill to
the next receipt is told.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from kordon.measure.cluster import Cluster
from kordon.measure.home import MARK, Home, temporary_home
from kordon.measure.postgres import NoPostgres, binaries
from kordon.measure.report import Report

ENTRIES = 10_000
OF_A_BATCH = 50
UNDER_WAY = 2
PATIENCE_S = 600.0
FIRST_PORT, SECOND_PORT = 5997, 5998
HERE = "kordon.measure.proofs.failover"


def measure(report: Report) -> None:
    try:
        binaries()
    except NoPostgres as reason:
        return report.skip(str(reason))
    entries = report.usually(ENTRIES)
    with tempfile.TemporaryDirectory(prefix="kordon-failover-") as folder:
        place = Path(folder)
        place.chmod(0o777)  # nosec B103 (PostgreSQL's own user makes its folders there)
        batches = place / "batches"
        with temporary_home(KORDON_KIND="post") as post:
            key = post.call(f"{HERE}:write_batches", entries=entries, into=str(batches))
        with _two_servers(place, report) as (first, second):
            _fail_over(report, first, second, batches, key)
    report.note("both servers on one host: no network between them, and nobody decides but we")
    return None


@contextlib.contextmanager
def _two_servers(place: Path, report: Report) -> Iterator[tuple[Cluster, Cluster]]:
    first = Cluster(place / "first", place, FIRST_PORT)
    second = Cluster(place / "second", place, SECOND_PORT)
    try:
        first.create()
        first.start()
        second.follow(first, "second")
        second.start()
        first.ask("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        first.ask("ALTER SYSTEM SET synchronous_standby_names = 'second'")
        first.ask("SELECT pg_reload_conf()")
        state = "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'second'"
        _wait(lambda: first.ask(state) == "sync", "the replica does not follow")
        report.progress("a primary and a synchronous replica stand")
        yield first, second
    finally:
        first.kill()
        second.kill()


def _fail_over(
    report: Report, first: Cluster, second: Cluster, batches: Path, key: dict[str, str]
) -> None:
    both = (
        f"postgresql://kordon@/postgres?host={first.sockets},{second.sockets}"
        f"&port={first.port},{second.port}&target_session_attrs=read-write"
    )
    with temporary_home(KORDON_KIND="hq", KORDON_DATABASE=both) as home:
        home.call(f"{HERE}:believe", **key)
        files = sorted(batches.iterdir())
        number = len(files)
        with _taking(home) as taking:
            # A few more than are waited for, so that one is under way; the rest comes afterwards.
            afterwards = number // 2 + UNDER_WAY
            taking.give(files[:afterwards])
            _wait(lambda: len(taking.receipts) >= number // 2, "no receipts came")
            killed = time.monotonic()
            first.kill()
            before = len(taking.receipts)
            taking.give(files[afterwards:], last=True)
            second.promote()
            promoted = time.monotonic()
            _wait(lambda: taking.ended.is_set(), "it does not go on")
        found = home.call(f"{HERE}:examine", receipts=[r for _, r in taking.receipts])
    # The first batch that the dead primary cannot have taken: they are taken in their order.
    back = next((at for at, _ in taking.receipts[afterwards:]), float("inf"))
    report.look_at("batches with a receipt before the kill", before)
    report.look_at("batches in all", number)
    report.look_at("entries verified", found["entries"])
    report.look_at("calls broken by the kill", taking.broken)
    report.figure("acknowledged_lost", found["lost"], at_most=0)
    report.figure("never_taken", number - len(taking.receipts), at_most=0)
    report.figure("entries_twice_or_missing", abs(found["missing"]), at_most=0)
    report.figure("chain_faults", len(found["faults"]), at_most=0)
    report.figure("promotion_s", promoted - killed)
    report.figure("kill_to_first_receipt_s", back - killed, at_most=60)
    for words in found["faults"][:5]:
        report.note(words)


@dataclass
class _Taking:
    """What the taking headquarters said: receipts with the time they came."""

    hand: IO[str]
    receipts: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    broken: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def give(self, files: Sequence[Path], *, last: bool = False) -> None:
        """Batches to be taken, in their order; after the ``last`` it ends."""
        self.hand.writelines(f"{file}\n" for file in files)
        self.hand.close() if last else self.hand.flush()


@contextlib.contextmanager
def _taking(home: Home) -> Iterator[_Taking]:
    """Headquarters takes what it is given, one after the other, each until it is taken."""
    child = subprocess.Popen(  # nosec B603
        [sys.executable, "-m", "kordon.measure.home", f"{HERE}:take_all", "{}"],
        env=home.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin
    taking = _Taking(child.stdin)

    def listen() -> None:
        assert child.stdout
        for line in child.stdout:
            if line.startswith("broken"):
                taking.broken += 1
            elif not line.startswith(MARK):
                taking.receipts.append((time.monotonic(), json.loads(line)))
        taking.ended.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield taking
    finally:
        child.kill()
        child.wait()
        listener.join()


def _wait(until: Any, words: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(words)
        time.sleep(0.01)


def write_batches(entries: int, into: str) -> dict[str, str]:
    """Runs in the post: record, and put its batches into files. Returns who signed them."""
    from kordon.accounts.facts import Failure, SignInFailed  # noqa: PLC0415
    from kordon.journal import identity  # noqa: PLC0415
    from kordon.journal.writing import record_many, writing  # noqa: PLC0415
    from kordon.measure.nodes import EVERYTHING  # noqa: PLC0415
    from kordon.network import steps  # noqa: PLC0415

    with writing():
        record_many(
            (
                SignInFailed(person=uuid4(), address="::1", failure=Failure.WRONG_PASSWORD),
                EVERYTHING,
            )
            for _ in range(entries)
        )
    folder, last = Path(into), 0
    folder.mkdir()
    while packed := steps.pack(last, OF_A_BATCH):
        last = packed.last
        (folder / f"{last:09}").write_bytes(packed.sent)
    return {"node": identity.mine().node, "key": identity.mine().public_key}


def believe(node: str, key: str) -> None:
    """Runs at headquarters: enrol itself, and the post."""
    from kordon.journal import identity  # noqa: PLC0415
    from kordon.journal.facts import NodeEnrolled, NodeKind  # noqa: PLC0415
    from kordon.journal.writing import record, writing  # noqa: PLC0415
    from kordon.measure.nodes import EVERYTHING  # noqa: PLC0415

    me = identity.mine()
    with writing():
        for name, kind, public in (
            (me.node, NodeKind.HQ, me.public_key),
            (node, NodeKind.POST, key),
        ):
            fact = NodeEnrolled(node=name, node_kind=kind, incarnation=1, public_key=public)
            record(fact, by=EVERYTHING)


def take_all() -> None:
    """Runs at headquarters: take every batch named on standard input, until it is taken."""
    import structlog  # noqa: PLC0415
    from django.db import Error, connection  # noqa: PLC0415

    from kordon.network.answers import Refused, read_answer  # noqa: PLC0415
    from kordon.network.desk import Headquarters  # noqa: PLC0415

    desk, log = Headquarters(), structlog.get_logger("kordon.measure")
    for line in sys.stdin:
        while True:
            try:
                answer = read_answer(desk.take("POST", Path(line.strip()).read_bytes()))
            except Error as error:
                # As a transport does: no answer, and the post sends it again.
                log.info("broken", error=str(error).split("\n")[0])
                print("broken", flush=True)
                connection.close()
                time.sleep(0.05)
                continue
            if isinstance(answer, Refused):
                raise SystemExit(f"refused: {answer.code} {answer.text}")
            print(json.dumps({"number": answer.number, "seal": answer.seal}), flush=True)
            break


def examine(receipts: list[dict[str, Any]]) -> dict[str, Any]:
    """Runs at headquarters: whether every receipt still says the truth."""
    from kordon.accounts.models import SignIn  # noqa: PLC0415
    from kordon.journal.models import Entry  # noqa: PLC0415
    from kordon.journal.verifying import verify  # noqa: PLC0415

    seals = dict(Entry.objects.filter(node="POST").values_list("number", "seal"))
    wrong = sum(seals.get(each["number"]) != each["seal"] for each in receipts)
    last = max((each["number"] for each in receipts), default=0)
    verdict = verify()
    return {
        "lost": wrong + sum(number not in seals for number in range(1, last + 1)),
        "missing": last - len(seals) or last - SignIn.objects.count(),
        "entries": verdict.entries,
        "faults": [fault.text for fault in verdict.faults],
    }
