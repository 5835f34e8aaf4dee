"""What headquarters answers over HTTPS: the calls of ``Link``, one address each."""

import json

from kordon.journal.channels import read_by
from kordon.journal.sending import last_number
from kordon.network.answers import read_object, whole
from kordon.network.desk import Headquarters
from kordon.network.https.doors import NodeRequest, TurnedAway, for_glances, for_nodes
from kordon.network.link import Desk

desk: Desk = Headquarters()


@for_nodes
def push(request: NodeRequest) -> bytes:
    """A batch up."""
    return desk.take(request.node, request.body)


@for_nodes
def pull(request: NodeRequest) -> bytes:
    """The next batch of a channel."""
    return desk.give(request.node, _text(request, "channel"), _number(request, "after"))


@for_nodes
def fetch(request: NodeRequest) -> bytes:
    """A piece of a kept file."""
    name = _text(request, "name")
    return desk.piece(request.node, name, _number(request, "offset"))


@for_nodes
def offer(request: NodeRequest) -> bytes:
    """A piece of a file of the node."""
    name, offset = _text(request, "name"), _number(request, "offset")
    last = _number(request, "last") == 1
    return str(desk.keep(request.node, name, offset, request.body, last)).encode()


@for_nodes
def report(request: NodeRequest) -> bytes:
    """How the node is."""
    return desk.hear(request.node, request.body)


@for_glances
def news(request: NodeRequest) -> bytes:
    """Whether there is more than the node has, by channel: answered at once, asked each second.

    Nothing waits here: neither a thread, nor a proxy that would cut a long silence.
    """
    try:
        has = {channel: whole(number) for channel, number in read_object(request.body).items()}
    except ValueError as error:
        raise TurnedAway("malformed", 400) from error
    channels = (channel for channel in read_by(request.node) if channel in has)
    return json.dumps(any(last_number(channel=c) > has[c] for c in channels)).encode()


def _text(request: NodeRequest, name: str) -> str:
    return request.asked.get(name, "")[:64]


def _number(request: NodeRequest, name: str) -> int:
    """A whole number of the query. Raises ``TurnedAway``."""
    text = request.asked.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise TurnedAway("malformed", 400)
    return int(text)
