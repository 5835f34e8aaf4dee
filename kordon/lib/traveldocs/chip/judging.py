"""Was the signer allowed to sign this: validity, revocation, usage, state (Doc 9303-12, 7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from kordon.lib.traveldocs.chip.certificates import DIGITAL_SIGNATURE, Certificate
from kordon.lib.traveldocs.chip.countries import countries_of
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.outcome import Finding, Result, Step
from kordon.lib.traveldocs.chip.revocation import RevocationList
from kordon.lib.traveldocs.chip.trust import Path, Trust
from kordon.lib.traveldocs.mrz import Reading

_OTHER_USES = "2.23.136.1.1."
"""Extended key usages of Doc 9303: signers of master lists, deviation lists, seals. Document
signers have none, so a certificate with one of these must not sign documents."""


def _passed(step: Step, text: str) -> Finding:
    return Finding(step, Result.PASSED, Code.OK, text)


def validity(path: Path, moment: datetime, on: date) -> list[Finding]:
    """The signer at the moment of signing; every issuer at the moment it issued."""
    signer = path.certificates[0]
    today = datetime.combine(on, time(12), UTC)
    found = _within(signer, moment, "signing")
    for each, above in zip(path.certificates, path.certificates[1:], strict=False):
        found += _within(above, each.not_before, f"issuing to {each.subject}")
    if signer.signs_until is not None and moment > signer.signs_until:
        text = f"the signer's key was to be used until {signer.signs_until:%Y-%m-%d}"
        found.append(Finding(Step.VALIDITY, Result.REMARK, Code.CHAIN_EXPIRED_AT_SIGNING, text))
    if today < signer.not_before and not found:
        text = f"the signer is valid from {signer.not_before:%Y-%m-%d} on"
        found.append(Finding(Step.VALIDITY, Result.FAILED, Code.CHAIN_NOT_YET_VALID, text))
    if any(each.result is Result.FAILED for each in found):
        return found
    found.insert(0, _passed(Step.VALIDITY, f"valid at signing, {moment:%Y-%m-%d}"))
    for each in path.certificates:
        if each.not_after < today:
            text = f"{each.subject} expired on {each.not_after:%Y-%m-%d}"
            found.append(Finding(Step.VALIDITY, Result.REMARK, Code.CHAIN_EXPIRED_NOW, text))
    return found


def _within(certificate: Certificate, moment: datetime, what: str) -> list[Finding]:
    """Whole days: a document is often dated on the day its signer begins."""
    if moment.date() < certificate.not_before.date():
        text = f"{certificate.subject} was not yet valid when {what}"
        return [Finding(Step.VALIDITY, Result.FAILED, Code.CHAIN_NOT_YET_VALID, text)]
    if moment.date() > certificate.not_after.date():
        text = f"{certificate.subject} had expired when {what}"
        return [Finding(Step.VALIDITY, Result.FAILED, Code.CHAIN_EXPIRED_AT_SIGNING, text)]
    return []


def revocation(path: Path, trust: Trust, on: date) -> list[Finding]:
    """Every certificate below the anchor, by lists of its issuer whose signature holds."""
    if path.problem is not None:
        text = "not looked at because no issuer was found"
        return [Finding(Step.REVOCATION, Result.NOT_DONE, Code.OK, text)]
    found: list[Finding] = []
    for each, issuer in zip(path.certificates, path.certificates[1:], strict=False):
        found += _revoked(each, issuer, trust, on)
    return found or [_passed(Step.REVOCATION, "not revoked")]


def _revoked(
    certificate: Certificate, issuer: Certificate, trust: Trust, on: date
) -> list[Finding]:
    lists = [*trust.revocation_lists_of(certificate.issuer)]
    if certificate.issuer != issuer.subject:
        lists += trust.revocation_lists_of(issuer.subject)
    good = [each for each in lists if _holds(each, issuer, trust)]
    for each in good:
        if certificate.serial in each.revoked:
            when = each.revoked[certificate.serial]
            text = f"{certificate.subject} was revoked on {when:%Y-%m-%d}"
            return [Finding(Step.REVOCATION, Result.FAILED, Code.REV_REVOKED, text)]
    if not good:
        code = Code.REV_CRL_SIG if lists else Code.REV_CRL_MISSING
        text = f"no revocation list of {issuer.subject} {'holds' if lists else 'was given'}"
        return [Finding(Step.REVOCATION, Result.REMARK, code, text)]
    due = max((each.next_due or each.issued) for each in good)
    if due.date() < on:
        text = f"the newest revocation list of {issuer.subject} was due on {due:%Y-%m-%d}"
        return [Finding(Step.REVOCATION, Result.REMARK, Code.REV_CRL_STALE, text)]
    return []


def _holds(found: RevocationList, issuer: Certificate, trust: Trust) -> bool:
    """Signed by the issuer, or by a later key of the same authority that is trusted too."""
    later = [
        each for each in trust.anchors.of_country(issuer.country) if each.subject == found.issuer
    ]
    for each in (issuer, *later):
        try:
            found.verify_issued_by(each)
        except ChipError:
            continue
        return True
    return False


def usage(signer: Certificate, dg1: Reading | None) -> list[Finding]:
    """Whether the certificate was made for signing documents, and documents of this kind."""
    found: list[Finding] = []
    if signer.is_authority:
        text = "the signer's certificate is that of an authority"
        found.append(Finding(Step.USAGE, Result.FAILED, Code.CHAIN_EKU, text))
    if signer.key_usage is not None and DIGITAL_SIGNATURE not in signer.key_usage:
        text = "the signer's key was not given for signatures"
        found.append(Finding(Step.USAGE, Result.FAILED, Code.CHAIN_EKU, text))
    others = sorted(
        each for each in signer.extended_key_usage or () if each.startswith(_OTHER_USES)
    )
    if others:
        text = f"the signer's certificate was issued for {', '.join(others)}"
        found.append(Finding(Step.USAGE, Result.FAILED, Code.CHAIN_EKU, text))
    if dg1 is not None and not may_sign(signer, dg1.document_code):
        kinds = ", ".join(sorted(signer.document_types or ()))
        text = f"the signer may sign {kinds or 'nothing'}, not {dg1.document_code}"
        found.append(Finding(Step.USAGE, Result.FAILED, Code.CHAIN_DOCTYPE, text))
    return found or [_passed(Step.USAGE, "the certificate may sign such documents")]


def may_sign(signer: Certificate, code: str) -> bool:
    """A type of one letter covers every code that begins with it, and a code of one any type."""
    types = signer.document_types
    if types is None:
        return True
    return any(
        each == code or (each[:1] == code[:1] and 1 in (len(each), len(code))) for each in types
    )


def country(path: Path, dg1: Reading | None) -> list[Finding]:
    """Signer and anchor of one state, and that state the issuer in DG1."""
    signer = path.certificates[0]
    for each in path.certificates[1:]:
        if each.country != signer.country:
            text = f"signer of {signer.country}, authority of {each.country}"
            return [Finding(Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH, text)]
    if dg1 is None:
        text = "DG1 was not read, so the issuing state is not known"
        return [Finding(Step.COUNTRY, Result.NOT_DONE, Code.OK, text)]
    allowed = countries_of(dg1.issuer)
    if not allowed:
        text = f"no country of certificates is known for {dg1.issuer or 'this issuer'}"
        return [Finding(Step.COUNTRY, Result.UNKNOWN, Code.CHAIN_COUNTRY_UNKNOWN, text)]
    if signer.country not in allowed:
        text = f"issued by {dg1.issuer}, signed by {signer.country or 'a state not named'}"
        return [Finding(Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH, text)]
    return [_passed(Step.COUNTRY, f"{dg1.issuer}, {signer.country}")]
