"""Headquarters on a disk that runs full while three posts record and send.

The real server of headquarters runs, with its worker and its broker. Something fills the disk,
under the broker's store or under the database, and goes on filling whatever is given back. It must
be said clearly, posts must go on recording, and once there is room everything must arrive with
nobody's hand at anything.
"""

import contextlib
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from kordon.measure.children import wait_for
from kordon.measure.cluster import Cluster
from kordon.measure.country import Country, temporary_country
from kordon.measure.disk import Disk, Filler
from kordon.measure.home import Server, free_port
from kordon.measure.monitoring import Monitor
from kordon.measure.postgres import binaries
from kordon.measure.report import Report

PACE = 25.0  # entries a second at each post: it goes on for longer than a disk needs to run full
STORE_DISK, DATABASE_DISK = 96, 256  # megabytes
PATIENCE_S = 600.0
KEEPER_S = 1.0
MOST_SWITCHES = 200
SMALL_WAL = {"min_wal_size": "32MB", "max_wal_size": "32MB"}


def fill_store(report: Report, entries: int) -> None:
    """The disk under the broker's store. Raises ``NoDisk``."""
    with (
        Disk(STORE_DISK) as disk,
        temporary_country(report, store=disk.path / "store", served=True) as country,
    ):
        monitor, filler = Monitor(country.hq), Filler(disk)
        country.heads = monitor.heads
        with country.serve() as server:
            part = _Part(report, "store", country, server, monitor, entries)
            part.run_full(filler, "store_full")
            part.wait_for_alarm("store_full", over=False)
            part.recover(filler, "store_full")
        country.compare(report, entries)


def fill_database(report: Report, entries: int) -> None:
    """The disk under the database, its log included. Raises ``NoDisk``, ``NoPostgres``."""
    binaries()
    with (
        Disk(DATABASE_DISK) as disk,
        _cluster(disk) as cluster,
        temporary_country(report, database=cluster.address, served=True) as country,
    ):
        monitor, filler = Monitor(country.hq), Filler(disk)
        country.heads = monitor.heads
        with country.serve() as server, _kept_alive(cluster) as deaths:
            part = _Part(report, "database", country, server, monitor, entries)
            part.run_full(filler, "database_full")
            _use_up_the_log(cluster)
            part.recover(filler, "database_full")
        report.look_at("times PostgreSQL broke down for want of room", _breakdowns(cluster))
        report.look_at("times it did not come up by itself and was started", len(deaths))
        country.compare(report, entries)


class _Part:
    """One disk of one country."""

    def __init__(
        self,
        report: Report,
        what: str,
        country: Country,
        server: Server,
        monitor: Monitor,
        entries: int,
    ) -> None:
        self.report, self.what, self.country = report, what, country
        self.server, self.monitor, self.entries = server, monitor, entries

    def run_full(self, filler: Filler, code: str) -> None:
        posts, more = self.country.posts, self.entries // 5
        self.country.begin(entries=self.entries, pace=PACE)
        self._wait(lambda: all(p.acknowledged >= more for p in posts), "full load")
        recorded = [min(post.recorded, self.entries - more) for post in posts]
        filler.fill()
        began = time.monotonic()
        self.report.progress(f"the disk under the {self.what} is full")
        self._wait(lambda: code in (self.monitor.troubles(self.server) or ()), f"{code} is told")
        self.report.figure("full_and_told_s", time.monotonic() - began)
        said = self.monitor.words(code)
        self.report.figure("languages_it_is_told_in", len(set(said)), at_least=2)
        self.report.note(said[0] if said else f"nobody is told {code}")
        self._wait(
            lambda: all(p.recorded >= r + more for p, r in zip(posts, recorded, strict=True)),
            "posts go on recording",
        )
        unsent = sum(post.recorded - post.acknowledged for post in posts)
        self.report.figure("recorded_while_full_and_not_sent", unsent, at_least=1)

    def recover(self, filler: Filler, code: str) -> None:
        """There is room again; nobody does anything else."""
        filler.go_away()
        self.report.progress("there is room again")
        begun = time.monotonic()
        self.country.wait_until_done(self.entries, PATIENCE_S)
        self.report.figure("all_there_after_s", time.monotonic() - begun)
        self._wait(lambda: self.monitor.troubles(self.server) == set(), "nothing is wrong any more")
        # An alarm that went on and off by itself stands in the journal for whoever asks later.
        self.wait_for_alarm(code, over=True)
        self.report.look_at(f"alarms {code} that went on and off by themselves", 1)
        # A full disk is nobody's fault: a post that is refused stops and waits for somebody.
        self.report.figure("posts_refused", self.monitor.refused(), at_most=0)

    def wait_for_alarm(self, code: str, *, over: bool) -> None:
        self._wait(lambda: self.monitor.alarms().get(code) is over, f"the alarm {code}, {over=}")

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        children = [post.child for post in self.country.posts if post.child]
        wait_for(holds, children, PATIENCE_S, what)


@contextlib.contextmanager
def _cluster(disk: Disk) -> Iterator[Cluster]:
    disk.folder.chmod(0o755)  # nosec B103 (PostgreSQL's own user enters the disk)
    with tempfile.TemporaryDirectory(prefix="kordon-full-") as outside:
        sockets = Path(outside)
        sockets.chmod(0o777)  # nosec B103 (and puts its socket there)
        cluster = Cluster(disk.path / "cluster", sockets, free_port())
        try:
            cluster.create()
            cluster.start(**SMALL_WAL)
            yield cluster
        finally:
            cluster.kill()


@contextlib.contextmanager
def _kept_alive(cluster: Cluster) -> Iterator[list[float]]:
    """As systemd does with ``Restart=on-failure``: started again whenever it has ended.

    Yields when it was found dead.
    """
    deaths: list[float] = []
    enough = threading.Event()

    def keep() -> None:
        while not enough.wait(KEEPER_S):
            if not cluster.running:
                deaths.append(time.monotonic())
                with contextlib.suppress(RuntimeError):  # no room yet
                    cluster.start(**SMALL_WAL)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield deaths
    finally:
        enough.set()
        keeper.join()


def _use_up_the_log(cluster: Cluster) -> None:
    """Until there is no room for PostgreSQL's log either, which breaks the whole server down."""
    for _ in range(MOST_SWITCHES):
        if _breakdowns(cluster):
            return
        with contextlib.suppress(psycopg.Error):
            cluster.ask("SELECT txid_current()")
            cluster.ask("SELECT pg_switch_wal()")


def _breakdowns(cluster: Cluster) -> int:
    return cluster.log.read_text(errors="replace").count("PANIC:  ")
