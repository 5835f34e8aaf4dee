"""Importing master lists into a trust store as officers do. Loaded only in a temporary node."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.trust import commands, queries

SOURCE = "LIST"


def import_lists(earlier: str, largest: str) -> dict[str, Any]:
    """Put the earlier list in force, then time the largest: read, compared, offered, approved."""
    if earlier:
        _offer(Path(earlier))
    content = Path(largest).read_bytes()
    begun, worked = time.perf_counter(), time.process_time()
    seen = queries.preview_master_list(
        by=_officer("Ada"), source=SOURCE, content=content, accept_signer=True
    )
    compared = time.perf_counter() - begun
    _offer(Path(largest))
    return {
        "import_s": time.perf_counter() - begun,
        "processor_s": time.process_time() - worked,
        "diff_s": compared,
        "states": len(seen.states),
        "added": sum(len(each.added) for each in seen.states),
        "removed": sum(len(each.removed) for each in seen.states),
        "kept": sum(each.kept for each in seen.states),
    }


def _offer(path: Path) -> None:
    change = commands.offer_master_list(
        by=_officer("Ada"),
        change=uuid4(),
        source=SOURCE,
        title="A published list",
        file=(path.name, path.read_bytes()),
        accept_signer=True,
    )
    commands.approve_change(by=_officer("Ben"), change=change.id)


_OFFICERS: dict[str, Actor] = {}


def _officer(name: str) -> Actor:
    """Two persons, for every change of the store needs two."""
    if name not in _OFFICERS:
        every = frozenset((*COMMANDS, *QUERIES))
        _OFFICERS[name] = Actor(id=uuid4(), name=name, rights=every)
    return _OFFICERS[name]
