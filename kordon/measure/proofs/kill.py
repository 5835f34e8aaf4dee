"""kill -9 amid 1,000 recordings, and death at every step: nothing acknowledged is lost or twice.

Ten machines check travellers and record crossings over HTTP. The server is killed three times
while they do; each time it is started anew, and the machines send again what was not
acknowledged, under the same ids. A process that is killed leaves what it had handed to the
system; that a commit also survives the power cut is what ``synchronous=FULL`` is for, which
the server reads back at every start.

Then processes die, without a word, before every single statement of writing at a post and at
headquarters, of headquarters receiving, of a post hearing the receipt and of a post receiving.
"""

import http.client
import itertools
import json
import queue
import threading
import time
import uuid
from datetime import date

from kordon.lib.traveldocs import Format
from kordon.measure.home import Server, temporary_home
from kordon.measure.report import Report
from kordon.measure.travellers import zones

RECORDINGS = 1000
MACHINES = 10
KILLS = 3
WORLD = "kordon.measure.world"
DEATHS = "kordon.measure.dying"
PATIENCE_S = 600.0


def measure(report: Report) -> None:
    number = report.usually(RECORDINGS)
    with temporary_home() as home:
        token = home.call(f"{WORLD}:found")
        with home.serve() as server:
            gate = Gate(server, token, number)
            gate.work()
            for kill in range(1, KILLS + 1):
                gate.wait_until(number * kill // (KILLS + 1))
                server.kill()
                report.progress(f"killed after {len(gate.acknowledged)} acknowledgements")
                server.start()
            gate.wait_until(number)
        found = home.call(f"{WORLD}:examine", acknowledged=gate.acknowledged)
    report.look_at("crossings acknowledged", len(gate.acknowledged))
    report.look_at("kills", KILLS)
    report.look_at("requests broken off", gate.broken)
    report.look_at("journal entries verified", found["entries"])
    report.figure("lost", found["lost"], at_most=0)
    report.figure("recorded_twice", found["twice"], at_most=0)
    report.figure("chain_faults", len(found["faults"]), at_most=0)
    report.figure("tables_not_as_the_journal_says", len(found["differing"]), at_most=0)
    report.figure("refused", len(gate.refused), at_most=0)
    for words in (*found["faults"], *found["differing"], *gate.refused)[:5]:
        report.note(words)
    _die_at_every_step(report)


def _die_at_every_step(report: Report) -> None:
    with temporary_home(KORDON_LOG_LEVEL="CRITICAL") as home:
        found = home.call(f"{DEATHS}:die_everywhere")
    for what, deaths in found["deaths"].items():
        report.look_at(f"deaths of {what}", deaths)
    report.look_at("entries acknowledged between deaths", found["acknowledged"])
    report.figure("steps_at_which_death_did_harm", len(found["wrong"]), at_most=0)
    for words in found["wrong"][:5]:
        report.note(words)


class Gate:
    """Machines that send travellers until every crossing is acknowledged."""

    def __init__(self, server: Server, token: str, number: int) -> None:
        self.server, self.token, self.number = server, token, number
        self.acknowledged: list[str] = []
        self.refused: list[str] = []
        self.broken = 0
        self._waiting: queue.SimpleQueue[tuple[str, str, str]] = queue.SimpleQueue()
        for zone in itertools.islice(zones(date.today(), formats=(Format.TD3,)), number):
            self._waiting.put((zone, str(uuid.uuid4()), str(uuid.uuid4())))

    def work(self) -> None:
        for _ in range(MACHINES):
            threading.Thread(target=self._send_all, daemon=True).start()

    def wait_until(self, number: int) -> None:
        until = time.monotonic() + PATIENCE_S
        while len(self.acknowledged) + len(self.refused) < number:
            if time.monotonic() > until:
                raise TimeoutError(f"only {len(self.acknowledged)} were acknowledged in time")
            time.sleep(0.01)

    def _send_all(self) -> None:
        connection = self.server.connect()
        while len(self.acknowledged) + len(self.refused) < self.number:
            try:
                what = self._waiting.get(timeout=0.2)
            except queue.Empty:
                continue
            try:
                self._send(connection, *what)
            except ConnectionRefusedError:
                self._waiting.put(what)
                connection.close()
                time.sleep(0.2)
            except (OSError, http.client.HTTPException, ValueError):
                # Nobody knows whether it was recorded: the same ids are sent again.
                self.broken += 1
                self._waiting.put(what)
                connection.close()
                time.sleep(0.05)

    def _send(
        self, connection: http.client.HTTPConnection, zone: str, check: str, crossing: str
    ) -> None:
        asked = {"check": check, "direction": "entry", "mrz": zone}
        decided = {"check": check, "decision": "admit", "mobile": True}
        for method, path, body in (
            ("POST", "/api/v1/checks", asked),
            ("PUT", f"/api/v1/crossings/{crossing}", decided),
        ):
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            }
            connection.request(method, path, json.dumps(body), headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 200:
                self.refused.append(f"{path}: {answer.status} {said[:200]!r}")
                return
        self.acknowledged.append(crossing)
