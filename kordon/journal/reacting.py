"""Reactions: what an app does once it hears of a fact.

A reaction runs after the fact is committed, on every node that holds the entry,
unless it is headquarters' alone. Each keeps its own place in the journal: one that
fails stops itself, is tried again, and holds up nobody else; one added later hears
everything before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import is_headquarters, is_post
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.fact import from_body, kind_of
from kordon.journal.models import Entry, Place
from kordon.journal.writing import writing

Reaction = Callable[[Any, Entry], None]
SYSTEM = UUID(int=0)
AT_ONCE = 200

log = structlog.get_logger()


@dataclass(frozen=True)
class Declared:
    """A reaction, and what it wants to hear of."""

    kind: str
    func: Reaction
    at_hq: bool


REACTIONS: dict[str, Declared] = {}


def reacts(fact_type: type, *, at_hq: bool = False) -> Callable[[Reaction], Reaction]:
    """Declare that ``func`` wants to hear of every fact of this type.

    ``at_hq``: it tells posts, so it is headquarters' alone. A node on its own that becomes
    headquarters lets it hear everything from the beginning.
    """

    def declare(func: Reaction) -> Reaction:
        name = f"{func.__module__.split('.')[1]}.{func.__name__}"
        declared = Declared(kind_of(fact_type), func, at_hq)
        if REACTIONS.setdefault(name, declared).func is not func:
            raise TypeError(f"two reactions are called {name}")
        return func

    return declare


def react() -> int:
    """Let every reaction hear what it has not heard yet. The worker calls this forever."""
    ours = [(name, it) for name, it in REACTIONS.items() if is_headquarters() or not it.at_hq]
    return sum(_hear(name, it.kind, it.func) for name, it in ours)


def _hear(name: str, kind: str, func: Reaction) -> int:
    place, _ = Place.objects.get_or_create(reaction=name)
    unheard = Entry.objects.filter(kind=kind, body__isnull=False).select_related("body")
    position, heard = place.position, 0
    # In lists: a question still open while somebody writes would see the past, and on SQLite
    # who sees the past may not write.
    while news := list(unheard.filter(id__gt=position).order_by("id")[:AT_ONCE]):
        for entry in news:
            try:
                with writing():
                    func(from_body(entry.kind, bytes(entry.body.text)), entry)
                    Place.objects.filter(reaction=name).update(position=entry.id)
            except Exception:  # one broken reaction must not stop the others
                log.exception("reaction_failed", reaction=name, entry=entry.ref)
                return heard
            position, heard = entry.id, heard + 1
    return heard


def system(entry: Entry) -> Actor:
    """The system itself, acting at the post where the fact was recorded.

    A node that is a post acts as itself, whoever recorded what it hears.
    """
    return Actor(
        id=SYSTEM,
        name="system",
        agency=entry.agency,
        post=identity.mine().node if is_post() else entry.post,
        rights=frozenset((*COMMANDS, *QUERIES)),
    )
