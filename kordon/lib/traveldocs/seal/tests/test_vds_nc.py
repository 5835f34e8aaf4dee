"""Seals in JSON: canonical form, enclosed certificates, what is refused."""

import base64
import json
from datetime import date

import pytest

from kordon.lib.traveldocs.chip import Result
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import (
    Against,
    Outcome,
    Same,
    SealError,
    Status,
    Step,
    compare_seal,
    read_seal,
    read_vds_nc,
    seal_to_json,
    verify_seal,
    write_vds_nc,
)
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.vds_nc import MAX_JSON

MESSAGE = {
    "uvci": "U1",
    "pid": {"n": "ERIKSSON  ANNA MARIA", "dob": "1940-09-07", "sex": "F", "i": "L898902C3"},
    "ve": [{"des": "XM68M6", "seq": 1}],
}


def signer(kind=a.P256, uses=(s.SEALS_NC,), **changes):
    return s.signer(kind, uses=uses, **changes)


def made(by=None, type="icao.visa", issuer="UTO", message=MESSAGE):
    return write_vds_nc(type, issuer, message, by or signer())


GOOD = made()
PLAIN = json.loads(GOOD)


def verify(octets, on=s.ON, trust=None, **more):
    return verify_seal(octets, trust or s.trust(), on=on, **more)


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [(a.P256, "ES256"), (a.P384, "ES384"), (a.P521, "ES512"), (a.BRAINPOOL, "ES256")],
)
def test_made_seals_are_valid(kind, algorithm):
    octets = made(signer(kind))
    assert json.loads(octets)["sig"]["alg"] == algorithm
    said = verify(octets)
    assert (said.outcome, said.status) == (Outcome.VALID, Status.VALID), said.findings
    assert seal_to_json(said.seal)["message"] == MESSAGE


def test_order_and_blanks_are_not_signed():
    turned = json.dumps({name: PLAIN[name] for name in reversed(PLAIN)}, indent=3).encode()
    assert turned != GOOD
    assert verify(turned).outcome is Outcome.VALID
    assert verify(b"\n " + GOOD).outcome is Outcome.VALID


def test_every_word_is_signed():
    said = verify(GOOD.replace(b"ANNA", b"ANNE"))
    assert (said.outcome, said.status) == (Outcome.INVALID, Status.INVALID_SIGNATURE)


def test_an_enclosed_certificate_needs_an_authority():
    stranger = a.Authority(number=9, common="Another", country="XO")
    said = verify(made(signer(issuer=stranger)))
    assert (said.outcome, said.status) == (Outcome.NOT_VERIFIABLE, Status.UNTRUSTED_CERTIFICATE)


@pytest.mark.parametrize("uses", [(), (s.SEALS,), (s.CHIPS_LISTS,)])
def test_an_enclosed_certificate_must_be_one_for_such_seals(uses):
    said = verify(made(signer(uses=uses)))
    assert (said.outcome, said.status) == (Outcome.INVALID, Status.INVALID_DOCUMENTTYPE)


def test_document_types():
    by = signer(more=(a.document_types("NV"),))
    assert verify(made(by, "icao.vacc")).outcome is Outcome.VALID
    said = verify(made(by, "icao.test"))
    assert said.status is Status.INVALID_DOCUMENTTYPE


def test_no_day_of_signing_so_an_expired_certificate_decides_nothing():
    octets = made(signer(end=a.SIGNED))
    said = verify(octets)
    assert (said.outcome, said.status) == (Outcome.NOT_VERIFIABLE, Status.EXPIRED_CERTIFICATE)
    assert verify(octets, on=a.SIGNED.date()).outcome is Outcome.VALID
    assert verify(octets, on=date(2019, 1, 1)).outcome is Outcome.INVALID


def test_country_and_revocation():
    assert verify(made(issuer="KAZ")).status is Status.UNTRUSTED_CERTIFICATE
    revoked = s.trust(lists=[s.CSCA.revocation_list(0x5B)])
    assert verify(GOOD, trust=revoked).status is Status.REVOKED_CERTIFICATE


def test_algorithm_and_curve_go_together():
    by = signer(a.P384)
    plain = json.loads(made(by))
    signature = by.sign(read_vds_nc(json.dumps(plain).encode()).signed, "sha256")
    plain["sig"] |= {"alg": "ES256", "sigvl": base64.urlsafe_b64encode(signature).decode()}
    said = verify(json.dumps(plain).encode())
    assert (Result.FAILED, Status.INVALID_SIGNATURE) in s.statuses(said, Step.SIGNATURE)
    assert said.outcome is Outcome.INVALID


def test_against_a_passport():
    found = compare_seal(read_vds_nc(GOOD), passport=s.zone(s.PASSPORT))
    assert {each.same for each in found} == {Same.SAME}
    assert {each.field for each in found} == {"surname", "given_names", "number", "birth", "sex"}
    other = made(message={**MESSAGE, "pid": {"n": "ERIKSSON ANNA MARIA", "i": "X1"}})
    found = compare_seal(read_seal(other), passport=s.zone(s.PASSPORT))
    assert [(each.against, each.field, each.same) for each in found] == [
        (Against.PASSPORT, "name", Same.SAME),
        (Against.PASSPORT, "number", Same.DIFFERENT),
    ]
    said = verify(other, passport=s.zone(s.PASSPORT))
    assert said.status is Status.SEAL_PASSPORT_MISMATCH


def without(*names):
    found = json.loads(GOOD)
    inner = found
    for name in names[:-1]:
        inner = inner[name]
    del inner[names[-1]]
    return json.dumps(found).encode()


def changed(value, *names):
    found = json.loads(GOOD)
    inner = found
    for name in names[:-1]:
        inner = inner[name]
    inner[names[-1]] = value
    return json.dumps(found).encode()


STRAY = PLAIN["sig"]["sigvl"].rstrip("=")
STRAY = STRAY[:-1] + {"A": "B", "Q": "R", "g": "h", "w": "x"}[STRAY[-1]]


@pytest.mark.parametrize(
    "octets",
    [
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b"{" * 100_000,
        b'{"data":' + b"[" * 40,
        without("sig"),
        without("data", "hdr"),
        without("sig", "cer"),
        changed(1, "more"),
        changed(1, "sig", "more"),
        changed("1", "data", "hdr", "v"),
        changed(True, "data", "hdr", "v"),
        changed(2**60, "data", "hdr", "v"),
        changed([], "data", "msg"),
        changed(json.loads("[" * 40 + "]" * 40), "data", "msg", "deep"),
        changed("HS256", "sig", "alg"),
        changed("none", "sig", "alg"),
        changed("!", "sig", "sigvl"),
        changed("é", "sig", "sigvl"),
        changed(STRAY, "sig", "sigvl"),
        changed("AAAA", "sig", "cer"),
        changed("\ud800", "data", "msg", "uvci"),
        GOOD.replace(b'"v":1', b'"v":1,"v":1'),
        GOOD.replace(b'"seq":1', b'"seq":1e999'),
        GOOD.replace(b'"seq":1', b'"seq":NaN'),
        GOOD.replace(b'"seq":1', b'"seq":' + b"9" * 9000),
        b"{" + b" " * MAX_JSON + GOOD[1:],
    ],
)
def test_what_is_no_such_seal(octets):
    with pytest.raises(SealError) as error:
        read_vds_nc(octets)
    assert error.value.code == "WRONG_FORMAT"
    said = verify(octets)
    assert said.outcome is Outcome.INVALID


def test_base_64_of_either_alphabet():
    cer = base64.b64encode(base64.urlsafe_b64decode(PLAIN["sig"]["cer"])).decode().rstrip("=")
    assert verify(changed(cer, "sig", "cer")).outcome is Outcome.VALID


def test_what_cannot_be_written():
    with pytest.raises(SealError) as error:
        made(message={"n": 2**60})
    assert error.value.code == "VALUE"
    with pytest.raises(SealError) as error:
        made(message={"text": "x" * MAX_JSON})
    assert error.value.code == "VALUE"
    with pytest.raises(SealError, match="no algorithm") as error:
        made(signer(a.Kind("SECP224R1", "sha224")))
    assert error.value.code == "SIGNER"
