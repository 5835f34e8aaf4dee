"""``kordon demo``: a node of invented travellers, made on the first start and served.

It lives in a folder of its own and never in one that holds a real node: what the folder
may be is decided by its marker (``demo/marker.py``) before anything in it is touched.
"""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kordon.node import serving
from kordon.node.demo import marker
from kordon.node.listening import CannotStart, answers, check_port

STOP_S = 15
MOST = 6
"""Posts of one demonstration: the places that are invented (``demo/places.py``)."""
FOLDER = Path(__file__).resolve().parents[2] / "var" / "demo"
POSTS_FOLDER = FOLDER.with_name("demo-posts")

Progress = Callable[[str, int, int], None]


class NotADemo(Exception):
    """The folder holds something that is no demonstration, and is left alone."""


def main(arguments: Sequence[str]) -> None:
    wishes = parser().parse_args(arguments)
    usual = POSTS_FOLDER if wishes.posts else FOLDER
    home = Path(os.environ.get("KORDON_HOME", usual)).expanduser().absolute()
    # Before settings are read: the demonstration is this folder and its SQLite, nothing else.
    os.environ.pop("KORDON_DATABASE", None)
    os.environ["KORDON_HOME"] = str(home)
    os.environ.setdefault("KORDON_LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "kordon.node.settings"
    try:
        clear_for_a_demo(home, fresh=wishes.fresh)
        check_same_kind(home, posts=wishes.posts)
        if wishes.posts:
            _start_country(home, wishes)
        else:
            _start(home, wishes)
    except NotADemo as error:
        sys.exit(str(error))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kordon demo",
        description="Start a demonstration with invented travellers, alerts and officers."
        " It lives in KORDON_HOME, or in var/demo beside the program.",
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--posts",
        type=int,
        choices=range(MOST + 1),
        default=0,
        metavar="N",
        help="headquarters and so many posts, each a node of its own on the next ports (0)"
        " below KORDON_HOME, or var/demo-posts",
    )
    parser.add_argument("--fresh", action="store_true", help="make the demonstration anew")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--json", action="store_true", help="address and accounts as JSON")
    return parser


def clear_for_a_demo(home: Path, *, fresh: bool) -> None:
    """Leave ``home`` either a whole demonstration or empty. Raises ``NotADemo`` and does nothing
    if anything but a demonstration is in it, or if that demonstration is running."""
    if not home.exists() or not any(home.iterdir()):
        return
    if marker.read(home) is None:
        raise NotADemo(f"{home} holds something that is no demonstration. It was not touched.")
    _check_not_running(home)
    if fresh or not marker.is_demo(home):
        for path in home.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def check_same_kind(home: Path, *, posts: int) -> None:
    """Raises ``NotADemo`` if a demonstration of another shape lies here."""
    if not marker.is_demo(home):
        return
    made = len(list(home.glob("*/headquarters.json")))
    if made != posts:
        raise NotADemo(f"{home} holds a demonstration with {made} posts. --fresh makes it anew.")


def _check_not_running(home: Path) -> None:
    with (home / "worker.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotADemo(f"The demonstration in {home} is running already.") from error


def _start_country(home: Path, wishes: argparse.Namespace) -> None:
    from kordon.node import country  # noqa: PLC0415  (the other kind need not pay for it)

    try:
        country.run(home, wishes)
    except (CannotStart, country.NotMade, country.ChildFailed) as error:
        sys.exit(str(error))


def _start(home: Path, wishes: argparse.Namespace) -> None:
    try:
        check_port(wishes.host, wishes.port)
        if not marker.is_demo(home):
            _make(home)
    except CannotStart as error:
        sys.exit(str(error))
    with _server(wishes) as server:
        _welcome(server, home, wishes)


@contextlib.contextmanager
def _server(wishes: argparse.Namespace) -> "Iterator[subprocess.Popen[bytes]]":
    """The server. It has ended when the block has, by Ctrl+C and SIGTERM too, and follows this
    process should it be killed."""
    signal.signal(signal.SIGTERM, _interrupt)
    call = serving.command_line(host=wishes.host, port=wishes.port, workers=1, tied=True)
    environment = serving.environment(with_worker=True)
    with subprocess.Popen(call, stdin=subprocess.PIPE, env=environment) as server:  # nosec B603
        try:
            yield server
        except KeyboardInterrupt:
            pass  # this is how a demonstration is meant to end
        finally:
            server.terminate()
            try:
                server.wait(timeout=STOP_S)
            except subprocess.TimeoutExpired:
                server.kill()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _make(home: Path) -> None:
    import django  # noqa: PLC0415  (only the first start pays for it; the folder is chosen by now)

    django.setup()
    from kordon.node import starting  # noqa: PLC0415
    from kordon.node.beginning import introduce, make  # noqa: PLC0415
    from kordon.node.demo.founding import SEEDER  # noqa: PLC0415
    from kordon.node.demo.seed import seed  # noqa: PLC0415

    print("Making the demonstration (once; about a minute) …", file=sys.stderr, flush=True)
    # The mark comes first: a demonstration broken off here is cleared away on the next start.
    marker.begin(home)
    me = make(home, "demo")
    starting.migrate(lambda _: None)
    introduce(me, by=SEEDER)
    seed(_progress())


def _progress() -> Progress:
    """A bar for each thing that is made; without a terminal, a line."""
    if not sys.stderr.isatty():
        return _lines()
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    bars, tasks = Bars(console=Console(stderr=True)), {}
    bars.start()

    def show(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what, total=total)
        bars.update(tasks[what], completed=done, total=total)
        if all(task.finished for task in bars.tasks):
            bars.refresh()

    return show


def _lines() -> Progress:
    said = set[str]()

    def show(what: str, done: int, total: int) -> None:
        if done >= total and what not in said:
            said.add(what)
            print(f"  {total:>7,} {what}", file=sys.stderr, flush=True)

    return show


def _welcome(server: "subprocess.Popen[bytes]", home: Path, wishes: argparse.Namespace) -> None:
    shown = "127.0.0.1" if wishes.host in {"0.0.0.0", "::"} else wishes.host  # noqa: S104  # nosec B104
    address = f"http://{shown}:{wishes.port}/"
    if not answers(server, shown, wishes.port):
        sys.exit("The server did not start; what it said stands above.")
    _introduce(home, address, as_json=wishes.json)
    if not wishes.no_browser and (os.environ.get("DISPLAY") or sys.platform == "darwin"):
        webbrowser.open(f"{address}demo/tour")
    server.wait()


def _introduce(home: Path, address: str, *, as_json: bool) -> None:
    from kordon.node.demo.staff import COLLEAGUES  # noqa: PLC0415

    found = marker.read(home)
    password = found.password if found else ""
    if as_json:
        accounts = [{"login": c.login, "role": c.role, "post": c.post} for c in COLLEAGUES]
        words = {"address": address, "password": password, "accounts": accounts}
        return print(json.dumps(words), flush=True)
    print(f"\nKordon demonstration: invented travellers, invented officers\n\n  {address}")
    print(f"  {address}demo/tour   a tour of five minutes\n")
    print(f"  Password of every account: {password}\n")
    for colleague in COLLEAGUES:
        role = colleague.role.replace("_", " ")
        print(f"  {colleague.login:<20} {role:<24} {colleague.post}")
    return print("\nCtrl+C stops it; --fresh makes it anew.\n", flush=True)
