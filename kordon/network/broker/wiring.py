"""This node's ends of the broker, put together from its settings and its folder."""

from pathlib import Path

from django.conf import settings

from kordon.journal import identity
from kordon.network.broker import keys, making, subjects, watchdog
from kordon.network.broker.client import Way, way
from kordon.network.broker.desk import BrokerDesk
from kordon.network.broker.link import BrokerLink
from kordon.network.broker.server import Server
from kordon.network.broker.writing_conf import HUB_FILE, LEAF_FILE
from kordon.network.link import Desk

FOLDER = "network"
HQ_INBOX, SYSTEM_INBOX = "_INBOX_hq", "_INBOX"  # neither is the inbox of a node


def folder() -> Path:
    return Path(settings.KORDON_HOME) / FOLDER


def link(url: str) -> BrokerLink:
    """The link of this post over the server at ``url``, not yet opened.

    Raises ``OSError``, ``BadKey`` before enrolment.
    """
    node = identity.mine().node
    to = way(folder(), making.NODE, url=url, inbox=subjects.inbox(node))
    return BrokerLink(to, node, answer_s=settings.KORDON_ANSWER_SECONDS)


def desk(answers: Desk, hub: Server | None = None) -> BrokerDesk:
    """HQ's side. ``hub``: the server, if it is a child of ours; else systemd is asked to restart
    it."""
    return BrokerDesk(
        way(folder(), making.DESK, url=settings.KORDON_BROKER, inbox=HQ_INBOX),
        answers,
        monitoring=settings.KORDON_BROKER_MONITORING,
        threads=settings.KORDON_DESK_THREADS,
        broken=hub.restart if hub else _ask_for_a_restart,
    )


def _ask_for_a_restart() -> None:
    watchdog.ask_systemd(folder(), watchdog.HUB_STUCK_FILE)


def screening() -> Way:
    """For HQ's processes that share screening. Raises ``OSError`` where it is not set up."""
    to = settings.KORDON_BROKER
    return way(folder(), making.SCREENING, url=to, inbox=subjects.SCREEN_INBOX)


def system() -> Way:
    """For ``admission.take_over``."""
    tls = way(folder(), making.DESK, url=settings.KORDON_BROKER, inbox=SYSTEM_INBOX)
    key = keys.read(folder() / f"{making.SYSTEM}.nk")
    return Way(url=tls.url, key=key, inbox=tls.inbox, certificate=tls.certificate)


def hub() -> Server:
    """HQ's server as a child, not yet started."""
    return Server(folder() / HUB_FILE, monitoring=settings.KORDON_BROKER_MONITORING)


def leaf() -> Server:
    """This post's server as a child, not yet started."""
    return Server(folder() / LEAF_FILE, monitoring=settings.KORDON_BROKER_MONITORING)
