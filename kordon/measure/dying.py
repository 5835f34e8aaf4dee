"""Processes that die at every statement of writing, receiving and hearing: inside a node.

Nothing in the product knows of it: the database connection of the dying process counts its
statements and ends the process, without a word to anybody, before the n-th.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kordon.accounts.facts import AgencyRegistered
from kordon.journal.channels import UP
from kordon.journal.models import ChainHead, Entry, Receipt
from kordon.journal.rebuilding import rebuild
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING, Node, Nodes
from kordon.measure.scribe import ANYTHING
from kordon.network import steps
from kordon.network.desk import Headquarters

DEAD = 137
BLOCKS = 3


class Deaths:
    """Headquarters and a post whose processes die."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.hq = nodes.hq()
        self.post = nodes.post("AKSUU", self.hq)
        self.said = nodes.folder / "acknowledged"
        self.deaths: dict[str, int] = {}
        self.wrong: list[str] = []

    def everywhere(self) -> None:
        for what, node, deed in (
            ("writing at a post", self.post, self.write),
            ("writing at headquarters", self.hq, self.decide),
            ("headquarters receiving", self.hq, self.push),
            ("a post hearing the receipt", self.post, self.push),
            ("a post receiving", self.post, self.pull),
        ):
            self.deaths[what] = self.at_every_step(what, node, deed)

    def at_every_step(self, what: str, node: Node, deed: Callable[[], None]) -> int:
        """Let the deed die at its first, second, … statement, until it lives. How often it died."""
        step = 1
        while self.dies_at(step, node, deed):
            self.examine(f"{what}, statement {step}")
            self.push()  # it goes on, and each time one entry is on its way
            self.pull()
            step += 1
        self.examine(what)
        return step - 1

    def dies_at(self, step: int, node: Node, deed: Callable[[], None]) -> bool:
        with self.post.here(), writing():
            record(ANYTHING, by=EVERYTHING)
        with self.hq.here(), writing():
            record(AgencyRegistered(agency="TAX", name="Customs"), by=EVERYTHING)
        for each in (self.hq, self.post):
            each.database.close()  # no connection may go over into the child
        child = os.fork()
        if child == 0:
            _die_in(node, step)
            deed()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in {0, DEAD}:
            self.wrong.append(f"the process ended with {code}")
        return code == DEAD

    def write(self) -> None:
        for _ in range(BLOCKS):
            with self.post.here():
                with writing():
                    entry = record(ANYTHING, by=EVERYTHING)
                _note(self.said, f"AKSUU {UP} {entry.number} {entry.seal}")

    def decide(self) -> None:
        with self.hq.here():
            with writing():
                entry = record(AgencyRegistered(agency="TAX", name="Customs"), by=EVERYTHING)
            _note(self.said, f"HQ all {entry.number} {entry.seal}")

    def push(self) -> None:
        with self.post.here():
            packed = steps.pack(steps.begin())
        if packed is None:
            return
        with self.hq.here():
            answer = Headquarters().take("AKSUU", packed.sent)
        with self.post.here():
            steps.hear_answer(answer)

    def pull(self) -> None:
        with self.post.here():
            after = steps.cursor("all")
        with self.hq.here():
            packed = Headquarters().give("AKSUU", "all", after)
        if packed:
            with self.post.here():
                steps.take(packed)

    def examine(self, when: str) -> None:
        """What was acknowledged is there; what is there is whole; and it goes on."""
        self._look_for_acknowledged(when)
        with self.post.here():
            receipt = Receipt.objects.filter(channel=UP).values_list("number", "seal").first()
        if receipt:
            with self.hq.here():
                there = Entry.objects.filter(node="AKSUU", number=receipt[0], seal=receipt[1])
                if not there.exists():
                    self.wrong.append(f"{when}: a receipt for what headquarters does not hold")
        for node in (self.hq, self.post):
            with node.here():
                self.wrong += [f"{when}: {fault.text}" for fault in verify().faults]

    def _look_for_acknowledged(self, when: str) -> None:
        for line in self.said.read_text().splitlines() if self.said.exists() else ():
            name, channel, number, seal = line.split()
            with (self.hq if name == "HQ" else self.post).here():
                held = Entry.objects.filter(node=name, channel=channel, number=number, seal=seal)
                if held.count() != 1:
                    self.wrong.append(f"{when}: lost {line}")

    def finish(self) -> dict[str, Any]:
        """Go on as if nothing had been, and compare."""
        self.push()
        self.pull()
        with self.post.here():
            ours = list(
                Entry.objects.filter(node="AKSUU", channel=UP).values_list("number", "seal")
            )
            told = list(ChainHead.objects.filter(node="HQ").values_list("channel", "number"))
        with self.hq.here():
            held = Entry.objects.filter(node="AKSUU", channel=UP).values_list("number", "seal")
            if list(held) != ours:
                self.wrong.append("headquarters and the post differ")
            said = ChainHead.objects.filter(node="HQ").values_list("channel", "number")
            if list(said) != told:
                self.wrong.append("the post did not hear all that headquarters said")
        for node in (self.hq, self.post):
            with node.here():
                self.wrong += [f"{node.name}: {table} differs" for table in rebuild().differing]
        lines = len(self.said.read_text().splitlines())
        return {"deaths": self.deaths, "wrong": self.wrong, "acknowledged": lines}


def die_everywhere() -> dict[str, Any]:
    """Runs in the node: every death, and what is found afterwards."""
    with Nodes() as nodes:
        deaths = Deaths(nodes)
        deaths.everywhere()
        return deaths.finish()


def _die_in(node: Node, step: int) -> None:
    left = step

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(DEAD)
        return execute(*statement)

    node.database.execute_wrappers.append(count)


def _note(file: Path, line: str) -> None:
    with file.open("a") as said:
        said.write(line + "\n")
