"""Verifying the journal: what an auditor runs, trusting nothing but the public key.

Numbered as checked, for each channel of each node:

1. numbers run 1, 2, 3 … without gap or double, in the order of arrival;
2. each seal follows from the one before and from every column of the entry;
3. each body has the hash the entry names, or its absence is recorded as an erasure;
4. the node's stored head is the last entry and its signature holds; after a change of
   headquarters' key, which both keys must have signed, none of a key before counts;
5. each witness (a head kept elsewhere earlier) is met: same number, same seal.

Step 5 alone can find a tail that was cut together with its head.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from kordon.journal import sealing, succession
from kordon.journal.channels import ALL
from kordon.journal.fact import from_body, kind_of
from kordon.journal.facts import BodiesErased, HeadquartersKeyRotated, NodeIntroduced
from kordon.journal.identity import mine, public_key
from kordon.journal.models import ChainHead, Entry
from kordon.journal.nodes import all_keys_of, keys_of
from kordon.journal.writing import signed_part


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong and where; ``number`` is the first entry that does not hold."""

    channel: str
    number: int
    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``entries`` looked at, ``heads`` found good, and every fault, worst case first."""

    entries: int
    erased: int
    heads: tuple[sealing.Head, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A signed head as exported by ``kordon journal head`` and kept somewhere else."""

    head: sealing.Head
    signature: str

    def to_json(self) -> str:
        return json.dumps({**asdict(self.head), "signature": self.signature})


class BadWitness(ValueError):
    """The file given is no signed head."""


def read_witness(line: str) -> Witness:
    """Parse one exported head. Raises ``BadWitness``."""
    try:
        fields = json.loads(line)
        signature = fields.pop("signature")
        return Witness(head=sealing.Head(**fields), signature=signature)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadWitness("not a head as exported by `kordon journal head`") from error


def export_heads() -> list[Witness]:
    """The signed heads held here, ours and others', to be kept where this node cannot reach."""
    return [
        Witness(head=signed_part(head), signature=head.signature)
        for head in ChainHead.objects.order_by("node", "channel")
    ]


class UnknownNode(ValueError):
    """Nothing that this node said is held here."""


def verify(
    witnesses: Sequence[Witness] = (), *, key: str | None = None, node: str | None = None
) -> Verdict:
    """Examine every chain of the journal. ``key`` (hex) defaults to this node's own.

    Chains of other nodes are examined as our own; their faults name ``node/channel``. With
    ``node`` only its chains are; raises ``UnknownNode`` if there are none, here or in witnesses.
    """
    me = mine()
    known_key = key or me.public_key
    faults: list[Fault] = []
    good: list[sealing.Head] = []
    entries = erased = 0
    stored = {(head.node, head.channel): head for head in ChainHead.objects.all()}
    erasures = _erasures()
    chains = set(Entry.objects.values_list("node", "channel").distinct()) | set(stored)
    if node is not None:
        chains = {each for each in chains if each[0] == node}
        witnesses = [each for each in witnesses if each.head.node == node]
        if not chains and not witnesses:
            raise UnknownNode(node)
    for of, channel in sorted(chains, key=lambda each: (each[0] != me.node, *each)):
        met = [w for w in witnesses if (w.head.node, w.head.channel) == (of, channel)]
        label = channel if of == me.node else f"{of}/{channel}"
        chain = _Chain(label, met, erasures.get((of, channel), []))
        held = Entry.objects.filter(node=of, channel=channel)
        chain.walk(held.select_related("body").order_by("id"))
        keys = [known_key] if of == me.node else _keys_of(of, stored.get((of, channel)))
        chain.check_head(stored.get((of, channel)), keys)
        entries, erased = entries + chain.number, erased + chain.erased
        faults += chain.faults
        good += chain.good
    faults += _witnesses_of_missing_chains(witnesses, chains)
    if node in (None, me.node):
        faults += _key_faults(me.node, known_key)
    faults += _succession_faults(node)
    return Verdict(entries=entries, erased=erased, heads=tuple(good), faults=tuple(faults))


class _Chain:
    """One channel while it is walked. Stops at its first fault: what follows proves nothing."""

    def __init__(
        self, channel: str, witnesses: Iterable[Witness], gone: list[tuple[int, int]]
    ) -> None:
        self.channel = channel
        self.number, self.seal, self.erased = 0, sealing.NO_SEAL, 0
        self.faults: list[Fault] = []
        self.good: list[sealing.Head] = []
        self.witnesses = {w.head.number: w for w in witnesses}
        self.gone = gone

    def walk(self, entries: Iterable[Entry]) -> None:
        iterator: Iterator[Entry] = (
            entries.iterator(chunk_size=2000) if hasattr(entries, "iterator") else iter(entries)
        )
        for entry in iterator:
            if code := self._look_at(entry):
                self.fault(entry.number, *code)
                return
            self.number, self.seal = entry.number, entry.seal
            self._meet_witness()

    def check_head(self, head: ChainHead | None, keys: Sequence[str]) -> None:
        if self.faults:
            return
        if head is None:
            self.fault(self.number, "head_missing", "the chain has no signed head")
        elif (head.number, head.seal) != (self.number, self.seal):
            text = f"the signed head is at {head.number}, the chain ends at {self.number}"
            self.fault(min(self.number, head.number) + 1, "tail_differs", text)
        else:
            self._check_signature(head, keys)
        for number in self.witnesses:
            text = f"a head kept elsewhere is at {number}, the chain ends at {self.number}"
            self.fault(self.number + 1, "tail_cut", text)

    def fault(self, number: int, code: str, text: str) -> None:
        self.faults.append(Fault(channel=self.channel, number=number, code=code, text=text))

    def _look_at(self, entry: Entry) -> tuple[str, str] | None:
        if entry.number != self.number + 1:
            return "number", f"entry {entry.number} stands where {self.number + 1} belongs"
        if entry.seal != sealing.seal(self.seal, entry.header):
            return "seal", "its seal does not follow from the entry before and its own columns"
        if not hasattr(entry, "body"):
            if not any(first <= entry.number <= last for first, last in self.gone):
                return "body_missing", "its body is gone and no erasure is recorded"
            self.erased += 1
        elif entry.body_hash != sealing.body_hash(bytes(entry.body.salt), bytes(entry.body.text)):
            return "body", "its body is not the one that was sealed"
        return None

    def _meet_witness(self) -> None:
        if (witness := self.witnesses.pop(self.number, None)) and witness.head.seal != self.seal:
            text = "a head kept elsewhere has another seal for this number: the chain was rewritten"
            self.fault(self.number, "rewritten", text)

    def _check_signature(self, head: ChainHead, keys: Sequence[str]) -> None:
        signed = signed_part(head)
        for key in keys:
            try:
                self.good.append(sealing.check_signature(signed, head.signature, public_key(key)))
                return
            except sealing.BadSignature:
                continue
        self.fault(head.number, "signature", "the head is not signed by this node's key")


def _erasures() -> dict[tuple[str, str], list[tuple[int, int]]]:
    """What may be gone, by node and channel: from sealed entries that say so, from no table."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for entry, fact in _said(BodiesErased):
        found.setdefault((entry.node, fact.channel), []).append((fact.first, fact.last))
    return found


def _said(fact_type: type) -> Iterator[tuple[Entry, Any]]:
    """Facts as they were sealed. What was spoiled says nothing here; its chain names it."""
    said = Entry.objects.filter(kind=kind_of(fact_type), body__isnull=False)
    for entry in said.select_related("body"):
        text = bytes(entry.body.text)
        if entry.body_hash == sealing.body_hash(bytes(entry.body.salt), text):
            with suppress(ValueError):  # another fact's body under this kind
                yield entry, from_body(entry.kind, text)


def _keys_of(node: str, head: ChainHead | None) -> list[str]:
    """The keys that may have signed this head of another node."""
    keys = [*all_keys_of(node), *keys_of(node)]
    if head is None or head.channel != ALL:  # elsewhere the order of the two is not sealed
        return keys
    followed = {
        it.before
        for entry, it in _said(HeadquartersKeyRotated)
        if (entry.node, entry.channel) == (node, ALL) and entry.number < head.number
    }
    return [key for key in keys if key not in followed]


def _succession_faults(node: str | None) -> Iterator[Fault]:
    for entry, it in _said(HeadquartersKeyRotated):
        if node not in (None, entry.node):
            continue
        try:
            succession.check(it)
        except succession.BadSuccession as error:
            yield Fault(
                channel=entry.channel, number=entry.number, code="succession", text=str(error)
            )


def _witnesses_of_missing_chains(
    witnesses: Iterable[Witness], chains: set[tuple[str, str]]
) -> Iterator[Fault]:
    for witness in witnesses:
        if (witness.head.node, witness.head.channel) not in chains:
            text = f"a head kept elsewhere is at {witness.head.number}, the chain is gone"
            yield Fault(channel=witness.head.channel, number=1, code="tail_cut", text=text)


def _key_faults(node: str, key: str) -> Iterator[Fault]:
    """The key that signs must be one the journal itself introduced."""
    keys = set(all_keys_of(node))
    keys |= {it.public_key for entry, it in _said(NodeIntroduced) if entry.node == node}
    if keys and key not in keys:
        yield Fault(channel="home", number=0, code="key", text="the journal introduces another key")
