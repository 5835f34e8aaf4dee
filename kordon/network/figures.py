"""The figures of a node and, at headquarters, of every node it knows. No figure names anybody."""

import shutil
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from kordon import __version__
from kordon.journal import identity
from kordon.journal.models import ChainHead, Unapplied
from kordon.network import scratch
from kordon.network.looking import NodeLine, look_at_nodes
from kordon.network.measuring import Figure, figures
from kordon.network.models import Alarm
from kordon.network.ourselves import troubles_of_headquarters
from kordon.network.standing import get_standing

HQ = "hq"


@figures
def of_this_node() -> Iterator[Figure]:
    """What every node has: its chains, its disk, its alarms."""
    me = identity.mine().node
    about = {"node": me, "kind": str(settings.KORDON_KIND), "version": __version__}
    yield Figure(name="kordon_node_info", help="This node.", value=1, labels=about)
    for node, channel, number in ChainHead.objects.values_list("node", "channel", "number"):
        yield Figure(
            name="kordon_chain_entries",
            help="Number of the last entry of each chain held here.",
            value=number,
            labels={"node": node, "channel": channel},
        )
    yield Figure(
        name="kordon_unapplied_entries",
        help="Entries of a newer kind than this version knows, kept for the upgrade.",
        value=Unapplied.objects.count(),
    )
    disk = shutil.disk_usage(settings.KORDON_HOME)
    yield Figure(name="kordon_disk_free_bytes", help="Room left at KORDON_HOME.", value=disk.free)
    yield Figure(name="kordon_disk_bytes", help="Size of the disk.", value=disk.total)


@figures
def of_alarms() -> Iterator[Figure]:
    """How many alarms of each kind are open."""
    open_now = Alarm.objects.filter(cleared_at=None).values_list("code", "acknowledged_at")
    counted = Counter((code, "yes" if seen else "no") for code, seen in open_now)
    for (code, acknowledged), number in sorted(counted.items()):
        yield Figure(
            name="kordon_alarms_open",
            help="Open alarms by code.",
            value=number,
            labels={"code": code, "acknowledged": acknowledged},
        )


@figures
def of_the_link() -> Iterator[Figure]:
    """At a post: how it stands to headquarters."""
    standing = get_standing()
    if standing is None:
        return
    link = scratch.link_state()
    yield Figure(name="kordon_link_up", help="1 if the link is up.", value=standing.up)
    yield Figure(
        name="kordon_unsent_entries",
        help="Entries that headquarters has not signed for.",
        value=standing.unsent,
    )
    yield Figure(
        name="kordon_exchange_stopped",
        help="1 if the exchange waits for somebody.",
        value=bool(standing.stopped),
    )
    ages = {
        "kordon_link_contact_age_seconds": (link.contact_at if link else None, "last contact"),
        "kordon_link_current_age_seconds": (
            standing.current_at,
            "everything headquarters had was here",
        ),
    }
    for name, (at, what) in ages.items():
        if at is not None:
            age = (timezone.now() - at).total_seconds()
            yield Figure(name=name, help=f"Seconds since {what}.", value=age)


@figures
def of_headquarters() -> Iterator[Figure]:
    """At headquarters: what is wrong with itself."""
    for trouble in troubles_of_headquarters():
        yield Figure(
            name="kordon_headquarters_trouble",
            help="1 for what is wrong with headquarters itself.",
            value=1,
            labels={"code": trouble.code},
        )


@figures
def of_nodes() -> Iterator[Figure]:
    """At headquarters: every node it knows."""
    if settings.KORDON_KIND == HQ:
        for line in look_at_nodes():
            yield from _of(line)


def _of(line: NodeLine) -> Iterator[Figure]:
    seen, now = line.seen, timezone.now()
    values = {
        "kordon_node_trouble": ("0 well, 1 to watch, 2 needs somebody.", _trouble(line)),
        "kordon_node_lag_entries": ("Entries of the node not held here.", seen.unsent),
        "kordon_node_lag_seconds": (
            "Age of the oldest entry of the node not held here.",
            (now - seen.unsent_since).total_seconds() if seen.unsent and seen.unsent_since else 0,
        ),
        "kordon_node_behind_entries": ("Entries for the node not held there.", seen.behind),
    }
    if seen.heard_at is not None:
        values |= {
            "kordon_node_contact_age_seconds": (
                "Seconds since the node reported.",
                (now - seen.heard_at).total_seconds(),
            ),
            "kordon_node_clock_offset_seconds": (
                "How far the clock of the node is ahead of ours.",
                seen.clock_offset_ms / 1000,
            ),
        }
    if seen.disk_free is not None:
        values["kordon_node_disk_free_bytes"] = ("Room left at the node.", seen.disk_free)
    for name, (what, value) in values.items():
        yield Figure(name=name, help=what, value=value, labels={"node": seen.node})


def _trouble(line: NodeLine) -> int:
    return {"fine": 0, "look": 1, "stop": 2}[line.level]
