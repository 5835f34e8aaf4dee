"""Files as they are handed in, read and judged before anybody offers them."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from kordon.lib.traveldocs.chip import (
    Assessed,
    Certificate,
    ChipError,
    ECKey,
    MasterList,
    RevocationList,
    Standing,
    Trust,
    assess,
    read_certificate,
    read_master_list,
    read_revocation_list,
    unpack,
)
from kordon.lib.traveldocs.chip.certificates import DIGITAL_SIGNATURE
from kordon.lib.traveldocs.chip.trust import find_path
from kordon.lib.traveldocs.seal.verifying import USAGES
from kordon.trust import rules
from kordon.trust.records import Record, record_of

LARGEST_FILE = 32 * 1024 * 1024
MOST_CERTIFICATES = 100


@dataclass(frozen=True, kw_only=True)
class ListRead:
    """A master list whose signature holds. ``pin`` is the authority of its signer, or itself."""

    listed: MasterList
    signed_at: datetime
    pin: Certificate
    records: tuple[Record, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many certificates, by how they stand; unreadable ones too."""
        found = {"certificates": len(self.records), "unreadable": len(self.listed.unreadable)}
        return found | count(self.records)


def count(records: Iterable[Record]) -> dict[str, int]:
    """How many records stand how."""
    found = {str(one): 0 for one in Standing}
    for record in records:
        found[record.standing] += 1
    return {name.lower(): number for name, number in found.items()}


def read_list(content: bytes, *, before: datetime | None, now: datetime) -> ListRead:
    """A list that may be offered. Raises ``Unreadable`` or ``OlderList``."""
    try:
        listed = read_master_list(content)
    except ChipError as error:
        raise rules.Unreadable(str(error)) from error
    signed_at = rules.check_signed_at(listed.signed_at, before=before, now=now)
    rules.check_signer_then(listed.signer.not_before, listed.signer.not_after, signed_at)
    return ListRead(
        listed=listed,
        signed_at=signed_at,
        pin=_authority(listed),
        records=tuple(record_of(one) for one in assess(listed.certificates, among=listed.enclosed)),
    )


def _authority(listed: MasterList) -> Certificate:
    """Whose key signed the signer's certificate; its self-signed certificate where there is one."""
    pool = (*listed.enclosed, *listed.certificates)
    ordered = sorted(pool, key=lambda one: not one.is_self_issued)
    return listed.issuer_of_signer(ordered) or listed.signer


def follows(it: ListRead, pin: str) -> bool:
    """Whether the signer is one of the accepted authority, over at most two link certificates."""
    accepted = read_certificate(b64decode(pin))
    if accepted in (it.listed.signer, it.pin):
        return True
    links = (*it.listed.enclosed, *it.listed.certificates)
    return find_path(it.listed.signer, Trust([accepted], links=links)).problem is None


def pinned(certificate: Certificate) -> str:
    """A certificate as text in a fact."""
    return b64encode(certificate.raw).decode()


def read_certificates(content: bytes) -> tuple[Record, ...]:
    """Certificates of authorities by hand: one in DER, or several in PEM. Each must be usable."""
    found = _certificates(content)
    records = tuple(record_of(one) for one in assess(found))
    rules.check_usable(record.standing for record in records)
    if any(one.is_authority is False for one in found):
        raise rules.Unreadable("A certificate in this file is not one of an authority.")
    return records


def read_seal_signers(content: bytes, *, alone: bool) -> tuple[Record, ...]:
    """Certificates of signers of seals: one in DER, or several in PEM. Each must be usable.

    Whether an authority issued them is asked when a seal is verified: it may come later.
    """
    found = _certificates(content)
    if not found:
        raise rules.Unreadable("There is no certificate in this file.")
    for one in found:
        rules.check_signs_seals(authority=bool(one.is_authority), usable=_signs_seals(one))
    standing = rules.SIGNER_ALONE if alone else rules.SIGNER
    records = (record_of(Assessed(one, Standing.ISSUER_UNKNOWN)) for one in found)
    return tuple(replace(record, standing=standing) for record in records)


def _signs_seals(it: Certificate) -> bool:
    """Whether its key can, and what it says of its use does not forbid it."""
    usages = it.extended_key_usage
    return (
        isinstance(it.key, ECKey)
        and (it.key_usage is None or DIGITAL_SIGNATURE in it.key_usage)
        and (usages is None or any(one.startswith(USAGES) for one in usages))
    )


def read_revocations(content: bytes) -> tuple[RevocationList, bytes]:
    """One revocation list, in DER or PEM, with its DER. Raises ``Unreadable``."""
    blocks = _unpacked(content, "X509 CRL")
    if len(blocks) != 1:
        raise rules.Unreadable("There must be one revocation list in this file.")
    try:
        return read_revocation_list(blocks[0]), blocks[0]
    except ChipError as error:
        raise rules.Unreadable(str(error)) from error


def signer_of(it: RevocationList, among: Iterable[Certificate]) -> Certificate | None:
    """The trusted authority whose key signed the list."""
    pool = list(among)
    likely = [one for one in pool if it.authority_key and one.subject_key == it.authority_key]
    named = [one for one in pool if one.subject == it.issuer]
    for one in chain(likely, named):
        try:
            it.verify_issued_by(one)
        except ChipError:
            continue
        return one
    return None


def _certificates(content: bytes) -> tuple[Certificate, ...]:
    """Each certificate of a file once."""
    blocks = _unpacked(content, "CERTIFICATE")
    if len(blocks) > MOST_CERTIFICATES:
        raise rules.Unreadable("There are too many certificates in this file.")
    try:
        return tuple(dict.fromkeys(read_certificate(block) for block in blocks))
    except ChipError as error:
        raise rules.Unreadable(str(error)) from error


def _unpacked(content: bytes, kind: str) -> list[bytes]:
    try:
        return [der for label, der in unpack(content) if label in {"", kind}]
    except ChipError as error:
        raise rules.Unreadable("This file is no PEM.") from error
