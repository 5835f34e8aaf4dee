"""Whether headquarters holds what posts hold: entries, their order, and the rows they made.

Loaded only inside temporary nodes. Rows are compared by the sum of their digests, which does not
care in which order nodes of different speed made them, but does about one that is there twice.
"""

import hashlib
import json
from typing import Any

from django.db import models

from kordon.accounts.models import SignIn
from kordon.border.models import Check, Crossing
from kordon.journal import identity
from kordon.journal.channels import UP
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.sending import last_number
from kordon.journal.verifying import verify

# Those whose key is the number of an entry on this node; it differs from node to node.
OWN_KEY: dict[type[models.Model], str] = {SignIn: "id", PersonalRead: "entry"}
MADE: tuple[type[models.Model], ...] = (Check, Crossing, SignIn, PersonalRead)
WRAP = 2**256


def count() -> dict[str, Any]:
    """At a post: its own entries. At headquarters: those of all posts."""
    me = identity.mine().node
    return {
        "entries": {node: _chain(node) for node in _nodes(me)},
        "rows": {model._meta.db_table: _rows(model) for model in MADE},
        "all": last_number(channel="all", node="HQ"),
        "faults": [f"{me}: {fault.channel}: {fault.text}" for fault in verify().faults],
    }


def _nodes(me: str) -> list[str]:
    if me != "HQ":
        return [me]
    there = Entry.objects.filter(channel=UP).exclude(node=me).order_by("node")
    return list(there.values_list("node", flat=True).distinct())


def _chain(node: str) -> dict[str, Any]:
    """In the order of arrival: how many, how many of them not in order, and a digest of all."""
    digest, last, number, disordered, numbers = hashlib.sha256(), 0, 0, 0, set[int]()
    found = Entry.objects.filter(node=node, channel=UP).order_by("id").select_related("body")
    for entry in found.iterator(chunk_size=2000):
        number = entry.number
        disordered += number != last + 1
        last = number
        numbers.add(number)
        said = [entry.number, entry.kind, entry.header.at, entry.body_hash, entry.seal]
        digest.update(json.dumps(said).encode() + bytes(entry.body.text))
    count = found.count()
    return {
        "count": count,
        "last": max(numbers, default=0),
        "doubled": count - len(numbers),
        "disordered": disordered,
        "digest": digest.hexdigest(),
    }


def _rows(model: type[models.Model]) -> list[str]:
    """How many, and the sum of their digests in hexadecimal."""
    skipped = OWN_KEY.get(model)
    columns = [f.attname for f in model._meta.concrete_fields if f.attname != skipped]
    total = count = 0
    rows = model._default_manager.values_list(*columns)
    for row in rows.iterator(chunk_size=2000):
        text = json.dumps(row, default=str, sort_keys=True)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
        count += 1
    return [str(count), f"{total % WRAP:x}"]
