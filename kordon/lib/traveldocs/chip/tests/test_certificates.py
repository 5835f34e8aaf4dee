"""Certificates are read as they are: what is broken in one is told, the rest stays readable."""

import pytest

from kordon.lib.traveldocs.chip import ChipError, Code, read_certificate, read_revocation_list
from kordon.lib.traveldocs.chip.certificates import read_name
from kordon.lib.traveldocs.chip.countries import countries_of
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.test_tlv import refused
from kordon.lib.traveldocs.chip.tlv import read_node
from kordon.lib.traveldocs.states import STATES, StateKind

CSCA = a.Authority()


def test_what_a_certificate_says():
    found = read_certificate(CSCA.certificate())
    assert str(found.subject) == str(found.issuer) == "C=UT, CN=Utopia CSCA"
    assert (found.country, found.serial, found.flaws) == ("UT", 1, ())
    assert found.is_authority
    assert found.is_self_issued
    assert found.subject_key == found.authority_key == CSCA.key_id
    assert found.key_usage == {5, 6}
    assert str(found.key) == "secp256r1"
    assert str(found.algorithm) == "ECDSA with sha256"
    assert found.not_before == a.BEGIN
    found.verify_issued_by(found)
    refused(
        Code.SOD_SIG_INVALID,
        found.verify_issued_by,
        read_certificate(a.Authority(number=2).certificate()),
    )


def test_what_a_signer_certificate_says():
    period = a.signing_period(a.BEGIN, a.SIGNED)
    found = read_certificate(
        CSCA.signer(
            more=(a.document_types("P", "ID"), period, a.extended_usage("1.2.3"))
        ).certificate()
    )
    assert found.document_types == {"P", "ID"}
    assert (found.signs_from, found.signs_until) == (a.BEGIN, a.SIGNED)
    assert found.extended_key_usage == {"1.2.3"}
    assert found.is_authority is None


def test_a_broken_extension_does_not_lose_the_certificate():
    broken = (
        a.extension("2.5.29.14", b"\x00\x01"),
        a.extension("2.5.29.15", b""),
        a.extension("2.23.136.1.1.6.2", der.seq()),
    )
    found = read_certificate(CSCA.certificate(extensions=broken))
    assert found.flaws == ("2.5.29.14", "2.5.29.15", "2.23.136.1.1.6.2")
    assert (found.subject_key, found.key_usage, found.document_types) == (b"", None, None)


def test_a_critical_extension_that_is_not_known_is_told():
    unknown = a.extension("1.2.3.4", der.NULL, critical=True)
    assert read_certificate(CSCA.certificate(extensions=(unknown,))).flaws == ("1.2.3.4",)


def test_a_key_that_cannot_be_used_is_kept_as_the_reason():
    public = a.EXPLICIT.public(a.EXPLICIT.pair(1), n=12345)
    found = read_certificate(CSCA.certificate(public=public))
    assert isinstance(found.key, ChipError)
    assert found.key.code is Code.EC_UNKNOWN_CURVE
    refused(Code.EC_UNKNOWN_CURVE, found.verify_issued_by, found)


def test_negative_serial_numbers_are_read():
    assert read_certificate(CSCA.certificate(serial=-5)).serial == -5


@pytest.mark.parametrize(
    "value, same",
    [
        (der.printable("Utopia CSCA"), True),
        (der.utf8("  utopia   CSCA "), True),
        (der.tlv(0x1E, "Utopia CSCA".encode("utf-16-be")), True),
        (der.utf8("Utopia CSCA 2"), False),
    ],
)
def test_names_are_equal_in_other_string_types(value, same):
    parts = [("2.5.4.6", der.utf8("ut")), ("2.5.4.3", value)]
    written = der.seq(*(der.set_of(der.seq(der.oid(key), each)) for key, each in parts))
    ours, theirs = read_name(read_node(CSCA.name)), read_name(read_node(written))
    assert (ours == theirs) is same
    assert not same or hash(ours) == hash(theirs)
    assert theirs.country == "UT"


def test_a_revocation_list():
    found = read_revocation_list(CSCA.revocation_list(5, -6))
    assert set(found.revoked) == {5, -6}
    assert found.authority_key == CSCA.key_id
    csca = read_certificate(CSCA.certificate())
    assert found.issuer == csca.subject
    found.verify_issued_by(csca)
    other = read_certificate(a.Authority(number=2).certificate())
    refused(Code.SOD_SIG_INVALID, found.verify_issued_by, other)
    assert read_revocation_list(CSCA.revocation_list()).revoked == {}


def test_what_is_no_certificate():
    for data in (b"", b"\x30\x00", CSCA.revocation_list(1), der.seq(der.NULL)):
        with pytest.raises(ChipError):
            read_certificate(data)
    refused(Code.READ_TOO_LARGE, read_certificate, bytes(70_000))


def test_every_state_of_iso_has_a_country_and_no_other_code_is_invented():
    iso = [each.code for each in STATES if each.kind is StateKind.ISO]
    assert all(len(country) == 2 for code in iso for country in countries_of(code))
    assert all(countries_of(code) for code in iso)
    assert countries_of("D<<") == {"DE"}
    assert countries_of("RKS") == {"KS", "XK"}
    assert countries_of("GBD") == {"GB"}
    assert countries_of("XPO") == countries_of("???") == frozenset()
