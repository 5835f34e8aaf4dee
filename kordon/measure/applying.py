"""Headquarters applying what a busy post recorded: the part of a bench inside its node."""

import itertools
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from kordon.journal import identity
from kordon.journal.fact import to_body
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.models import Body, Entry
from kordon.journal.receipts import sign_receipt
from kordon.journal.receiving import receive
from kordon.journal.verifying import verify
from kordon.journal.wire import decode, encode
from kordon.journal.writing import Applying, record, writing
from kordon.measure.busy import busy_post
from kordon.measure.nodes import EVERYTHING
from kordon.measure.scribe import Scribe

AT_ONCE = 500
NAME = "NORTH"


def apply(entries: int) -> dict[str, Any]:
    """Runs in the node: seconds by the clock and of the processor, and what was applied."""
    scribe = _enrolled()
    facts = busy_post()
    batches: list[_Packed] = []
    while sum(each.count for each in batches) < entries + AT_ONCE:
        lines = [scribe.line(fact) for fact in itertools.islice(facts, AT_ONCE)]
        batch = scribe.batch(*lines)
        scribe.go_on(batch)
        batches.append(_Packed(encode(batch), len(lines)))
    _take(batches[0].sent)  # what is prepared once is prepared now
    begun, worked = time.perf_counter(), time.process_time()
    for each in batches[1:]:
        _take(each.sent)
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    count = sum(each.count for each in batches[1:])
    return {
        "entries": count,
        "bytes": sum(len(each.sent) for each in batches[1:]),
        "seconds": seconds,
        "processor": processor,
        "appliers": _appliers(),
        "faults": [fault.text for fault in verify().faults],
        "held": Entry.objects.filter(node=NAME).count() - AT_ONCE,
    }


class _Packed:
    def __init__(self, sent: bytes, count: int) -> None:
        self.sent, self.count = sent, count


def _take(sent: bytes) -> None:
    sign_receipt(receive(decode(sent)), at=timezone.now())


def _enrolled() -> Scribe:
    """A post that headquarters believes, and who writes for it."""
    key = Ed25519PrivateKey.generate()
    me = identity.mine()
    with writing():
        for name, kind, public in (
            (me.node, NodeKind.HQ, me.public_key),
            (NAME, NodeKind.POST, key.public_key().public_bytes_raw().hex()),
        ):
            enrolled = NodeEnrolled(node=name, node_kind=kind, incarnation=1, public_key=public)
            record(enrolled, by=EVERYTHING)
    return Scribe(node=NAME, key=key)


def _appliers() -> float:
    """Seconds of the processor that the appliers of 2,000 such facts take, insertions too."""
    made = list(itertools.islice(busy_post(seed=1), 2000))
    entries = []
    for number, fact in enumerate(made):
        entry = Entry(id=2**40 + number, kind=fact.kind, at=timezone.now(), by=EVERYTHING.id)
        Body(entry=entry, salt=b"", text=to_body(fact))  # some appliers keep what was said
        entries.append(entry)
    begun = time.process_time()
    with writing():
        applying = Applying()
        for fact, entry in zip(made, entries, strict=True):
            applying.apply(fact, entry)
        applying.flush()
    return (time.process_time() - begun) / len(made)
