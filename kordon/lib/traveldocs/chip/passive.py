"""Passive Authentication: is what stands on the chip what the state signed (Doc 9303-11, 5.1)?

`verify_chip` never raises, whatever the octets. It goes through numbered steps (`Step`); each
leaves at least one finding with its code, and the outcome follows from the findings alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from kordon.lib.traveldocs.chip import contents, judging
from kordon.lib.traveldocs.chip.certificates import Certificate
from kordon.lib.traveldocs.chip.contents import ChipFiles
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import WEAK_HASHES, read_hash
from kordon.lib.traveldocs.chip.outcome import Finding, Result, Step, Verification
from kordon.lib.traveldocs.chip.rules import Defect, Deviation, Rule
from kordon.lib.traveldocs.chip.security_object import SecurityObject, read_sod
from kordon.lib.traveldocs.chip.signed import (
    Attributes,
    algorithm_of,
    certificate_of_signer,
    check_attributes,
    read_attributes,
    verify_signer,
)
from kordon.lib.traveldocs.chip.trust import Path, Trust, find_path
from kordon.lib.traveldocs.mrz import Reading

__all__ = ["ChipFiles", "verify_chip", "verify_sod"]

LACKING = frozenset(
    {
        Code.SOD_MISSING,
        Code.SOD_NO_DS_CERT,
        Code.SOD_ALG_UNSUPPORTED,
        Code.EC_UNKNOWN_CURVE,
        Code.CHAIN_NO_CSCA_FOR_COUNTRY,
        Code.CHAIN_NO_MATCH,
        Code.CHAIN_COUNTRY_UNKNOWN,
    }
)
"""Codes that say what we lack. Every other one that stops a step speaks against the document."""


@dataclass(slots=True)
class _Protocol:
    """The findings so far, and what later steps need of earlier ones."""

    findings: list[Finding] = field(default_factory=list)
    path: Path | None = None

    def passed(self, step: Step, text: str) -> None:
        self.findings.append(Finding(step, Result.PASSED, Code.OK, text))

    def remark(self, step: Step, code: Code, text: str) -> None:
        self.findings.append(Finding(step, Result.REMARK, code, text))

    def stopped(self, step: Step, error: ChipError) -> None:
        result = Result.UNKNOWN if error.code in LACKING else Result.FAILED
        self.findings.append(Finding(step, result, error.code, error.text))

    def not_done(self, *steps: Step) -> None:
        for step in steps:
            text = "not looked at because of an earlier step"
            self.findings.append(Finding(step, Result.NOT_DONE, Code.OK, text))


def verify_chip(
    files: ChipFiles,
    trust: Trust,
    *,
    on: date,
    mrz: Reading | None = None,
    issued: date | None = None,
    rules: Sequence[Rule] = (),
) -> Verification:
    """Verify the files of a chip against what is trusted; never raises.

    `on` is the day of the check. `mrz` is the printed zone as read, to compare with DG1. `issued`
    is the day of issue if known from elsewhere; without it DG12 is asked. Validity is judged at
    the signed time, else on the day of issue, else at the beginning of the signer's certificate.
    """
    return _verify(files, trust, on, mrz, issued, rules, whole=True)


def verify_sod(
    sod: bytes,
    trust: Trust,
    *,
    on: date,
    issued: date | None = None,
    rules: Sequence[Rule] = (),
) -> Verification:
    """EF.SOD by itself, for those who have nothing else: says nothing about any data group."""
    return _verify(ChipFiles(sod=sod), trust, on, None, issued, rules, whole=False)


def _verify(
    files: ChipFiles,
    trust: Trust,
    on: date,
    mrz: Reading | None,
    issued: date | None,
    rules: Sequence[Rule],
    *,
    whole: bool,
) -> Verification:
    protocol = _Protocol()
    sod = _read(protocol, files.sod)
    if sod is None:
        protocol.not_done(*(step for step in Step if step.number > Step.OBJECT.number))
        return Verification(tuple(protocol.findings))
    signer, attributes = _signer(protocol, sod, trust)
    content = contents.look(files, sod, on=on, mrz=mrz) if whole else contents.nothing_looked_at()
    moment = _signed_at(attributes, issued or content.issued, signer)
    if signer is None:
        protocol.not_done(Step.CHAIN, Step.VALIDITY, Step.REVOCATION, Step.USAGE, Step.COUNTRY)
    else:
        path = protocol.path = find_path(signer, trust)
        _chain(protocol, path)
        protocol.findings += judging.validity(path, moment or signer.not_before, on)
        protocol.findings += judging.revocation(path, trust, on)
        protocol.findings += judging.usage(signer, content.dg1)
        protocol.findings += judging.country(path, content.dg1)
    protocol.findings += content.findings
    found = _ruled(protocol, rules, moment or datetime.combine(on, time(), UTC))
    return Verification(
        findings=tuple(sorted(found, key=lambda each: each.step.number)),
        path=() if protocol.path is None else protocol.path.certificates,
        signed_at=moment,
        digests_hold=MappingProxyType(content.digests_hold),
        dg1=content.dg1,
    )


def _read(protocol: _Protocol, data: bytes | None) -> SecurityObject | None:
    if data is None:
        protocol.stopped(Step.READ, ChipError(Code.SOD_MISSING, "EF.SOD was not handed in"))
        protocol.not_done(Step.OBJECT)
        return None
    try:
        sod = read_sod(data)
    except ChipError as error:
        if error.code.startswith("READ_"):
            protocol.stopped(Step.READ, error)
            protocol.not_done(Step.OBJECT)
        else:
            protocol.passed(Step.READ, f"EF.SOD of {len(data)} octets")
            protocol.stopped(Step.OBJECT, error)
        return None
    protocol.passed(Step.READ, f"EF.SOD of {len(data)} octets")
    protocol.passed(Step.OBJECT, f"version {sod.version}, {len(sod.hashes)} data groups")
    if sod.hash in WEAK_HASHES:
        protocol.remark(Step.OBJECT, Code.SOD_ALG_WEAK, f"data groups are hashed with {sod.hash}")
    return sod


def _signer(
    protocol: _Protocol, sod: SecurityObject, trust: Trust
) -> tuple[Certificate | None, Attributes | None]:
    """Steps SIGNER, ATTRIBUTES, SIGNATURE; the certificate even where its signature fails."""
    signed = sod.signed
    certificate = _certificate(protocol, sod, trust)
    attributes = None
    try:
        attributes = read_attributes(signed.signers[0])
        if attributes is None:
            raise ChipError(Code.SOD_ATTR_MISSING, "nothing but the content is signed")
        check_attributes(signed, signed.signers[0], attributes)
        protocol.passed(Step.ATTRIBUTES, "content type and digest are signed")
    except ChipError as error:
        protocol.stopped(Step.ATTRIBUTES, error)
    if certificate is None:
        protocol.not_done(Step.SIGNATURE)
        return None, attributes
    try:
        verify_signer(signed, signed.signers[0], certificate)
        _strength(protocol, sod, certificate)
    except ChipError as error:
        protocol.stopped(Step.SIGNATURE, error)
    return certificate, attributes


def _certificate(protocol: _Protocol, sod: SecurityObject, trust: Trust) -> Certificate | None:
    signed = sod.signed
    if len(signed.signers) != 1:
        text = f"{len(signed.signers)} signers where one must be"
        protocol.stopped(Step.SIGNER, ChipError(Code.SOD_SID_MISMATCH, text))
        return None
    named = certificate_of_signer(signed.signers[0], (*signed.certificates, *trust.signers))
    if named is not None:
        protocol.passed(Step.SIGNER, str(named.subject))
        return named
    if len(signed.certificates) == 1:
        text = "the signer names another certificate than the only one enclosed"
        protocol.remark(Step.SIGNER, Code.SOD_SID_MISMATCH, text)
        return signed.certificates[0]
    if signed.certificates:
        text = "the signer names none of the enclosed certificates"
        protocol.stopped(Step.SIGNER, ChipError(Code.SOD_SID_MISMATCH, text))
    elif signed.flaws:
        protocol.stopped(Step.SIGNER, signed.flaws[0])
    else:
        error = ChipError(Code.SOD_NO_DS_CERT, "no certificate of the signer is enclosed")
        protocol.stopped(Step.SIGNER, error)
    return None


def _strength(protocol: _Protocol, sod: SecurityObject, certificate: Certificate) -> None:
    """The signature holds; say with what, and what is weak about it."""
    signer = sod.signed.signers[0]
    how = algorithm_of(signer)
    protocol.passed(Step.SIGNATURE, f"{how}, {certificate.key}")
    digested = read_hash(signer.digest)
    if digested != how.hash:
        text = f"the digest is {digested}, the signature is made with {how.hash}"
        protocol.remark(Step.SIGNATURE, Code.SOD_ALG_MISMATCH, text)
    if how.is_weak:
        protocol.remark(Step.SIGNATURE, Code.SOD_ALG_WEAK, f"signed with {how.hash}")
    if not isinstance(certificate.key, ChipError) and certificate.key.is_short:
        protocol.remark(Step.SIGNATURE, Code.SOD_ALG_WEAK, f"a short key, {certificate.key}")


def _chain(protocol: _Protocol, path: Path) -> None:
    if path.problem is not None:
        protocol.stopped(Step.CHAIN, path.problem)
        return
    above = [str(each.subject) for each in path.certificates[1:]]
    protocol.passed(Step.CHAIN, f"issued by {' ← '.join(above)}")
    for each in path.certificates[:-1]:
        if not isinstance(each.algorithm, ChipError) and each.algorithm.is_weak:
            text = f"the certificate of {each.subject} is signed with {each.algorithm.hash}"
            protocol.remark(Step.CHAIN, Code.SOD_ALG_WEAK, text)


def _signed_at(
    attributes: Attributes | None, issued: date | None, signer: Certificate | None
) -> datetime | None:
    if attributes is not None and attributes.signing_time is not None:
        return attributes.signing_time
    if issued is not None:
        return datetime.combine(issued, time(12), UTC)
    return None if signer is None else signer.not_before


def _ruled(protocol: _Protocol, rules: Sequence[Rule], moment: datetime) -> list[Finding]:
    """The findings after deviation and defect rules, which need a path to the state's authority."""
    path = protocol.path
    if path is None or path.problem is not None:
        return [*protocol.findings, _no_defect()]
    anchor, signer = path.certificates[-1], path.certificates[0]
    scope = (anchor.country, signer.fingerprint, moment.date())
    covering = [each for each in rules if each.covers(*scope)]
    deviations = [each for each in covering if isinstance(each, Deviation)]
    found = [_excused(each, deviations) for each in protocol.findings]
    defects = [each for each in covering if isinstance(each, Defect)]
    for each in defects:
        result = Result.FAILED if each.refuses else Result.REMARK
        found.append(Finding(Step.DEFECTS, result, Code.DEFECT_KNOWN, each.note))
    return found if defects else [*found, _no_defect()]


def _no_defect() -> Finding:
    return Finding(Step.DEFECTS, Result.PASSED, Code.OK, "no known defect")


def _excused(finding: Finding, deviations: Sequence[Deviation]) -> Finding:
    if finding.result is not Result.FAILED:
        return finding
    for each in deviations:
        if each.excuses(finding.code, finding.group):
            return replace(finding, result=Result.ACCEPTED, note=each.note)
    return finding
