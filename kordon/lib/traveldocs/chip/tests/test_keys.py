"""Curves by name and by parameters, points, keys, signatures over curves of our own arithmetic."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kordon.lib.traveldocs.chip.curves import CURVES, read_curve, verify_ecdsa
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import (
    ECKey,
    RSAKey,
    Scheme,
    SignatureAlgorithm,
    digest_of,
    read_public_key,
    read_signature_algorithm,
    verify_signature,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.test_tlv import refused
from kordon.lib.traveldocs.chip.tlv import read_node

BY_NAME = {each.name: each for each in CURVES.values()}
SHARED = [each for each in BY_NAME.values() if each.known is not None]
OURS_ALONE = [each for each in BY_NAME.values() if each.known is None]


def key_of(spki):
    return read_public_key(read_node(spki))


@pytest.mark.parametrize("curve", BY_NAME.values(), ids=BY_NAME)
def test_a_curve_is_found_by_name_and_by_its_parameters(curve):
    assert curve.holds(curve.g)
    assert read_curve(read_node(der.oid(curve.oid))) is curve
    for cofactor in (1, None):
        explicit = a.explicit_parameters(curve, cofactor=cofactor)
        assert read_curve(read_node(explicit)) is curve


def test_the_generator_may_be_compressed():
    curve = BY_NAME["brainpoolP384r1"]
    x, y = (each.to_bytes(curve.size, "big") for each in curve.g)
    whole = der.octets(b"\x04" + x + y)
    for sign, good in ((2 + (curve.g[1] & 1), True), (3 - (curve.g[1] & 1), False)):
        size = len(whole) - len(der.octets(bytes([sign]) + x))
        explicit = a.explicit_parameters(curve).replace(whole, der.octets(bytes([sign]) + x))
        node = read_node(_resized(explicit, size))
        if good:
            assert read_curve(node) is curve
        else:
            refused(Code.EC_UNKNOWN_CURVE, read_curve, node)


def _resized(explicit, by):
    """The same sequence with its length made smaller (two octets of length)."""
    size = int.from_bytes(explicit[2:4], "big") - by
    return b"\x30\x82" + size.to_bytes(2, "big") + explicit[4:]


@pytest.mark.parametrize("name", ["p", "a", "b", "x", "y", "n"])
@pytest.mark.parametrize("curve", BY_NAME.values(), ids=BY_NAME)
def test_one_changed_parameter_makes_it_an_unknown_curve(curve, name):
    right = {"p": curve.p, "a": curve.a, "b": curve.b, "n": curve.n}
    right |= {"x": curve.g[0], "y": curve.g[1]}
    changed = a.explicit_parameters(curve, **{name: right[name] ^ 2})
    refused(Code.EC_UNKNOWN_CURVE, read_curve, read_node(changed))


def test_another_cofactor_or_field_makes_it_an_unknown_curve():
    curve = BY_NAME["secp256r1"]
    for change in ({"cofactor": 2}, {"field_type": "1.2.840.10045.1.2"}):
        explicit = a.explicit_parameters(curve, **change)
        refused(Code.EC_UNKNOWN_CURVE, read_curve, read_node(explicit))
    refused(Code.EC_UNKNOWN_CURVE, read_curve, read_node(der.oid("1.3.132.0.10")))


def test_a_generator_of_the_forgers_choice_is_not_taken():
    """CVE-2020-0601: with the public point as generator, the private key would be 1."""
    curve, pair = BY_NAME["brainpoolP256r1"], a.EXPLICIT.pair(1)
    point = pair.public_key().public_numbers()
    forged = a.EXPLICIT.public(pair, x=point.x, y=point.y)
    refused(Code.EC_UNKNOWN_CURVE, key_of, forged)
    assert key_of(a.EXPLICIT.public(pair)) == ECKey(curve, (point.x, point.y), explicit=True)


def test_points_must_lie_on_the_curve():
    curve = BY_NAME["secp256r1"]
    x, y = curve.g
    algorithm = der.seq(der.oid("1.2.840.10045.2.1"), der.oid(curve.oid))
    for written in (
        b"\x04" + x.to_bytes(32, "big") + (y ^ 1).to_bytes(32, "big"),
        b"\x04" + bytes(64),
        b"\x04" + x.to_bytes(32, "big"),
        b"\x02" + x.to_bytes(32, "big"),
        b"\x00",
    ):
        refused(Code.EC_POINT_INVALID, key_of, der.seq(algorithm, der.bits(written)))


def test_an_inherited_curve_is_refused():
    for parameters in (der.NULL, b""):
        algorithm = der.seq(der.oid("1.2.840.10045.2.1"), parameters)
        refused(Code.EC_IMPLICIT, key_of, der.seq(algorithm, der.bits(b"\x04")))


@pytest.mark.parametrize(
    "n, e",
    [
        (2**2047 + 1, 1),
        (2**2047 + 1, 65536),
        (2**2047 + 1, 2**40 + 1),
        (2**2047, 3),
        (2**9000 + 1, 3),
        (15, 3),
    ],
    ids=["e 1", "e even", "e long", "n even", "n long", "n short"],
)
def test_rsa_keys_are_bounded(n, e):
    algorithm = der.seq(der.oid("1.2.840.113549.1.1.1"), der.NULL)
    inside = der.seq(der.integer(n), der.integer(e))
    refused(Code.RSA_KEY_INVALID, key_of, der.seq(algorithm, der.bits(inside)))


def test_a_key_for_pss_alone_verifies_nothing_else():
    pair = a.RSA.pair(1)
    numbers = pair.public_key().public_numbers()
    inside = der.seq(der.integer(numbers.n), der.integer(numbers.e))
    key = key_of(der.seq(der.seq(der.oid("1.2.840.113549.1.1.10")), der.bits(inside)))
    assert key == RSAKey(numbers.n, numbers.e, pss_only=True)
    pss, plain = (read_signature_algorithm(read_node(kind.algorithm())) for kind in (a.PSS, a.RSA))
    verify_signature(key, pss, a.PSS.sign(pair, b"it"), b"it")
    refused(Code.SOD_ALG_MISMATCH, verify_signature, key, plain, a.RSA.sign(pair, b"it"), b"it")


def test_parameters_of_pss_left_out_are_those_of_1999():
    bare = der.seq(der.oid("1.2.840.113549.1.1.10"), der.seq())
    said = read_signature_algorithm(read_node(bare))
    assert said == SignatureAlgorithm(Scheme.PSS, "sha1", "sha1", 20)


def test_the_salt_of_pss_must_be_as_long_as_said():
    pair = a.PSS.pair(1)
    key = key_of(a.PSS.public(pair))
    how = SignatureAlgorithm(Scheme.PSS, "sha256", "sha256", 20)
    refused(Code.SOD_SIG_INVALID, verify_signature, key, how, a.PSS.sign(pair, b"it"), b"it")


def test_a_signer_that_names_only_its_key_uses_the_digest():
    for dotted, scheme in (("1.2.840.113549.1.1.1", "PKCS1"), ("1.2.840.10045.2.1", "ECDSA")):
        node = read_node(der.seq(der.oid(dotted)))
        assert read_signature_algorithm(node, "sha512") == SignatureAlgorithm(
            Scheme[scheme], "sha512"
        )
        refused(Code.SOD_ALG_UNSUPPORTED, read_signature_algorithm, node)


@pytest.mark.parametrize("curve", SHARED, ids=[each.name for each in SHARED])
@pytest.mark.parametrize("name", ["sha1", "sha512"])
def test_our_arithmetic_agrees_with_cryptography(curve, name):
    pair = ec.generate_private_key(curve.known)
    how = getattr(hashes, name.upper())()
    r, s = decode_dss_signature(pair.sign(b"it", ec.ECDSA(how)))
    numbers = pair.public_key().public_numbers()
    point = numbers.x, numbers.y
    digest = digest_of(name, b"it")
    assert verify_ecdsa(curve, point, digest, r, s)
    assert not verify_ecdsa(curve, point, digest_of(name, b"other"), r, s)
    assert not verify_ecdsa(curve, point, digest, s, r)
    for numbers in ((0, s), (r, 0), (curve.n, s), (r, curve.n), (r + curve.n, s), (-r, s)):
        assert not verify_ecdsa(curve, point, digest, *numbers)


SIGNATURES = {
    # Signed once by OpenSSL; key, then signature of b"kordon" with SHA-256.
    "brainpoolP160r1": (
        "3042301406072a8648ce3d020106092b2403030208010101032a00040bec4e363e1072269b22f25f987f5803"
        "9de050913e5f7e966cdb0b7387070d23c43471fcff832ad9",
        "302d0215009e7dcc523a44aaace239cead1fae82eea1ac30fd0214220a63c96345d21a1fe97c5619cf9eb24f"
        "eea404",
    ),
    "brainpoolP192r1": (
        "304a301406072a8648ce3d020106092b2403030208010103033200049545c41d12e0b873c7ef260d18546b70"
        "a547cdb5de9a9dc694b22c4972e4d03167b649092142db9312009b58580012fc",
        "303402182f622560657997f0f52bd76f8ece4a97b214552ee5e9a4ed0218299600e30955f4430125c863a91a"
        "c33ce81f0aaad1cc10d8",
    ),
    "brainpoolP224r1": (
        "3052301406072a8648ce3d020106092b2403030208010105033a0004aefed1888b43c2708e41154dab289512"
        "66d1159f34fa4fbdb9947d60999bf220cc8d85231520c2e0909dfc44175f71353790bb9e085a037e",
        "303d021d00874ea80f2c500db7a081c2f27b11d625a297f2b6e36bc779b374fb3f021c480b1c9aacdd3113c1"
        "007cbe25face0f538c7b3da8dde8d2c649a266",
    ),
    "brainpoolP320r1": (
        "306a301406072a8648ce3d020106092b2403030208010109035200041585fb196d4a714d3a027f1ee8062304"
        "6b828c4817ecb37cd82c4391cbb50314ecf05f57c3a3260570a5f0650934334f8adfc48374f2d0710f3d8ddf"
        "02ffdc64b3e398be126c6f932eb249be56d8fe76",
        "30540228259f2614009ffa92e964839b263d9897e9235073d9116b300ff087f306400e5482b77234fb8ece4b"
        "02284f485c7ec4c3c2c102491228293286cbba209a0ade5d7a70f37a8c6187f7d724585efb347dc7aecf",
    ),
}


@pytest.mark.parametrize("curve", OURS_ALONE, ids=[each.name for each in OURS_ALONE])
def test_signatures_on_old_curves(curve):
    key, signature = (bytes.fromhex(each) for each in SIGNATURES[curve.name])
    how = SignatureAlgorithm(Scheme.ECDSA, "sha256")
    verify_signature(key_of(key), how, signature, b"kordon")
    refused(Code.SOD_SIG_INVALID, verify_signature, key_of(key), how, signature, b"Kordon")
    refused(Code.SOD_SIG_INVALID, verify_signature, key_of(key), how, signature[:-1], b"kordon")


def test_every_public_key_of_cryptography_is_read_the_same():
    for curve in SHARED:
        public = ec.generate_private_key(curve.known).public_key()
        numbers = public.public_numbers()
        spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert key_of(spki) == ECKey(curve, (numbers.x, numbers.y))


def test_errors_travel_between_processes():
    error = ChipError(Code.DG_PARSE, "why")
    kind, args = error.__reduce__()
    assert str(kind(*args)) == str(error) == "DG_PARSE: why"
