"""Headquarters, posts and those who forge: the part of ``kordon prove tamper`` inside a node."""

import collections
import json
import random
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kordon.accounts.facts import AgencyRegistered
from kordon.journal import identity
from kordon.journal.fact import kind_of
from kordon.journal.facts import (
    NodeKeyRotated,
    NodeQuarantined,
    NodeReleased,
    NodeRevoked,
    NodeState,
)
from kordon.journal.models import Body, ChainHead, Entry, Receipt
from kordon.journal.nodes import state_of
from kordon.journal.rebuilding import rebuild
from kordon.journal.receiving import Rejected, receive
from kordon.journal.sealing import Head, check_signature
from kordon.journal.verifying import verify
from kordon.journal.wire import BadBatch, decode, encode
from kordon.journal.writing import record, writing
from kordon.measure.forging import Forger, Strangers
from kordon.measure.nodes import EVERYTHING, Node, Nodes
from kordon.measure.scribe import ANYTHING, Scribe, closed, opened
from kordon.network import steps
from kordon.network.desk import Headquarters

DOWN = (
    *("noise, emptiness", "truncated", "a bomb, too many, too large", "nested too deeply"),
    *("a wrong type in every field", "a field missing, another too many"),
    *("numbers nobody counts with", "NUL, half a surrogate pair"),
    *("signed by nobody, or by somebody else", "in the name of another node"),
    *("the head of another run", "changed after it was signed"),
    *("lines exchanged, left out, doubled", "a body that is not what was sealed"),
    *("a body not canonical, or with a key twice", "a body that is no such fact"),
    *("from the future, or of no time at all", "an actor that is none", "a number left out"),
)
JSON_FLIPS_IN = 40
"""One of so many messages has every byte of its text flipped too, not only of what travels."""


class Field:
    """Headquarters, a post whose key the forger has, and others."""

    def __init__(self, nodes: Nodes, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # nosec B311 (repeatable, not secret)
        self.tried: collections.Counter[str] = collections.Counter()
        self.taken: list[str] = []
        self.raised: list[str] = []
        self.desk = Headquarters()
        self.hq = nodes.hq()
        self.post, self.other = (nodes.post(name, self.hq) for name in ("AKSUU", "SARYTAL"))
        dead = nodes.post("DEAD", self.hq)
        unknown = nodes.make("UNKNOWN", "post")
        retired = identity.read(self.post.home).key
        key = identity.begin_again(self.post.home, key=Ed25519PrivateKey.generate()).public_key
        self.decide(
            NodeKeyRotated(node="AKSUU", public_key=key), NodeRevoked(node="DEAD", reason="lost")
        )
        keys = [identity.read(node.home).key for node in (self.other, dead, unknown)]
        self.strangers = Strangers(("SARYTAL", "DEAD", "UNKNOWN", "HQ"), (retired, *keys))
        self.happen(3)
        self.push()
        self.decide(AgencyRegistered(agency="BORDER", name="Border Service"))
        self.pull()

    def decide(self, *facts: Any) -> None:
        with self.hq.here(), writing():
            for what in facts:
                record(what, by=EVERYTHING)

    def happen(self, count: int) -> None:
        with self.post.here():
            for _ in range(count):
                with writing():
                    record(ANYTHING, by=EVERYTHING)

    def push(self) -> bytes:
        with self.post.here():
            packed = steps.pack(steps.begin())
        assert packed is not None
        with self.hq.here():
            answer = self.desk.take("AKSUU", packed.sent)
        with self.post.here():
            assert steps.hear_answer(answer).taken, answer
        return answer

    def pull(self) -> None:
        with self.hq.here():
            packed = self.desk.give("AKSUU", "all", 0)
        with self.post.here():
            steps.take(packed)

    def upwards(self) -> None:
        """Everything a forger with the post's key sends to headquarters."""
        base = Scribe.of(self.post)
        forger = Forger(lambda: replace(base), self.chance, self.strangers)
        for what, deed in forger.deeds.items():
            self._try(f"to headquarters: {what}", deed(), self.hq, self._at_desk)
        for what in ("in the name of another node", "signed by nobody, or by somebody else"):
            # As if a transport had let it through under the name it claims.
            self._try(f"past the transport: {what}", forger.deeds[what](), self.hq, self._anyhow)

    def downwards(self) -> None:
        """Everything somebody who stands in the line says to a post."""
        base = Scribe.of(self.hq, "all")
        strangers = Strangers(("SARYTAL", "UNKNOWN"), self.strangers.keys)
        forger = Forger(lambda: replace(base), self.chance, strangers)
        for what in DOWN:
            self._try(f"to a post: {what}", forger.deeds[what](), self.post, self._at_post)

    def fork(self) -> list[str]:
        """Two statements under one number, each signed with the true key. Returns what failed."""
        wrong = []
        for what, make in self._forks().items():
            self.tried[f"a fork: {what}"] += 1
            before = _counted(self.hq)
            with self.hq.here():
                answer = json.loads(self.desk.take("AKSUU", encode(make())))
                if answer.get("refused", {}).get("code") != "fork":
                    wrong.append(f"{what}: answered {answer}")
                elif state_of("AKSUU") != NodeState.QUARANTINED:
                    wrong.append(f"{what}: not quarantined")
                elif not _both_signed(self.post.public_key):
                    wrong.append(f"{what}: the two statements are not kept")
                again = json.loads(self.desk.take("AKSUU", encode(make())))
                if again.get("refused", {}).get("code") != NodeState.QUARANTINED:
                    wrong.append(f"{what}: still listened to")
            if _counted(self.hq) != before:
                wrong.append(f"{what}: stored")
            self.decide(NodeReleased(node="AKSUU", reason="proof"))
        return wrong

    def _forks(self) -> dict[str, Callable[[], Any]]:
        base = Scribe.of(self.post)

        def back(number: int, lines: int) -> Any:
            scribe = replace(base)
            with self.post.here():
                scribe.back_to(number) if number else scribe.begin()
            return scribe.batch(*[scribe.line() for _ in range(lines)])

        def another_past() -> Any:
            scribe = replace(base, seal="ab" * 32)
            return scribe.batch(scribe.line())

        last = base.number
        return {
            "from the first entry on": lambda: back(0, last),
            "before the head": lambda: back(last - 2, 1),
            "at the head": lambda: back(last - 1, 1),
            "from before the head to beyond it": lambda: back(last - 2, 5),
            "from the first entry to beyond the head": lambda: back(0, last + 3),
            "after the head, on another past": another_past,
        }

    def flip(self, messages: int) -> None:
        """Every byte of real messages, none of which headquarters has yet."""
        for number in range(messages):
            self.happen(1)
            with self.post.here():
                packed = steps.pack(steps.begin())
            assert packed is not None
            text = zlib.decompress(packed.sent)
            flipped = (each for each in _flips(packed.sent, self.chance) if not _opens(each, text))
            self._try("a bit flipped on the way", flipped, self.hq, _direct, each_time=False)
            if number % JSON_FLIPS_IN == 0:
                flipped = (closed(each) for each in _flips(text, self.chance))
                self._try("a bit flipped in the text", flipped, self.hq, _direct, each_time=False)
            self.push()

    def answers(self) -> None:
        """What a post hears in answer to its batches and reports."""
        self.happen(1)
        with self.post.here():
            packed = steps.pack(steps.begin())
        assert packed is not None
        with self.hq.here():
            answer = self.desk.take("AKSUU", packed.sent)
            report = self.desk.hear("AKSUU", b'{"at":"2026-01-01T00:00:00+00:00"}')
        for what, said in (("receipt", answer), ("report", report)):
            heard: Callable[[bytes], Any]
            heard = steps.hear_answer if what == "receipt" else steps.hear_report
            forged = [*_flips(said, self.chance), *_spoilt(json.loads(said))]
            if what == "report":
                forged = [each for each in forged if not _is_report(each)]
            self._try(f"a forged {what}", forged, self.post, heard)

    def examine(self) -> list[str]:
        """What is wrong at the end."""
        wrong = []
        for node in (self.hq, self.post):
            with node.here():
                wrong += [f"{node.name}: {fault.text}" for fault in verify().faults]
                wrong += [f"{node.name}: {name} differs" for name in rebuild().differing]
        return wrong

    def _try(
        self,
        what: str,
        forged: Iterable[bytes],
        node: Node,
        hear: Callable[[bytes], Any],
        *,
        each_time: bool = True,
    ) -> None:
        """``each_time``: look after each whether anything was taken, not only after the last."""
        before = _counted(node)
        for each in forged:
            self.tried[what] += 1
            try:
                with node.here():
                    hear(each)
            except (Rejected, BadBatch, steps.Stopped):
                pass
            except Exception as error:
                self.raised.append(f"{what}: {type(error).__name__}: {error}"[:300])
            if each_time and (now := _counted(node)) != before:
                self.taken.append(f"{what}: {_shown(each)}"[:300])
                before = now
        if _counted(node) != before:
            self.taken.append(what)

    def _at_desk(self, forged: bytes) -> None:
        answer = json.loads(self.desk.take("AKSUU", forged))
        if "receipt" in answer:
            self.taken.append(f"answered with a receipt: {_shown(forged)}")
        if answer["refused"]["code"] == "fork":
            self.taken.append(f"taken for a fork: {_shown(forged)}")

    def _anyhow(self, forged: bytes) -> None:
        json.loads(self.desk.take(opened(forged)["node"], forged))

    def _at_post(self, forged: bytes) -> None:
        steps.take(forged)


def _direct(forged: bytes) -> None:
    """Without the desk's notes, which cost most: a million times."""
    receive(decode(forged))


def _counted(node: Node) -> tuple[Any, ...]:
    """What would be other if anything had been taken; cheap, for it is asked each time."""
    with node.here():
        others = ChainHead.objects.exclude(node="HQ") if node.kind == "hq" else ChainHead.objects
        heads = others.order_by("id").values_list("node", "channel", "number", "seal")
        strangers = Entry.objects.exclude(node="HQ") if node.kind == "hq" else Entry.objects
        receipts = tuple(Receipt.objects.values_list("number", "seal"))
        bodies = Body.objects.filter(entry__in=strangers.order_by("-id")[:5]).count()
        return (*heads, strangers.count(), bodies, receipts)


def _flips(message: bytes, chance: random.Random) -> Iterable[bytes]:
    for place in range(len(message)):
        flipped = bytearray(message)
        flipped[place] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


def _opens(flipped: bytes, text: bytes) -> bool:
    """Whether it is the same message: the last byte of what is packed has bits nobody reads."""
    try:
        return zlib.decompress(flipped) == text
    except zlib.error:
        return False


def _spoilt(said: Any) -> Iterable[bytes]:
    """An answer with every field changed, missing, and of every odd type."""
    odd: tuple[Any, ...] = (None, True, -1, 0, 2**53, 1.5, "", [], {}, "\x00", "\ud800", "9" * 999)
    for value in odd:
        yield json.dumps(value).encode()
        for outer in said:
            yield json.dumps({**said, outer: value}).encode()
            if isinstance(said[outer], dict):
                for name in said[outer]:
                    if said[outer][name] is not value:
                        yield json.dumps({**said, outer: {**said[outer], name: value}}).encode()
    yield b"[" * 10_000
    yield b'{"receipt":' + b'{"a":' * 5_000


def _is_report(said: bytes) -> bool:
    """A report is not signed: the line it comes over is. It moves no cursor, and that is all."""
    try:
        return isinstance(json.loads(said), dict)
    except (ValueError, RecursionError):
        return False


def _both_signed(key: str) -> bool:
    """Whether the newest quarantine keeps two statements, both signed with this key."""
    entry = Entry.objects.filter(kind=kind_of(NodeQuarantined)).select_related("body").last()
    said = json.loads(bytes(entry.body.text)) if entry else {}
    for name in ("ours", "theirs"):
        statement = json.loads(said[name])
        signature = statement.pop("signature")
        check_signature(Head(**statement), signature, identity.public_key(key))
    return bool(said["ours"] != said["theirs"])


def _shown(forged: bytes) -> str:
    try:
        return json.dumps(opened(forged))[:200]
    except Exception:
        return repr(forged[:60])


def forge(messages: int, seed: int) -> dict[str, Any]:
    """Runs in the node: forge everything, and count."""
    with Nodes() as nodes:
        field = Field(nodes, seed)
        field.upwards()
        field.downwards()
        wrong = field.fork()
        field.answers()
        field.push()
        field.flip(messages)
        wrong += field.examine()
    return {"tried": field.tried, "taken": field.taken, "raised": field.raised, "wrong": wrong}
