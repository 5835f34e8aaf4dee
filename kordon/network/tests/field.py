"""What is done inside the processes of real nodes, for ``Home.call``."""

import time
from pathlib import Path

from django.conf import settings

from kordon.accounts.facts import AgencyRegistered, Failure, SignInFailed
from kordon.accounts.models import Agency, SignIn
from kordon.journal import identity
from kordon.journal.channels import UP
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.receipts import acknowledged
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
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
