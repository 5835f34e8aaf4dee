"""CSCA master lists (Doc 9303-12, 8): who signed, and the certificates of authorities inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kordon.lib.traveldocs.chip.asn1 import INTEGER, SEQUENCE, SET, Members, integer
from kordon.lib.traveldocs.chip.certificates import Certificate, certificate_of
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.signed import (
    SignedData,
    Signer,
    certificate_of_signer,
    check_attributes,
    read_attributes,
    read_signed_data,
    verify_signer,
)
from kordon.lib.traveldocs.chip.tlv import read_node

MAX_LIST = 32 * 1024 * 1024
MAX_LISTED = 10_000
CONTENT_TYPE = "2.23.136.1.1.2"
MASTER_LIST_SIGNER = "2.23.136.1.1.3"
"""The extended key usage that Doc 9303-12, 7.1.1 gives the signer of a master list."""

_AS_LIST = {
    Code.SOD_MESSAGE_DIGEST_MISMATCH: Code.LIST_MESSAGE_DIGEST_MISMATCH,
    Code.SOD_SIG_INVALID: Code.LIST_SIG_INVALID,
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One certificate of a list that cannot be read: its place, counted from 0, and why."""

    place: int
    why: ChipError


@dataclass(frozen=True, slots=True)
class MasterList:
    """A list whose signature holds. Whether its signer is trusted is the caller's to say."""

    signer: Certificate
    """Pin it by `fingerprint`, or by its issuer among the authorities you trust."""
    enclosed: tuple[Certificate, ...]
    """Every certificate beside the content: the signer's, and usually its authority's."""
    signed_at: datetime | None
    version: int
    certificates: tuple[Certificate, ...]
    unreadable: tuple[Unreadable, ...]

    def issuer_of_signer(self, among: Sequence[Certificate]) -> Certificate | None:
        """The certificate among these whose key signed the signer's certificate."""
        return next((each for each in among if _issued(each, self.signer)), None)


def read_master_list(data: bytes) -> MasterList:
    """A master list, its signature verified; `ChipError` where the signature does not hold.

    A certificate that cannot be read does not lose the others.
    """
    node = read_node(data, limit=MAX_LIST)
    signed = read_signed_data(node, not_cms=Code.LIST_NOT_CMS)
    if signed.content_type != CONTENT_TYPE:
        raise ChipError(Code.LIST_WRONG_ECT, f"content type {signed.content_type}")
    signer, certificate = _signer(signed)
    try:
        attributes = read_attributes(signer)
        check_attributes(signed, signer, attributes)
        verify_signer(signed, signer, certificate)
    except ChipError as error:
        raise ChipError(_AS_LIST.get(error.code, error.code), error.text) from None
    version, found, unreadable = _content(signed.content)
    return MasterList(
        signer=certificate,
        enclosed=signed.certificates,
        signed_at=None if attributes is None else attributes.signing_time,
        version=version,
        certificates=found,
        unreadable=unreadable,
    )


def _signer(signed: SignedData) -> tuple[Signer, Certificate]:
    if len(signed.signers) != 1:
        raise ChipError(Code.LIST_NOT_CMS, f"{len(signed.signers)} signers")
    certificate = certificate_of_signer(signed.signers[0], signed.certificates)
    if certificate is None:
        raise ChipError(Code.LIST_NO_SIGNER_CERT, "the signer's certificate is not enclosed")
    if MASTER_LIST_SIGNER not in (certificate.extended_key_usage or ()):
        raise ChipError(Code.LIST_SIGNER_EKU, f"{certificate.subject} signs no master lists")
    return signed.signers[0], certificate


def _content(content: bytes) -> tuple[int, tuple[Certificate, ...], tuple[Unreadable, ...]]:
    members = Members(read_node(content, limit=MAX_LIST), "master list")
    version = integer(members.take(INTEGER), "version")
    found: list[Certificate] = []
    unreadable: list[Unreadable] = []
    for place, node in enumerate(members.take(SET, SEQUENCE)):
        if place == MAX_LISTED:
            raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_LISTED} certificates")
        try:
            found.append(certificate_of(node))
        except ChipError as error:
            unreadable.append(Unreadable(place, error))
    return version, tuple(found), tuple(unreadable)


def _issued(issuer: Certificate, subject: Certificate) -> bool:
    if issuer.subject != subject.issuer and issuer.subject_key != subject.authority_key:
        return False
    try:
        subject.verify_issued_by(issuer)
    except ChipError:
        return False
    return True
