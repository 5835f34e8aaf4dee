"""Is the chip itself genuine: answers of Active and Chip Authentication (Doc 9303-11, 6).

A copied chip passes Passive Authentication; it lacks the private key whose public part the state
signed in DG15 or DG14. The reader asks the chip; here its answer is judged. An answer counts only
where Passive Authentication verified the file the key stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from kordon.lib.traveldocs.chip.asn1 import INTEGER, Members, integer
from kordon.lib.traveldocs.chip.contents import ChipFiles
from kordon.lib.traveldocs.chip.curves import verify_ecdsa
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.groups import read_dg15
from kordon.lib.traveldocs.chip.keys import ECKey, PublicKey, RSAKey, digest_of
from kordon.lib.traveldocs.chip.outcome import Outcome, Verification
from kordon.lib.traveldocs.chip.security_infos import SecurityInfos, read_dg14
from kordon.lib.traveldocs.chip.tlv import read_node

CHALLENGE = 8
"""Octets of the challenge in Active Authentication."""

_TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
_PLAIN_ECDSA = {
    f"0.4.0.127.0.7.1.1.4.1.{number}": name
    for number, name in enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), start=1)
}
_ECDH = "0.4.0.127.0.7.2.2.3.2."
_CIPHERS = {
    f"{_ECDH}1": ("3des", "sha1", 16),
    f"{_ECDH}2": ("aes", "sha1", 16),
    f"{_ECDH}3": ("aes", "sha256", 24),
    f"{_ECDH}4": ("aes", "sha256", 32),
}
"""Protocol → cipher, hash of the key derivation, octets of a key."""
_MAC_OBJECT = 0x8E
MAX_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chip's answer proves."""

    outcome: Outcome
    code: Code
    text: str


def check_active(
    files: ChipFiles, verification: Verification, *, challenge: bytes, response: bytes
) -> Answer:
    """Judge the answer to INTERNAL AUTHENTICATE; never raises.

    `challenge` are the eight octets sent, which the caller must have drawn at random itself.
    """
    refusal = _refusal(verification, 15)
    if refusal is not None:
        return refusal
    try:
        key = read_dg15(files.groups[15])
        infos = _infos(files, verification)
        signature = "" if infos is None or infos.active is None else infos.active.signature
        verify_active_answer(key, challenge, response, signature)
    except ChipError as error:
        return _judged(error, Code.AA_NO_KEY)
    return Answer(Outcome.VERIFIED, Code.OK, f"the chip holds the key of DG15, {key}")


def verify_active_answer(
    key: PublicKey, challenge: bytes, response: bytes, signature: str = ""
) -> None:
    """Returns when the chip signed the challenge; else `ChipError` AA_SIG_INVALID.

    `signature` is the object identifier that DG14 gives for keys on curves.
    """
    if len(challenge) != CHALLENGE:
        raise ChipError(Code.AA_SIG_INVALID, f"a challenge of {len(challenge)} octets")
    if isinstance(key, RSAKey):
        good = _holds_rsa(key, challenge, response)
    else:
        if signature not in _PLAIN_ECDSA:
            raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"signature {signature or 'not named'}")
        r, s = _numbers(key, response)
        digest = digest_of(_PLAIN_ECDSA[signature], challenge)
        good = verify_ecdsa(key.curve, key.point, digest, r, s)
    if not good:
        raise ChipError(Code.AA_SIG_INVALID, "the answer does not fit key and challenge")


def _holds_rsa(key: RSAKey, challenge: bytes, response: bytes) -> bool:
    """ISO/IEC 9796-2, scheme 1 with partial recovery: 6A, the chip's part, digest, trailer."""
    size = (key.bits + 7) // 8
    number = int.from_bytes(response, "big")
    if len(response) != size or number >= key.n:
        return False
    opened = pow(number, key.e, key.n)
    if opened & 0xF != 0xC:
        opened = key.n - opened
    block = opened.to_bytes(size, "big")
    name, cut = ("sha1", 1) if block[-1] == 0xBC else (_TRAILERS.get(block[-2], ""), 2)
    if block[0] != 0x6A or not name or (cut == 2 and block[-1] != 0xCC):
        return False
    digest_size = len(digest_of(name, b""))
    if size < 1 + digest_size + cut:
        return False
    recovered, digest = block[1 : -digest_size - cut], block[-digest_size - cut : -cut]
    return compare_digest(digest_of(name, recovered + challenge), digest)


def _numbers(key: ECKey, response: bytes) -> tuple[int, int]:
    """r and s side by side (BSI TR-03111), or in DER as some chips send them."""
    size = (key.curve.n.bit_length() + 7) // 8
    if len(response) == 2 * size:
        return int.from_bytes(response[:size], "big"), int.from_bytes(response[size:], "big")
    try:
        members = Members(read_node(response), "signature")
        return integer(members.take(INTEGER)), integer(members.take(INTEGER))
    except ChipError:
        raise ChipError(Code.AA_SIG_INVALID, f"an answer of {len(response)} octets") from None


@dataclass(frozen=True, slots=True)
class ChipSession:
    """What the reader did in Chip Authentication, and what the chip said first under new keys."""

    private_key: int
    """The reader's ephemeral private key, on the curve of the chip's."""
    response: bytes
    """The first protected answer, without the status word: data objects up to 8E (the MAC)."""
    protocol: str
    """Object identifier of key agreement and cipher, one of those in DG14."""
    key_number: int | None = None
    """Identifier of the chip's key where it has several."""
    counter: int = 2
    """Send sequence counter of that answer: two after a change of keys."""


def check_chip(files: ChipFiles, verification: Verification, session: ChipSession) -> Answer:
    """Judge Chip Authentication by the MAC of the first answer under the new keys; never raises."""
    refusal = _refusal(verification, 14)
    if refusal is not None:
        return refusal
    try:
        infos = read_dg14(files.groups[14])
        key = _chip_key(infos, session)
        if session.protocol not in {each.oid for each in infos.chip_protocols}:
            raise ChipError(Code.CA_NO_KEY, "DG14 does not announce this protocol")
        verify_chip_answer(key, session)
    except ChipError as error:
        return _judged(error, Code.CA_NO_KEY)
    return Answer(Outcome.VERIFIED, Code.OK, f"the chip holds the key of DG14, {key}")


def verify_chip_answer(key: ECKey, session: ChipSession) -> None:
    """Returns when the answer was made under the agreed keys; else `ChipError` CA_MAC_INVALID."""
    if session.protocol not in _CIPHERS:
        raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"protocol {session.protocol}")
    cipher, hash_name, size = _CIPHERS[session.protocol]
    secret = _shared_secret(key, session.private_key)
    mac_key = digest_of(hash_name, secret + b"\x00\x00\x00\x02")[:size]
    signed, mac = _signed_part(session.response)
    block = 8 if cipher == "3des" else 16
    if not 0 <= session.counter < 1 << 64:
        raise ChipError(Code.CA_MAC_INVALID, "no such counter")
    message = _padded(session.counter.to_bytes(block, "big") + signed, block)
    expected = _retail_mac(mac_key, message) if cipher == "3des" else _cmac(mac_key, message)
    if not compare_digest(mac, expected):
        raise ChipError(Code.CA_MAC_INVALID, "the chip does not hold the key of DG14")


def _shared_secret(key: ECKey, private_key: int) -> bytes:
    known = key.curve.known
    if known is None:
        raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"key agreement on {key.curve.name}")
    if not 0 < private_key < key.curve.n:
        raise ChipError(Code.CA_MAC_INVALID, "no private key of this curve")
    public = ec.EllipticCurvePublicNumbers(*key.point, known).public_key()
    return ec.derive_private_key(private_key, known).exchange(ec.ECDH(), public)


def _signed_part(response: bytes) -> tuple[bytes, bytes]:
    """What the MAC covers, and the MAC (Doc 9303-11, 9.8.4)."""
    signed, at = b"", 0
    try:
        while at < len(response) <= MAX_ANSWER:
            node = read_node(response[at:], padded=True)
            if node.tag == _MAC_OBJECT:
                return signed, node.value
            signed, at = signed + node.raw, at + node.stop
    except ChipError as error:
        raise ChipError(Code.CA_MAC_INVALID, error.text) from None
    raise ChipError(Code.CA_MAC_INVALID, "the answer bears no MAC")


def _padded(message: bytes, block: int) -> bytes:
    return message + b"\x80" + bytes(-(len(message) + 1) % block)


def _cmac(key: bytes, message: bytes) -> bytes:
    mac = CMAC(AES(key))
    mac.update(message)
    return mac.finalize()[:8]


def _retail_mac(key: bytes, message: bytes) -> bytes:
    """ISO/IEC 9797-1, algorithm 3 with DES, as the chips of these documents compute it."""
    first, second = key[:8], key[8:16]
    chain = Cipher(TripleDES(first * 3), modes.CBC(bytes(8))).encryptor()
    last = chain.update(message)[-8:]
    opened = Cipher(TripleDES(second * 3), modes.CBC(bytes(8))).decryptor().update(last)
    return Cipher(TripleDES(first * 3), modes.CBC(bytes(8))).encryptor().update(opened)


def _refusal(verification: Verification, group: int) -> Answer | None:
    """Why no answer can prove anything about this document."""
    code = Code.AA_NO_KEY if group == 15 else Code.CA_NO_KEY
    if verification.outcome is not Outcome.VERIFIED:
        text = f"Passive Authentication says {verification.outcome}: the key is nobody's"
        return Answer(Outcome.NOT_VERIFIABLE, code, text)
    if not verification.digests_hold.get(group):
        return Answer(Outcome.NOT_VERIFIABLE, code, f"DG{group} was not read or is not signed")
    return None


def _infos(files: ChipFiles, verification: Verification) -> SecurityInfos | None:
    return read_dg14(files.groups[14]) if verification.digests_hold.get(14) else None


def _chip_key(infos: SecurityInfos, session: ChipSession) -> ECKey:
    for each in infos.chip_keys:
        if session.key_number in (None, each.number):
            if isinstance(each.key, ChipError):
                raise each.key
            if isinstance(each.key, ECKey):
                return each.key
    raise ChipError(Code.CA_NO_KEY, "DG14 holds no such key")


def _judged(error: ChipError, no_key: Code) -> Answer:
    """A wrong answer speaks against the chip; a key that cannot be used says nothing."""
    if error.code in (Code.AA_SIG_INVALID, Code.CA_MAC_INVALID):
        return Answer(Outcome.FAILED, error.code, error.text)
    return Answer(Outcome.NOT_VERIFIABLE, no_key, error.text)
