"""Watching: alarms go on and off by themselves, at headquarters and at every post; and what was
interrupted there is finished."""

import shutil
from collections.abc import Iterable
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import is_headquarters, is_post
from kordon.journal.duties import duty
from kordon.journal.fulldisk import is_disk_full, note_recorded, was_full
from kordon.journal.reacting import SYSTEM
from kordon.journal.writing import record, writing
from kordon.network import renewing, scratch, succeeding
from kordon.network.facts import AlarmCleared, AlarmRaised
from kordon.network.looking import look_at_nodes
from kordon.network.models import Alarm
from kordon.network.ourselves import troubles_of_headquarters
from kordon.network.rules import DATABASE_FULL, Trouble, find_own_troubles
from kordon.network.standing import forget_standing

EVERY_S, OURSELVES_EVERY_S = 60.0, 5.0
HQ = "hq"
Wrong = dict[tuple[str, str], dict[str, str]]

log = structlog.get_logger("kordon.network")


@duty(every_s=EVERY_S)
def watch() -> None:
    """Raise what has become wrong, clear what is over."""
    if settings.KORDON_KIND == HQ:
        said = [(line.seen.node, line.troubles) for line in look_at_nodes()]
    elif is_post():
        said = [(identity.mine().node, _own_troubles())]
    else:
        return
    settle(said)


@duty(every_s=OURSELVES_EVERY_S)
def watch_headquarters() -> None:
    """What is wrong with headquarters itself. It is seen on its pages before it is recorded.

    That the database's disk is full can be recorded only when it is so no more.
    """
    if not is_headquarters():
        return
    found = troubles_of_headquarters()
    if was_full() and DATABASE_FULL not in found:
        found = (DATABASE_FULL, *found)
    try:
        settle([(identity.mine().node, found)])
        if DATABASE_FULL in found:
            note_recorded()
    except DatabaseError as error:
        if not is_disk_full(error):
            raise
        log.error("database_disk_full")


@duty(every_s=EVERY_S)
def take_next_key() -> None:
    """At headquarters: sign with the key that was decided on, if a death kept us from it."""
    succeeding.finish()


def settle(said: Iterable[tuple[str, tuple[Trouble, ...]]]) -> None:
    """Bring the alarms about these nodes to what is wrong now; what goes on says nothing again.

    What a post has said of itself is not said a second time about it.
    """
    said = list(said)
    asked = {node for node, _found in said}
    wrong = {(node, one.code): one.params for node, found in said for one in found}
    me = identity.mine().node
    known = list(Alarm.objects.filter(cleared_at=None).values_list("id", "home", "node", "code"))
    on = {(node, code) for _id, _home, node, code in known}
    silent = {node for node, code in wrong if code == "silent"}  # nobody knows what is over there
    over = [
        id
        for id, home, node, code in known
        if home == me and node in asked and (node, code) not in wrong and node not in silent
    ]
    new = {key: params for key, params in wrong.items() if key not in on}
    if over or new:
        _record(over, new)


def _record(over: list[UUID], new: Wrong) -> None:
    by = Actor(id=SYSTEM, name="system")
    with writing():
        for alarm in over:
            record(AlarmCleared(alarm=alarm), by=by)
        for (node, code), params in new.items():
            record(AlarmRaised(alarm=uuid4(), node=node, code=code, params=params), by=by)
            log.warning("alarm_raised", node=node, code=code)
    forget_standing()


def _own_troubles() -> tuple[Trouble, ...]:
    disk, link = shutil.disk_usage(settings.KORDON_HOME), scratch.link_state()
    until = renewing.ends_at()
    return find_own_troubles(
        link.stopped if link else "",
        disk.free,
        disk.total,
        certificate=until - timezone.now() if until else None,
    )
