"""The complete check of a traveller: in the server, and over HTTP with ten booths at once.

The world has 20,000 alerts on persons and 50,000 crossings, all invented. Half of the
travellers were here before. In the server a check is reading the zone, documents, alerts,
earlier crossings, and the fact of it on disk. Over HTTP it is the request of the first-line
page, from the first byte sent to the last byte drawn; each booth scans every two seconds,
several times what an officer can do.
"""

import http.client
import itertools
import random
import re
import threading
import time
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kordon.lib.traveldocs import Format
from kordon.measure.home import ChildFailed, Server, temporary_home
from kordon.measure.report import Report, percentile
from kordon.measure.travellers import zones

ALERTS, CROSSINGS = 20_000, 50_000
CHECKS = 1000
BOOTHS = 10
EVERY_S = 2.0
WARM_UP = 50
HERE = "kordon.measure.booths"


def measure(report: Report) -> None:
    number = report.usually(CHECKS)
    with temporary_home() as home:
        report.progress("making the world (a minute or two) …")
        home.call("kordon.node.demo.seed:seed_bench", alerts=ALERTS, crossings=CROSSINGS)
        world = home.call(f"{HERE}:staff", booths=BOOTHS)
        known = home.call(f"{HERE}:seen_before", number=number)
        travellers = _mixed(known, number + WARM_UP)
        report.look_at("alerts in the world", world["alerts"])
        report.look_at("crossings in the world", world["crossings"])
        report.look_at("travellers who were here before", len(set(travellers) & set(known)))
        report.progress("in the server …")
        took = home.call(f"{HERE}:check_one_by_one", zones=travellers, post=world["post"])
        _say(report, "check", [clock for clock, _ in took[WARM_UP:]], p95=30)
        worked = [processor for _, processor in took[WARM_UP:]]
        report.figure("check_p50_processor_ms", percentile(worked, 0.5))
        report.figure("check_p95_processor_ms", percentile(worked, 0.95))
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


def _say(report: Report, name: str, took: list[float], *, p95: float) -> None:
    report.look_at(f"travellers checked ({name})", len(took))
    report.figure(f"{name}_p50_ms", percentile(took, 0.5))
    report.figure(f"{name}_p95_ms", percentile(took, 0.95), at_most=p95)
    report.figure(f"{name}_p99_ms", percentile(took, 0.99))
    report.figure(f"{name}_max_ms", max(took))


def _mixed(known: list[str], number: int) -> list[str]:
    """Every second one was here before."""
    fresh = zones(date.today(), formats=(Format.TD3,))
    past = itertools.cycle(known) if known else fresh
    return [next(past if turn % 2 else fresh) for turn in range(number)]


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
