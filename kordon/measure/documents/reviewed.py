"""What is right of published documents, reviewed by hand, with the reason.

The vectors are no part of the repository; they are named here by the beginning of their SHA-256 or
by their file. Nothing was taken over unreviewed from what the library says: signatures of security
objects were verified and days and states read with OpenSSL 3.0.19 (`cms -verify -noverify`,
`cms -cmsout -print`, `x509`); a difference from the corpus of zones was worked out by the standard.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kordon.lib.traveldocs.chip import Code, Outcome
from kordon.lib.traveldocs.seal import Outcome as SealOutcome
from kordon.lib.traveldocs.seal import Status

ON = date(2026, 11, 22)
"""The day on which everything here is judged."""


@dataclass(frozen=True)
class Right:
    """Outcome and every code of a security object, with the reason."""

    outcome: Outcome
    codes: frozenset[Code]
    why: str


def _lacking(why: str, *more: Code) -> Right:
    codes = {Code.CHAIN_NO_MATCH, Code.CHAIN_EXPIRED_NOW, *more}
    return Right(Outcome.NOT_VERIFIABLE, frozenset(codes), why)


def _failed(why: str, *codes: Code) -> Right:
    return Right(Outcome.FAILED, frozenset(codes), why)


_ETSI = (Code.CHAIN_NO_MATCH, Code.CHAIN_EXPIRED_NOW)
_TAMPERED = "OpenSSL: content verify error; the digest that was signed is not that of the content"
_TEST = "OpenSSL: the signature holds; test signer of %s, expired since, its authority in no list"
SECURITY_OBJECTS: Mapping[str, Right] = {
    "0af60c0b8a64be97": _failed(_TAMPERED, Code.SOD_MESSAGE_DIGEST_MISMATCH, *_ETSI),
    "15f70339cd01ef46": _lacking(_TEST % "Sdu (NL) of 2006"),
    "3117999effad8843": _lacking(_TEST % "ETSI (DE) of 2011"),
    "3a3200c155782957": _lacking(_TEST % "HJP (DE) of 2013"),
    "49ecdae0790e5dec": _failed(
        "an ECDSA signature of r and s side by side, where RFC 5753, 2.1.1 asks for DER; OpenSSL "
        "finds no signer: it names another certificate; signed 2024, the signer begins in 2025; "
        "no state ZK is in any list",
        Code.SOD_SIG_INVALID,
        Code.SOD_SID_MISMATCH,
        Code.CHAIN_NOT_YET_VALID,
        Code.CHAIN_NO_CSCA_FOR_COUNTRY,
    ),
    "4d92734fae5bfe72": _lacking(_TEST % "HJP (DE) of 2013"),
    "6cd3f1e134d1185a": _lacking(
        (_TEST % "Bundesdruckerei (DE) of 2008") + "; ECDSA and hashes with SHA-1",
        Code.SOD_ALG_WEAK,
    ),
    "7101841b9ea85941": _failed(
        "signed 2024, the signer begins in 2025; it names another certificate (OpenSSL: signer "
        "certificate not found); no state ZK is in any list",
        Code.SOD_SID_MISMATCH,
        Code.CHAIN_NOT_YET_VALID,
        Code.CHAIN_NO_CSCA_FOR_COUNTRY,
    ),
    "81ffc496d658d1c6": _failed(_TAMPERED, Code.SOD_MESSAGE_DIGEST_MISMATCH, *_ETSI),
    "8952f91bd93b4fc1": _failed(
        "OpenSSL: RSA_verify_PKCS1_PSS_mgf1, last octet invalid", Code.SOD_SIG_INVALID, *_ETSI
    ),
    "9ae270bdb253f086": _lacking(_TEST % "HJP (DE) of 2013"),
    "b2a7ed7cea64612a": _failed(
        _TAMPERED + " (its version is -1)", Code.SOD_MESSAGE_DIGEST_MISMATCH, *_ETSI
    ),
    "b792ef1a77799008": _failed(
        _TAMPERED + " (its version is 2)", Code.SOD_MESSAGE_DIGEST_MISMATCH, *_ETSI
    ),
    "c3936a4ffeeaa77e": _lacking(_TEST % "HJP (DE) of 2015"),
    "d7de31d31564aa31": _lacking(_TEST % "HJP (DE) of 2013"),
    "e01b0ed38ee307ee": _lacking(
        "OpenSSL: the signature holds; New Zealand, 2011. Its authority's key (3fd984c3…) is older "
        "than every key of New Zealand in the lists given"
    ),
}
"""By security object without the tag 77, verified by itself against `TRUSTED_LISTS`."""

TRUSTED_LISTS = frozenset(
    {
        "DE_ML_2024-08-07-07-38-24.ml",
        "DE_ML_2025-03-05-08-05-28.ml",
        "DE_ML_2025-11-27-07-39-21.ml",
    }
)
"""The lists that were trusted when the security objects were reviewed; others may know more."""


@dataclass(frozen=True)
class Chip:
    """A whole chip: where its files lie, the day it is judged on, and what is right of it."""

    folder: str
    sod: str
    com: str
    groups: Mapping[int, str]
    on: date
    right: Right


CHIPS = (
    Chip(
        folder="loes2006",
        sod="ef011D.bin",
        com="ef011E.bin",
        groups={1: "ef0101.bin", 2: "ef0102.bin", 15: "ef010F.bin"},
        on=date(2010, 1, 1),
        right=Right(
            Outcome.NOT_VERIFIABLE,
            frozenset({Code.CHAIN_NO_MATCH}),
            "every group has its digest; on that day nothing had expired; a test authority",
        ),
    ),
    Chip(
        folder="bsi2008",
        sod="EF_SOD.bin",
        com="EF_COM.bin",
        groups={number: f"Datagroup{number}.bin" for number in (1, 2, 3, 4, 14, 15)},
        on=date(2008, 6, 1),
        right=Right(
            Outcome.FAILED,
            frozenset({Code.DG_NOT_IN_SOD, Code.CHAIN_NO_MATCH, Code.SOD_ALG_WEAK}),
            "DG4 and DG15 are handed in, and EF.SOD signs neither; SHA-1; a test authority",
        ),
    ),
    Chip(
        folder="bsi2008",
        sod="EF_SOD.bin",
        com="EF_COM.bin",
        groups={number: f"Datagroup{number}.bin" for number in (1, 2, 3, 14)},
        on=date(2008, 6, 1),
        right=Right(
            Outcome.NOT_VERIFIABLE,
            frozenset({Code.CHAIN_NO_MATCH, Code.SOD_ALG_WEAK}),
            "the groups that are signed have their digests; SHA-1; a test authority",
        ),
    ),
)

REFUSED_LISTS: Mapping[str, tuple[Code, str]] = {
    "ICAO_ml_September2023.ml": (
        Code.LIST_SIG_INVALID,
        "the digest fits the content and the RSA signature over it fails; OpenSSL agrees",
    ),
}

NOT_LETTERS = "Doc 9303-3, 4.7 and 5: an issuing state is given by letters; this one has a digit"
NOT_A_DATE = "Doc 9303-3, 4.8: a date is YYMMDD in digits; a letter equal modulo 10 hides from 4.9"
NOT_TD2 = "Doc 9303-6, 4.2.2 does not describe this card: a national layout with digits of its own"
NOT_9303 = "Doc 9303-4 describes passports, not the Russian internal one: it has no expiry to check"


@dataclass(frozen=True)
class Otherwise:
    """A zone of the corpus judged otherwise: valid or not, the fields refused, and why."""

    valid: bool
    refused: frozenset[str]
    why: str


_IS_VALID = frozenset[str]()
ZONES: Mapping[str, Otherwise] = {
    "6d921ebb6dfbea49": Otherwise(False, frozenset({"issuer"}), NOT_LETTERS),
    "af8c98ecd4ae20d2": Otherwise(False, frozenset({"expiry"}), NOT_A_DATE),
    "7623412944378b1a": Otherwise(False, frozenset({"birth"}), NOT_A_DATE),
    "5176bb8eed2de6de": Otherwise(True, _IS_VALID, NOT_TD2),
    "a16e3c5f1f327350": Otherwise(True, _IS_VALID, NOT_TD2),
    "f67a521954003250": Otherwise(True, _IS_VALID, NOT_TD2),
    "31048b95e8af3b50": Otherwise(True, _IS_VALID, NOT_TD2),
    "cf877109bde37f39": Otherwise(True, _IS_VALID, NOT_TD2),
    "ca374e0cfadf5c14": Otherwise(True, _IS_VALID, NOT_TD2),
    "2e6b17e0dbdf77fd": Otherwise(True, _IS_VALID, NOT_9303),
}
"""Where we differ from the corpus, whose verdicts are computed check digits only. A row is named
by the beginning of the SHA-256 of its lines joined with "|"."""

NOT_WRITTEN: Mapping[str, tuple[str, str]] = {
    "d6bdc552aa5789ad": ("CODE", "BOS is no code of Doc 9303-3"),
    "b465fcbb8c24c52e": (
        "CODE",
        "a German card with P, which Doc 9303-5 gives to no card",
    ),
    "ca92d5bf441ae264": ("CODE", "COU is no code of Doc 9303-3"),
    "1e17fbb497ed7b8f": ("CODE", "COU is no code of Doc 9303-3"),
    "f9bee72e94ab30db": ("CODE", "COU is no code of Doc 9303-3"),
    "2b97e41560c6211c": ("CODE", "ASU is no code of Doc 9303-3"),
    "d84c3c7b4cdc9928": ("CODE", "ASU is no code of Doc 9303-3"),
    "2e6b17e0dbdf77fd": ("DATE", NOT_9303),
    "ed78b50ee89061e0": (
        "CODE",
        "two lines of 44 that begin with I: Doc 9303-4 has P there",
    ),
}
"""Valid zones that we read and refuse to write: the code of the refusal, and why it is right."""

Judged = tuple[SealOutcome, Status]
VALID: Judged = (SealOutcome.VALID, Status.VALID)
_NO_CERTIFICATE: Judged = (SealOutcome.NOT_VERIFIABLE, Status.UNKNOWN_CERTIFICATE)
_NO_SIGNATURE: Judged = (SealOutcome.INVALID, Status.WRONG_FORMAT)
_FOREIGN: Judged = (SealOutcome.INVALID, Status.UNTRUSTED_CERTIFICATE)


@dataclass(frozen=True)
class RightSeal:
    """What is right of a seal whose signers are believed; `alone`: for their own states only."""

    believed: Judged
    alone: Judged
    why: str


_UNKNOWN = RightSeal(_NO_CERTIFICATE, _NO_CERTIFICATE, "its signer's certificate is not enclosed")
_CUT = RightSeal(_NO_SIGNATURE, _NO_SIGNATURE, "it ends before the signature")
_OWN = RightSeal(VALID, VALID, "its signer is of the state that issued it")
_OTHER = RightSeal(VALID, _FOREIGN, "a signer of DE or UT signed for UTO or D as it came")
SEALS: Mapping[str, RightSeal] = {
    "vds_00_arrivalAttestation": _UNKNOWN,
    "vds_02_arrivalAttestationV02": _UNKNOWN,
    "vds_04_rawBytes": _UNKNOWN,
    "vds_06_x": _CUT,
    "vds_08_administrativeDocumentV9WithDates": _CUT,
    "vds_10_administrativeDocumentV9Basic": _CUT,
    "vds_12_permanentResidencePermit": _OTHER,
    "vds_14_visa_224bitSig": _OTHER,
    "vds_16_residentPermit": _OWN,
    "vds_18_addressStickerPassport": _OWN,
    "vds_20_fictionCert": _OWN,
    "vds_22_tempPerso": _OWN,
    "vds_24_ankunftsnwPapier": _UNKNOWN,
}
SEALS_NC: Mapping[str, tuple[Judged, str]] = {
    "andypandy47_0": (
        (SealOutcome.NOT_VERIFIABLE, Status.UNTRUSTED_CERTIFICATE),
        "signed with a certificate that only itself vouches for",
    ),
    "andypandy47_1": (VALID, "issued by the Australian authority"),
    "au_1": (VALID, "issued by the Australian authority"),
    "au_2": ((SealOutcome.INVALID, Status.INVALID_SIGNATURE), "a name was changed"),
    "au_ios_3": (VALID, "issued by the Australian authority"),
}
