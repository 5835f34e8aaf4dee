"""Somebody who can write to the database behind the journal's back, and knows how it is made.

Loaded only inside the temporary node of ``kordon prove journal``.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kordon.journal import identity, sealing
from kordon.journal.actor import Actor
from kordon.journal.facts import BodiesErased, NodeIntroduced, PersonalDataRead
from kordon.journal.models import Body, ChainHead, Entry, Erasure
from kordon.journal.reacting import SYSTEM
from kordon.journal.writing import record, signed_part, writing


def write_journal(entries: int) -> None:
    by, me = Actor(id=SYSTEM, name="proof", post="NORTH"), identity.mine()
    with writing():
        key = NodeIntroduced(node=me.node, incarnation=me.incarnation, public_key=me.public_key)
        record(key, by=by)
    for found in range(entries):
        with writing():
            about = (f"document:UTO/L{found:07}",)
            record(PersonalDataRead(query="border.find", about=about, found=found), by=by)
    with writing():
        record(BodiesErased(channel="up", first=5, last=6, rule="proof"), by=by)


Made = tuple[str, bool]
"""What was done, and whether only a head kept elsewhere can tell."""


class Forger:
    """Somebody who can write to the database, and knows the house."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.deeds: dict[str, Callable[[], Made]] = {
            "a column changed": self.change_column,
            "a body changed": self.change_body,
            "a body taken": self.take_body,
            "a body taken, an erasure forged": self.forge_erasure,
            "an entry deleted": self.delete,
            "an entry deleted, the rest renumbered and sealed anew": self.delete_and_reseal,
            "an entry inserted": self.insert,
            "an entry inserted, the rest sealed anew": self.insert_and_reseal,
            "two entries exchanged": self.exchange,
            "what an entry says changed, the rest sealed anew": self.change_and_reseal,
            "the same, and signed with the node's own key": self.change_reseal_and_sign,
            "a tail cut": self.cut_tail,
            "a tail cut, the head of that time put back": self.cut_tail_with_head,
            "the head changed": self.change_head,
        }

    def change_column(self) -> Made:
        entry = self._one()
        column = self.chance.choice(COLUMNS)
        old = getattr(entry, column)
        new = _other(old, self.chance)
        _update(entry, **{column: new})
        return f"{entry.number} {column} {old!r} to {new!r}", False

    def change_body(self) -> Made:
        entry = self._one(with_body=True)
        text = bytearray(entry.body.text)
        text[self.chance.randrange(len(text))] ^= 1 << self.chance.randrange(8)
        self._body(entry).update(text=bytes(text))
        return f"{entry.number}", False

    def take_body(self) -> Made:
        entry = self._one(with_body=True)
        self._body(entry).delete()
        return f"{entry.number}", False

    def forge_erasure(self) -> Made:
        entry = self._one(with_body=True)
        self._body(entry).delete()
        Erasure.objects.create(
            channel=entry.channel, first=entry.number, last=entry.number, rule="forged"
        )
        return f"{entry.number}", False

    def delete(self) -> Made:
        entry = self._one()
        _delete([entry])
        return f"{entry.number}", False

    def delete_and_reseal(self) -> Made:
        entry = self._one()
        _delete([entry])
        for later in _entries().filter(number__gt=entry.number).order_by("number"):
            _update(later, number=later.number - 1)
        self._reseal()
        return f"{entry.number}", False

    def insert(self) -> Made:
        return f"{self._inserted().number}", False

    def insert_and_reseal(self) -> Made:
        entry = self._inserted()
        self._reseal()
        return f"{entry.number}", False

    def exchange(self) -> Made:
        one, two = self.chance.sample(list(_entries()), 2)
        _update(one, number=10_000)
        _update(two, number=one.number)
        _update(one, number=two.number)
        return f"{one.number} and {two.number}", False

    def change_and_reseal(self) -> Made:
        entry = self._one(with_body=True)
        text = bytes(entry.body.text).replace(b'"found":', b'"found":1')
        salt = sealing.new_salt()
        self._body(entry).update(text=text, salt=salt)
        _update(entry, body_hash=sealing.body_hash(salt, text), by_name="Somebody Else")
        self._reseal()
        return f"{entry.number}", False

    def change_reseal_and_sign(self) -> Made:
        """A forger who took the whole machine; only what is kept elsewhere can tell."""
        described, _ = self.change_and_reseal()
        head = ChainHead.objects.get()
        head.signature = sealing.sign(signed_part(head), identity.mine().key)
        head.save()
        return described, True

    def cut_tail(self) -> Made:
        cut = self._cut()
        return f"after {cut}", False

    def cut_tail_with_head(self) -> Made:
        """The strongest: an old copy of the database with its then valid head put back."""
        cut = self._cut()
        last = _entries().get(number=cut)
        head = ChainHead.objects.get(channel=last.channel)
        head.number, head.seal, head.at = last.number, last.seal, last.at
        head.signature = sealing.sign(signed_part(head), identity.mine().key)
        head.save()
        return f"after {cut}", True

    def change_head(self) -> Made:
        head = ChainHead.objects.get()
        column = self.chance.choice(["number", "seal", "signature", "incarnation", "node"])
        setattr(head, column, _other(getattr(head, column), self.chance))
        head.save()
        return column, False

    def _one(self, *, with_body: bool = False) -> Any:
        entries = _entries().filter(body__isnull=False) if with_body else _entries()
        return self.chance.choice(list(entries.select_related("body")))

    def _inserted(self) -> Any:
        """An entry made up well: it has a body, a hash, a time between its neighbours."""
        before = self._one(with_body=True)
        for later in _entries().filter(number__gt=before.number).order_by("-number"):
            _update(later, number=later.number + 1)
        salt, text = bytes(before.body.salt), bytes(before.body.text)
        entry = _entries().get(id=before.id)
        entry.id, entry.number = None, before.number + 1
        entry._state.adding = True
        entry.save(force_insert=True)
        Body.objects.create(entry=entry, salt=salt, text=text)
        return entry

    def _cut(self) -> int:
        last = _entries().count()
        cut = self.chance.randrange(1, last)
        _delete(list(_entries().filter(number__gt=cut)))
        return cut

    def _body(self, entry: Any) -> Any:
        return Body.objects.filter(entry=entry)

    def _reseal(self) -> None:
        """Every seal as it would be had the journal always been so; the head cannot be signed."""

        seal = sealing.NO_SEAL
        for entry in _entries().order_by("number"):
            seal = sealing.seal(seal, entry.header)
            _update(entry, seal=seal)
        ChainHead.objects.update(number=_entries().count(), seal=seal)


COLUMNS = (
    *("node", "incarnation", "channel", "number", "kind", "at", "by", "by_name"),
    *("agency", "post", "booth", "cause", "body_hash", "seal"),
)


def _entries() -> Any:
    return Entry.objects.order_by("number")


def _update(entry: Any, **changes: Any) -> None:
    _entries().filter(id=entry.id).update(**changes)


def _delete(entries: list[Any]) -> None:
    ids = [entry.id for entry in entries]
    Body.objects.filter(entry_id__in=ids).delete()
    _entries().filter(id__in=ids)._raw_delete("default")


def _other(value: Any, chance: random.Random) -> Any:
    """Something of the same type that is not the same."""

    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.randint(1, 10**9))
    if isinstance(value, UUID):
        return UUID(int=value.int ^ (1 << chance.randrange(128)))
    if isinstance(value, int):
        return value + chance.randint(1, 1000)
    at = chance.randrange(len(value)) if value else 0
    letter = chance.choice([other for other in "0123456789abcdef" if other != value[at : at + 1]])
    return value[:at] + letter + value[at + 1 :]
