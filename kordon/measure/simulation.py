"""Headquarters and posts in one process, in time of their own: one seed, one run.

While the network loses, doubles, delays and shuffles messages and is cut, nodes crash at any
statement, posts are restored from old backups, headquarters too, keys are changed and nodes
revoked. Then the weather clears, and everything must be as if nothing had happened.
The engine is the real one (``kordon.network.syncing``), on real databases in memory.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from kordon.accounts.facts import AgencyRegistered, Failure, SignInFailed
from kordon.journal import identity
from kordon.journal.channels import UP, channel_for
from kordon.journal.fact import PostOf
from kordon.journal.facts import (
    NodeEnrolled,
    NodeIntroduced,
    NodeKeyRotated,
    NodeKind,
    NodeRevoked,
    PersonalDataRead,
)
from kordon.journal.models import ChainHead, Receipt
from kordon.journal.sending import last_number
from kordon.journal.signing import sign_heads_again
from kordon.journal.writing import record, writing
from kordon.measure.agreeing import Agreement, Broken, Outcome
from kordon.measure.nodes import EVERYTHING, Nodes
from kordon.measure.simulated import Crash, Machine, SimulatedLink, Weather, write_identity
from kordon.measure.virtual import Clock, VirtualLoop, virtual_time
from kordon.network import rotating
from kordon.network.going_on import go_on
from kordon.network.syncing import Syncing

POSTS = ("AKSUU", "BOZTOR", "CHALDY")
PATIENCE_S = 900.0
LOOK_S = 1.5


class World:
    """Nodes enrolled once, and put back to that moment before each schedule."""

    def __init__(self, nodes: Nodes) -> None:
        hq = nodes.hq(in_memory=True)
        made = [hq, *(nodes.post(name, hq, in_memory=True) for name in POSTS)]
        self.machines = [Machine(node, random.Random(0)) for node in made]  # noqa: S311  # nosec B311
        self._first: list[tuple[bytes, str]] = []
        self._keys = [identity.read(node.home).key for node in made]
        for node, machine in zip(made, self.machines, strict=True):
            machine.start()
            if node is not hq:
                with node.here():
                    show_key()
            said = (machine.node.home / identity.IDENTITY_FILE).read_text()
            self._first.append((machine.image(), said))

    def begin(self, chance: random.Random, posts: int) -> tuple[Machine, list[Machine]]:
        """Headquarters and so many posts, as on their first day."""
        again = []
        for machine, key, (image, said) in zip(self.machines, self._keys, self._first, strict=True):
            if (machine.node.home / identity.IDENTITY_FILE).read_text() != said:
                write_identity(machine.node.home, key, said)
            identity.stop_awaiting(machine.node.home)
            machine.load(image)
            fresh = Machine(machine.node, chance, backups=[image])
            fresh.start()
            again.append(fresh)
        return again[0], again[1 : posts + 1]


@contextmanager
def world() -> Iterator[tuple[World, Clock]]:
    with virtual_time() as clock, Nodes() as nodes:
        yield World(nodes), clock


def run(where: World, clock: Clock, seed: int) -> Outcome:
    """One schedule. Raises ``Broken``."""
    loop = VirtualLoop(clock)
    schedule = Schedule(where, seed)
    begun = clock.seconds
    try:
        loop.run_until_complete(schedule.play())
    except Exception as error:
        raise Broken(f"seed {seed}: {type(error).__name__}: {error}") from error
    finally:
        loop.close()
    schedule.outcome.seconds = clock.seconds - begun
    return schedule.outcome


class Schedule(Agreement):
    """What happens, told by one seed."""

    def __init__(self, where: World, seed: int) -> None:
        self.chance = chance = random.Random(seed)  # noqa: S311  # nosec B311 (repeatable)
        self.outcome = Outcome(seed)
        self.hq, self.posts = where.begin(chance, chance.choice((2, 2, 3)))
        self.weather = Weather(
            lost=chance.choice((0, 0.05, 0.2, 0.4)),
            doubled=chance.choice((0, 0.1, 0.4)),
            late=chance.choice((0, 0.05, 0.2)),
        )
        self.acknowledged: dict[tuple[str, int], str] = {}
        self.revoked: dict[str, int] = {}
        self.clearing = False
        self.deeds: dict[str, tuple[int, Callable[[], None]]] = {
            "recorded at a post": (10, self.record_at_post),
            "recorded at headquarters": (5, self.record_at_hq),
            "crash": (7, self.light_fuse),
            "link cut or mended": (3, self.cut_or_mend),
            "backup": (3, self.back_up),
            "post restored": (2, self.restore_post),
            "headquarters restored": (2, self.restore_hq),
            "key changed": (1, self.change_key),
            "post revoked or enrolled anew": (1, self.revoke_or_enrol),
        }

    async def play(self) -> None:
        self.links = {
            post.node.name: SimulatedLink(post, self.hq, self.chance, self.weather)
            for post in self.posts
        }
        lives = {post.node.name: asyncio.ensure_future(self.live(post)) for post in self.posts}
        try:
            await self.storm(lives)
            await self.clear_up(lives)
        finally:
            for life in lives.values():
                life.cancel()
            await asyncio.gather(*lives.values(), return_exceptions=True)
        self.examine()

    async def live(self, post: Machine) -> None:
        """A post's engine, started again after each crash."""
        loop = asyncio.get_running_loop()
        link = self.links[post.node.name]

        async def do(step: Callable[..., object], *arguments: object) -> object:
            return post.do(step, *arguments)

        while True:
            try:
                await do(rotating.finish)  # as at every start: a death may have come before it
                await Syncing(link, do, look_s=LOOK_S).run()
            except Crash:
                await asyncio.sleep(post.down_until - loop.time())
            if self.clearing:
                post.fuse = None

    async def storm(self, lives: dict[str, "asyncio.Task[None]"]) -> None:
        names = list(self.deeds)
        weights = [weight for weight, _ in self.deeds.values()]
        for _ in range(self.chance.randint(5, 25)):
            await asyncio.sleep(self.chance.expovariate(1.0))
            name = self.chance.choices(names, weights)[0]
            self.outcome.deeds[name] = self.outcome.deeds.get(name, 0) + 1
            self.deeds[name][1]()
            for post in self.posts:
                if post.backups and post.backups[-1] == b"":  # it was restored: another life
                    post.backups.pop()
                    lives[post.node.name].cancel()
                    lives[post.node.name] = asyncio.ensure_future(self.live(post))

    async def clear_up(self, lives: dict[str, "asyncio.Task[None]"]) -> None:
        """Good weather until all is of one mind. Raises ``Broken`` if that takes too long."""
        loop = asyncio.get_running_loop()
        self.clearing = True
        self.weather.lost = self.weather.doubled = self.weather.late = 0
        for machine in (self.hq, *self.posts):
            machine.fuse = None
        for link in self.links.values():
            link.cut = False
        until = loop.time() + PATIENCE_S
        while not all(self.is_settled(post) for post in self.posts):
            if loop.time() > until:
                raise Broken(f"not of one mind after {PATIENCE_S:.0f} s")
            for life in lives.values():
                if life.done():
                    life.result()
            if self.hq.awaiting and not any(map(self.gives_back, self.posts)):
                self.hq.do(go_on)  # as people do, once every post was heard
            await asyncio.sleep(4)

    def gives_back(self, post: Machine) -> bool:
        """Whether a post still has something that headquarters said and lost."""
        hq = self.hq.node.name
        said = ChainHead.objects.filter(node=hq).values_list("channel", "number")
        ours = self.hq.do(lambda: dict(said.all()))
        if post.node.name in self.revoked:
            return False
        return any(ours.get(name, 0) < number for name, number in post.do(lambda: [*said.all()]))

    def is_settled(self, post: Machine) -> bool:
        name = post.node.name
        if name in self.revoked:
            return True
        hq = self.hq.node.name
        loop = asyncio.get_running_loop()
        if post.awaiting or max(post.down_until, self.hq.down_until) > loop.time():
            return False
        receipt = post.do(lambda: Receipt.objects.values_list("number", flat=True).first() or 0)
        heads = post.do(lambda: dict(ChainHead.objects.values_list("channel", "number")))
        theirs = self.hq.do(
            lambda: dict(ChainHead.objects.values_list("channel", "number").filter(node=hq))
        )
        held = self.hq.do(partial(last_number, node=name, channel=UP))
        down = all(heads.get(c, 0) == theirs.get(c, 0) for c in ("all", channel_for(name)))
        return down and receipt == held == heads.get(UP, 0)

    # What can happen.

    def record_at_post(self) -> None:
        post = self.chance.choice(self.posts)
        if post.awaiting or self.is_down(post):
            return
        with_crash(post, self.record_some)

    def record_some(self) -> None:
        with writing():
            for _ in range(self.chance.randint(1, 4)):
                record(self.some_fact(), by=EVERYTHING)

    def some_fact(self) -> object:
        if self.chance.random() < 0.5:
            return SignInFailed(person=None, address="::1", failure=Failure.UNKNOWN_LOGIN)
        return PersonalDataRead(query="measure", about=("document:UTO/1",), found=1)

    def record_at_hq(self) -> None:
        facts: list[object] = []
        for _ in range(self.chance.randint(1, 3)):
            post = self.chance.choice(self.posts).node.name
            what = AgencyRegistered(agency=f"A{self.chance.randrange(99)}", name=post)
            if self.chance.random() < 0.4:
                # As facts for one post do; which there are is the affair of rooms above.
                object.__setattr__(what, "travels", PostOf("name"))
            facts.append(what)
        self.decide(*facts, about_nodes=False)

    def decide(self, *facts: object, about_nodes: bool = True) -> bool:
        """Record at headquarters, which tells the posts.

        Whom it believes it must not forget: of the backups before that none is used. What else
        it decided and lost, those posts give back that have heard of it.
        """

        def say() -> None:
            with writing():
                for what in facts:
                    record(what, by=EVERYTHING)

        if self.is_down(self.hq) or self.hq.awaiting or not with_crash(self.hq, say):
            return False
        if about_nodes:
            self.hq.backups.clear()
        for link in self.links.values():
            link.announce()
        return True

    def light_fuse(self) -> None:
        machine = self.chance.choice((self.hq, *self.posts))
        machine.fuse = self.chance.randint(1, 35)

    def cut_or_mend(self) -> None:
        link = self.links[self.chance.choice(self.posts).node.name]
        link.cut = not link.cut

    def back_up(self) -> None:
        machine = self.chance.choice((self.hq, *self.posts))
        if not self.is_down(machine) and not machine.awaiting:
            machine.backups.append(machine.image())

    def restore_post(self) -> None:
        """Only what headquarters does not hold either may be lost with a post's disk."""
        post = self.chance.choice(self.posts)
        name = post.node.name
        if self.is_down(self.hq) or self.hq.awaiting or name in self.revoked:
            return
        self.note_acknowledged(post)
        with self.hq.calmly():
            number = last_number(node=name, channel=UP)
        if number < max((n for node, n in self.acknowledged if node == name), default=0):
            return
        if self.enrol_anew(post):
            post.load(self.chance.choice(post.backups))
            self.begin_other_life(post)

    def restore_hq(self) -> None:
        if not self.hq.backups or any(each.awaiting for each in (self.hq, *self.posts)):
            return
        self.hq.load(self.chance.choice(self.hq.backups))
        self.hq.fuse = None
        identity.await_heads(self.hq.node.home)
        identity.begin_again(self.hq.node.home)

    def change_key(self) -> None:
        post = self.chance.choice(self.posts)
        if post.node.name in self.revoked or post.awaiting or not self.can_decide():
            return
        key = post.new_life()
        self.insist(NodeKeyRotated(node=post.node.name, public_key=key))
        with post.calmly():
            show_key()

    def revoke_or_enrol(self) -> None:
        post = self.chance.choice(self.posts)
        name = post.node.name
        if name not in self.revoked:
            if self.decide(NodeRevoked(node=name, reason="lost")):
                with self.hq.calmly():
                    self.revoked[name] = last_number(node=name, channel=UP)
            return
        self.examine_revoked(name)
        if self.enrol_anew(post):
            del self.revoked[name]
            self.begin_other_life(post)

    def enrol_anew(self, post: Machine) -> bool:
        """A node that begins another life shows another key, and the old one is believed no more.

        What the old life had still under way is then refused, and cannot stand against the new.
        """
        if not self.can_decide():
            return False
        key = post.new_life()
        life = identity.read(post.node.home).incarnation
        name, kind = post.node.name, NodeKind.POST
        self.insist(NodeEnrolled(node=name, node_kind=kind, incarnation=life, public_key=key))
        return True

    def insist(self, what: object) -> None:
        """A decision that people make again if headquarters crashes under it."""
        self.hq.fuse = None
        if not self.decide(what):
            raise Broken("headquarters cannot decide")

    def begin_other_life(self, post: Machine) -> None:
        identity.await_heads(post.node.home)
        post.fuse, post.down_until = None, 0.0
        post.backups = [post.image(), b""]

    def can_decide(self) -> bool:
        return not (self.is_down(self.hq) or self.hq.awaiting)

    def is_down(self, machine: Machine) -> bool:
        return machine.down_until > asyncio.get_running_loop().time()


def show_key() -> None:
    """What a node does that was given another key."""
    with writing():
        sign_heads_again()
        me = identity.mine()
        shown = NodeIntroduced(node=me.node, incarnation=me.incarnation, public_key=me.public_key)
        record(shown, by=EVERYTHING)


def with_crash(machine: Machine, deed: Callable[[], None]) -> bool:
    """Whether the machine lived through it."""
    try:
        machine.do(deed)
    except Crash:
        return False
    return True
