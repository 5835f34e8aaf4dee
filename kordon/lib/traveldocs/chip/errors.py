"""The one error of this part, and the codes by which it and the findings are known."""

from enum import StrEnum


class Code(StrEnum):
    """What was found, stable for machines. `OK` is the only one that is nothing to look at."""

    OK = "OK"

    READ_BAD_TLV = "READ_BAD_TLV"
    """The octets are not what the standard puts here."""
    READ_TRUNCATED = "READ_TRUNCATED"
    """A length runs past the end of the file."""
    READ_TOO_LARGE = "READ_TOO_LARGE"
    """Beyond the size, number or depth that this library is ready to read."""

    SOD_MISSING = "SOD_MISSING"
    """EF.SOD was not handed in, so nothing can be verified."""
    SOD_NOT_CMS = "SOD_NOT_CMS"
    """EF.SOD is not CMS SignedData."""
    SOD_WRONG_ECT = "SOD_WRONG_ECT"
    """The signed content is of another type than a document security object."""
    SOD_NO_DS_CERT = "SOD_NO_DS_CERT"
    """No document signer certificate is enclosed."""
    SOD_SID_MISMATCH = "SOD_SID_MISMATCH"
    """The signer names another certificate than the one enclosed."""
    SOD_ATTR_MISSING = "SOD_ATTR_MISSING"
    """Content type or message digest is absent among the signed attributes."""
    SOD_MESSAGE_DIGEST_MISMATCH = "SOD_MESSAGE_DIGEST_MISMATCH"
    """The signed digest is not that of the content."""
    SOD_SIG_INVALID = "SOD_SIG_INVALID"
    """The signature does not hold."""
    SOD_ALG_UNSUPPORTED = "SOD_ALG_UNSUPPORTED"
    """An algorithm that this library does not know."""
    SOD_ALG_MISMATCH = "SOD_ALG_MISMATCH"
    """Key and signature, or two names of one hash, do not belong together."""
    SOD_ALG_WEAK = "SOD_ALG_WEAK"
    """SHA-1, or a key too short for today."""

    EC_UNKNOWN_CURVE = "EC_UNKNOWN_CURVE"
    """Not one of the named curves, in every parameter."""
    EC_POINT_INVALID = "EC_POINT_INVALID"
    """The public point does not lie on its curve."""
    EC_IMPLICIT = "EC_IMPLICIT"
    """The curve is inherited from another certificate, which Doc 9303 forbids."""
    RSA_KEY_INVALID = "RSA_KEY_INVALID"
    """A modulus or exponent that no RSA key has, or larger than this library computes with."""

    CHAIN_NO_CSCA_FOR_COUNTRY = "CHAIN_NO_CSCA_FOR_COUNTRY"
    """No trust anchor of the signer's state was given."""
    CHAIN_NO_MATCH = "CHAIN_NO_MATCH"
    """Anchors of the state were given; none of them is the issuer of this certificate."""
    CHAIN_SIG_INVALID = "CHAIN_SIG_INVALID"
    """An anchor is the issuer by key identifier, and its key did not sign the certificate."""
    CHAIN_NOT_YET_VALID = "CHAIN_NOT_YET_VALID"
    CHAIN_EXPIRED_AT_SIGNING = "CHAIN_EXPIRED_AT_SIGNING"
    CHAIN_EXPIRED_NOW = "CHAIN_EXPIRED_NOW"
    """Valid at signing, expired since: a remark."""
    CHAIN_COUNTRY_MISMATCH = "CHAIN_COUNTRY_MISMATCH"
    """Signer, its CSCA and the issuing state of DG1 are not of one state."""
    CHAIN_COUNTRY_UNKNOWN = "CHAIN_COUNTRY_UNKNOWN"
    """No two-letter code is known for the issuer of DG1: compare by eye."""
    CHAIN_EKU = "CHAIN_EKU"
    """The certificate was issued for another use."""
    CHAIN_DOCTYPE = "CHAIN_DOCTYPE"
    """The certificate was not issued for documents of this kind."""

    REV_REVOKED = "REV_REVOKED"
    REV_CRL_STALE = "REV_CRL_STALE"
    REV_CRL_MISSING = "REV_CRL_MISSING"
    REV_CRL_SIG = "REV_CRL_SIG"
    """A revocation list of the issuer whose signature does not hold; it was not used."""

    DG_HASH_MISMATCH = "DG_HASH_MISMATCH"
    DG_MISSING = "DG_MISSING"
    """Listed in EF.SOD and not handed in."""
    DG_NOT_IN_SOD = "DG_NOT_IN_SOD"
    """Handed in, or listed in EF.COM, and not signed."""
    DG_NOT_IN_COM = "DG_NOT_IN_COM"
    """Signed and not listed in EF.COM, which itself is not signed."""
    DG_PARSE = "DG_PARSE"
    """A data group does not have the form that the standard gives it."""

    XCHK_MRZ_DG1 = "XCHK_MRZ_DG1"
    """The printed zone and DG1 differ."""
    XCHK_EXPIRED_DOC = "XCHK_EXPIRED_DOC"

    DEFECT_KNOWN = "DEFECT_KNOWN"
    """A rule says that documents like this one are not to be believed, or have a known defect."""
    RULE_NOT_ALLOWED = "RULE_NOT_ALLOWED"
    """A deviation rule for a failure that no rule may excuse."""

    LIST_NOT_CMS = "LIST_NOT_CMS"
    LIST_WRONG_ECT = "LIST_WRONG_ECT"
    LIST_NO_SIGNER_CERT = "LIST_NO_SIGNER_CERT"
    LIST_MESSAGE_DIGEST_MISMATCH = "LIST_MESSAGE_DIGEST_MISMATCH"
    LIST_SIG_INVALID = "LIST_SIG_INVALID"
    LIST_SIGNER_EKU = "LIST_SIGNER_EKU"
    """The signer is no master list signer by its extended key usage."""

    AA_NO_KEY = "AA_NO_KEY"
    """No usable Active Authentication key in DG15."""
    AA_SIG_INVALID = "AA_SIG_INVALID"
    """The chip's answer does not fit its key and our challenge."""
    CA_NO_KEY = "CA_NO_KEY"
    """No usable Chip Authentication key in DG14."""
    CA_MAC_INVALID = "CA_MAC_INVALID"
    """The chip did not answer under the keys that only the genuine chip can know."""


class ChipError(ValueError):
    """Octets that cannot be read as what they claim to be. `code` is one of `Code`."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text

    def __reduce__(self) -> tuple[type["ChipError"], tuple[Code, str]]:
        return type(self), (self.code, self.text)
