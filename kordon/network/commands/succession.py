"""Headquarters is given another key: made at its machine, decided by two persons."""

from pathlib import Path

from django.conf import settings

from kordon.journal import identity, succession
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record
from kordon.network import rules
from kordon.network.enrolments import WAITING
from kordon.network.facts import NextKeyApproved, NextKeyOffered, NextKeyWithdrawn
from kordon.network.models import Enrolment, NextKey
from kordon.network.rules import NextKeyState, _

HQ = "hq"
OPEN = (NextKeyState.OFFERED.value, NextKeyState.APPROVED_ONCE.value)


@command(at_hq=True)
def offer_next_key(*, by: Actor) -> NextKey:
    """Make a key that is to follow the one headquarters signs with; the same again if one waits.

    It signs for nothing yet. Raises ``NotHeadquarters``.
    """
    _check_headquarters()
    public = identity.public_hex(identity.next_key(_home()))
    row = NextKey.objects.filter(public_key=public, state__in=OPEN).first()
    if row is None:
        _withdraw_open(by)
        record(NextKeyOffered(public_key=public), by=by)
    return row or NextKey.objects.get(public_key=public)


@command(at_hq=True)
def approve_next_key(*, by: Actor, fingerprint: str) -> NextKey:
    """Say that the machine of headquarters shows this fingerprint. The second to say so decides:
    every node is told, signed with both keys. ``succeeding.finish`` then takes the key into use.

    Raises ``NoNextKey``, ``WrongFingerprint``, ``SamePerson``, ``MachinesWait``.
    """
    _check_headquarters()
    row = NextKey.objects.filter(state__in=OPEN).first()
    if row is None:
        raise rules.NoNextKey(_("No key waits to follow that of headquarters."))
    me = identity.mine()
    if rules.clean_code(fingerprint) != rules.fingerprint_of_key(me.node, row.public_key):
        raise rules.WrongFingerprint(_("The key that waits has another fingerprint."))
    rules.check_second(first=row.approved_by, by=by.id)
    second = row.state == NextKeyState.APPROVED_ONCE
    record(NextKeyApproved(public_key=row.public_key), by=by)
    if second:
        _check_nobody_waits()
        after = identity.waiting_key(_home())
        if after is None or identity.public_hex(after) != row.public_key:
            raise rules.NoNextKey(_("The key that was offered is not on this machine."))
        record(succession.state(me.node, before=me.key, after=after), by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def withdraw_next_key(*, by: Actor) -> None:
    """Let no key follow the one headquarters has. Raises ``NoNextKey``."""
    _check_headquarters()
    if not _withdraw_open(by):
        raise rules.NoNextKey(_("No key waits to follow that of headquarters."))
    identity.drop_next_key(_home())


def _withdraw_open(by: Actor) -> int:
    rows = NextKey.objects.filter(state__in=OPEN)
    for row in rows:
        record(NextKeyWithdrawn(public_key=row.public_key), by=by)
    return len(rows)


def _check_nobody_waits() -> None:
    """What a machine that waits shows on its screen names the key that we have."""
    waiting = Enrolment.objects.filter(state__in=WAITING)
    if waiting.exists():
        raise rules.MachinesWait(
            _("Machines wait to be enrolled, and know the key of today: decide about them first.")
        )


def _check_headquarters() -> None:
    if settings.KORDON_KIND != HQ:
        raise rules.NotHeadquarters(_("Only headquarters has such a key."))


def _home() -> Path:
    return Path(settings.KORDON_HOME)
