"""Are the data groups the ones that were signed, and do they fit EF.COM and the printed zone?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hmac import compare_digest

from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.face import read_dg2
from kordon.lib.traveldocs.chip.groups import (
    read_com,
    read_dg1,
    read_dg11,
    read_dg12,
    read_dg15,
)
from kordon.lib.traveldocs.chip.keys import digest_of
from kordon.lib.traveldocs.chip.outcome import Finding, Result, Step
from kordon.lib.traveldocs.chip.security_infos import read_dg14
from kordon.lib.traveldocs.chip.security_object import SecurityObject
from kordon.lib.traveldocs.chip.tlv import MAX_FILE
from kordon.lib.traveldocs.mrz import Reading
from kordon.lib.traveldocs.verdicts import Field

_READERS: dict[int, Callable[[bytes], object]] = {
    2: read_dg2,
    11: read_dg11,
    12: read_dg12,
    14: read_dg14,
    15: read_dg15,
}
_GUARDED = (3, 4)
"""Fingers and irises, which only terminals with the state's permission may read."""


@dataclass(frozen=True, slots=True)
class ChipFiles:
    """The files of a chip as read, octet by octet; what was not read is absent."""

    sod: bytes | None = field(default=None, repr=False)
    com: bytes | None = field(default=None, repr=False)
    groups: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    """Number of a data group (1 to 16) → its whole file."""


@dataclass(slots=True)
class Contents:
    """What was found about the data groups, and what other steps need of them."""

    findings: list[Finding] = field(default_factory=list)
    digests_hold: dict[int, bool] = field(default_factory=dict)
    dg1: Reading | None = None
    issued: date | None = None

    def add(
        self, step: Step, result: Result, code: Code, text: str, group: int | None = None
    ) -> None:
        self.findings.append(Finding(step, result, code, text, group))


def nothing_looked_at() -> Contents:
    """For EF.SOD by itself."""
    found = Contents()
    for step in (Step.HASHES, Step.COMMON, Step.ZONE):
        found.add(step, Result.NOT_DONE, Code.OK, "only EF.SOD was handed in")
    return found


def look(files: ChipFiles, sod: SecurityObject, *, on: date, mrz: Reading | None) -> Contents:
    """Steps HASHES, COMMON and ZONE."""
    found = Contents()
    for number in sorted({1, *sod.hashes, *files.groups}):
        _hash(found, number, files.groups.get(number), sod)
    for number in sorted(files.groups):
        if found.digests_hold.get(number):
            _parse(found, number, files.groups[number], on)
    _common(found, files, sod)
    _zone(found, mrz)
    return found


def _hash(found: Contents, number: int, data: bytes | None, sod: SecurityObject) -> None:
    expected = sod.hashes.get(number)
    if expected is None and data is None:
        text = "EF.SOD signs no DG1, which every document must have"
        found.add(Step.HASHES, Result.FAILED, Code.DG_NOT_IN_SOD, text, number)
    elif expected is None:
        text = f"DG{number} is on the chip and not signed"
        found.add(Step.HASHES, Result.FAILED, Code.DG_NOT_IN_SOD, text, number)
    elif data is None:
        result = Result.UNKNOWN if number == 1 else Result.REMARK
        why = "which needs the state's permission" if number in _GUARDED else "though it is signed"
        text = f"DG{number} was not read, {why}"
        found.add(Step.HASHES, result, Code.DG_MISSING, text, number)
    elif len(data) > MAX_FILE:
        text = f"DG{number} is larger than {MAX_FILE} octets"
        found.add(Step.HASHES, Result.FAILED, Code.READ_TOO_LARGE, text, number)
    else:
        good = compare_digest(digest_of(sod.hash, data), expected)
        found.digests_hold[number] = good
        if good:
            found.add(Step.HASHES, Result.PASSED, Code.OK, f"DG{number} is unchanged", number)
        else:
            text = f"DG{number} is not the one that was signed"
            found.add(Step.HASHES, Result.FAILED, Code.DG_HASH_MISMATCH, text, number)


def _parse(found: Contents, number: int, data: bytes, on: date) -> None:
    """A group that is signed and yet malformed is the state's mistake: a remark, DG1 excepted."""
    try:
        if number == 1:
            found.dg1 = read_dg1(data, on=on)
        elif number == 12:
            found.issued = read_dg12(data).issued
        elif number in _READERS:
            _READERS[number](data)
    except ChipError as error:
        result = Result.UNKNOWN if number == 1 else Result.REMARK
        found.add(Step.HASHES, result, Code.DG_PARSE, f"DG{number}: {error.text}", number)


def _common(found: Contents, files: ChipFiles, sod: SecurityObject) -> None:
    if files.com is None:
        found.add(Step.COMMON, Result.NOT_DONE, Code.OK, "EF.COM was not handed in")
        return
    try:
        common = read_com(files.com)
    except ChipError as error:
        found.add(Step.COMMON, Result.REMARK, Code.DG_PARSE, f"EF.COM: {error.text}")
        return
    before = len(found.findings)
    for number in sorted(set(common.groups) - set(sod.hashes)):
        text = f"EF.COM lists DG{number}, which is not signed"
        found.add(Step.COMMON, Result.FAILED, Code.DG_NOT_IN_SOD, text, number)
    for number in sorted(set(sod.hashes) - set(common.groups)):
        text = f"DG{number} is signed, EF.COM does not list it"
        found.add(Step.COMMON, Result.REMARK, Code.DG_NOT_IN_COM, text, number)
    if len(found.findings) == before:
        found.add(Step.COMMON, Result.PASSED, Code.OK, "EF.COM and EF.SOD list the same")


def _zone(found: Contents, mrz: Reading | None) -> None:
    dg1 = found.dg1
    if dg1 is None or mrz is None:
        missing = "the printed zone" if mrz is None else "DG1"
        found.add(Step.ZONE, Result.NOT_DONE, Code.OK, f"{missing} was not read")
        return
    if mrz.lines == dg1.lines:
        found.add(Step.ZONE, Result.PASSED, Code.OK, "the printed zone is that of DG1")
    else:
        ours = mrz.fields
        names = [name for name, each in dg1.fields.items() if _raw(ours.get(name)) != each.raw]
        text = f"printed zone and DG1 differ: {', '.join(names) or 'format'}"
        found.add(Step.ZONE, Result.FAILED, Code.XCHK_MRZ_DG1, text)
    if dg1.expiry is not None and _is_over(dg1):
        text = f"the document expired on {dg1.expiry}"
        found.add(Step.ZONE, Result.REMARK, Code.XCHK_EXPIRED_DOC, text)


def _raw(printed: Field | None) -> str:
    return "" if printed is None else printed.raw


def _is_over(dg1: Reading) -> bool:
    expiry = dg1.expiry
    whole = expiry is not None and None not in (expiry.year, expiry.month, expiry.day)
    return whole and str(expiry) < dg1.on.isoformat()
