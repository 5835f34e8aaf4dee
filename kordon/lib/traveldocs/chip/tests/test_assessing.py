"""How the certificates of a list stand, how files are called, and PEM around DER."""

from base64 import encodebytes

import pytest

from kordon.lib.traveldocs.chip import (
    ChipError,
    Code,
    Standing,
    assess,
    chip_files,
    key_fingerprint,
    name_file,
    read_certificate,
    unpack,
)
from kordon.lib.traveldocs.chip.tests import authority as a

OLD, NEW = a.Authority(), a.Authority(number=2)
ROOT = read_certificate(OLD.certificate())
LINK = read_certificate(NEW.certificate(by=OLD))


def standings(*certificates, among=()):
    return [one.standing for one in assess(certificates, among=among)]


def test_one_signed_with_its_own_key_and_a_link_to_it():
    assert standings(ROOT, LINK) == [Standing.SELF_SIGNED, Standing.LINKED]
    assert [one.holds for one in assess([ROOT, LINK])] == [True, True]


def test_a_link_whose_issuer_is_not_there_and_one_that_came_beside():
    (alone,) = assess([LINK])
    assert alone.standing is Standing.ISSUER_UNKNOWN
    assert not alone.holds
    assert "Utopia CSCA" in alone.why
    assert standings(LINK, among=[ROOT]) == [Standing.LINKED]


def test_one_that_names_a_key_that_did_not_sign_it():
    forged = read_certificate(OLD.certificate(pair=a.P256.pair(99)))
    assert standings(forged) == [Standing.WRONG_SIGNATURE]


def test_one_whose_key_cannot_be_used():
    strange = read_certificate(OLD.certificate(public=a.seq(a.seq(a.oid("1.2.3")), a.NULL)))
    (one,) = assess([strange])
    assert one.standing is Standing.UNUSABLE
    assert key_fingerprint(strange) == ""


def test_one_key_has_one_fingerprint_however_it_is_written():
    again = read_certificate(OLD.certificate(serial=5))
    assert key_fingerprint(again) == key_fingerprint(ROOT) != key_fingerprint(LINK)
    named, explicit = (a.Authority(kind, number=7) for kind in (a.BRAINPOOL, a.EXPLICIT))
    pair = [key_fingerprint(read_certificate(one.certificate())) for one in (named, explicit)]
    assert pair[0] == pair[1]


@pytest.mark.parametrize(
    "filename, name",
    [
        ("EF_SOD.bin", "SOD"), ("ef.sod", "SOD"), ("SOD", "SOD"), ("EF_COM.BIN", "COM"),
        ("DG1", "DG1"), ("dg02.bin", "DG2"), ("Datagroup14.bin", "DG14"), ("EF.DG16", "DG16"),
        ("ef0101.bin", "DG1"), ("ef010F.bin", "DG15"), ("ef011D.bin", "SOD"), ("011E", "COM"),
        ("C:\\dump\\DG3.bin", "DG3"), ("DG17", ""), ("DG0", ""), ("photo.jpg", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_files_of_a_chip_are_called(filename, name):
    assert name_file(filename) == name


def test_files_by_their_names_and_nothing_else():
    found = chip_files([("SOD", b"s"), ("DG2", b"2")])
    assert (found.sod, found.com, dict(found.groups)) == (b"s", None, {2: b"2"})
    for named in ([("DG17", b"")], [("dg1", b"")], [("DG1", bytes(9 * 1024 * 1024))]):
        with pytest.raises(ChipError):
            chip_files(named)


def test_pem_der_and_what_is_neither():
    block = b"-----BEGIN X509 CRL-----\n" + encodebytes(b"octets") + b"-----END X509 CRL-----\n"
    assert unpack(block * 2) == [("X509 CRL", b"octets")] * 2
    assert unpack(b"0\x82") == [("", b"0\x82")]
    assert unpack(b"") == []
    assert unpack(b"-----BEGIN CERTIFICATE-----") == []
    with pytest.raises(ChipError) as raised:
        unpack(b"-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----")
    assert raised.value.code is Code.READ_BAD_TLV
