"""Is a seal the state's, unchanged, and of this document? (Doc 9303-13, 4; 9303-7, 9)

`verify_seal` never raises, whatever the octets. It goes through steps (`Step`); each leaves at
least one finding with its status, and the outcome follows from the findings alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kordon.lib.traveldocs import Format, Reading
from kordon.lib.traveldocs.chip import Certificate, ChipError, Code, ECKey, Result, judging
from kordon.lib.traveldocs.chip.certificates import DIGITAL_SIGNATURE
from kordon.lib.traveldocs.chip.countries import countries_of
from kordon.lib.traveldocs.chip.keys import Scheme, SignatureAlgorithm, verify_signature
from kordon.lib.traveldocs.chip.trust import Path, find_path
from kordon.lib.traveldocs.seal.comparing import Against, Compared, Same, compare_seal
from kordon.lib.traveldocs.seal.errors import SealError, Status
from kordon.lib.traveldocs.seal.kinds import KINDS, Bears, Kinds
from kordon.lib.traveldocs.seal.outcome import Finding, Step, Verdict
from kordon.lib.traveldocs.seal.trust import SealTrust
from kordon.lib.traveldocs.seal.vds import Seal, UnknownVersion, read_vds
from kordon.lib.traveldocs.seal.vds_nc import ALGORITHM_BITS, JSONSeal, read_vds_nc

USAGES = ("2.23.136.1.1.14.", "0.4.0.127.0.7.3.5.")
"""Beginnings of extended key usages of signers of seals: Doc 9303-12, and BSI TR-03137."""
USAGE_NC = "2.23.136.1.1.14.2"
"""The extended key usage of signers of VDS-NC, which must be there: the certificate comes with
the seal, and one that a state gave for something else must not do."""
TYPES_NC = {"icao.test": "NT", "icao.vacc": "NV"}
"""Document types that the certificate must name for these seals in JSON, if it names any."""


@dataclass(slots=True)
class _Protocol:
    """The findings so far, and what later steps need of earlier ones."""

    findings: list[Finding] = field(default_factory=list)
    path: tuple[Certificate, ...] = ()
    signed_on: date | None = None

    def note(self, step: Step, result: Result, status: Status, text: str) -> None:
        self.findings.append(Finding(step, result, status, text))

    def passed(self, step: Step, text: str) -> None:
        self.note(step, Result.PASSED, Status.VALID, text)

    def not_done(self, *steps: Step) -> None:
        for step in steps:
            text = "not looked at because of an earlier step"
            self.note(step, Result.NOT_DONE, Status.VALID, text)


def verify_seal(
    octets: bytes | None,
    trust: SealTrust,
    *,
    on: date,
    document: Reading | None = None,
    passport: Reading | None = None,
    kinds: Kinds = KINDS,
) -> Verdict:
    """Verify the octets of a bar code (a seal, or JSON); never raises.

    `octets` is None where no bar code could be read. `on` is the day of the check. `document` is
    the zone of what bears the seal, `passport` that of the holder's passport; only what is handed
    in is compared. `kinds` are the kinds of seal that are known.
    """
    protocol = _Protocol()
    seal = _read(protocol, octets, kinds)
    if seal is None:
        protocol.not_done(*(step for step in Step if step is not Step.READ))
        return Verdict(tuple(protocol.findings))
    if isinstance(seal, JSONSeal):
        _enclosed(protocol, seal)
    else:
        _looked_up(protocol, seal, trust)
    if protocol.path:
        _judge(protocol, seal, trust, on)
    else:
        steps = (Step.CHAIN, Step.VALIDITY, Step.REVOCATION, Step.USAGE, Step.COUNTRY)
        protocol.not_done(*steps)
    compared = compare_seal(seal, document=document, passport=passport)
    _documents(protocol, seal, compared, document, passport)
    return Verdict(
        findings=tuple(sorted(protocol.findings, key=lambda each: each.step.number)),
        seal=seal,
        path=protocol.path,
        signed_on=protocol.signed_on,
        compared=compared,
    )


def read_seal(octets: bytes, *, kinds: Kinds = KINDS) -> Seal | JSONSeal:
    """Read a seal of either build; raises SealError(WRONG_FORMAT)."""
    if octets[:16].lstrip().startswith(b"{"):
        return read_vds_nc(octets)
    return read_vds(octets, kinds=kinds)


def _read(protocol: _Protocol, octets: bytes | None, kinds: Kinds) -> Seal | JSONSeal | None:
    if octets is None:
        protocol.note(Step.READ, Result.UNKNOWN, Status.READ_ERROR, "no bar code could be read")
        return None
    try:
        seal = read_seal(octets, kinds=kinds)
    except SealError as error:
        result = Result.UNKNOWN if isinstance(error, UnknownVersion) else Result.FAILED
        protocol.note(Step.READ, result, Status.WRONG_FORMAT, error.text)
        return None
    if isinstance(seal, JSONSeal):
        protocol.passed(Step.READ, f"{seal.type} of {seal.issuer}")
        return seal
    kind = "a kind that is not known" if seal.kind is None else seal.kind.title
    protocol.passed(Step.READ, f"version {seal.header.version}, {kind}")
    for flaw in seal.flaws:
        protocol.note(Step.READ, Result.FAILED, Status.WRONG_FORMAT, flaw)
    if not seal.signature:
        text = "the seal has no signature"
        protocol.note(Step.READ, Result.FAILED, Status.WRONG_FORMAT, text)
    return seal


def _looked_up(protocol: _Protocol, seal: Seal, trust: SealTrust) -> None:
    """The certificate that the seal names; of several the one whose key fits."""
    header = seal.header
    if header.is_test and not trust.tests_too:
        text = "a seal made for trials: its certificate reference is zero"
        protocol.note(Step.SIGNER, Result.FAILED, Status.UNTRUSTED_CERTIFICATE, text)
        protocol.not_done(Step.SIGNATURE)
        return
    found = trust.find(header.signer, header.reference)
    if not found:
        text = f"no certificate of {header.signer} with the number {header.reference} was given"
        protocol.note(Step.SIGNER, Result.UNKNOWN, Status.UNKNOWN_CERTIFICATE, text)
        protocol.not_done(Step.SIGNATURE)
        return
    problems = [(each, signature_problem(seal.signed, seal.signature, each)) for each in found]
    signer, problem = min(problems, key=lambda pair: _gravity(pair[1]))
    protocol.passed(Step.SIGNER, f"{signer.subject}, number {header.reference}")
    protocol.path = (signer,)
    _signature(protocol, signer, problem)


def _enclosed(protocol: _Protocol, seal: JSONSeal) -> None:
    signer = seal.certificate
    protocol.passed(Step.SIGNER, str(signer.subject))
    protocol.path = (signer,)
    problem = signature_problem(seal.signed, seal.signature, signer, seal.hash)
    key = signer.key
    if isinstance(key, ECKey) and key.bits not in ALGORITHM_BITS[seal.algorithm]:
        problem = ChipError(Code.SOD_ALG_MISMATCH, f"{seal.algorithm} with a key on {key}")
    _signature(protocol, signer, problem)


def signature_problem(
    signed: bytes, signature: bytes, signer: Certificate, hash_name: str = ""
) -> ChipError | None:
    """Why the signature of r and s side by side does not hold; None when it does."""
    key = signer.key
    if isinstance(key, ChipError):
        return ChipError(Code.SOD_ALG_UNSUPPORTED, key.text)
    if not isinstance(key, ECKey):
        return ChipError(Code.SOD_ALG_UNSUPPORTED, f"seals are not signed with {key}")
    size = (key.curve.n.bit_length() + 7) // 8
    if len(signature) != 2 * size:
        text = f"a signature of {len(signature)} octets for {key}"
        return ChipError(Code.SOD_SIG_INVALID, text)
    r, s = (int.from_bytes(each, "big") for each in (signature[:size], signature[size:]))
    how = SignatureAlgorithm(Scheme.ECDSA, hash_name or hash_for(key.bits))
    try:
        verify_signature(key, how, encode_dss_signature(r, s), signed)
    except ChipError as error:
        return error
    return None


def hash_for(bits: int) -> str:
    """The hash that goes with a curve of this size (Doc 9303-13, 2.4)."""
    for name, most in (("sha224", 224), ("sha256", 256), ("sha384", 384)):
        if bits <= most:
            return name
    return "sha512"


def _gravity(problem: ChipError | None) -> int:
    if problem is None:
        return 0
    return 2 if problem.code is Code.SOD_ALG_UNSUPPORTED else 1


def _signature(protocol: _Protocol, signer: Certificate, problem: ChipError | None) -> None:
    if problem is None:
        protocol.passed(Step.SIGNATURE, f"the signature holds, {signer.key}")
    elif problem.code is Code.SOD_ALG_UNSUPPORTED:
        text = f"the signer's key cannot be used: {problem.text}"
        protocol.note(Step.SIGNATURE, Result.UNKNOWN, Status.UNTRUSTED_CERTIFICATE, text)
    else:
        protocol.note(Step.SIGNATURE, Result.FAILED, Status.INVALID_SIGNATURE, problem.text)


def _judge(protocol: _Protocol, seal: Seal | JSONSeal, trust: SealTrust, on: date) -> None:
    """The certificate: who issued it, was it valid, revoked, for this use, of this state."""
    path = _chain(protocol, find_path(protocol.path[0], trust.authorities), trust)
    protocol.path = path.certificates
    if path.problem is not None:
        # what a certificate says that nobody vouches for means nothing
        protocol.not_done(Step.VALIDITY, Step.REVOCATION, Step.USAGE, Step.COUNTRY)
        return
    _validity(protocol, path, seal, on)
    _revocation(protocol, path, trust, on)
    _usage(protocol, path.certificates[0], seal)
    _country(protocol, path, seal, trust)


_AGAINST = (Code.CHAIN_SIG_INVALID,)


def _chain(protocol: _Protocol, path: Path, trust: SealTrust) -> Path:
    signer = path.certificates[0]
    if path.problem is None:
        above = " ← ".join(str(each.subject) for each in path.certificates[1:])
        protocol.passed(Step.CHAIN, f"issued by {above}")
        return path
    if signer in trust.believed:
        protocol.passed(Step.CHAIN, "the certificate itself is believed")
        return Path((signer,))
    result = Result.FAILED if path.problem.code in _AGAINST else Result.UNKNOWN
    protocol.note(Step.CHAIN, result, Status.UNTRUSTED_CERTIFICATE, path.problem.text)
    return path


def _validity(protocol: _Protocol, path: Path, seal: Seal | JSONSeal, on: date) -> None:
    """On the day of signing; a seal in JSON does not tell it, so on the day of the check."""
    day = on if isinstance(seal, JSONSeal) else seal.header.signed
    protocol.signed_on = day
    if day > on:
        text = f"signed on {day}, which is to come"
        protocol.note(Step.VALIDITY, Result.FAILED, Status.EXPIRED_CERTIFICATE, text)
    moment = datetime.combine(day, time(12), UTC)
    for each in judging.validity(path, moment, on):
        result, text = each.result, each.text
        late = each.code is Code.CHAIN_EXPIRED_AT_SIGNING and result is Result.FAILED
        if late and isinstance(seal, JSONSeal):
            result, text = Result.UNKNOWN, f"{text}, if that was today: the seal tells no day"
        status = Status.VALID if result is Result.PASSED else Status.EXPIRED_CERTIFICATE
        protocol.note(Step.VALIDITY, result, status, text)


def _revocation(protocol: _Protocol, path: Path, trust: SealTrust, on: date) -> None:
    if len(path.certificates) == 1:
        text = "nobody revokes a certificate that is believed by itself"
        protocol.note(Step.REVOCATION, Result.NOT_DONE, Status.VALID, text)
        return
    for each in judging.revocation(path, trust.authorities, on):
        bad = each.code is Code.REV_REVOKED
        status = Status.REVOKED_CERTIFICATE if bad else Status.VALID
        protocol.note(Step.REVOCATION, each.result, status, each.text)


def _usage(protocol: _Protocol, signer: Certificate, seal: Seal | JSONSeal) -> None:
    """Issued for signing seals, on documents of this type."""
    wrong = _wrong_use(signer, isinstance(seal, JSONSeal))
    code = _type_of(seal)
    if code and not judging.may_sign(signer, code):
        kinds = ", ".join(sorted(signer.document_types or ())) or "nothing"
        wrong.append(f"the signer may sign {kinds}, not {code}")
    for text in wrong:
        protocol.note(Step.USAGE, Result.FAILED, Status.INVALID_DOCUMENTTYPE, text)
    if not wrong and signer.extended_key_usage is None:
        text = "the certificate does not say that it is for seals"
        protocol.note(Step.USAGE, Result.REMARK, Status.VALID, text)
    elif not wrong:
        protocol.passed(Step.USAGE, "the certificate is for such seals")


def _wrong_use(signer: Certificate, enclosed: bool) -> list[str]:
    found = []
    if signer.is_authority:
        found.append("the certificate is that of an authority")
    if signer.key_usage is not None and DIGITAL_SIGNATURE not in signer.key_usage:
        found.append("the key was not given for signatures")
    uses = signer.extended_key_usage
    if enclosed and USAGE_NC not in (uses or ()):
        found.append("the enclosed certificate is not one for such seals")
    elif uses is not None and not any(each.startswith(USAGES) for each in uses):
        found.append(f"the certificate was issued for {', '.join(sorted(uses))}")
    return found


def _type_of(seal: Seal | JSONSeal) -> str:
    """The document code that the certificate must cover, where there is one."""
    if isinstance(seal, JSONSeal):
        return TYPES_NC.get(seal.type, "")
    return seal.zone[:2].rstrip("<")


def _country(protocol: _Protocol, path: Path, seal: Seal | JSONSeal, trust: SealTrust) -> None:
    """Signer, authority and issuer of one state."""
    issuer = seal.issuer if isinstance(seal, JSONSeal) else seal.header.issuer
    signer = path.certificates[0]
    strangers = [each for each in path.certificates if each.country != signer.country]
    if trust.may_sign_for(signer, issuer):
        protocol.passed(Step.COUNTRY, f"{signer.country} signs for {issuer} too")
        return
    allowed = countries_of(issuer)
    if not allowed:
        text = f"no country of certificates is known for {issuer or 'this issuer'}"
        protocol.note(Step.COUNTRY, Result.UNKNOWN, Status.UNTRUSTED_CERTIFICATE, text)
    elif strangers or signer.country not in allowed:
        named = (strangers or [signer])[0].country or "a state not named"
        text = f"issued by {issuer}, signed by {named}"
        protocol.note(Step.COUNTRY, Result.FAILED, Status.UNTRUSTED_CERTIFICATE, text)
    else:
        protocol.passed(Step.COUNTRY, f"{issuer}, {signer.country}")


def _documents(
    protocol: _Protocol,
    seal: Seal | JSONSeal,
    compared: Sequence[Compared],
    document: Reading | None,
    passport: Reading | None,
) -> None:
    """The zones that were handed in: readable, and the same as the seal."""
    is_visa = isinstance(seal, Seal) and seal.kind is not None and seal.kind.bears is Bears.VISA
    unreadable = Status.INVALID_VISA_MRZ if is_visa else Status.INVALID_DOCUMENT_MRZ
    differs = Status.SEAL_VISA_MISMATCH if is_visa else Status.SEAL_DOCUMENT_MISMATCH
    of_visa = document is not None and document.format in (Format.MRVA, Format.MRVB)
    with_document = [each for each in compared if each.against is Against.DOCUMENT]
    if document is None:
        protocol.note(Step.DOCUMENT, Result.NOT_DONE, Status.VALID, "no zone was handed in")
    elif not document.valid or (is_visa and not of_visa):
        text = f"the zone is not one that holds: {document.format}"
        protocol.note(Step.DOCUMENT, Result.FAILED, unreadable, text)
    else:
        _matched(protocol, Step.DOCUMENT, with_document, differs)
    with_passport = [each for each in compared if each.against is Against.PASSPORT]
    if passport is None:
        protocol.note(Step.PASSPORT, Result.NOT_DONE, Status.VALID, "no zone was handed in")
    elif not passport.valid:
        text = f"the zone is not one that holds: {passport.format}"
        protocol.note(Step.PASSPORT, Result.FAILED, Status.INVALID_PASSPORT_MRZ, text)
    else:
        _matched(protocol, Step.PASSPORT, with_passport, Status.SEAL_PASSPORT_MISMATCH)


def _matched(protocol: _Protocol, step: Step, compared: Sequence[Compared], status: Status) -> None:
    if not compared:
        protocol.note(step, Result.NOT_DONE, Status.VALID, "the seal says nothing to compare")
        return
    for each in compared:
        text = f"{each.field}: {each.in_seal or 'nothing'} in the seal, {each.in_zone or 'nothing'}"
        if each.same is Same.DIFFERENT:
            protocol.note(step, Result.FAILED, status, f"{text} in the zone")
        elif each.same is not Same.SAME:
            protocol.note(step, Result.REMARK, Status.VALID, f"{text} in the zone: {each.same}")
    if all(each.same is Same.SAME for each in compared):
        protocol.passed(step, "seal and zone say the same")
