"""EF.COM and the data groups as typed values."""

from datetime import date

import pytest

from kordon.lib.traveldocs import Format, PartialDate
from kordon.lib.traveldocs.chip import (
    ChipError,
    Code,
    ECKey,
    ImageFormat,
    RSAKey,
    read_com,
    read_dg1,
    read_dg2,
    read_dg11,
    read_dg12,
    read_dg14,
    read_dg15,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.der import integer, oid, seq, set_of, tlv
from kordon.lib.traveldocs.chip.tests.test_tlv import refused
from kordon.lib.traveldocs.tests import specimens

ON = date(2024, 6, 1)
JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(40)


def test_the_common_file():
    found = read_com(a.com(0x61, 0x75, 0x6E, 0x7F, 0x61, 0x42))
    assert (found.lds_version, found.unicode_version) == ("0107", "040000")
    assert found.groups == (1, 2, 14)
    assert found.unknown_tags == (0x7F61, 0x42)
    refused(Code.DG_PARSE, read_com, a.dg1())


def test_the_zone():
    reading = read_dg1(a.dg1(), on=ON)
    assert (reading.format, reading.valid, reading.number) == (Format.TD3, True, "L898902C3")
    card = "".join(specimens.TD1).encode()
    assert read_dg1(a.dg1(card), on=ON).format is Format.TD1
    refused(Code.DG_PARSE, read_dg1, b"\x61\x00", on=ON)
    refused(Code.DG_PARSE, read_dg1, a.com(), on=ON)


@pytest.mark.parametrize("image, kind", [(a.JPEG, ImageFormat.JPEG), (JP2, ImageFormat.JP2)])
@pytest.mark.parametrize("points", [0, 3])
def test_the_portrait(image, kind, points):
    (found,) = read_dg2(a.dg2(a.face(image, points=points)))
    assert (found.image, found.format, found.standard) == (image, kind, "19794-5")
    assert (found.width, found.height, found.feature_points) == (413, 531, points)
    assert kind.media_type == {"JPEG": "image/jpeg", "JP2": "image/jp2"}[kind]


def test_several_portraits():
    codestream = b"\xff\x4f\xff\x51" + bytes(20)
    found = read_dg2(a.dg2(a.face(), a.face(codestream)))
    assert [each.format for each in found] == ["JPEG", "J2K"]


@pytest.mark.parametrize("tag", [0x5F2E, 0x7F2E])
def test_the_portrait_of_the_newer_standard(tag):
    block = tlv(0x65, tlv(0xA0, tlv(0x80, b"\x03")), tlv(0xA1, seq(tlv(0xA1, tlv(0x80, JP2)))))
    (found,) = read_dg2(a.dg2(block, tag=tag))
    assert (found.image, found.format, found.standard) == (JP2, ImageFormat.JP2, "39794-5")
    assert found.width is None


@pytest.mark.parametrize(
    "data",
    [
        a.dg2(),
        a.dg2(a.face(b"GIF89a")),
        a.dg2(a.face()[:20]),
        a.dg2(a.face()[:-1]),
        a.dg2(a.face().replace(b"\x00\x01", b"\x00\x00", 1)),
        a.dg2(a.face().replace(b"\x00\x01", b"\x7f\xff", 1)),
        a.dg2(tlv(0x65, b"")),
        a.dg1(),
    ],
)
def test_portraits_that_are_none(data):
    refused(Code.DG_PARSE, read_dg2, data)


def test_personal_details():
    found = read_dg11(
        tlv(
            0x6B,
            tlv(0x5C, b"\x5f\x0e\x5f\x0f"),
            tlv(0x5F0E, "ÉRIKSSON<<ANNA".encode()),
            tlv(0xA0, tlv(0x02, b"\x02"), tlv(0x5F0F, b"ONE"), tlv(0x5F0F, b"TWO")),
            tlv(0x5F2B, b"19740812"),
            tlv(0x5F11, b"ZENITH<UTOPIA"),
            tlv(0x5F42, "Straße 1<Zenith".encode("latin-1")),
            tlv(0x5F10, b"42"),
            tlv(0x5F17, b"A1<B2"),
            tlv(0x5F16, a.JPEG),
        )
    )
    assert found.full_name == "ÉRIKSSON<<ANNA"
    assert found.other_names == ("ONE", "TWO")
    assert found.birth == PartialDate(1974, 8, 12)
    assert found.birthplace == ("ZENITH", "UTOPIA")
    assert found.address == ("Straße 1", "Zenith")
    assert found.other_documents == ("A1", "B2")
    assert (found.personal_number, found.citizenship_proof) == ("42", a.JPEG)
    assert (found.telephone, found.profession, found.title, found.summary) == ("", "", "", "")


@pytest.mark.parametrize(
    "written, birth",
    [
        (b"19740000", PartialDate(1974, None, None)),
        (b"1974<<<<", PartialDate(1974, None, None)),
        (b"\x19\x74\x08\x12", PartialDate(1974, 8, 12)),
        (b"19741399", None),
        (b"1974", None),
    ],
)
def test_dates_of_birth(written, birth):
    assert read_dg11(tlv(0x6B, tlv(0x5F2B, written))).birth == birth


def test_document_details():
    found = read_dg12(
        tlv(
            0x6C,
            tlv(0x5F19, b"MINISTRY OF UTOPIA"),
            tlv(0x5F26, b"\x20\x20\x02\x01"),
            tlv(0xA0, tlv(0x02, b"\x01"), tlv(0x5F1A, b"CHILD")),
            tlv(0x5F1B, b"none"),
            tlv(0x5F55, b"20200201101112"),
            tlv(0x5F56, b"7"),
            tlv(0x5F1D, a.JPEG),
        )
    )
    assert (found.authority, found.issued) == ("MINISTRY OF UTOPIA", date(2020, 2, 1))
    assert (found.other_persons, found.endorsements) == (("CHILD",), "none")
    assert (found.personalised, found.personalisation_system) == ("20200201101112", "7")
    assert (found.front, found.rear) == (a.JPEG, b"")
    assert read_dg12(tlv(0x6C, tlv(0x5F26, b"20200230"))).issued is None


def test_a_file_of_another_group_is_not_taken():
    dg12 = tlv(0x6C, tlv(0x5F26, b"20200201"))
    refused(Code.DG_PARSE, read_dg11, dg12)
    refused(Code.DG_PARSE, read_dg12, b"\x6b" + dg12[1:])


EAC = "0.4.0.127.0.7.2.2."


def dg14(*infos):
    return tlv(0x6E, set_of(*infos))


def test_security_infos():
    public = a.BRAINPOOL.public(a.BRAINPOOL.pair(1))
    found = read_dg14(
        dg14(
            seq(oid(f"{EAC}1.2"), public, integer(3)),
            seq(oid(f"{EAC}3.2.4"), integer(1), integer(3)),
            seq(oid(f"{EAC}4.2.4"), integer(2), integer(13)),
            seq(oid(f"{EAC}2"), integer(1)),
            seq(oid("2.23.136.1.1.5"), integer(1), oid("0.4.0.127.0.7.1.1.4.1.3")),
            seq(oid("1.2.3.4"), der.NULL),
        )
    )
    (key,) = found.chip_keys
    assert isinstance(key.key, ECKey)
    assert key.number == 3
    assert [(each.oid, each.version, each.number) for each in found.chip_protocols] == [
        (f"{EAC}3.2.4", 1, 3)
    ]
    assert [(each.version, each.parameters) for each in found.pace] == [(2, 13)]
    assert found.active.signature == "0.4.0.127.0.7.1.1.4.1.3"
    assert found.terminal
    assert found.others == ("1.2.3.4",)


def test_a_chip_key_that_cannot_be_used_does_not_lose_the_rest():
    diffie_hellman = seq(seq(oid("1.2.840.113549.1.3.1"), seq()), der.bits(b"\x02\x01\x05"))
    infos = seq(oid(f"{EAC}1.1"), diffie_hellman), seq(oid(f"{EAC}2"), integer(1))
    found = read_dg14(dg14(*infos))
    assert isinstance(found.chip_keys[0].key, ChipError)
    assert found.terminal


def test_the_key_of_active_authentication():
    public = a.RSA.public(a.RSA.pair(1))
    assert isinstance(read_dg15(tlv(0x6F, public)), RSAKey)
    refused(Code.DG_PARSE, read_dg15, tlv(0x6F))
    refused(Code.DG_PARSE, read_dg14, tlv(0x6E))
    refused(Code.DG_PARSE, read_dg15, a.dg1())
