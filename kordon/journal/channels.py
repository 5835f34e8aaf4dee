"""Channels: which chain of this node a fact lies in, and who may read and write which.

A post writes ``up`` and ``home``; headquarters writes ``all``, one ``post-<NODE>`` for each
post, and ``public``. A node on its own writes as headquarters does, for itself.
"""

from typing import Any

from django.conf import settings

from kordon.journal import identity
from kordon.journal.fact import PostOf, Travels
from kordon.journal.refusal import Refusal

UP, HOME, ALL = Travels.HQ.value, Travels.HOME.value, Travels.POSTS.value
POST, HEADQUARTERS = "post", "hq"


class OnlyAtHeadquarters(Refusal):
    """A post was asked for something whose home is headquarters."""

    code = "only_at_headquarters"


class AwaitingHeads(Refusal):
    """The node was restored from a backup and does not know yet which numbers it gave away."""

    code = "awaiting_heads"


def is_post() -> bool:
    return bool(settings.KORDON_KIND == POST)


def is_headquarters() -> bool:
    """Whether posts hear this node. A node on its own decides everything and tells nobody."""
    return bool(settings.KORDON_KIND == HEADQUARTERS)


def check_at_headquarters() -> None:
    """Raises ``OnlyAtHeadquarters`` at a post."""
    if is_post():
        raise OnlyAtHeadquarters(
            "This is done at headquarters; a post receives what was decided there."
        )


def channel_of(what: Any) -> str:
    """The channel of this node that the fact belongs to.

    Raises ``OnlyAtHeadquarters``, and ``AwaitingHeads`` until a restored node knows its numbers.
    """
    channel = _channel_of(what)
    if channel != HOME and identity.is_awaiting():
        raise AwaitingHeads("This node was restored and first takes back what others hold of it.")
    return channel


def _channel_of(what: Any) -> str:
    if is_post():
        if what.only_at_hq:
            check_at_headquarters()
        return HOME if what.travels is Travels.HOME else UP
    if isinstance(what.travels, PostOf):
        post = getattr(what, what.travels.field)
        return channel_for(post) if post else ALL
    return str(what.travels.value)


def channel_for(post: str) -> str:
    """The channel of headquarters that only this post reads."""
    return f"post-{post}"


def read_by(post: str) -> tuple[str, ...]:
    """The channels of headquarters that a post reads."""
    return ALL, channel_for(post)
