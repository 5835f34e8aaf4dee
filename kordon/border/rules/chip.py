"""The chip of a document: verified by whom this node believes, and what that means here."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kordon.border.facts import (
    CertificateUsed,
    ChipAnswer,
    ChipStep,
    ChipVerified,
    Finding,
    Level,
    Source,
)
from kordon.lib.traveldocs import Reading
from kordon.lib.traveldocs.chip import (
    Answer,
    Certificate,
    ChipError,
    ChipFiles,
    ChipSession,
    Outcome,
    Result,
    Trust,
    Verification,
    check_active,
    check_chip,
    read_dg1,
    verify_chip,
)
from kordon.lib.traveldocs.seal import SealTrust

LONGEST_TEXT = 300
CHANGED = frozenset({"DG_HASH_MISMATCH", "DG_NOT_IN_SOD", "SOD_MESSAGE_DIGEST_MISMATCH"})
STATE = frozenset({"CHAIN_COUNTRY_MISMATCH"})


@dataclass(frozen=True, kw_only=True)
class ChipPresented:
    """The files of a chip as a reader handed them in, and its answers if it was asked.

    ``active`` is the challenge that was sent and the answer to it. ``gives_zone``: nobody read
    the printed zone, and the one in the chip stands for it.
    """

    files: ChipFiles
    active: tuple[bytes, bytes] | None = None
    session: ChipSession | None = None
    gives_zone: bool = False


@dataclass(frozen=True, kw_only=True)
class Believed:
    """Whom the node believes, and which version of its trust store says so.

    ``seals`` are the signers of visible digital seals beside the same authorities.
    """

    trust: Trust
    seals: SealTrust = field(default_factory=SealTrust)
    number: int
    digest: str
    as_of: date | None


@dataclass(frozen=True, kw_only=True)
class ChipSeen:
    """A chip after its verification. ``outcome`` counts the chip's own answers too."""

    outcome: Outcome
    said: Verification
    answers: tuple[tuple[str, Answer], ...]
    presented: ChipPresented
    believed: Believed


def zone_of(it: ChipPresented, *, on: date) -> str:
    """The zone in DG1 as text; empty where it cannot be read."""
    try:
        return "\n".join(read_dg1(it.files.groups.get(1, b""), on=on).lines)
    except ChipError:
        return ""


def look_at_chip(
    it: ChipPresented, believed: Believed, *, zone: Reading | None, on: date
) -> ChipSeen:
    """Passive Authentication, then the chip's own answers; never raises."""
    # A zone that came from the chip proves nothing about the printed one.
    printed = None if it.gives_zone else zone
    said = verify_chip(it.files, believed.trust, on=on, mrz=printed)
    answers: list[tuple[str, Answer]] = []
    if it.active is not None:
        challenge, response = it.active
        answers.append(
            ("active", check_active(it.files, said, challenge=challenge, response=response))
        )
    if it.session is not None:
        answers.append(("chip", check_chip(it.files, said, it.session)))
    failed = any(answer.outcome is Outcome.FAILED for _, answer in answers)
    return ChipSeen(
        outcome=Outcome.FAILED if failed else said.outcome,
        said=said,
        answers=tuple(answers),
        presented=it,
        believed=believed,
    )


def about_chip(seen: ChipSeen) -> Iterator[Finding]:
    """What the officer is told. Failed is for the second line, never a refusal by itself."""
    if seen.presented.gives_zone:
        yield _said("chip_gives_zone", Level.NOTE, "compare_page")
    if seen.outcome is Outcome.FAILED:
        yield from _failed(seen)
    elif seen.outcome is Outcome.VERIFIED:
        yield _said("chip_verified", Level.FINE)
        if any(answer.outcome is Outcome.VERIFIED for _, answer in seen.answers):
            yield _said("chip_genuine", Level.FINE)
    else:
        yield _unverifiable(seen)


def _failed(seen: ChipSeen) -> Iterator[Finding]:
    codes = {str(each.code) for each in seen.said.findings if each.result is Result.FAILED}
    if codes & CHANGED:
        groups = {each.group for each in seen.said.findings if each.result is Result.FAILED}
        files = " ".join(f"DG{group}" for group in sorted(filter(None, groups)))
        yield _stop("chip_changed", files=files or "EF.SOD")
    if "XCHK_MRZ_DG1" in codes:
        yield _stop("chip_zone_differs")
    if "REV_REVOKED" in codes:
        yield _stop("chip_revoked")
    if codes & STATE:
        yield _stop("chip_other_state")
    if any(answer.outcome is Outcome.FAILED for _, answer in seen.answers):
        yield _stop("chip_copied")
    rest = codes - CHANGED - STATE - {"XCHK_MRZ_DG1", "REV_REVOKED"}
    if rest:
        yield _stop("chip_failed", codes=" ".join(sorted(rest)))


def _unverifiable(seen: ChipSeen) -> Finding:
    codes = [str(each.code) for each in seen.said.findings if each.result is Result.UNKNOWN]
    if seen.believed.number == 0:
        return _said("chip_no_store", Level.NOTE, "look_at_page")
    if {"CHAIN_NO_CSCA_FOR_COUNTRY", "CHAIN_NO_MATCH"} & set(codes):
        return _said("chip_no_authority", Level.NOTE, "look_at_page")
    if "SOD_MISSING" in codes:
        return _said("chip_not_read", Level.LOOK, "read_chip_again")
    return _said("chip_unverifiable", Level.NOTE, "look_at_page", codes=" ".join(codes))


def protocol_of(check: UUID, seen: ChipSeen) -> ChipVerified:
    """The whole protocol as a fact: no octet of what stood in the chip."""
    return ChipVerified(
        check=check,
        outcome=str(seen.outcome),
        trust_version=seen.believed.number,
        trust_digest=seen.believed.digest,
        trust_as_of=seen.believed.as_of,
        signed_at=seen.said.signed_at,
        steps=tuple(
            ChipStep(
                number=each.step.number,
                step=str(each.step),
                result=str(each.result),
                code=str(each.code),
                text=cleaned(each.text),
                group=each.group,
                note=cleaned(each.note),
            )
            for each in seen.said.findings
        ),
        path=tuple(certificate_used(each) for each in seen.said.path),
        digests={
            f"DG{number}": hashlib.sha256(content).hexdigest()
            for number, content in sorted(seen.presented.files.groups.items())
        },
        answers=tuple(
            ChipAnswer(
                protocol=name,
                outcome=str(answer.outcome),
                code=str(answer.code),
                text=cleaned(answer.text),
            )
            for name, answer in seen.answers
        ),
    )


def certificate_used(it: Certificate) -> CertificateUsed:
    """A certificate of a path, as a fact keeps it."""
    return CertificateUsed(
        subject=cleaned(str(it.subject)),
        issuer=cleaned(str(it.issuer)),
        serial=f"{it.serial:x}"[:80],
        not_before=it.not_before,
        not_after=it.not_after,
        fingerprint=it.fingerprint,
    )


def cleaned(text: str) -> str:
    """A document's own words in a fact: bounded, and without what no node could take."""
    return "".join(each if each.isprintable() else "?" for each in text)[:LONGEST_TEXT]


def _stop(code: str, **params: str) -> Finding:
    return _said(code, Level.STOP, "second_line", **params)


def _said(code: str, level: Level, advice: str = "", **params: str) -> Finding:
    return Finding(code=code, level=level, source=Source.CHIP, params=params, advice=advice)
