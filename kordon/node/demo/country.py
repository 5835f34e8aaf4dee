"""What is done inside the nodes of a demonstration of headquarters and posts.

Everything by the commands people use. The two who approve are the demonstration's own network
administrators, and the fingerprint they compare is the one the machine has printed.
"""

import dataclasses
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from kordon.accounts.models import Person
from kordon.journal.actor import Actor
from kordon.journal.channels import ALL, UP
from kordon.journal.receipts import acknowledged
from kordon.journal.sending import last_number
from kordon.network import commands, queries
from kordon.network.commands import enrol_headquarters
from kordon.network.scratch import link_state
from kordon.node import starting
from kordon.node.beginning import be_kind, introduce, make
from kordon.node.demo import marker, places, staff
from kordon.node.demo.founding import SEEDER, person_of, seeder
from kordon.node.demo.seed import Size, seed_country

HQ = "HQ"
SMALL = Size(alerts=2_000, documents=400, vehicles=60, crossings=1_200)
PATIENCE_S = 120.0


def found(password: str, posts: int) -> None:
    """Make headquarters, and in it everything posts will be told."""
    home = Path(settings.KORDON_HOME)
    me = make(home, HQ)
    be_kind(home, "hq")
    starting.migrate(lambda _: None)
    introduce(me, by=SEEDER)
    enrol_headquarters(by=seeder())
    seed_country(password, size=SMALL, places=places.PLACES[:posts])
    mark(password)


def mark(password: str) -> None:
    """Let this node show that it is a demonstration."""
    marker.write(Path(settings.KORDON_HOME), marker.Marker(password=password, complete=True))


def invite(nodes: list[str]) -> dict[str, str]:
    """A code for each machine that will be one of these nodes."""
    by = _as(places.NETWORK[0])
    return {
        node: commands.invite_node(by=by, enrolment=uuid4(), node=node).spoken for node in nodes
    }


def approve(fingerprints: dict[str, str]) -> None:
    """Two persons compare what each machine shows, and believe it."""
    for row in (shown.row for shown in queries.list_enrolments(by=seeder()).enrolments):
        for colleague in places.NETWORK if row.node in fingerprints else ():
            commands.approve_enrolment(
                by=_as(colleague), enrolment=row.id, fingerprint=fingerprints[row.node]
            )


def _as(colleague: staff.Colleague) -> Actor:
    """Somebody of the demonstration, with every right."""
    name = f"{colleague.name} (demo)"
    return dataclasses.replace(seeder(), id=person_of(colleague.login), name=name)


def await_officers(login: str) -> None:
    """At a post: until it has been told who works there. Raises ``TimeoutError``."""
    until = time.monotonic() + PATIENCE_S
    while not Person.objects.filter(login=login).exists():
        if time.monotonic() > until:
            raise TimeoutError(f"{login} did not arrive at the post")
        time.sleep(0.1)


def standing() -> dict[str, int | bool]:
    """At a post: how far it has recorded, what headquarters has signed for, and the link."""
    link = link_state()
    return {
        "up": bool(link and link.up),
        "recorded": last_number(channel=UP),
        "acknowledged": acknowledged(UP),
    }


def held(node: str) -> int:
    """At headquarters: the last entry of a post that is here."""
    return last_number(node=node, channel=UP)


def told() -> int:
    """At headquarters: the last entry for all posts."""
    return last_number(channel=ALL)
