"""The status codes of a verification, and the one error of this part."""

from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What was found (Doc 9303-13; of visas 9303-7), stable for machines.

    The last two are ours: Doc 9303 names the comparison with the zone for visas alone.
    """

    VALID = "VALID"
    READ_ERROR = "READ_ERROR"
    """No bar code was found in the image, or its octets could not be had."""
    WRONG_FORMAT = "WRONG_FORMAT"
    """The octets are no seal, or not built as the standard says."""
    UNKNOWN_CERTIFICATE = "UNKNOWN_CERTIFICATE"
    """The certificate that the seal names was not given."""
    UNTRUSTED_CERTIFICATE = "UNTRUSTED_CERTIFICATE"
    """No trusted authority issued the certificate, or not for this state or use."""
    INVALID_DOCUMENTTYPE = "INVALID_DOCUMENTTYPE"
    """The certificate was not issued for seals, or not on documents of this type."""
    EXPIRED_CERTIFICATE = "EXPIRED_CERTIFICATE"
    """The certificate was not valid when the seal was signed."""
    REVOKED_CERTIFICATE = "REVOKED_CERTIFICATE"
    INVALID_SIGNATURE = "INVALID_SIGNATURE"
    INVALID_VISA_MRZ = "INVALID_VISA_MRZ"
    """The zone of the visa was not read, or its check digits do not hold."""
    SEAL_VISA_MISMATCH = "SEAL_VISA_MISMATCH"
    """Seal and zone of the visa differ."""
    INVALID_PASSPORT_MRZ = "INVALID_PASSPORT_MRZ"
    SEAL_PASSPORT_MISMATCH = "SEAL_PASSPORT_MISMATCH"
    """The seal belongs to another passport or another holder."""
    INVALID_DOCUMENT_MRZ = "INVALID_DOCUMENT_MRZ"
    """As INVALID_VISA_MRZ, of a document that is no visa."""
    SEAL_DOCUMENT_MISMATCH = "SEAL_DOCUMENT_MISMATCH"
    """As SEAL_VISA_MISMATCH, of a document that is no visa."""


class SealError(ValueError):
    """A seal that cannot be read or written.

    `code` is stable for machines, `text` is one English sentence for people. Reading raises with
    the codes READ_ERROR and WRONG_FORMAT of `Status`. Writing raises with

    KIND       no such kind of seal, or a feature that the kind does not have
    VALUE      a value that the feature cannot hold
    HEADER     issuer, signer, reference or date that the header cannot hold
    SIGNER     key, certificate or token that cannot sign seals
    SYMBOL     more octets than the bar code holds, or a bar code that cannot be drawn
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = str(code)
        self.text = text

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), (self.code, self.text)


def wrong(text: str) -> SealError:
    """The octets are not what the standard puts here."""
    return SealError(Status.WRONG_FORMAT, text)
