"""``kordon demo --posts N``: headquarters and posts as real nodes on one machine.

Each node is a folder of its own below the demonstration's, and a server process. Between every
post and headquarters lies a cable that can be cut (``relay``). All children end with this process.
"""

import argparse
import contextlib
import fcntl
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kordon.measure.home import ChildFailed as ChildFailed
from kordon.measure.home import Home, free_port
from kordon.measure.postgres import NoPostgres, kept_postgres
from kordon.network.broker.server import NoServer, find
from kordon.node import serving
from kordon.node.demo import cables, marker, places
from kordon.node.demo.places import Station
from kordon.node.demo.staff import Colleague
from kordon.node.listening import answers, check_port
from kordon.node.relay import Cable, laid

HQ = "HQ"
INSIDE = "kordon.node.demo.country"
DATABASE_FILE = "database"
STOP_S = 15
AT_ONCE = 3
SILENT_AFTER_S = 20
CODE = "from kordon.node.cli import main; main()"


T = TypeVar("T")


class NotMade(Exception):
    """A node of the demonstration could not be made or started; says what it said."""


@dataclass
class Country:
    """The nodes of one demonstration below ``root``, and what runs of them."""

    root: Path
    host: str
    port: int
    posts: int
    running: contextlib.ExitStack
    database: str = ""
    broker: bool = False
    relays: dict[str, int] = field(default_factory=dict)

    @property
    def stations(self) -> tuple[Station, ...]:
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  # nosec B104
        return tuple(
            Station(node=place.post, name=place.name, address=f"http://{shown}:{self.port + at}/")
            for at, place in enumerate(places.PLACES[: self.posts], 1)
        )

    @property
    def nodes(self) -> list[str]:
        return [station.node for station in self.stations]

    @property
    def address(self) -> str:
        return re.sub(r"\d+/$", f"{self.port}/", self.stations[0].address)

    @property
    def hq(self) -> Home:
        changes = {"KORDON_DATABASE": self.database} if self.database else {}
        return Home(self.root / HQ, {**changes, "KORDON_ALARM_SILENT_SECONDS": str(SILENT_AFTER_S)})

    @property
    def database_said(self) -> str:
        return "PostgreSQL" if self.database else "SQLite"

    def post(self, node: str) -> Home:
        return Home(self.root / node)


@contextlib.contextmanager
def held(root: Path) -> Iterator[None]:
    """Be the one process that runs the demonstration in this folder; ``demonstration`` looks."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "worker.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(root: Path, wishes: argparse.Namespace) -> None:
    """Make it if it is new, serve it, and end all of it. Raises ``CannotStart``, ``NotMade``."""
    signal.signal(signal.SIGTERM, _interrupt)
    for at in range(wishes.posts + 1):
        check_port(wishes.host, wishes.port + at)
    with held(root), contextlib.ExitStack() as running, contextlib.suppress(KeyboardInterrupt):
        country = Country(root, wishes.host, wishes.port, wishes.posts, running)
        _start(country, new=not marker.is_demo(root))
        _introduce(country, as_json=wishes.json)
        while True:
            signal.pause()


def _start(country: Country, *, new: bool) -> None:
    begun = marker.begin(country.root) if new else marker.read(country.root)
    assert begun is not None, "a folder without a marker is empty, and then it is new"
    _choose_database(country)
    if new:
        _say(f"Making headquarters with {country.database_said} (once) …")
        country.hq.call(f"{INSIDE}:found", password=begun.password, posts=country.posts)
    _lay_cables(country)
    places.write_stations(country.hq.folder, country.stations)
    _serve(country, country.hq, country.port)
    if new:
        _enrol(country, begun.password)
    _together(lambda node: _link(country, node), country.nodes)
    for at, node in enumerate(country.nodes, 1):
        _serve(country, country.post(node), country.port + at)
    for node in country.nodes if new else ():
        login = _accounts(node)[0].login
        country.post(node).call(f"{INSIDE}:await_officers", login=login)
    marker.complete(country.root)


def _choose_database(country: Country) -> None:
    """PostgreSQL if it can be; what headquarters was made with is kept."""
    file = country.root / DATABASE_FILE
    kept = file.read_text() if file.exists() else ""
    if kept != "sqlite":
        try:
            cluster = kept_postgres(country.root / "postgres")
            country.database = country.running.enter_context(cluster)
        except (NoPostgres, OSError) as error:
            if kept:
                raise NotMade(
                    f"Headquarters lies in PostgreSQL, which does not start: {error}"
                ) from error
            _say(f"Headquarters runs on SQLite: {error}.")
    file.write_text("postgresql" if country.database else "sqlite")


def _lay_cables(country: Country) -> None:
    """The broker of headquarters, or HTTPS on loopback without one, and a cable to it for each."""
    target = country.port
    try:
        find()
        country.broker = True
    except NoServer as error:
        _say(f"Posts and headquarters speak over HTTP on loopback, without a broker: {error}")
    if country.broker:
        target = free_port()
        ways = {"clients": free_port(), "leaves": target, "monitoring": free_port()}
        words = [word for name, at in ways.items() for word in (f"--{name}", f"127.0.0.1:{at}")]
        _kordon(
            country.hq, "network", "configure", "hub", "--name", "localhost", "--store-gb", "1",
            "--websocket", "", *words,
        )  # fmt: skip
    lying = []
    for station in country.stations:
        node, home = station.node, country.hq.folder
        cables.mend(home, node)
        country.relays[node] = free_port()
        severed = lambda node=node, home=home: cables.is_cut(home, node)  # noqa: E731
        lying.append(Cable(country.relays[node], target, severed))
    country.running.enter_context(laid(lying))


def _enrol(country: Country, password: str) -> None:
    """By the commands people type at both ends."""
    _say(f"Enrolling {', '.join(country.nodes)} at headquarters …")
    codes = country.hq.call(f"{INSIDE}:invite", nodes=country.nodes)
    at = f"http://127.0.0.1:{country.port}"

    def ask(node: str) -> str:
        words = ("post", "enrol", "--hq", at, "--code", codes[node], "--no-wait")
        return str(re.findall(r"Fingerprint: (\S+)", _kordon(country.post(node), *words))[0])

    def complete(node: str) -> None:
        _kordon(country.post(node), "post", "enrol")
        marker.write(country.root / node, marker.Marker(password=password, complete=True))

    shown = dict(zip(country.nodes, _together(ask, country.nodes), strict=True))
    country.hq.call(f"{INSIDE}:approve", fingerprints=shown)
    _together(complete, country.nodes)


def _together(deed: Callable[[str], T], nodes: list[str]) -> list[T]:
    """The same at every post, at several of them at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(deed, nodes))


def _link(country: Country, node: str) -> None:
    """Let the post reach headquarters through its cable, and not otherwise."""
    home, relay = country.post(node), country.relays[node]
    if country.broker:
        ways = {"clients": free_port(), "monitoring": free_port()}
        words = [word for name, at in ways.items() for word in (f"--{name}", f"127.0.0.1:{at}")]
        hq = f"tls://localhost:{relay}"
        _kordon(home, "network", "configure", "leaf", "--hq", hq, *words)
    else:
        (home.folder / "link").write_text(f"http://127.0.0.1:{relay}")


def _serve(country: Country, home: Home, port: int) -> None:
    """Start the server of this node and wait until it answers."""
    call = serving.command_line(host=country.host, port=port, workers=1, tied=True)
    environment = {**home.environment, "KORDON_WORKER": "beside"}
    server = subprocess.Popen(call, stdin=subprocess.PIPE, env=environment)  # nosec B603
    country.running.callback(_stop, server)
    shown = "127.0.0.1" if country.host in {"0.0.0.0", "::"} else country.host  # noqa: S104  # nosec B104
    if not answers(server, shown, port):
        raise NotMade(f"{home.folder.name} did not start; what it said stands above.")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _kordon(home: Home, *words: str) -> str:
    """A command of this node, and what it said. Raises ``NotMade``."""
    call = [sys.executable, "-c", CODE, *words]
    done = subprocess.run(call, env=home.environment, capture_output=True, text=True)  # nosec B603
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise NotMade(f"kordon {' '.join(words[:2])} at {home.folder.name}: {said}")
    return done.stdout


def _accounts(node: str) -> list[Colleague]:
    """Who works at this post, or at headquarters (empty)."""
    return [each for each in places.colleagues_of(places.PLACES) if each.post == node]


def _introduce(country: Country, *, as_json: bool) -> None:
    found = marker.read(country.root)
    password = found.password if found else ""
    if as_json:
        told = {
            "address": country.address,
            "password": password,
            "database": country.database_said,
            "link": "broker" if country.broker else "http",
            "accounts": [each.login for each in _accounts("")],
            "posts": [
                {
                    "node": station.node,
                    "address": station.address,
                    "accounts": [each.login for each in _accounts(station.node)],
                }
                for station in country.stations
            ],
        }
        return print(json.dumps(told), flush=True)
    line = "the broker" if country.broker else "HTTP on loopback"
    print(f"\nKordon demonstration: headquarters ({country.database_said}) and posts over {line}")
    print(f"\n  Password of every account: {password}\n")
    _show("Headquarters", country.address, "")
    print(f"  {country.address}demo/cables/   cut and mend the cable of a post\n")
    for station in country.stations:
        _show(station.name, station.address, station.node)
    return print("\nCtrl+C stops all of it; --fresh makes it anew.\n", flush=True)


def _show(title: str, address: str, node: str) -> None:
    print(f"  {title}: {address}")
    for each in _accounts(node):
        print(f"    {each.login:<24} {each.role.replace('_', ' ')}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
