"""How a machine becomes a post: it shows its keys, waits for people, and believes headquarters.

What is reached is written down in the node's folder, so that each step may be done again after
whatever interrupts it.
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kordon.journal import identity
from kordon.journal.channels import POST
from kordon.network import additions, rules
from kordon.network.answers import read_object, whole
from kordon.network.https.line import Answer, Line, Speaker, read_address
from kordon.network.link import LinkDown
from kordon.network.rules import EnrolmentState, Shown

AUTHORITY_FILE = "hq-ca.crt"
"""In the node's folder: who signed the certificate of headquarters, if not a public authority."""
WAITING_FILE, KIND_FILE, LINK_FILE, ADDRESS_FILE = "enrolment.json", "kind", "link", "hq-address"

T = TypeVar("T")


class Refused(Exception):
    """Headquarters says no; the text is its sentence."""


class TurnedAway(Refused):
    """People have decided against this machine."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A machine that has asked: at which address, for which enrolment, and who answered."""

    node: str
    address: str
    enrolment: str
    hq: str
    hq_key: str
    fingerprint: str


def waiting(home: Path) -> Waiting | None:
    """The enrolment that was begun in this folder and is not done."""
    try:
        return Waiting(**json.loads((home / WAITING_FILE).read_text()))
    except FileNotFoundError:
        return None


def ask(home: Path, *, address: str, code: str) -> Waiting:
    """Show headquarters our keys, with a code. Raises ``Refused``, ``LinkDown``."""
    me = identity.read(home)
    shown = Shown(node=me.node, public_key=me.public_key, **additions.show_all(home, me.node))
    said = {
        "code": code,
        "public_key": shown.public_key,
        "nkey": shown.nkey,
        "request": shown.request,
    }
    answer = _ask(home, address, "/network/enrol", said, hq_key="")
    told = _told(answer)
    hq = str(told.get("hq", ""))[:32]
    begun = Waiting(
        node=me.node,
        address=address,
        enrolment=str(told.get("enrolment", ""))[:36],
        hq=hq,
        hq_key=answer.by,
        fingerprint=rules.fingerprint(shown, hq=hq, hq_key=answer.by),
    )
    identity.write_private(home / WAITING_FILE, json.dumps(vars(begun)))
    return begun


def look(home: Path, begun: Waiting) -> dict[str, Any] | None:
    """What the node is given, once it is one; None while people decide.

    Raises ``TurnedAway`` (then it is forgotten), ``Refused``, ``LinkDown``.
    """
    said = {"enrolment": begun.enrolment}
    answer = _ask(home, begun.address, "/network/enrolment", said, hq_key=begun.hq_key)
    told = _told(answer)
    if told.get("state") == EnrolmentState.REJECTED:
        (home / WAITING_FILE).unlink(missing_ok=True)
        raise TurnedAway(f"Headquarters turned this machine away: {told.get('reason')}")
    return told if told.get("state") == EnrolmentState.ENROLLED else None


def complete(home: Path, begun: Waiting, told: dict[str, Any]) -> None:
    """Be a post of this headquarters.

    Nothing is recorded before what the name has said in former lives is back: the exchange
    does that first of all.
    """
    given = told.get("given")
    additions.accept_all(home, given if isinstance(given, dict) else {})
    identity.await_heads(home)
    identity.live_again(home, whole(told.get("incarnation")))
    for name, text in ((KIND_FILE, POST), (ADDRESS_FILE, begun.address)):
        identity.write_private(home / name, text)
    if not (home / LINK_FILE).exists():
        identity.write_private(home / LINK_FILE, begun.address)
    identity.pin(home, identity.Headquarters(node=begun.hq, public_key=begun.hq_key))
    (home / WAITING_FILE).unlink()


def with_line(home: Path, address: str, speaker: Speaker, deed: Callable[[Line], Any]) -> Any:
    """Do something asynchronous over a line of its own."""

    async def do() -> Any:
        with ThreadPoolExecutor(1, thread_name_prefix="joining") as pool:
            authority = home / AUTHORITY_FILE
            at = read_address(address, authority if authority.exists() else None)
            line = Line(at, speaker, pool)
            try:
                return await deed(line)
            finally:
                line.close()

    return asyncio.run(do())


def _ask(home: Path, address: str, path: str, said: dict[str, str], *, hq_key: str) -> Answer:
    me = identity.read(home)
    speaker = Speaker(
        node=me.node, key=lambda: me.key, believed=(lambda: [hq_key]) if hq_key else None
    )
    body = json.dumps(said).encode()
    answer: Answer = with_line(home, address, speaker, lambda line: line.ask(path, body))
    return answer


def _told(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise Refused(answer.text)
    try:
        return read_object(answer.body)
    except ValueError as error:
        raise LinkDown("headquarters answers in another language") from error
