"""What must hold after a simulated storm, whatever happened in it."""

from dataclasses import dataclass, field

from django.db.models import AutoField

from kordon.journal.channels import UP, channel_for
from kordon.journal.facts import NodeState
from kordon.journal.models import Entry, Receipt
from kordon.journal.nodes import all_keys_of, state_of
from kordon.journal.rebuilding import fact_made, make_anew
from kordon.journal.sending import last_number
from kordon.journal.verifying import Fault, verify
from kordon.measure.simulated import Machine, SimulatedLink

TABLES = {
    model._meta.db_table: [
        field.column or ""
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField)
    ]
    for model in fact_made()
}


class Broken(AssertionError):
    """What must hold does not: which seed, and what."""


@dataclass
class Outcome:
    """What one schedule was made of."""

    seed: int
    entries: int = 0
    messages: int = 0
    crashes: int = 0
    seconds: float = 0.0
    deeds: dict[str, int] = field(default_factory=dict)


class Agreement:
    """Headquarters and posts, and what is known of them from outside.

    ``acknowledged``: every seal that headquarters ever signed for; ``revoked``: how many entries
    it held of a node when it stopped believing it.
    """

    hq: Machine
    posts: list[Machine]
    links: dict[str, SimulatedLink]
    outcome: Outcome
    acknowledged: dict[tuple[str, int], str]
    revoked: dict[str, int]

    def note_acknowledged(self, post: Machine) -> None:
        """Remember what headquarters has ever acknowledged, before a disk is lost."""
        with post.calmly():
            receipt = Receipt.objects.filter(channel=UP).first()
            known = Entry.objects.filter(node=post.node.name, channel=UP)
            seals = known.filter(number__lte=receipt.number if receipt else 0)
            for number, seal in seals.values_list("number", "seal"):
                was = self.acknowledged.setdefault((post.node.name, number), seal)
                if was != seal:
                    raise Broken(f"{post.node.name} {number} was acknowledged as another entry")

    def examine(self) -> None:
        for post in self.posts:
            self.note_acknowledged(post)
        with self.hq.calmly():
            held = {
                (node, number): seal
                for node, number, seal in Entry.objects.filter(channel=UP)
                .exclude(node=self.hq.node.name)
                .values_list("node", "number", "seal")
            }
        for place, seal in self.acknowledged.items():
            if held.get(place) != seal:
                raise Broken(f"{place} was acknowledged and is not at headquarters")
        for post in self.posts:
            self.examine_post(post, held)
        for machine in (self.hq, *self.posts):
            self.examine_node(machine)
            self.outcome.crashes += machine.crashes
        self.outcome.entries = len(held)
        self.outcome.messages = sum(link.sent for link in self.links.values())

    def examine_post(self, post: Machine, held: dict[tuple[str, int], str]) -> None:
        name = post.node.name
        if name in self.revoked:
            self.examine_revoked(name)
            return
        with self.hq.calmly():
            if state_of(name) != NodeState.ENROLLED:
                raise Broken(f"{name} is {state_of(name)}")
        with post.calmly():
            ours = Entry.objects.filter(node=name, channel=UP).values_list("number", "seal")
            if dict(ours) != {n: seal for (node, n), seal in held.items() if node == name}:
                raise Broken(f"{name} and headquarters hold different entries")
        self.examine_down(post)

    def examine_down(self, post: Machine) -> None:
        """A post holds exactly what headquarters said to it."""
        hq = self.hq.node.name
        channels = ("all", channel_for(post.node.name))
        said = Entry.objects.filter(node=hq, channel__in=channels)
        told = said.order_by("channel", "number").values_list("channel", "number", "seal")
        with self.hq.calmly():
            there = list(told.all())
        with post.calmly():
            here = list(told.all())
        if there != here:
            raise Broken(f"{post.node.name} does not hold what headquarters said")

    def examine_revoked(self, name: str) -> None:
        with self.hq.calmly():
            if last_number(node=name, channel=UP) != self.revoked[name]:
                raise Broken(f"{name} was believed after it was revoked")

    def faults_of(self, machine: Machine) -> tuple[Fault, ...]:
        """What is wrong with its journal.

        One that waits to take back what it lost, as it does for ever if it was revoked meanwhile,
        has not shown its new key yet: its heads are of one that headquarters knew before.
        """
        if not machine.awaiting:
            with machine.calmly():
                return verify().faults
        with self.hq.calmly():
            known = all_keys_of(machine.node.name)
        with machine.calmly():
            return min((verify(key=key).faults for key in known), key=len)

    def examine_node(self, machine: Machine) -> None:
        if faults := self.faults_of(machine):
            raise Broken(f"{machine.node.name}: {faults[0].channel}: {faults[0].text}")
        with machine.calmly():
            before = machine.rows(TABLES)
            make_anew()
            if differing := [t for t, rows in machine.rows(TABLES).items() if rows != before[t]]:
                raise Broken(f"{machine.node.name}: rebuilt otherwise: {differing}")
