"""The door for nodes: who asks is known by the key of their node, not by a session or token.

    @for_nodes
    def push(request: NodeRequest) -> bytes: ...

The view returns bytes; the door signs them. Refused are: what is too large, not signed, signed
by a key that is not the node's, too old, asked before, and everything at a node that is no
headquarters. A refusal is JSON with its ``code``, signed as well.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kordon.accounts.doors import address_of, public
from kordon.journal import identity
from kordon.journal.facts import NodeState
from kordon.journal.nodes import all_keys_of, keys_of, state_of
from kordon.journal.refusal import Refusal
from kordon.network import scratch
from kordon.network.https import signing
from kordon.network.link import LARGEST_MESSAGE

HQ = "hq"
BELIEVED = {NodeState.ENROLLED.value, NodeState.QUARANTINED.value}
"""One in quarantine is heard: what it must not do, the desk refuses."""


class TurnedAway(Exception):
    """The door stays closed, and says why: a code for the machine that asked."""

    def __init__(self, code: str, status: int = 401) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass(frozen=True, kw_only=True)
class NodeRequest:
    """A request whose signature was checked. ``asked`` holds the fields of its query."""

    node: str
    body: bytes
    asked: dict[str, str]
    address: str


Answering = Callable[[NodeRequest], bytes]
View = Callable[[HttpRequest], HttpResponse]
Keys = Callable[[signing.Request], Sequence[str]]


def for_nodes(view: Answering) -> View:
    """Let in nodes that headquarters believes."""
    return door(view, _keys_of_believed, noted=True)


def for_glances(view: Answering) -> View:
    """The same, for what changes nothing and shows nothing: its nonces are not written down."""
    return door(view, _keys_of_believed, noted=False)


def door(view: Answering, keys: Keys, *, noted: bool) -> View:
    """Let in whose request one of the keys has signed that ``keys`` names for it."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        try:
            known = _recognise(request, keys, noted=noted)
            return _answer(request, 200, view(known))
        except (TurnedAway, Refusal) as why:
            said = {"code": why.code, "text": str(why), "at": time.time()}
            return _answer(request, why.status, json.dumps(said).encode())

    return public(csrf_exempt(require_POST(opened)))


def _recognise(request: HttpRequest, keys: Keys, *, noted: bool) -> NodeRequest:
    """Who asks for what. Raises ``TurnedAway``."""
    if settings.KORDON_KIND != HQ:
        raise TurnedAway("no_headquarters", 404)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST_MESSAGE:
        raise TurnedAway("too_large", 413)
    try:
        path = request.get_full_path()
        asked, signature = signing.read(request.headers, path=path, body=request.body)
    except signing.BadRequest as error:
        raise TurnedAway("not_signed") from error
    if not signing.is_signed(asked.message(), signature, keys(asked)):
        raise TurnedAway("bad_signature")
    if abs(asked.at - time.time()) > signing.TOLERANCE_S:
        raise TurnedAway("bad_time")
    if (state := state_of(asked.node)) and state not in BELIEVED and keys is _keys_of_believed:
        raise TurnedAway(state, 403)
    if noted and not scratch.note_nonce(asked.node, asked.nonce, signing.TOLERANCE_S):
        raise TurnedAway("repeated")
    fields = {name: str(value) for name, value in request.GET.items()}
    return NodeRequest(node=asked.node, body=asked.body, asked=fields, address=address_of(request))


def _keys_of_believed(asked: signing.Request) -> Sequence[str]:
    """One that is revoked is told so, but only if it is itself who asks."""
    state = state_of(asked.node)
    return keys_of(asked.node) if state in BELIEVED else all_keys_of(asked.node)


def _answer(request: HttpRequest, status: int, body: bytes) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type="application/octet-stream")
    nonce = request.headers.get(signing.NONCE, "")[:32]
    message = signing.answer_message(nonce=nonce, status=status, body=body)
    me = identity.mine()
    response[signing.SIGNATURE] = me.key.sign(message).hex()
    response[signing.KEY] = me.public_key
    return response
