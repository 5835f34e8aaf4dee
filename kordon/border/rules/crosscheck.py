"""What several sources say of one document and its holder, compared field by field.

The library compares and weighs; here is what a disagreement means at a booth. Whom a state wrote
down twice in two ways goes to second line; how somebody else spelled a name sends nobody there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from kordon.border.facts import (
    CrossAgreement,
    CrossDifference,
    CrossTold,
    DocumentCrossChecked,
    EarlierCrossing,
    Finding,
    Identity,
    Level,
    Source,
)
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.presenting import Presented
from kordon.border.rules.seal import read_or_none
from kordon.lib.screening import compare_names
from kordon.lib.traveldocs import Format, PartialDate, read_mrz
from kordon.lib.traveldocs.chip import ChipError, read_dg1, read_dg11
from kordon.lib.traveldocs.crosscheck import (
    Agreement,
    Code,
    CrossCheck,
    Record,
    Told,
    Weight,
    cross_check,
    record_of,
)
from kordon.lib.traveldocs.crosscheck import Finding as Differing
from kordon.lib.traveldocs.crosscheck import Source as Teller
from kordon.lib.traveldocs.seal import JSONSeal

ALIKE = 0.85
"""From this score of the name comparison on, two names may be one in two spellings."""
LONGEST_NAME = 30
"""A zone has 31 places for names at least: one that fills nearly as many may be cut."""
LONGEST_VALUE = 120
VISAS = frozenset({Format.MRVA, Format.MRVB})
NAMES = frozenset({Code.SURNAME, Code.GIVEN_NAMES})
LOOSE_NAMES = frozenset({Code.GIVEN_NAMES_FEWER, Code.NAMES_DIVIDED})
ANOTHER_HOLDER = frozenset({Code.SURNAME, Code.GIVEN_NAMES, Code.BIRTH, Code.NAME_NOT_COMPARED})
BY_HAND = frozenset({Teller.TYPED, Teller.EARLIER})
SAME_DOCUMENT = frozenset({Teller.CHIP, Teller.ZONE})
_DATE = re.compile(r"(\d{4}|\?{4})-(\d\d|\?\?)-(\d\d|\?\?)")


@dataclass(frozen=True, kw_only=True)
class EarlierTold:
    """An earlier crossing, and who the traveller was by it."""

    crossing: EarlierCrossing
    identity: Identity


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything that tells of the document. ``seal`` is what a seal says of the holder and of
    this very document: of a visa's seal not the visa's own number and dates.
    """

    presented: Presented
    chip: ChipPresented | None = None
    seal: Record | None = None
    earlier: tuple[EarlierTold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CrossChecked:
    """What was compared. ``earlier`` pairs a crossing with what it says; ``same_holder`` are
    earlier crossings of this document under a name or birth that is only written otherwise.
    ``over_zone`` is what was typed against the zone of the check alone.
    """

    tellers: tuple[str, ...]
    document: CrossCheck
    earlier: tuple[tuple[EarlierTold, CrossCheck], ...]
    over_zone: CrossCheck

    @property
    def same_holder(self) -> frozenset[UUID]:
        return frozenset(
            told.crossing.crossing
            for told, said in self.earlier
            if told.crossing.same_document
            and not any(_of_another_holder(each) for each in said.findings)
        )

    @property
    def differences(self) -> Iterator[tuple[EarlierTold | None, Differing]]:
        """Each with the earlier crossing that it is about."""
        yield from ((None, each) for each in self.document.findings)
        for told, said in self.earlier:
            yield from ((told, each) for each in said.findings)

    @property
    def agreements(self) -> Iterator[tuple[EarlierTold | None, Agreement]]:
        """Each with the earlier crossing that it is about."""
        yield from ((None, each) for each in self.document.agreements)
        for told, said in self.earlier:
            yield from ((told, each) for each in said.agreements)

    @property
    def says_something(self) -> bool:
        """Whether the record is worth keeping: more was compared than the zone with ourselves."""
        return bool(self.document.agreements) or any(
            each.code is not Code.OTHER_DOCUMENT for _, each in self.differences
        )

    def typed_agrees(self, field: str) -> bool:
        """Whether what was typed over the zone is what the zone says, written otherwise."""
        return any(each.field == field for each in self.over_zone.agreements)

    def typed_differs(self, field: str) -> bool:
        """Whether a finding here says that what was typed is something else."""
        return any(
            each.other.source is Teller.TYPED
            and (each.field == field or (each.field == "name" and field in NAME_FIELDS))
            for each in self.document.findings
        )


NAME_FIELDS = ("surname", "given_names")


def cross_check_document(it: Sources, *, on: date) -> CrossChecked:
    """Compare all that was told. Never raises."""
    records = tuple(_records(it, on))
    earlier = []
    for told in it.earlier:
        said = cross_check([*_asked_about(records), _earlier_record(told.identity, records)])
        earlier.append((told, said))
    tellers = [str(each.source) for each in records] + ["EARLIER"] * bool(earlier)
    return CrossChecked(
        tellers=tuple(tellers),
        document=cross_check(records),
        earlier=tuple(earlier),
        over_zone=cross_check(tuple(_typed_over(it.presented))),
    )


def about_cross_check(
    it: CrossChecked, proven: Collection[str] = (), *, seal_compared: bool = False
) -> Iterator[Finding]:
    """What the officer is told: each disagreement once, nothing where all agrees.

    ``proven`` are fields of the zone whose check digit holds: what is typed otherwise there is
    told as the page against the zone. ``seal_compared``: the seal's own verification says
    where it differs from the zones.
    """
    for told, each in it.differences:
        if each.code is Code.OTHER_DOCUMENT:
            continue  # told with the earlier crossings
        if each.other.source is Teller.TYPED and each.field in proven:
            continue
        if seal_compared and each.other.source is Teller.SEAL:
            continue
        yield _finding(each, told)


def compared_protocol(check: UUID, it: CrossChecked) -> DocumentCrossChecked:
    """Everything that was compared, as a fact."""
    return DocumentCrossChecked(
        check=check,
        tellers=it.tellers,
        differences=tuple(
            CrossDifference(
                code=str(each.code),
                weight=str(weigh(each, told)),
                field=each.field,
                one=_said_by(each.one, None),
                other=_said_by(each.other, told),
            )
            for told, each in it.differences
        ),
        agreements=tuple(
            CrossAgreement(
                field=each.field,
                same=str(each.same),
                one=_said_by(each.one, None),
                other=_said_by(each.other, told),
            )
            for told, each in it.agreements
        ),
    )


def weigh(each: Differing, told: EarlierTold | None) -> Weight:
    """The library's weight, less where honest travellers differ with every journey."""
    tellers = {each.one.source, each.other.source}
    if told is not None and not told.crossing.same_document:
        return Weight.NOTE  # presumed to be the same person, and no more
    if each.code in LOOSE_NAMES and tellers & BY_HAND:
        return Weight.NOTE
    if each.code in NAMES and tellers != SAME_DOCUMENT:
        # Two who write a name down transliterate it each in their own way.
        return Weight.NOTE if alike(each.one.value, each.other.value) else Weight.LOOK
    return each.weight


def alike(one: str, other: str) -> bool:
    """Whether two spellings may be of one name: Aitmatov and Aytmatov."""
    return compare_names(one, other).score >= ALIKE


def _records(it: Sources, on: date) -> Iterator[Record]:
    reading, chip = it.presented.reading, it.chip
    if chip is not None:
        yield from _chip_records(chip, on)
    if reading is not None and reading.format not in VISAS and not (chip and chip.gives_zone):
        yield record_of(Teller.ZONE, reading)
    if it.seal is not None:
        yield it.seal
    if typed := _typed(it.presented):
        yield typed


def _chip_records(chip: ChipPresented, on: date) -> Iterator[Record]:
    """DG1, and the name and birth in DG11. DG12 tells nothing that another source tells."""
    groups = chip.files.groups
    with suppress(ChipError):
        yield record_of(Teller.CHIP, read_dg1(groups.get(1, b""), on=on))
    try:
        details = read_dg11(groups.get(11, b""))
    except ChipError:
        return
    surname, divided, given = details.full_name.partition("<<")
    named = bool(divided)  # else nobody knows which part is the surname
    yield Record(
        source=Teller.DETAILS,
        surname=_spaced(surname) if named else "",
        given_names=_spaced(given) if named else "",
        births=(details.birth,) if details.birth else (),
    )


def told_by_seal(octets: bytes, *, on: date) -> Record | None:
    """What a seal says of its holder and the passport; None where it cannot be read.

    Number and dates in the zone of a visa are the visa's own and not told.
    """
    held = read_or_none(octets)
    if isinstance(held, JSONSeal):
        surname, _, given = str(held.person.get("n", "")).upper().partition("  ")
        birth = _partial(held.birth.isoformat()) if held.birth else None
        return Record(
            source=Teller.SEAL,
            surname=surname.strip() if given else "",
            given_names=given.strip(),
            number=str(held.person.get("i", "")),
            births=(birth,) if birth else (),
            sex=str(held.person.get("sex", "")).upper(),
        )
    if held is None:
        return None
    number = held.values.get("passport_number") or held.values.get("document_number") or ""
    told = Record(source=Teller.SEAL, number=str(number))
    first, _, second = held.zone.partition("\n")
    if not second:
        return told
    zone = record_of(Teller.SEAL, read_mrz((first, second.ljust(len(first), "<")), on=on))
    return replace(zone, number=told.number, document_code="", issuer="", expiry=None)


def _typed(it: Presented) -> Record | None:
    """The whole document where it was typed; beside a zone what was typed otherwise."""
    if it.reading is None:
        return _record(Teller.TYPED, it.identity)
    fields = {each.field for each in it.corrections}
    if fields & set(NAME_FIELDS):
        fields |= set(NAME_FIELDS)  # a name is compared as a whole
    if not fields:
        return None
    return _record(
        Teller.TYPED, Identity(**{name: getattr(it.identity, name) for name in sorted(fields)})
    )


def _earlier_record(who: Identity, shown: Sequence[Record]) -> Record:
    """A code of one letter tells the kind alone: what was P before may be PP now."""
    said = _record(Teller.EARLIER, who)
    kind = said.document_code
    if len(kind) == 1 and any(each.document_code.startswith(kind) for each in shown):
        return replace(said, document_code="")
    return said


def _record(source: Teller, who: Identity) -> Record:
    birth = _partial(who.birth)
    return Record(
        source=source,
        surname=who.surname,
        given_names=who.given_names,
        cut=source is Teller.EARLIER and len(f"{who.surname}  {who.given_names}") >= LONGEST_NAME,
        number=who.number,
        document_code=who.document_type,
        issuer=who.issuer,
        nationality=who.nationality,
        births=(birth,) if birth else (),
        sex=who.sex,
        expiry=_partial(who.expiry),
    )


def _partial(text: str) -> PartialDate | None:
    found = _DATE.fullmatch(text)
    if found is None or text == "????-??-??":
        return None
    return PartialDate(*(int(part) if part.isdigit() else None for part in found.groups()))


def _typed_over(it: Presented) -> Iterator[Record]:
    if it.reading is not None and it.corrections:
        yield record_of(Teller.ZONE, it.reading)
        if typed := _typed(it):
            yield typed


def _asked_about(records: Sequence[Record]) -> tuple[Record, ...]:
    """Of the sources the one by which earlier crossings were looked for."""
    for source in (Teller.ZONE, Teller.TYPED):
        if found := tuple(each for each in records if each.source is source):
            return found
    return tuple(records[:1])


def _of_another_holder(each: Differing) -> bool:
    if each.code in NAMES:
        return not alike(each.one.value, each.other.value)
    return each.code in ANOTHER_HOLDER


LEVELS = {Weight.GRAVE: Level.STOP, Weight.LOOK: Level.LOOK, Weight.NOTE: Level.NOTE}


def _finding(each: Differing, told: EarlierTold | None) -> Finding:
    weight = weigh(each, told)
    params = {
        "one": str(each.one.source),
        "ours": _clean(each.one.value),
        "other": str(each.other.source),
        "theirs": _clean(each.other.value),
    }
    if told is not None:
        params |= {"at": told.crossing.crossed_at.isoformat(), "post": told.crossing.post}
    code = f"cross_{each.code.lower()}"
    if weight is Weight.NOTE and each.code in NAMES and each.weight is not Weight.NOTE:
        code = "cross_name_alike" if told is None or told.crossing.same_document else code
    return Finding(
        code=code,
        level=LEVELS[weight],
        source=Source.CROSS_CHECK,
        params=params,
        advice=_advice(each, weight),
    )


def _advice(each: Differing, weight: Weight) -> str:
    if weight is Weight.NOTE:
        return ""
    if weight is Weight.GRAVE:
        return "second_line"
    tellers = {each.one.source, each.other.source}
    if each.code is Code.NUMBER_LOOKALIKE and Teller.TYPED not in tellers:
        return "read_again"
    return "ask" if each.other.source is Teller.EARLIER else "compare_page"


def _said_by(it: Told, told: EarlierTold | None) -> CrossTold:
    return CrossTold(
        source=str(it.source),
        value=_clean(it.value),
        crossing=told.crossing.crossing if told else None,
        at=told.crossing.crossed_at if told else None,
        post=told.crossing.post if told else "",
    )


def _spaced(name: str) -> str:
    return " ".join(name.replace("<", " ").split())


def _clean(text: str) -> str:
    """What a chip or a seal says in a fact: bounded, and without what no node could take."""
    return "".join(each if each.isprintable() else "?" for each in text)[:LONGEST_VALUE]
