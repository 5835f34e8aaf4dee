"""What the processes of headquarters and of posts do in a country that is measured.

Loaded only inside temporary nodes. Moments are seconds of the machine's monotonic clock, which
all processes share.
"""

import asyncio
import dataclasses
import itertools
import threading
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from kordon.accounts.facts import AgencyRegistered
from kordon.accounts.models import Agency
from kordon.journal import identity
from kordon.journal.channels import UP
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.sending import last_number
from kordon.journal.writing import record, record_many, writing
from kordon.measure.busy import busy_post
from kordon.measure.children import die_with_parent, say
from kordon.measure.nodes import EVERYTHING
from kordon.measure.unruly import UnrulyLink
from kordon.network import steps
from kordon.network.answers import Refused, read_answer
from kordon.network.broker import wiring
from kordon.network.broker.desk import BrokerDesk
from kordon.network.desk import Headquarters
from kordon.network.syncing import Syncing, in_threads
from kordon.watchlist.commands import approve_alert, raise_alert
from kordon.watchlist.models import Alert
from kordon.watchlist.particulars import Category, NameGiven, Particulars
from kordon.watchlist.rules import Status
from kordon.watchlist.sources import Kind

LOOK_S = 0.02
SAY_EVERY_S = 0.1
WATCH_S = 0.01
AT_ONCE = 1000


def public_key() -> str:
    return identity.mine().public_key


def enrol(nodes: dict[str, str], nkeys: dict[str, str]) -> int:
    """At headquarters: believe it and these posts by their keys, and let them into the broker by
    their nkeys. How far ``all`` is then."""
    me = identity.mine()
    with writing():
        for name, key in {me.node: me.public_key, **nodes}.items():
            kind = NodeKind.HQ if name == me.node else NodeKind.POST
            enrolled = NodeEnrolled(
                node=name,
                node_kind=kind,
                incarnation=1,
                public_key=key,
                nkey=nkeys.get(name, ""),
            )
            record(enrolled, by=EVERYTHING)
    return last_number(channel="all")


def pin(node: str, public_key: str) -> None:
    hq = identity.Headquarters(node=node, public_key=public_key)
    identity.pin(Path(settings.KORDON_HOME), hq)


# -- headquarters


class Telling(Headquarters):
    """Headquarters that tells the measuring process when it has taken what."""

    def take(self, node: str, batch: bytes) -> bytes:
        answer = super().take(node, batch)
        now, said = time.monotonic(), read_answer(answer)
        if isinstance(said, Refused):
            say({"refused": said.code, "node": node})
        else:
            say({"node": node, "held": said.number, "at": now})
        return answer


def serve(agencies: int = 0, with_hub: bool = False) -> None:
    """The application of headquarters, until it is killed; with the broker as a child, if wished.

    Meanwhile it registers agencies, two a second, until there are so many: what posts read.
    """
    die_with_parent()
    if with_hub:
        wiring.hub().start()
    if agencies:
        threading.Thread(target=_register, args=(agencies,), daemon=True).start()
    asyncio.run(_serve(Telling()))


async def _serve(desk: Headquarters) -> None:
    broker = wiring.desk(desk)
    announcing = asyncio.ensure_future(_announce(desk, broker))
    try:
        await broker.run()
    finally:
        announcing.cancel()


async def _announce(desk: Headquarters, broker: BrokerDesk) -> None:
    known: dict[str, int] = {}
    ready = False
    while True:
        news = await asyncio.to_thread(desk.news)
        for channel, number in news.items():
            if known.get(channel) != number:
                broker.tell(channel)
        known = news
        if not ready and not broker.store_trouble:
            ready = True
            say({"ready": True})
        await asyncio.sleep(LOOK_S)


def approve(alerts: int, every_s: float) -> None:
    """Another process of headquarters: one officer raises alerts, a second one approves each."""
    die_with_parent()
    first, second = (dataclasses.replace(EVERYTHING, id=uuid4()) for _ in range(2))
    for _ in range(alerts):
        alert = uuid4()
        raise_alert(by=first, alert=alert, particulars=_banned(f"ALERT {alert.hex[:6].upper()}"))
        approve_alert(by=second, alert=alert)
        say({"approved": str(alert), "at": time.monotonic()})
        time.sleep(every_s)
    say({"approved_all": True})
    threading.Event().wait()


def _banned(name: str) -> Particulars:
    return Particulars(
        kind=Kind.PERSON,
        category=Category.ENTRY_BAN,
        legal_basis="Law on Migration, art. 48",
        case_reference="measured",
        proportionality="Two removals within a year; a milder measure has failed.",
        names=(NameGiven(name),),
        births=((1974, 8, 12),),
        nationalities=("UTO",),
        sex="F",
    )


def _register(agencies: int) -> None:
    while (there := Agency.objects.count()) < agencies:
        with writing():
            registered = AgencyRegistered(agency=f"A{there + 1}", name="An agency")
            record(registered, by=EVERYTHING)
        time.sleep(0.5)


# -- a post


def live(
    entries: int, pace: float, seed: int, at_once: int = 20, lose: float = 0, after: int = 0
) -> None:
    """A post until it is killed: records up to its entry ``entries``, ``pace`` a second, and syncs.

    ``at_once``: the most it records in one transaction; what a traveller needs is four. ``lose``:
    that part of its batches is lost, and as much doubled. ``after``: it begins to record when
    it has so much of channel ``all``, so that its line is known to be up.
    """
    die_with_parent()
    wishes = entries, pace, seed, at_once, after
    threading.Thread(target=_record, args=wishes, daemon=True).start()
    threading.Thread(target=_tell, daemon=True).start()
    asyncio.run(_sync(lose))


def watch() -> None:
    """A post until it is killed: syncs, and tells when which alert is in force here."""
    die_with_parent()
    threading.Thread(target=_watch_alerts, daemon=True).start()
    threading.Thread(target=_tell, daemon=True).start()
    asyncio.run(_sync(0))


def _watch_alerts() -> None:
    known: set[UUID] = set()
    while True:
        rows = Alert.objects.filter(status=Status.IN_FORCE).exclude(pk__in=known)
        new, now = set(rows.values_list("pk", flat=True)), time.monotonic()
        for alert in new:
            say({"in_force": str(alert), "at": now})
        known |= new
        time.sleep(WATCH_S)


def write(entries: int, seed: int) -> int:
    """At a post that is alone: record so many more, as fast as it goes. Where its chain ends."""
    done = last_number(channel=UP)
    facts = itertools.islice(busy_post(seed=seed), done, done + entries)
    while some := list(itertools.islice(facts, AT_ONCE)):
        with writing():
            record_many((what, EVERYTHING) for what in some)
    return last_number(channel=UP)


async def _sync(lose: float) -> None:
    link = wiring.link(settings.KORDON_BROKER)
    link.open()
    unruly = UnrulyLink(link, lose=lose, double=lose)
    counting = asyncio.ensure_future(_count(unruly))
    try:
        await Syncing(unruly if lose else link, in_threads()).run()
    finally:
        counting.cancel()
        await link.close()


async def _count(link: UnrulyLink) -> None:
    told = None
    while True:
        counted = {"pushed": link.pushed, "lost": link.lost, "doubled": link.doubled}
        if counted != told:
            say({"run": counted})
            told = counted
        await asyncio.sleep(SAY_EVERY_S)


def _record(entries: int, pace: float, seed: int, at_once: int, after: int) -> None:
    while steps.cursor("all") < after:
        time.sleep(LOOK_S)
    done = last_number(channel=UP)
    facts = itertools.islice(busy_post(seed=seed), done, None)
    begun, sizes = time.monotonic(), itertools.cycle(range(1, at_once + 1))
    first = done
    while done < entries:
        some = list(itertools.islice(facts, min(next(sizes), entries - done)))
        with writing():
            record_many((what, EVERYTHING) for what in some)
        done += len(some)
        say({"committed": done, "at": time.monotonic()})
        early = begun + (done - first) / pace - time.monotonic() if pace else 0
        time.sleep(max(0.0, early))


def _tell() -> None:
    told = None
    while True:
        now = {"acknowledged": steps.begin(), "all": steps.cursor("all")}
        if now != told:
            say(now)
            told = now
        time.sleep(SAY_EVERY_S)
