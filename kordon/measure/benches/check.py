"""The complete check of a traveller: in the server, and over HTTP with ten booths at once.

The world has 20,000 alerts on persons and 50,000 crossings, all invented. Half of the
travellers were here before. In the server a check is reading the zone, documents, alerts,
earlier crossings, and the fact of it on disk. Over HTTP it is the request of the first-line
page, from the first byte sent to the last byte drawn; each booth scans every two seconds,
several times what an officer can do.

``--alerts N --documents N`` put so many persons and documents on lists beside these. Then of ten
travellers one is listed by name and one has a listed document, or one misread by a letter; they
must be found. ``--postgresql`` asks a database of PostgreSQL instead of SQLite.
"""

import contextlib
import http.client
import itertools
import random
import re
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kordon.lib.traveldocs import Format
from kordon.measure.home import ChildFailed, Home, Server, temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile
from kordon.measure.travellers import zones

ALERTS, CROSSINGS = 20_000, 50_000
CHECKS = 1000
BOOTHS = 10
EVERY_S = 2.0
WARM_UP = 50
HERE, LISTS = "kordon.measure.booths", "kordon.measure.wanted"
FOUND = {"name": 0.95, "document": 1, "misread_document": 1}
"""What share of the listed must be found. By name: as a passport control sees them (field mix)."""


def measure(report: Report) -> None:
    try:
        with _node(report) as home:
            _measure(report, home)
    except NoPostgres as reason:
        report.skip(str(reason))


@contextlib.contextmanager
def _node(report: Report) -> Iterator[Home]:
    if report.only != "postgresql":
        with temporary_home() as home:
            yield home
        return
    with temporary_postgres(durable=True) as url, temporary_home(KORDON_DATABASE=url) as home:
        yield home


def _measure(report: Report, home: Home) -> None:
    number = report.usually(CHECKS) + WARM_UP
    report.progress("making the world (a minute or two) …")
    home.call("kordon.node.demo.seed:seed_bench", alerts=ALERTS, crossings=CROSSINGS)
    if report.alerts or report.documents:
        _fill(report, home)
    world = home.call(f"{HERE}:staff", booths=BOOTHS)
    known = home.call(f"{HERE}:seen_before", number=number)
    listed = _listed(report, home, number)
    travellers = _mixed(known, _fresh(report, home, number), listed, number)
    report.look_at("alerts in the world", world["alerts"])
    report.look_at("crossings in the world", world["crossings"])
    report.look_at("travellers who were here before", len(set(travellers) & set(known)))
    _in_the_server(report, home, travellers, listed, world["post"])
    with home.serve() as server:
        report.progress(f"over HTTP, {BOOTHS} booths …")
        booths = [Booth(server, world["password"], **each) for each in world["officers"]]
        _scan_all(booths, travellers[:WARM_UP], every=0.0)
        _say(report, "http", _scan_all(booths, travellers[WARM_UP:], every=EVERY_S), p95=60)
        report.progress("over HTTP, as fast as it goes …")
        begun = time.perf_counter()
        flat_out = _scan_all(booths, travellers, every=0.0)
        report.figure("http_flat_out_per_s", len(flat_out) / (time.perf_counter() - begun))
    report.note(f"over HTTP each of {BOOTHS} booths scans every {EVERY_S:g} s, not in step")
    report.note("flat out: all booths at once without a pause; the most this server does")


def _fill(report: Report, home: Home) -> None:
    report.progress(f"{report.alerts:,} persons and {report.documents:,} documents on lists …")
    filled = home.call(f"{LISTS}:fill", persons=report.alerts, documents=report.documents)
    for what, rows in filled["rows"].items():
        report.look_at(what, rows)
    report.look_at("documents compared with what appliers make", filled["compared"])
    report.figure("documents_otherwise_than_appliers_make", filled["different"], at_most=0)
    report.figure("fill_s", filled["fill_s"])
    report.figure("screening_base_s", filled["base_s"])
    report.figure("database_mb", filled["bytes"] / 1e6)
    report.note("nobody compares the new lists with earlier crossings meanwhile: policy of 0 days")


def _listed(report: Report, home: Home, number: int) -> dict[str, dict[str, str]]:
    """Zones of travellers on the lists, and the alert each must meet, by how it is found."""
    few = max(1, number // 20)
    made: dict[str, dict[str, str]] = {}
    if report.alerts:
        made["name"] = dict(home.call(f"{LISTS}:by_name", listed=report.alerts, number=2 * few))
    for how, misread in (("document", False), ("misread_document", True)):
        if report.documents:
            wanted = {"listed": report.documents, "number": few, "misread": misread}
            made[how] = dict(home.call(f"{LISTS}:by_document", **wanted))
    return made


def _fresh(report: Report, home: Home, number: int) -> Iterator[str]:
    """People who were never here: with long lists of invented people, people invented alike."""
    if report.alerts:
        return itertools.cycle(home.call(f"{LISTS}:innocent", number=number))
    return zones(date.today(), formats=(Format.TD3,))


def _mixed(
    known: list[str], fresh: Iterator[str], listed: dict[str, dict[str, str]], number: int
) -> list[str]:
    """Every second one was here before; of the others, those listed stand evenly among them."""
    past = itertools.cycle(known) if known else fresh
    mixed = [next(past if turn % 2 else fresh) for turn in range(number)]
    meant = [zone for each in listed.values() for zone in each][: number // 2]
    random.Random(number).shuffle(meant)  # noqa: S311  # nosec B311 (the same order every time)
    for turn, zone in enumerate(meant):
        mixed[2 * (turn * (number // 2) // len(meant))] = zone
    return mixed


def _in_the_server(
    report: Report, home: Home, travellers: list[str], listed: dict[str, dict[str, str]], post: str
) -> None:
    report.progress("in the server …")
    took = home.call(f"{HERE}:check_one_by_one", zones=travellers, post=post)
    _say(report, "check", [clock for clock, _, _ in took[WARM_UP:]], p95=30)
    worked = [processor for _, processor, _ in took[WARM_UP:]]
    report.figure("check_p50_processor_ms", percentile(worked, 0.5))
    report.figure("check_p95_processor_ms", percentile(worked, 0.95))
    found = {zone: alerts for zone, (_, _, alerts) in zip(travellers, took, strict=True)}
    for how, meant in listed.items():
        asked = {zone: alert for zone, alert in meant.items() if zone in found}
        report.look_at(f"travellers listed by {how.replace('_', ' ')}", len(asked))
        share = sum(alert in found[zone] for zone, alert in asked.items()) / max(1, len(asked))
        report.figure(f"found_by_{how}", share, at_least=FOUND[how])
    others = found.keys() - {zone for meant in listed.values() for zone in meant}
    stopped = sum(bool(found[zone]) for zone in others)
    report.figure("others_with_a_match_per_100", 100 * stopped / max(1, len(others)))


def _say(report: Report, name: str, took: list[float], *, p95: float) -> None:
    report.look_at(f"travellers checked ({name})", len(took))
    report.figure(f"{name}_p50_ms", percentile(took, 0.5))
    report.figure(f"{name}_p95_ms", percentile(took, 0.95), at_most=p95)
    report.figure(f"{name}_p99_ms", percentile(took, 0.99))
    report.figure(f"{name}_max_ms", max(took))


def _scan_all(booths: "list[Booth]", travellers: list[str], *, every: float) -> list[float]:
    """Each booth takes its share; returns the milliseconds of every scan."""
    took: list[float] = []
    failed: list[BaseException] = []

    def work(booth: "Booth", share: Iterable[str]) -> None:
        try:
            took.extend(booth.scan_each(share, every))
        except BaseException as error:
            failed.append(error)

    shares = [travellers[place :: len(booths)] for place in range(len(booths))]
    threads = [
        threading.Thread(target=work, args=each) for each in zip(booths, shares, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return took


class Booth:
    """An officer at a booth: signs in, sits down, scans. A browser as far as the server sees."""

    def __init__(self, server: Server, password: str, *, login: str, booth: str) -> None:
        self.connection: http.client.HTTPConnection = server.connect()
        self.cookies: dict[str, str] = {}
        self.form = ""
        self.chance = random.Random(login)  # noqa: S311  # nosec B311 (keeps booths out of step)
        self._get("/accounts/sign-in/")
        self._post("/accounts/sign-in/", {"login": login, "password": password})
        self._get("/accounts/workplace/")
        self._post("/accounts/workplace/booth/", {"booth": booth})
        page = self._get("/first-line/")
        if 'name="mrz"' not in page:
            raise ChildFailed(f"{login} did not reach the first line: {page[:300]}")

    def scan_each(self, texts: Iterable[str], every: float) -> list[float]:
        took = []
        due = time.monotonic() + self.chance.random() * every
        for text in texts:
            time.sleep(max(0.0, due - time.monotonic()))
            due += every
            begun = time.perf_counter()
            page = self._post("/first-line/check/", _scanned(text), htmx=True)
            took.append(1000 * (time.perf_counter() - begun))
            if 'name="decision"' not in page:
                raise ChildFailed(f"a check was not answered: {page[:300]}")
        return took

    def _get(self, path: str) -> str:
        return self._ask("GET", path, None, {})

    def _post(self, path: str, fields: dict[str, Any], *, htmx: bool = False) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.form}
        if htmx:
            headers["HX-Request"] = "true"
        return self._ask("POST", path, urlencode(fields), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**headers, "Cookie": cookies})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")
                key, _, told = cookie.partition("=")
                self.cookies[key] = told
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
            self.form = found[1]
        if answer.status >= 400:
            raise ChildFailed(f"{method} {path}: {answer.status} {page[:300]}")
        return page


def _scanned(text: str) -> dict[str, str]:
    return {"check": str(uuid.uuid4()), "direction": "entry", "mrz": text}
