"""Machines: who calls the API, with which role, until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kordon.accounts import actors, passwords, rules
from kordon.accounts.commands.people import check_agency
from kordon.accounts.commands.roles import check_may_hand_out
from kordon.accounts.facts import MachineEnrolled, MachineRevoked, MachineTokenRenewed
from kordon.accounts.models import Machine, Post, Role
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@dataclass(frozen=True, kw_only=True)
class NewMachine:
    """``token`` is shown once; only its hash is kept."""

    machine: Machine
    token: str


@command(at_hq=True)
def enrol_machine(
    *, by: Actor, machine: UUID, name: str, agency: str, role: str, until: date, post: str = ""
) -> NewMachine:
    """Let a machine call the API with the rights of a role, until a day."""
    row = Role.objects.filter(code=role).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such role."))
    if post and not Post.objects.filter(code=post, closed=False).exists():
        raise rules.NoSuchThing(rules._("There is no such post."))
    check_may_hand_out(by, row, post)
    rules.check_days(timezone.localdate(), until)
    token = passwords.new_token()
    what = MachineEnrolled(
        machine=machine,
        name=rules.clean_name(name),
        agency=check_agency(agency),
        post=post,
        role=role,
        token_hash=actors.hash_token(token),
        until=until,
    )
    record(what, by=by)
    return NewMachine(machine=Machine.objects.get(id=machine), token=token)


@command(at_hq=True)
def renew_machine_token(*, by: Actor, machine: UUID, until: date) -> NewMachine:
    """Give a machine a new token; the old one is dead at once."""
    row = _machine(machine)
    check_may_hand_out(by, row.role, row.post_id or "")
    rules.check_days(timezone.localdate(), until)
    token = passwords.new_token()
    record(
        MachineTokenRenewed(machine=row.id, token_hash=actors.hash_token(token), until=until),
        by=by,
    )
    row.refresh_from_db()
    return NewMachine(machine=row, token=token)


@command(at_hq=True)
def revoke_machine(*, by: Actor, machine: UUID) -> None:
    """A machine may call no longer, from now on."""
    record(MachineRevoked(machine=_machine(machine).id), by=by)


def _machine(machine: UUID) -> Machine:
    row = Machine.objects.filter(id=machine, revoked=False).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such machine."))
    return row
