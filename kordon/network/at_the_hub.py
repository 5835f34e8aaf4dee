"""Headquarters at its broker: the server, who may connect to it, what it answers and announces.

Nobody has to tell this loop what happened: it looks at the journal's own rows, so that a death
between an enrolment and the server's reload is made good at the next start.
"""

import asyncio

import structlog
from django.conf import settings
from django.db import DatabaseError

from kordon.journal.facts import NodeState
from kordon.journal.models import Node
from kordon.network import renewing
from kordon.network.broker import enrolling, wiring
from kordon.network.broker.admission import NotTakenOver, take_over
from kordon.network.broker.checking import is_full
from kordon.network.broker.desk import FULL, LOST, BrokerDesk
from kordon.network.broker.server import NoServer, NotStarted, Server
from kordon.network.broker.writing_conf import HUB_FILE
from kordon.network.desk import Headquarters
from kordon.network.ourselves import note_store
from kordon.network.syncing import Do

LOOK_S = 0.04
"""How often the heads of our channels are read: a query of a tenth of a millisecond."""
ADMIT_S = 0.25
MIND_S = 0.5
AGAIN_S = 2.0
RENEW_S = 3600.0
"""Between two looks at certificates that are good for a year."""
HEARD = (NodeState.ENROLLED.value, NodeState.QUARANTINED.value)

log = structlog.get_logger("kordon.network")


def is_set_up() -> bool:
    """Whether this headquarters has a broker."""
    return settings.KORDON_KIND == "hq" and (wiring.folder() / HUB_FILE).exists()


async def serve(do: Do) -> None:
    """Answer posts over the broker until cancelled. Raises ``UnsafeBroker``, ``NoServer``,
    ``NotStarted``."""
    beside = settings.KORDON_BROKER_SERVER == "beside"
    hub = wiring.hub() if beside else None
    await do(lambda: enrolling.write_users(admitted()))
    answers = Headquarters()
    desk = wiring.desk(answers, hub=hub)
    renewed = await _renew(do)  # before: a server that shows an old one would let nobody in
    try:
        if hub:
            await _start(hub)
        async with asyncio.TaskGroup() as group:
            group.create_task(desk.run())
            group.create_task(_announce(desk, answers, do))
            group.create_task(_admit(desk, do))
            group.create_task(_note_store(desk))
            group.create_task(_keep_certificates(desk, do, renewed and not hub))
            if hub:
                group.create_task(mind(hub))
    finally:
        if hub:
            await asyncio.to_thread(hub.stop)


async def _start(hub: Server) -> None:
    """Raises ``NoServer``, ``NotStarted``; what keeps it from starting is seen on pages too."""
    try:
        await asyncio.to_thread(hub.start)
    except NotStarted:
        await asyncio.to_thread(note_store, FULL if is_full(wiring.folder()) else LOST)
        raise


async def mind(server: Server) -> None:
    """Start a server of ours again that has died, until cancelled."""
    while True:
        await asyncio.sleep(MIND_S)
        try:
            if not server.running and await asyncio.to_thread(server.revive):
                log.error("broker_died")
        except (NoServer, NotStarted) as error:
            log.error("broker_not_started", error=str(error))
            await asyncio.sleep(AGAIN_S)


def admitted() -> dict[str, str]:
    """Who may connect: every node that is heard, with its nkey."""
    rows = Node.objects.filter(state__in=HEARD).exclude(nkey="")
    return dict(rows.values_list("name", "nkey"))


async def _announce(desk: BrokerDesk, answers: Headquarters, do: Do) -> None:
    known: dict[str, int] | None = None
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            heads = await do(answers.news)
        except DatabaseError as error:  # away for a while: the broker and its posts stay
            log.error("heads_not_read", error=_first_line(error))
            await asyncio.sleep(AGAIN_S)
            continue
        known = heads if known is None else known
        for channel, number in heads.items():
            if known.get(channel) != number:
                desk.tell(channel)
        known = heads


async def _note_store(desk: BrokerDesk) -> None:
    """Let pages and alarms know how the store is."""
    noted: str | None = None
    while True:
        if noted != desk.store_code:
            await asyncio.to_thread(note_store, desk.store_code)
            noted = desk.store_code
        await asyncio.sleep(MIND_S)


async def _keep_certificates(desk: BrokerDesk, do: Do, due: bool) -> None:
    """Renew the certificates of the server and of our desk in time, and let both be used.

    ``due``: they were renewed, and a server that runs shows the old ones yet.
    """
    while True:
        due = await _renew(do) or due
        wait = RENEW_S
        if due:
            try:
                await take_over(
                    wiring.system(), monitoring=settings.KORDON_BROKER_MONITORING, revoked=False
                )
                await desk.connect_anew()
                due = False
            except NotTakenOver as error:
                log.error("certificate_not_taken_over", error=str(error))
                wait = AGAIN_S
        await asyncio.sleep(wait)


async def _renew(do: Do) -> bool:
    """What cannot be renewed keeps nobody from the broker; it is tried again, and is an alarm."""
    try:
        return bool(await do(renewing.renew_own))
    except (OSError, ValueError) as error:
        log.error("certificate_not_renewed", error=str(error))
        return False


async def _admit(desk: BrokerDesk, do: Do) -> None:
    """Let in who was enrolled, and send away at once who is believed no more."""
    known: dict[str, str] | None = None  # a reload that failed is made good, as is that of a death
    while True:
        await asyncio.sleep(ADMIT_S)
        try:
            wanted = await do(admitted)
        except DatabaseError as error:
            log.error("users_not_read", error=_first_line(error))
            await asyncio.sleep(AGAIN_S)
            continue
        if wanted == known or not desk.connected:
            continue
        gone = known is None or any(wanted.get(node) != nkey for node, nkey in known.items())
        await do(enrolling.write_users, wanted)
        try:
            await take_over(
                wiring.system(), monitoring=settings.KORDON_BROKER_MONITORING, revoked=gone
            )
            known = wanted
        except NotTakenOver as error:
            log.error("users_not_taken_over", error=str(error))
            await asyncio.sleep(AGAIN_S)


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0]
