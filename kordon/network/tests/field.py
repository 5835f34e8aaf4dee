"""What is done inside the processes of real nodes, for ``Home.call``."""

import dataclasses
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from kordon.accounts import commands as commands_of_accounts
from kordon.accounts.commands import load_default_roles
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.facts import AgencyRegistered, Failure, Mode, PostStatus, SignInFailed
from kordon.accounts.models import Agency, SignIn
from kordon.journal import identity
from kordon.journal.channels import UP
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.models import Entry, Node
from kordon.journal.nodes import keys_of
from kordon.journal.receipts import acknowledged
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import commands, queries, rotating, succeeding
from kordon.network.models import Enrolment
from kordon.network.rules import EnrolmentState
from kordon.network.scratch import link_state

PATIENCE_S = 60.0


def public_key() -> str:
    return identity.mine().public_key


def enrol(node: str, public_key: str, kind: str) -> None:
    """At headquarters: believe this key."""
    what = NodeEnrolled(node=node, node_kind=NodeKind(kind), incarnation=1, public_key=public_key)
    with writing():
        record(what, by=EVERYTHING)


def pin(node: str, public_key: str) -> None:
    hq = identity.Headquarters(node=node, public_key=public_key)
    identity.pin(Path(settings.KORDON_HOME), hq)


def happen(count: int) -> None:
    with writing():
        for _ in range(count):
            failed = SignInFailed(person=None, address="::1", failure=Failure.UNKNOWN_LOGIN)
            record(failed, by=EVERYTHING)


def happen_and_be_told(count: int) -> list[float]:
    """Record one after the other; the seconds until the receipt of headquarters for each."""
    took = []
    for _ in range(count):
        happen(1)
        begun, ours = time.monotonic(), acknowledged(UP) + 1
        await_receipt(ours)
        took.append(time.monotonic() - begun)
    return took


def await_receipt(number: int) -> None:
    wait_until(lambda: acknowledged(UP) >= number)


def await_agency(agency: str) -> None:
    wait_until(lambda: Agency.objects.filter(code=agency).exists())


def await_link(up: bool) -> None:
    wait_until(lambda: (state := link_state()) is not None and state.up is up)


def register_agency(agency: str) -> None:
    with writing():
        record(AgencyRegistered(agency=agency, name="Customs"), by=EVERYTHING)


def sign_ins() -> int:
    """How many there are, if the journal is whole."""
    faults = verify().faults
    return -len(faults) if faults else SignIn.objects.count()


def wait_until(holds) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("it did not come to pass")
        time.sleep(0.02)


def found() -> None:
    """At headquarters: it believes itself, and knows its posts."""
    commands.enrol_headquarters(by=EVERYTHING)
    load_default_roles(by=EVERYTHING)
    commands_of_accounts.register_agency(by=EVERYTHING, agency="BORDER", name="Border Service")
    described = PostDescription(
        name="Aksuu",
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.INTERNATIONAL,
        time_zone="Asia/Almaty",
    )
    commands_of_accounts.register_post(by=EVERYTHING, post="AKSUU", description=described)


def invite(node: str, replaces: bool) -> str:
    return commands.invite_node(
        by=EVERYTHING, enrolment=uuid4(), node=node, replaces=replaces
    ).spoken


def approve(node: str) -> str:
    """Two persons approve who waits; the fingerprint they compared."""
    row = Enrolment.objects.get(node=node, state=EnrolmentState.ASKED)
    seen = queries.get_enrolment(by=EVERYTHING, enrolment=row.id).fingerprint
    for person in (uuid4(), uuid4()):
        by = dataclasses.replace(EVERYTHING, id=person)
        commands.approve_enrolment(by=by, enrolment=row.id, fingerprint=seen)
    return seen


def keys(node: str) -> list[str]:
    return keys_of(node)


def incarnations() -> list[int]:
    """Of the lives of this node, in the order of its chain."""
    entries = Entry.objects.filter(node=identity.mine().node, channel=UP).order_by("number")
    return sorted(set(entries.values_list("incarnation", flat=True)))


def happen_and_await(count: int, number: int) -> None:
    """Record, once the node has taken back what it said in former lives, until HQ has it all."""
    wait_until(lambda: not identity.is_awaiting())
    happen(count)
    await_receipt(number)


def rotate_and_crash() -> None:
    """Headquarters takes the new key; we end before we do."""
    new = identity.next_key(Path(settings.KORDON_HOME))
    assert rotating._show(new, signed_by=identity.mine().key).status == 200


def first_of_all() -> list[str]:
    """The first fact that every post reads, and whom it makes a node of which kind."""
    first = Entry.objects.get(channel="all", number=1)
    row = Node.objects.get()
    return [first.kind, row.name, row.kind]


def revoke(node: str) -> None:
    commands.revoke_node(by=EVERYTHING, node=node, reason="stolen")


def await_sign_ins(count: int) -> None:
    wait_until(lambda: sign_ins() == count)


def approve_next_key() -> str:
    """Two persons approve the key that headquarters' machine shows; nobody takes it into use."""
    for person in (uuid4(), uuid4()):
        by = dataclasses.replace(EVERYTHING, id=person)
        one = queries.get_next_key(by=by)
        assert one is not None
        commands.approve_next_key(by=by, fingerprint=one.fingerprint)
    return keys_of(identity.mine().node)[0]


def finish_next_key() -> None:
    succeeding.finish()


def await_key(key: str) -> None:
    """Until this node signs with the key, and its heads are signed anew."""
    wait_until(lambda: identity.mine().public_key == key and not verify().faults)


def await_keys(node: str, key: str) -> None:
    wait_until(lambda: keys_of(node) == [key])


def fault_codes() -> list[str]:
    return [fault.code for fault in verify().faults]


def renewals() -> list[str]:
    """Who was given another certificate."""
    entries = Entry.objects.filter(kind="network.certificate_renewed.v1").order_by("id")
    return list(entries.values_list("by_name", flat=True))
