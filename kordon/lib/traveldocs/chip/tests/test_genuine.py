"""Answers of chips: Active Authentication with RSA and on curves, Chip Authentication."""

from datetime import date
from hashlib import new

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from kordon.lib.traveldocs.chip import (
    ChipFiles,
    ChipSession,
    Code,
    Outcome,
    check_active,
    check_chip,
    verify_chip,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.der import integer, oid, seq, set_of, tlv
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS, trust

ON = date(2024, 6, 1)
CHALLENGE = bytes.fromhex("0123456789abcdef")
OTHER_CHALLENGE = bytes(8)
TRAILERS = {"sha1": b"\xbc", "sha224": b"\x38\xcc", "sha256": b"\x34\xcc", "sha512": b"\x35\xcc"}


def document(groups, believed=None):
    groups = GROUPS | groups
    files = ChipFiles(sod=CSCA.signer().sod(groups), groups=groups)
    return files, verify_chip(files, believed or trust(), on=ON)


# Active Authentication


def answer_rsa(pair, challenge, name="sha1", *, complement=False, header=0x6A):
    """What a chip does: ISO/IEC 9796-2, scheme 1."""
    numbers = pair.private_numbers()
    n, size = numbers.public_numbers.n, (pair.key_size + 7) // 8
    trailer, digest_size = TRAILERS[name], new(name).digest_size
    own = bytes(size - 1 - digest_size - len(trailer))
    block = bytes([header]) + own + new(name, own + challenge).digest() + trailer
    made = pow(int.from_bytes(block, "big"), numbers.d, n)
    return (n - made if complement else made).to_bytes(size, "big")


@pytest.mark.parametrize("bits", [1024, 2048])
@pytest.mark.parametrize("name", TRAILERS)
@pytest.mark.parametrize("complement", [False, True])
def test_the_answer_of_a_chip_with_rsa(bits, name, complement):
    kind = a.Kind("rsa", bits=bits)
    files, verified = document({15: tlv(0x6F, kind.public(kind.pair(5)))})
    response = answer_rsa(kind.pair(5), CHALLENGE, name, complement=complement)
    said = check_active(files, verified, challenge=CHALLENGE, response=response)
    assert (said.outcome, said.code) == (Outcome.VERIFIED, Code.OK)
    said = check_active(files, verified, challenge=OTHER_CHALLENGE, response=response)
    assert (said.outcome, said.code) == (Outcome.FAILED, Code.AA_SIG_INVALID)


def test_wrong_answers_with_rsa():
    kind = a.RSA
    files, verified = document({15: tlv(0x6F, kind.public(kind.pair(5)))})
    modulus = kind.pair(5).public_key().public_numbers().n.to_bytes(256, "big")
    for response in (
        answer_rsa(kind.pair(6), CHALLENGE),
        answer_rsa(kind.pair(5), CHALLENGE, header=0x4A),
        answer_rsa(kind.pair(5), CHALLENGE)[1:],
        b"\x00" + answer_rsa(kind.pair(5), CHALLENGE),
        b"",
        bytes(256),
        modulus,
        b"\xff" * 256,
        b"\xff" * 100_000,
    ):
        said = check_active(files, verified, challenge=CHALLENGE, response=response)
        assert (said.outcome, said.code) == (Outcome.FAILED, Code.AA_SIG_INVALID)


@pytest.mark.parametrize("challenge", [b"", CHALLENGE[:7], CHALLENGE + b"!"])
def test_a_challenge_of_another_length_proves_nothing(challenge):
    files, verified = document({15: tlv(0x6F, a.RSA.public(a.RSA.pair(5)))})
    response = answer_rsa(a.RSA.pair(5), challenge)
    said = check_active(files, verified, challenge=challenge, response=response)
    assert (said.outcome, said.code) == (Outcome.FAILED, Code.AA_SIG_INVALID)


def active_info(signature):
    return tlv(0x6E, set_of(seq(oid("2.23.136.1.1.5"), integer(1), oid(signature))))


PLAIN_SHA256 = "0.4.0.127.0.7.1.1.4.1.3"


@pytest.mark.parametrize("kind", [a.P256, a.BRAINPOOL, a.EXPLICIT], ids=["nist", "bp", "explicit"])
@pytest.mark.parametrize("plain", [True, False], ids=["plain", "der"])
def test_the_answer_of_a_chip_on_a_curve(kind, plain):
    pair = kind.pair(5)
    groups = {15: tlv(0x6F, kind.public(pair)), 14: active_info(PLAIN_SHA256)}
    files, verified = document(groups)
    response = kind.sign(pair, CHALLENGE)
    if plain:
        response = b"".join(each.to_bytes(32, "big") for each in decode_dss_signature(response))
    said = check_active(files, verified, challenge=CHALLENGE, response=response)
    assert (said.outcome, said.code) == (Outcome.VERIFIED, Code.OK)
    for challenge, wrong in (
        (OTHER_CHALLENGE, response),
        (CHALLENGE, response[:-1] + b"\x00"),
        (CHALLENGE, response[:-2]),
        (CHALLENGE, b""),
        (b"", response),
    ):
        said = check_active(files, verified, challenge=challenge, response=wrong)
        assert (said.outcome, said.code) == (Outcome.FAILED, Code.AA_SIG_INVALID)


@pytest.mark.parametrize("groups", [{}, {14: active_info("1.2.3")}], ids=["no DG14", "unknown"])
def test_a_curve_without_known_signature_is_not_verifiable(groups):
    files, verified = document(groups | {15: tlv(0x6F, a.P256.public(a.P256.pair(5)))})
    response = a.P256.sign(a.P256.pair(5), CHALLENGE)
    said = check_active(files, verified, challenge=CHALLENGE, response=response)
    assert (said.outcome, said.code) == (Outcome.NOT_VERIFIABLE, Code.AA_NO_KEY)


def test_an_answer_counts_only_where_the_document_is_verified():
    groups = {15: tlv(0x6F, a.RSA.public(a.RSA.pair(5)))}
    response = answer_rsa(a.RSA.pair(5), CHALLENGE)
    files, verified = document(groups, trust(a.Authority(number=2)))
    assert verified.outcome is Outcome.NOT_VERIFIABLE
    said = check_active(files, verified, challenge=CHALLENGE, response=response)
    assert (said.outcome, said.code) == (Outcome.NOT_VERIFIABLE, Code.AA_NO_KEY)


def test_without_key_nothing_is_verifiable():
    files, verified = document({})
    said = check_active(files, verified, challenge=CHALLENGE, response=b"")
    assert (said.outcome, said.code) == (Outcome.NOT_VERIFIABLE, Code.AA_NO_KEY)
    said = check_chip(files, verified, ChipSession(1, b"", AES_256))
    assert (said.outcome, said.code) == (Outcome.NOT_VERIFIABLE, Code.CA_NO_KEY)


# Chip Authentication

ECDH = "0.4.0.127.0.7.2.2.3.2."
AES_256 = f"{ECDH}4"
PROTOCOLS = {f"{ECDH}1": ("sha1", 16), f"{ECDH}2": ("sha1", 16), f"{ECDH}3": ("sha256", 24)}
PROTOCOLS |= {AES_256: ("sha256", 32)}


def chip(kind, protocol, number=None):
    named = () if number is None else (integer(number),)
    infos = (
        seq(oid("0.4.0.127.0.7.2.2.1.2"), kind.public(kind.pair(5)), *named),
        seq(oid(protocol), integer(1), *named),
    )
    return {14: tlv(0x6E, set_of(*infos))}


def answer_chip(pair, reader, protocol, counter=2):
    """What a chip does: agree on keys with the reader's, answer under them."""
    secret = pair.exchange(ec.ECDH(), reader.public_key())
    name, size = PROTOCOLS[protocol]
    key = new(name, secret + b"\x00\x00\x00\x02").digest()[:size]
    signed = tlv(0x99, b"\x90\x00")
    block = 8 if protocol == f"{ECDH}1" else 16
    message = counter.to_bytes(block, "big") + signed + b"\x80"
    message += bytes(-len(message) % block)
    return signed + tlv(0x8E, mac(key, message, block))


def mac(key, message, block):
    if block == 16:
        made = CMAC(AES(key))
        made.update(message)
        return made.finalize()[:8]

    def des(half):
        return Cipher(TripleDES(half * 3), modes.ECB())

    value = bytes(8)
    for at in range(0, len(message), 8):
        mixed = bytes(x ^ y for x, y in zip(value, message[at : at + 8], strict=True))
        value = des(key[:8]).encryptor().update(mixed)
    return des(key[:8]).encryptor().update(des(key[8:]).decryptor().update(value))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("kind", [a.P256, a.EXPLICIT, a.P521], ids=["nist", "explicit", "521"])
def test_the_answer_under_agreed_keys(kind, protocol):
    files, verified = document(chip(kind, protocol))
    reader = kind.pair(6)
    private = reader.private_numbers().private_value
    response = answer_chip(kind.pair(5), reader, protocol)
    said = check_chip(files, verified, ChipSession(private, response, protocol))
    assert (said.outcome, said.code) == (Outcome.VERIFIED, Code.OK)
    for session in (
        ChipSession(private, answer_chip(kind.pair(7), reader, protocol), protocol),
        ChipSession(private, response, protocol, counter=3),
        ChipSession(private, response, protocol, counter=-1),
        ChipSession(private + 1, response, protocol),
        ChipSession(0, response, protocol),
        ChipSession(private, response.replace(b"\x90\x00", b"\x63\x00"), protocol),
        ChipSession(private, response[:4], protocol),
        ChipSession(private, response[:-1], protocol),
        ChipSession(private, b"", protocol),
        ChipSession(private, bytes(10_000), protocol),
    ):
        said = check_chip(files, verified, session)
        assert (said.outcome, said.code) == (Outcome.FAILED, Code.CA_MAC_INVALID)


def test_a_chip_with_a_numbered_key():
    files, verified = document(chip(a.P256, AES_256, number=4))
    private = a.P256.pair(6).private_numbers().private_value
    response = answer_chip(a.P256.pair(5), a.P256.pair(6), AES_256)
    said = check_chip(files, verified, ChipSession(private, response, AES_256, key_number=4))
    assert said.outcome is Outcome.VERIFIED
    for session in (
        ChipSession(private, response, AES_256, key_number=5),
        ChipSession(private, response, f"{ECDH}2", key_number=4),
    ):
        said = check_chip(files, verified, session)
        assert (said.outcome, said.code) == (Outcome.NOT_VERIFIABLE, Code.CA_NO_KEY)
