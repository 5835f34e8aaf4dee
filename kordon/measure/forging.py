"""Somebody who forges batches: without the key, and with the key of the node that sends them.

Loaded only inside a temporary node. Each deed yields what it forged; nothing of it may be taken.
"""

import json
import os
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from kordon.accounts.facts import AgencyRegistered, Failure, SignInFailed
from kordon.journal.fact import kind_of
from kordon.journal.facts import NodeEnrolled, NodeKind, NodeRevoked, PersonalDataRead
from kordon.journal.wire import MAX_ENTRIES, MAX_SENT, MAX_UNPACKED, encode
from kordon.measure.scribe import ANYTHING, Scribe, closed, opened

Forged = Iterator[bytes]
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**31, 2**53, 10**30, "", "x" * 2000, "\x00", "\ud800"),
    *([], [1], {}, {"a": 1}),
)
DEEP = 100_000


class Forger:
    """Forges in the name of one node. ``true`` continues its chain with its own key."""

    def __init__(self, true: Callable[[], Scribe], chance: random.Random, strangers: "Strangers"):
        self.true, self.chance, self.strangers = true, chance, strangers
        self.deeds: dict[str, Callable[[], Forged]] = {
            "noise, emptiness": self.noise,
            "truncated": self.truncate,
            "a bomb, too many, too large": self.grow,
            "nested too deeply": self.nest,
            "a wrong type in every field": self.odd_types,
            "a field missing, another too many": self.odd_fields,
            "numbers nobody counts with": self.odd_numbers,
            "NUL, half a surrogate pair": self.odd_text,
            "signed by nobody, or by somebody else": self.sign_badly,
            "in the name of another node": self.speak_for_others,
            "the head of another run": self.other_heads,
            "changed after it was signed": self.change,
            "lines exchanged, left out, doubled": self.shuffle,
            "a body that is not what was sealed": self.bad_bodies,
            "a body left out": self.no_body,
            "a body not canonical, or with a key twice": self.not_canonical,
            "a body that is no such fact": self.no_such_fact,
            "from the future, or of no time at all": self.odd_times,
            "an actor that is none": self.odd_actor,
            "a channel it does not write": self.other_channels,
            "what only headquarters says": self.decide,
            "about another post": self.about_others,
            "a number left out": self.leave_gap,
        }

    def noise(self) -> Forged:
        yield b""
        for size in (1, 10, 1000):
            yield self.chance.randbytes(size)
            yield zlib.compress(self.chance.randbytes(size))
        for text in (
            b"null",
            b"[]",
            b"{}",
            b'{"v":1}',
            b"1e999",
            b"NaN",
            b"\xff\xfe{",
            b"1" * 5000,
        ):
            yield closed(text)

    def truncate(self) -> Forged:
        whole = self.one()
        for end in range(len(whole)):
            yield whole[:end]
        yield whole + b"x"
        yield whole * 2

    def grow(self) -> Forged:
        yield zlib.compress(b" " * (MAX_UNPACKED + 1))
        yield zlib.compress(b"[" + b"0," * (MAX_UNPACKED // 2))
        yield os.urandom(MAX_SENT + 1)
        scribe = self.true()
        lines = [scribe.line()] * (MAX_ENTRIES + 1)
        yield encode(scribe.batch(*lines))
        large = f'{{"about":[],"found":1,"query":"{"x" * 600_000}"}}'
        yield encode(scribe.batch(scribe.line(text=large)))

    def nest(self) -> Forged:
        yield closed(b"[" * DEEP + b"]" * DEEP)
        yield closed(b'{"a":' * DEEP + b"1" + b"}" * DEEP)
        scribe = self.true()
        for depth in (200, 2_000, DEEP):
            yield encode(scribe.batch(scribe.line(text="[" * depth + "]" * depth)))
            about = f'{{"about":{"[" * depth}{"]" * depth},"found":1,"query":"x"}}'
            yield encode(scribe.batch(scribe.line(text=about)))

    def odd_types(self) -> Forged:
        said = opened(self.one())
        for value in ODD_VALUES:
            for name in said:
                if said[name] is not value:
                    yield closed({**said, name: value})
            for name in said["head"]:
                yield closed({**said, "head": {**said["head"], name: value}})
                if said["before"] and name != "incarnation":
                    yield closed({**said, "before": {**said["before"], name: value}})
            for place in range(len(said["lines"][0])):
                line = list(said["lines"][0])
                if line[place] != value:
                    line[place] = value
                    yield closed({**said, "lines": [line]})

    def odd_fields(self) -> Forged:
        said = opened(self.one())
        for name in said:
            yield closed({key: value for key, value in said.items() if key != name})
        for name in said["head"]:
            head = {key: value for key, value in said["head"].items() if key != name}
            yield closed({**said, "head": head})
        yield closed({**said, "more": 1})
        yield closed({**said, "head": {**said["head"], "more": 1}})
        yield closed({**said, "lines": [said["lines"][0][:-1]]})
        yield closed({**said, "lines": [[*said["lines"][0], ""]]})
        text = json.dumps(said).encode()
        yield closed(text[:-1] + b',"node":"OTHER"}')

    def odd_numbers(self) -> Forged:
        for number in (0, -1, 2**53, 2**63, 2**64, True, 1.0, "1", None):
            said = opened(self.one())
            said["first"] = said["head"]["number"] = number
            yield closed(said)
        for life in (0, -1, 2**31, 2**53):
            said = opened(self.one())
            said["incarnation"] = said["head"]["incarnation"] = life
            yield closed(said)

    def odd_text(self) -> Forged:
        for text in ("a\x00b", "\ud800", "\udfff\ud800", "x\x00"):
            for place in range(9):
                said = opened(self.one())
                said["lines"][0][place] = text
                yield closed(said)
            said = opened(self.one())
            said["channel"] = said["head"]["channel"] = text
            yield closed(said)
        scribe = self.true()
        for body in ('{"about":["\\u0000"],"found":1,"query":"x"}', '["\\ud800"]'):
            yield encode(scribe.batch(scribe.line(text=body)))

    def sign_badly(self) -> Forged:
        for key in (Ed25519PrivateKey.generate(), *self.strangers.keys):
            scribe = replace(self.true(), key=key)
            yield encode(scribe.batch(scribe.line()))
        said = opened(self.one())
        for signature in ("0" * 128, said["head"]["signature"].upper(), "f" * 128):
            if signature != said["head"]["signature"]:
                yield closed({**said, "head": {**said["head"], "signature": signature}})

    def speak_for_others(self) -> Forged:
        for name in self.strangers.names:
            scribe = replace(self.true(), node=name)
            yield encode(scribe.batch(scribe.line(post="")))

    def other_heads(self) -> Forged:
        scribe = self.true()
        batch = scribe.batch(scribe.line(), scribe.line())
        true = batch.head.head
        for change in (
            {"number": true.number + 1},
            {"number": max(1, true.number - 1)},
            {"channel": "home"},
            {"node": "OTHER"},
            {"incarnation": true.incarnation + 1},
            {"seal": "0" * 64},
        ):
            yield encode(replace(batch, head=scribe.sign(replace(true, **change))))
        if batch.before:
            yield encode(replace(batch, before=None))
            yield encode(replace(batch, before=replace(batch.before, signature="0" * 128)))

    def change(self) -> Forged:
        said = opened(self.one())
        for place, value in enumerate(said["lines"][0]):
            line = list(said["lines"][0])
            line[place] = _other(value)
            yield closed({**said, "lines": [line]})

    def shuffle(self) -> Forged:
        scribe = self.true()
        batch = scribe.batch(*[scribe.line() for _ in range(3)])
        one, two, three = batch.lines
        for lines in ((two, one, three), (one, three), (one, one, three), (one, two, two)):
            yield encode(replace(batch, lines=lines))

    def bad_bodies(self) -> Forged:
        scribe = self.true()
        line = scribe.line()
        other = scribe.line(PersonalDataRead(query="other", about=(), found=2))
        for salt, text, hashed in (
            (line.salt, other.text, line.body_hash),
            (other.salt, line.text, line.body_hash),
            (line.salt, line.text, other.body_hash),
            (line.salt, line.text, "0" * 64),
            (line.salt, line.text, "not a hash"),
        ):
            yield encode(scribe.batch(line._replace(salt=salt, text=text, body_hash=hashed)))

    def no_body(self) -> Forged:
        scribe = self.true()
        line = scribe.line()._replace(salt=None, text=None)
        yield encode(scribe.batch(line))
        yield encode(scribe.batch(scribe.line(), line))

    def not_canonical(self) -> Forged:
        scribe = self.true()
        for text in (
            '{"about":[],"found":1, "query":"x"}',
            '{"query":"x","found":1,"about":[]}',
            '{"about":[],"found":1.0,"query":"x"}',
            '{"about":[],"found":1,"found":1,"query":"x"}',
            '{"about":[],"found":1,"query":"\\u0041"}',
            '{"about":[],"found":1e999,"query":"x"}',
            '{"about":[],"found":NaN,"query":"x"}',
            '{"about":[],"found":-0,"query":"x"}',
            '\ufeff{"about":[],"found":1,"query":"x"}',
            '{"about":[],"found":1,"query":"x"}\n',
            "",
        ):
            yield encode(scribe.batch(scribe.line(text=text)))

    def no_such_fact(self) -> Forged:
        scribe = self.true()
        for text in ("{}", "[]", "null", '""', '{"about":1,"found":[],"query":{}}'):
            yield encode(scribe.batch(scribe.line(text=text)))
        for text in ("{}", '{"address":"x","failure":"none","person":"x","session":null}'):
            yield encode(scribe.batch(scribe.line(text=text, kind=kind_of(SignInFailed))))

    def odd_times(self) -> Forged:
        now = timezone.now()
        late = (now + timedelta(days=1)).isoformat(), (now + timedelta(hours=1)).isoformat()
        words = ("", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z")
        edges = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        for at in (*late, *words, *edges, "2026-01-01T05:00:00+05:00"):
            scribe = self.true()
            if at:
                yield encode(scribe.batch(scribe.line(at=at)))
                yield encode(scribe.batch(scribe.line(at=at), scribe.line()))

    def odd_actor(self) -> Forged:
        scribe = self.true()
        for by in (
            "",
            "root",
            str(UUID(int=10)).upper(),
            "{" + str(UUID(int=1))[1:],
            "0" * 36,
        ):
            yield encode(scribe.batch(scribe.line(by=by)))

    def other_channels(self) -> Forged:
        for channel in ("home", "all", "public", "post-OTHER", "UP", "up ", "nothing"):
            scribe = replace(self.true(), channel=channel)
            yield encode(scribe.batch(scribe.line()))

    def decide(self) -> Forged:
        scribe = self.true()
        key = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
        post = NodeKind.POST
        for fact in (
            AgencyRegistered(agency="TAX", name="Customs"),
            NodeEnrolled(node="OTHER", node_kind=post, incarnation=1, public_key=key),
            NodeRevoked(node="SARYTAL", reason="gone"),
        ):
            yield encode(scribe.batch(scribe.line(fact)))
            yield encode(scribe.batch(scribe.line(), scribe.line(fact)))

    def about_others(self) -> Forged:
        scribe = self.true()
        for post in self.strangers.names:
            yield encode(scribe.batch(scribe.line(post=post)))

    def leave_gap(self) -> Forged:
        scribe = self.true()
        scribe.go_on(scribe.batch(scribe.line()))
        yield encode(scribe.batch(scribe.line()))

    def one(self) -> bytes:
        scribe = self.true()
        failed = SignInFailed(person=None, address="::1", failure=Failure.UNKNOWN_LOGIN)
        return encode(scribe.batch(scribe.line(self.chance.choice((ANYTHING, failed)))))


class Strangers(NamedTuple):
    """Names and keys that are not the forger's own, or no more."""

    names: tuple[str, ...]
    keys: tuple[Ed25519PrivateKey, ...]


def _other(value: str) -> str:
    """Another value of the same looks."""
    last = value[-1:] or "x"
    return value[:-1] + ("1" if last == "0" else "0")
