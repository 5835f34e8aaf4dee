"""The doors of headquarters for a machine that becomes a node, and for a node's new key.

Before it is a node, a machine is known by the key it shows: whoever asks has signed with it.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kordon.accounts.doors import node_at_the_door, public
from kordon.journal import identity, succession
from kordon.journal.channels import UP, read_by
from kordon.journal.models import Node
from kordon.journal.sending import last_number
from kordon.journal.wire import BadBatch
from kordon.network import additions, commands
from kordon.network.answers import read_object
from kordon.network.https import signing
from kordon.network.https.doors import HQ, NodeRequest, TurnedAway, door, for_nodes
from kordon.network.models import Enrolment
from kordon.network.rules import EnrolmentState, Shown

WORDS = {"code", "public_key", "nkey", "request"}


def enrol(request: NodeRequest) -> bytes:
    """A machine brings a code, and shows its keys."""
    said = _said(request.body)
    shown = Shown(
        node=request.node,
        public_key=said["public_key"],
        nkey=said["nkey"],
        request=said["request"],
    )
    row = commands.ask_enrolment(
        by=node_at_the_door(request.node), code=said["code"], shown=shown, address=request.address
    )
    return json.dumps({"enrolment": str(row.id), "hq": identity.mine().node}).encode()


def look_up(request: NodeRequest) -> bytes:
    """How far its enrolment has come; once it is a node, what it is given."""
    row = _enrolment(request.body)
    if row is None or row.node != request.node:
        raise TurnedAway("no_such_enrolment", 404)
    told: dict[str, Any] = {"state": row.state, "reason": row.reason}
    if row.state == EnrolmentState.ENROLLED:
        node = Node.objects.get(name=row.node)
        told |= {
            "incarnation": node.incarnation,
            "held": last_number(node=row.node, channel=UP),
            "channels": read_by(row.node),
            "given": additions.give_all(row),
        }
    return json.dumps(told).encode()


@for_nodes
def rotate(request: NodeRequest) -> bytes:
    """A node shows its new key, signed for by the old one and by itself."""
    said = _fields(request.body, {"public_key", "nkey", "proof"})
    message = signing.rotation_message(request.node, said["public_key"])
    if not signing.is_signed(message, said["proof"], [said["public_key"]]):
        raise TurnedAway("bad_proof", 422)
    commands.rotate_key(
        by=node_at_the_door(request.node),
        node=request.node,
        public_key=said["public_key"],
        nkey=said["nkey"],
    )
    return json.dumps({"public_key": said["public_key"]}).encode()


@for_nodes
def renew(request: NodeRequest) -> bytes:
    """A node asks for another certificate, for the key it was enrolled with."""
    said = _fields(request.body, {"request"})
    by = node_at_the_door(request.node)
    given = commands.renew_certificate(by=by, node=request.node, request=said["request"])
    return json.dumps(given).encode()


@public
@csrf_exempt
@require_POST
def tell_succession(request: HttpRequest) -> HttpResponse:
    """Which of our keys follows which, for everybody: it proves itself, and is no secret.

    Whoever asks may be turned away elsewhere, or have a wrong clock, and must know whom to believe
    to be told so.
    """
    if settings.KORDON_KIND != HQ:
        return HttpResponse(status=404)
    return HttpResponse(succession.tell(), content_type="application/octet-stream")


def _shown_key(asked: signing.Request) -> Sequence[str]:
    return [_said(asked.body)["public_key"]]


def _key_of_enrolment(asked: signing.Request) -> Sequence[str]:
    row = _enrolment(asked.body)
    return [row.public_key] if row is not None and row.public_key else []


def _enrolment(body: bytes) -> Enrolment | None:
    try:
        wanted = UUID(_fields(body, {"enrolment"})["enrolment"])
    except ValueError as error:
        raise TurnedAway("malformed", 400) from error
    return Enrolment.objects.filter(id=wanted).first()


def _said(body: bytes) -> dict[str, str]:
    return _fields(body, WORDS)


def _fields(body: bytes, wanted: set[str]) -> dict[str, str]:
    """The texts of a JSON object of exactly these fields. Raises ``TurnedAway``."""
    try:
        said = read_object(body)
    except BadBatch as error:
        raise TurnedAway("malformed", 400) from error
    if set(said) != wanted or not all(isinstance(text, str) for text in said.values()):
        raise TurnedAway("malformed", 400)
    return said


enrol_door = door(enrol, _shown_key, noted=True)
look_up_door = door(look_up, _key_of_enrolment, noted=True)
