"""Visible digital seals written and read: header, kinds, features, what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import (
    KINDS,
    STAMP,
    VISA,
    Coding,
    Feature,
    Kind,
    SealError,
    kind_named,
    read_vds,
    seal_to_json,
    table_of,
    write_vds,
)
from kordon.lib.traveldocs.seal.c40 import write_c40
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.vds import MAX_SEAL

GOOD = s.seal()


def refused(octets, words):
    with pytest.raises(SealError, match=words) as error:
        read_vds(octets)
    assert error.value.code == "WRONG_FORMAT"


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("name", s.MADE)
def test_every_kind_that_is_made_is_read_as_it_was_ordered(name, version):
    kind = s.MADE[name]
    seal = read_vds(s.seal(kind, version=version))
    header = seal.header
    assert (header.version, header.issuer, header.signer) == (version, "UTO", "UTTS")
    assert header.reference == ("0005B" if version == 3 else "5B")
    assert (header.issued, header.signed) == (s.ISSUED, s.SIGNED)
    assert seal.kind is kind
    assert {**seal.values} == {**s.VALUES[name]} | _cut(seal)
    assert (dict(seal.unknown), seal.flaws, len(seal.signature)) == ({}, (), 64)


def _cut(seal):
    """Zones come back as far as the seal holds them."""
    return {name: each for name, each in seal.values.items() if name.startswith("mrz")}


def test_a_full_page_visa_and_all_its_features():
    values = {**s.VISA_VALUES, "mrz_a": "|".join(s.VISA_A), "visa_type": b"\x01\x02"}
    del values["mrz_b"]
    seal = read_vds(s.seal(values=values))
    assert seal.zone == f"{s.VISA_A[0]}\n{s.VISA_A[1][:28]}"
    assert seal.values["visa_type"] == b"\x01\x02"
    assert seal_to_json(seal)["values"]["stay"]["meaning"] == "STAY"


def test_the_header_and_the_feature_that_doc_9303_13_spells_out():
    """A text under tag 0A is 0A04DE515826; the header before it is worked out by its table 1."""
    own = Kind("OWN", 0x77, 0x20, "Own", (Feature(0x0A, "text", Coding.TEXT),))
    seal = read_vds(s.seal(own, values={"text": "VISA01"}, issued=date(1957, 3, 25)))
    # UTO: 34, 33, 28; UTTS025B: (34, 33, 33), (32, 4, 6), (9, 15, shift); days: 03251957, 05032024
    header = "dc03" + "d9c5" + "d9cac8a73a99" + "319ef5" + "4cc858" + "7720"
    assert seal.signed.hex() == f"{header}0a04de515826"


def test_unknown_kinds_and_tags_are_kept_as_they_are():
    own = Kind("OWN", 0x77, 0x20, "Own", (Feature(9, "text", Coding.TEXT),))
    octets = s.seal(own, values={"text": "HELLO"})
    seal = read_vds(octets)
    assert (seal.kind, dict(seal.values)) == (None, {})
    assert dict(seal.unknown) == {9: write_c40("HELLO")}
    assert seal_to_json(seal)["kind_octets"] == "7720"
    known = read_vds(octets, kinds=table_of([*KINDS.values(), own]))
    assert dict(known.values) == {"text": "HELLO"}
    more = replace(VISA, features=(*VISA.features, Feature(200, "more", Coding.OCTETS)))
    seal = read_vds(s.seal(more, values={**s.VISA_VALUES, "more": b"\x01"}))
    assert dict(seal.unknown) == {200: b"\x01"}
    assert seal.values["entries"] == 2


def test_a_long_feature_and_a_large_key():
    long = Kind("LONG", 0x77, 0x20, "Long", (Feature(1, "octets", Coding.OCTETS),))
    for size in (127, 128, 255, 256, 900):
        octets = s.seal(long, values={"octets": bytes(size)}, by=s.signer(a.P521))
        seal = read_vds(octets)
        assert dict(seal.unknown) == {1: bytes(size)}
        assert len(seal.signature) == 132
    with pytest.raises(SealError, match="254 octets"):
        s.seal(long, values={"octets": bytes(255)}, version=3)
    for size in (MAX_SEAL, MAX_SEAL + 1):
        with pytest.raises(SealError, match="more than any bar code") as error:
            s.seal(long, values={"octets": bytes(size)})
        assert error.value.code == "VALUE"


@pytest.mark.parametrize("length", ["8100", "817f", "820005", "820080", "80", "83000080", "82ff"])
def test_lengths_must_be_der(length):
    at = GOOD.index(b"\x03\x01\x02")
    refused(GOOD[: at + 1] + bytes.fromhex(length) + GOOD[at + 2 :], "length|cut off")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda seal: b"", "does not begin"),
        (lambda seal: b"\xdb" + seal[1:], "does not begin"),
        (lambda seal: seal[:1], "the header is cut off"),
        (lambda seal: seal[:1] + b"\x01" + seal[2:], "version 2"),
        (lambda seal: seal[:1] + b"\x04" + seal[2:], "version 5"),
        (lambda seal: seal + b"\x00", "1 octets behind the signature"),
        (lambda seal: seal[:-1], "cut off"),
        (lambda seal: seal[:20], "length is missing|cut off"),
        (lambda seal: seal[:15], "cut off"),
        (lambda seal: seal[:18] + seal[18:20] * 2, "cut off"),
        (lambda seal: seal[:4] + write_c40("UTTSZZ") + seal[8:], "no number"),
        (lambda seal: seal[:4] + write_c40("UTTS 2") + seal[8:], "no number"),
        (lambda seal: bytes(MAX_SEAL) + seal, "more than any bar code"),
    ],
)
def test_what_is_no_seal(change, words):
    refused(change(GOOD), words)


def test_a_reference_that_is_shorter_than_its_place():
    seal = s.seal(version=3)
    refused(seal[:8] + b"\xfe\x42" + seal[10:], "not as long as it says")


def test_a_feature_that_stands_there_twice():
    at = GOOD.index(b"\x03\x01\x02")
    refused(GOOD[:at] + b"\x03\x01\x01" + GOOD[at:], "twice")


def test_a_known_feature_that_is_malformed_is_a_flaw():
    at = GOOD.index(b"\x03\x01\x02")
    seal = read_vds(GOOD[:at] + b"\x03\x02\x02\x02" + GOOD[at + 3 :])
    assert "entries" not in seal.values
    assert seal.flaws == ("entries: 2 octets where NUMBER stands",)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"issuer": "UTOP"}, "HEADER", "issuer 'UTOP'"),
        ({"issuer": ""}, "HEADER", "issuer ''"),
        ({"issuer": "uto"}, "HEADER", "C40"),
        ({"version": 5}, "HEADER", "version 5"),
        ({"values": {**s.VISA_VALUES, "colour": "RED"}}, "KIND", "no feature colour"),
        ({"values": {"entries": 1}}, "VALUE", "is missing"),
        ({"values": {**s.VISA_VALUES, "entries": 300}}, "VALUE", "entries: 300"),
    ],
)
def test_what_cannot_be_written(changes, code, words):
    with pytest.raises(SealError, match=words) as error:
        s.seal(**changes)
    assert error.value.code == code


def test_version_3_holds_five_digits_of_the_reference():
    with pytest.raises(SealError) as error:
        s.seal(version=3, by=s.signer(serial=0x123456))
    assert error.value.code == "HEADER"
    assert read_vds(s.seal(by=s.signer(serial=0x123456))).header.reference == "123456"


def test_a_signer_that_counts_in_tens_is_read_either_way():
    """One signer of Germany writes the length of its reference in decimal digits, at times."""
    reference = "00112233445566778899AABBCCDDEEFF"
    by = replace(s.signer(), name="DEZV", reference=reference)
    octets = s.seal(by=by)
    assert read_vds(octets).header.reference == reference
    written = write_c40("DEZV20" + reference)
    tens = octets.replace(written, write_c40("DEZV32" + reference))
    assert tens != octets
    assert read_vds(tens).header.reference == reference
    assert read_vds(tens).values == read_vds(octets).values
    other = octets.replace(written, write_c40("DEZW32" + reference))
    refused(other, "another set")


def test_kinds_are_told_by_name_and_two_of_one_number_refused():
    assert kind_named("STAMP") is STAMP
    with pytest.raises(SealError, match="no kind of seal: VISA"):
        kind_named("BADGE")
    with pytest.raises(SealError, match="octets of another kind"):
        table_of([VISA, replace(STAMP, reference=0x5D, category=1)])
    with pytest.raises(SealError, match="one name or tag"):
        Kind("X", 1, 2, "X", (Feature(1, "a", Coding.TEXT), Feature(1, "b", Coding.TEXT)))
    with pytest.raises(SealError, match="within 0 and 254"):
        Kind("X", 1, 2, "X", (Feature(255, "a", Coding.TEXT),))


def test_an_order_does_not_know_today():
    day = date(1999, 12, 31)
    assert read_vds(write_vds(s.order(signed=day), s.signer())).header.signed == day
