"""The seal of a visa or paper: verified by whom this node believes, and what that means here."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kordon.border.facts import (
    Finding,
    Level,
    SealCompared,
    SealStep,
    SealVerified,
    Source,
)
from kordon.border.rules.chip import Believed, certificate_used, cleaned
from kordon.lib.traveldocs import Format, Reading, read_mrz
from kordon.lib.traveldocs.chip import Result
from kordon.lib.traveldocs.seal import (
    Bears,
    JSONSeal,
    Outcome,
    Same,
    Seal,
    SealError,
    Status,
    Step,
    Verdict,
    read_seal,
    verify_seal,
)

MOST_OCTETS = 32 * 1024
VISAS = frozenset({Format.MRVA, Format.MRVB})


@dataclass(frozen=True, kw_only=True)
class SealPresented:
    """The octets of a bar code, and the printed zone of the paper that bears it, if read."""

    octets: bytes
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class SealSeen:
    """A seal after its verification; ``said.seal`` is what it says."""

    said: Verdict
    presented: SealPresented
    believed: Believed


def looks_like_seal(octets: bytes) -> bool:
    """Whether a bar code claims to be a seal: its first octet, or the brace of JSON."""
    return 0 < len(octets) <= MOST_OCTETS and (
        octets[:1] == b"\xdc" or octets[:16].lstrip()[:1] == b"{"
    )


def look_at_seal(
    it: SealPresented, believed: Believed, *, reading: Reading | None, on: date
) -> SealSeen:
    """Verify it and compare it with the zones that were read; never raises.

    ``reading`` is the zone of the check. A zone whose check digits do not hold is not compared:
    that is said of it already, and a misreading is no flaw of the seal.
    """
    held = read_or_none(it.octets)
    shown = reading if reading is not None and reading.valid else None
    paper = read_mrz(it.zone, on=on) if it.zone.strip() else None
    if paper is None and shown is not None and _is_paper(held, shown):
        paper, shown = shown, None
    said = verify_seal(it.octets, believed.seals, on=on, document=paper, passport=shown)
    return SealSeen(said=said, presented=it, believed=believed)


def read_or_none(octets: bytes) -> Seal | JSONSeal | None:
    """What a seal says, verified or not; None where it cannot be read."""
    try:
        return read_seal(octets)
    except SealError:
        return None


def _is_paper(held: Seal | JSONSeal | None, shown: Reading) -> bool:
    """Whether the zone of the check is that of the paper with the seal, not of a passport."""
    if not isinstance(held, Seal) or held.kind is None or not held.zone:
        return False
    if held.kind.bears is Bears.VISA:
        return shown.format in VISAS
    code = held.zone[:2].rstrip("<")
    return shown.format is Format.TD2 and shown.document_code == code


def about_seal(seen: SealSeen) -> Iterator[Finding]:
    """What the officer is told. Failed is for the second line, never a refusal by itself."""
    if seen.said.outcome is Outcome.INVALID:
        yield from _failed(seen.said)
    elif seen.said.outcome is Outcome.VALID:
        yield _said("seal_valid", Level.FINE)
        yield from _not_compared(seen.said)
    else:
        yield _unverifiable(seen)


FAILURES = {
    Status.WRONG_FORMAT: "seal_malformed",
    Status.INVALID_SIGNATURE: "seal_changed",
    Status.EXPIRED_CERTIFICATE: "seal_not_then",
    Status.REVOKED_CERTIFICATE: "seal_revoked",
    Status.INVALID_DOCUMENTTYPE: "seal_wrong_use",
    Status.INVALID_VISA_MRZ: "seal_paper_wrong",
    Status.INVALID_DOCUMENT_MRZ: "seal_paper_wrong",
    Status.SEAL_VISA_MISMATCH: "seal_paper_differs",
    Status.SEAL_DOCUMENT_MISMATCH: "seal_paper_differs",
    Status.SEAL_PASSPORT_MISMATCH: "seal_other_passport",
}
UNTRUSTED = {
    Step.SIGNER: "seal_of_trial",
    Step.CHAIN: "seal_false_signer",
    Step.COUNTRY: "seal_other_state",
}
STEP_OF = {"seal_paper_differs": "DOCUMENT", "seal_other_passport": "PASSPORT"}


def _failed(said: Verdict) -> Iterator[Finding]:
    found = [each for each in said.findings if each.result is Result.FAILED]
    for code in dict.fromkeys(_failure(each.step, each.status) for each in found):
        if code == "seal_paper_wrong":
            yield _said(code, Level.STOP, "read_again")
        elif code in STEP_OF:
            yield _said(code, Level.STOP, "second_line", fields=_different(said, STEP_OF[code]))
        else:
            yield _said(code, Level.STOP, "second_line")


def _failure(step: Step, status: Status) -> str:
    return UNTRUSTED.get(step, FAILURES.get(status, "seal_malformed"))


def _different(said: Verdict, against: str) -> str:
    fields = [
        each.field
        for each in said.compared
        if each.same is Same.DIFFERENT and str(each.against) == against
    ]
    return " ".join(dict.fromkeys(fields))


def _not_compared(said: Verdict) -> Iterator[Finding]:
    """A seal copied from another paper is good by itself: somebody must compare."""
    against = {str(each.against) for each in said.compared}
    if not against:
        yield _said("seal_not_compared", Level.LOOK, "compare_seal")
    elif isinstance(said.seal, Seal) and said.seal.zone and "DOCUMENT" not in against:
        yield _said("seal_paper_unread", Level.NOTE, "compare_paper")


def _unverifiable(seen: SealSeen) -> Finding:
    said = seen.said
    statuses = [each.status for each in said.findings if each.result is Result.UNKNOWN]
    if seen.believed.number == 0:
        return _said("seal_no_store", Level.NOTE, "compare_paper")
    if Status.UNKNOWN_CERTIFICATE in statuses and isinstance(said.seal, Seal):
        header = said.seal.header
        signer = cleaned(f"{header.signer} {header.reference}")
        return _said("seal_no_signer", Level.NOTE, "compare_paper", signer=signer)
    steps = {each.step for each in said.findings if each.result is Result.UNKNOWN}
    if Step.CHAIN in steps:
        return _said("seal_no_authority", Level.NOTE, "compare_paper")
    codes = " ".join(dict.fromkeys(map(str, statuses))) or str(said.status)
    return _said("seal_unverifiable", Level.NOTE, "compare_paper", codes=codes)


def protocol_of_seal(check: UUID, seen: SealSeen) -> SealVerified:
    """The whole protocol as a fact; of the seal's content only what differs from a zone."""
    said = seen.said
    return SealVerified(
        check=check,
        outcome=str(said.outcome),
        status=str(said.status),
        **{name: cleaned(text) for name, text in _named(said.seal).items()},
        signed_on=said.signed_on,
        trust_version=seen.believed.number,
        trust_digest=seen.believed.digest,
        trust_as_of=seen.believed.as_of,
        steps=tuple(
            SealStep(
                number=each.step.number,
                step=str(each.step),
                result=str(each.result),
                status=str(each.status),
                text=cleaned(each.text),
            )
            for each in said.findings
        ),
        compared=tuple(
            SealCompared(
                against=str(each.against),
                field=each.field,
                same=str(each.same),
                in_seal="" if each.same is Same.SAME else cleaned(each.in_seal),
                in_zone="" if each.same is Same.SAME else cleaned(each.in_zone),
            )
            for each in said.compared
        ),
        path=tuple(certificate_used(each) for each in said.path),
        digest=hashlib.sha256(seen.presented.octets).hexdigest(),
    )


def _named(seal: Seal | JSONSeal | None) -> dict[str, str]:
    """What it is, who issued it, and by which name its signer is found."""
    if isinstance(seal, JSONSeal):
        signer = seal.certificate
        return {
            "build": "VDS-NC",
            "seal_kind": seal.type,
            "issuer": seal.issuer,
            "signer": str(signer.subject),
            "reference": f"{signer.serial:X}",
        }
    if seal is None:
        return dict.fromkeys(("build", "seal_kind", "issuer", "signer", "reference"), "")
    header = seal.header
    return {
        "build": "VDS",
        "seal_kind": bytes(header.kind_octets).hex() if seal.kind is None else seal.kind.name,
        "issuer": header.issuer,
        "signer": header.signer,
        "reference": header.reference,
    }


def _said(code: str, level: Level, advice: str = "", **params: str) -> Finding:
    return Finding(code=code, level=level, source=Source.SEAL, params=params, advice=advice)
