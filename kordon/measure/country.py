"""A country in small: headquarters, its broker and three posts, each a process, for proofs.

The first post goes through a leaf of its own, the others straight to the hub; each has a line
that can be cut. The measuring process starts them, harms them, listens to them and counts.
"""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kordon.measure.children import Child, wait_for
from kordon.measure.home import Home, Server, temporary_home
from kordon.measure.hub import MEGABYTE, STORE_BYTES, Hub, make_leaf
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.relay import Pace, Relay
from kordon.measure.report import Report

POSTS = ("AKSUU", "CHALDOVAR", "TORUGART")
ENDS = "kordon.measure.ends"
COUNT = "kordon.measure.counting:count"
READY_S = 120.0
SMALL_STORE_BYTES = 48 * MEGABYTE
WRAP = 2**256


class Line(Protocol):
    """What lies between a post and the hub. ``address``: where the post finds the hub."""

    @property
    def address(self) -> str: ...

    def cut(self, *, silent: bool = False) -> None: ...

    def mend(self) -> None: ...


@dataclass(kw_only=True)
class Post:
    """One post, and what it has said since it began."""

    name: str
    home: Home
    line: Line
    prefix: tuple[str, ...] = ()
    child: Child | None = None
    committed: list[tuple[int, float]] = field(default_factory=list)
    """Up to which entry, and when: in the order of its commits."""
    acknowledged: int = 0
    all: int = 0
    in_force: dict[str, float] = field(default_factory=dict)
    """Alerts, and when each was first seen in force here."""
    runs: list[dict[str, int]] = field(default_factory=list)
    """Of each life: batches pushed, lost, doubled."""

    @property
    def recorded(self) -> int:
        return self.committed[-1][0] if self.committed else 0

    def hear(self, said: dict[str, Any]) -> None:
        if "committed" in said:
            self.committed.append((said["committed"], said["at"]))
        if "acknowledged" in said:
            self.acknowledged, self.all = said["acknowledged"], said["all"]
        if "in_force" in said:
            self.in_force[said["in_force"]] = said["at"]
        if "run" in said and self.child:
            while len(self.runs) < self.child.starts:
                self.runs.append({})
            self.runs[-1] = said["run"]

    def count(self, what: str) -> int:
        return sum(run.get(what, 0) for run in self.runs)


class Country:
    """Everything, made and enrolled. ``report`` is told what there is; nothing runs yet."""

    def __init__(self, hq: Home, hub: Hub, posts: list[Post], heads: int) -> None:
        self.hq, self.hub, self.posts = hq, hub, posts
        self.heads = heads
        """How far channel ``all`` is once everybody is enrolled."""
        self.office = Child(hq, f"{ENDS}:serve", {}, self.hear)
        self.ready = threading.Event()
        self.taken: dict[str, list[tuple[int, float]]] = {post.name: [] for post in posts}
        self.refusals: dict[str, int] = {}

    @property
    def children(self) -> list[Child]:
        return [self.office, *(post.child for post in self.posts if post.child)]

    def hear(self, said: dict[str, Any]) -> None:
        """What headquarters says."""
        if "ready" in said:
            self.ready.set()
        if "held" in said and said["node"] in self.taken:
            self.taken[said["node"]].append((said["held"], said["at"]))
        if code := said.get("refused"):
            self.refusals[code] = self.refusals.get(code, 0) + 1

    @contextlib.contextmanager
    def serve(self) -> Iterator[Server]:
        """As ``open``, but headquarters is its real server, with its worker and its broker."""
        try:
            with self.hq.serve() as server:
                yield server
        finally:
            self.end()

    @contextlib.contextmanager
    def open(self, **wishes: Any) -> Iterator[None]:
        """Headquarters serves; posts are started by whoever wants them to do something.

        ``wishes``: of ``ends.serve``.
        """
        self.office.arguments = wishes
        try:
            self.office.start()
            wait_for(self.ready.is_set, [self.office], READY_S, "headquarters is ready")
            yield
        finally:
            for child in self.children:
                child.kill()

    def begin(self, **arguments: Any) -> None:
        """Let every post live: record, each from a seed of its own, and sync."""
        for seed, post in enumerate(self.posts):
            self.let(post, "live", seed=seed, **arguments)

    def let(self, post: Post, function: str, **arguments: Any) -> None:
        post.child = Child(post.home, f"{ENDS}:{function}", arguments, post.hear, post.prefix)
        post.child.start()

    def end(self) -> None:
        """Let no post do anything any more."""
        for post in self.posts:
            if post.child:
                post.child.kill()

    def wait_until_done(self, entries: int, patience: float, said: int = 0) -> None:
        """All is up, and all that headquarters said is down. Raises ``TimeoutError``."""
        heads = self.heads + said

        def done() -> bool:
            return all(p.acknowledged >= entries and p.all >= heads for p in self.posts)

        wait_for(done, self.children, patience, "everything has arrived")

    def delays(self) -> list[float]:
        """Seconds of each commit at a post until the commit at headquarters that holds it.

        Only of those that both have told; what a killed process was about to say is missing.
        """
        found = []
        for post in self.posts:
            taken = iter(sorted(self.taken[post.name]))
            held, at = next(taken, (0, 0.0))
            for number, committed in post.committed:
                while held < number:
                    held, at = next(taken, (2**63, 0.0))
                if held < 2**63:
                    found.append(at - committed)
        return found

    def compare(self, report: Report, entries: int) -> None:
        """Count at every node, after everybody has ended, and hold it against each other."""
        there = self.hq.call(COUNT)
        here = {post.name: post.home.call(COUNT) for post in self.posts}
        held = there["entries"]
        nothing = {"count": 0, "last": 0, "doubled": 0, "disordered": 0, "digest": ""}
        lost = doubled = disordered = differing = 0
        for post in self.posts:
            ours, theirs = here[post.name]["entries"][post.name], held.get(post.name, nothing)
            lost += max(entries, post.recorded, ours["last"]) - (
                theirs["count"] - theirs["doubled"]
            )
            doubled += theirs["doubled"] + ours["doubled"]
            disordered += theirs["disordered"]
            differing += ours["digest"] != theirs["digest"]
        tables = [
            table
            for table, rows in there["rows"].items()
            if rows != _add([each["rows"][table] for each in here.values()])
        ]
        faults = [*there["faults"], *(f for each in here.values() for f in each["faults"])]
        report.look_at("entries at headquarters", sum(each["count"] for each in held.values()))
        report.look_at("rows at headquarters", sum(int(r[0]) for r in there["rows"].values()))
        report.figure("lost", lost, at_most=0)
        report.figure("doubled", doubled, at_most=0)
        report.figure("out_of_order", disordered, at_most=0)
        report.figure("chains_that_differ", differing, at_most=0)
        report.figure("tables_that_differ", len(tables), at_most=0)
        behind = sum(there["all"] - each["all"] for each in here.values())
        report.figure("said_by_headquarters_and_not_here", behind, at_most=0)
        report.figure("chain_faults", len(faults), at_most=0)
        for words in (*faults, *tables)[:5]:
            report.note(words)


@contextlib.contextmanager
def temporary_country(
    report: Report,
    *,
    database: str = "",
    store: Path | None = None,
    served: bool = False,
    pace: Pace | None = None,
) -> Iterator[Country]:
    """On PostgreSQL if its binaries are here, else on SQLite; which of the two is noted.

    ``database``: on this one. ``store``: a folder on a small disk for what the broker stores.
    ``served``: the broker is not started, the real server of headquarters does that.
    ``pace``: of the line of each post.
    """
    with contextlib.ExitStack() as stack:
        changes = {}
        if database:
            changes["KORDON_DATABASE"] = database
        elif report.only != "sqlite":
            try:
                changes["KORDON_DATABASE"] = stack.enter_context(temporary_postgres(durable=True))
                report.note("headquarters was on PostgreSQL")
            except NoPostgres as reason:
                report.note(f"headquarters was on SQLite: {reason}")
        else:
            report.note("headquarters was on SQLite, as wished")
        report.progress("making headquarters and three posts …")
        quiet = {"KORDON_LOG_LEVEL": "ERROR"}
        hq = stack.enter_context(temporary_home(node="HQ", KORDON_KIND="hq", **quiet, **changes))
        hub = Hub(hq, store=store, store_bytes=SMALL_STORE_BYTES if store else STORE_BYTES)
        posts: list[Post] = []
        for name in POSTS:
            home = stack.enter_context(temporary_home(node=name, KORDON_KIND="post", **quiet))
            line = stack.enter_context(Relay(hub.clients if posts else hub.leaves, pace=pace))
            posts.append(Post(name=name, home=home, line=line))
        heads = enrol_all(hq, hub, posts)
        if served:
            hub.write()
        else:
            hub.start()
            stack.callback(hub.stop)
        leaf = make_leaf(posts[0].home, posts[0].name, posts[0].line.address)
        leaf.start()
        stack.callback(leaf.stop)
        yield Country(hq, hub, posts, heads)


def enrol_all(hq: Home, hub: Hub, posts: list[Post]) -> int:
    """Everybody knows everybody; every post has its keys and its way to the hub."""
    keys = {post.name: post.home.call(f"{ENDS}:public_key") for post in posts}
    for post in posts:
        hub.enrol(post.home, post.name)
    heads: int = hq.call(f"{ENDS}:enrol", nodes=keys, nkeys=hub.nodes)
    ours = hq.call(f"{ENDS}:public_key")
    for post in posts:
        post.home.call(f"{ENDS}:pin", node="HQ", public_key=ours)
        post.home.changes["KORDON_BROKER"] = f"tls://{post.line.address}"
    return heads


def _add(sums: list[list[str]]) -> list[str]:
    """What several nodes have together: how many rows, and the sum of their digests."""
    count = sum(int(each[0]) for each in sums)
    return [str(count), f"{sum(int(each[1], 16) for each in sums) % WRAP:x}"]
