"""No octets make a reader raise anything but its own error, no changed bit is VERIFIED falsely."""

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs.chip import (
    ChipError,
    ChipFiles,
    ChipSession,
    Code,
    Outcome,
    check_active,
    check_chip,
    read_certificate,
    read_com,
    read_dg1,
    read_dg2,
    read_dg11,
    read_dg12,
    read_dg14,
    read_dg15,
    read_master_list,
    read_revocation_list,
    read_sod,
    verify_chip,
)
from kordon.lib.traveldocs.chip.security_object import MAX_SOD
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS, trust
from kordon.lib.traveldocs.chip.tests.test_genuine import AES_256, active_info, chip
from kordon.lib.traveldocs.chip.tlv import MAX_DEPTH, MAX_FILE

ON = date(2024, 6, 1)
TRUST = trust(lists=[CSCA.revocation_list(5)])
LISTING = CSCA.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
DG11 = der.tlv(0x6B, der.tlv(0xA0, der.tlv(0x5F0F, b"X")), der.tlv(0x5F2B, b"19740812"))
DG12 = der.tlv(0x6C, der.tlv(0x5F26, b"20200201"), der.tlv(0x5F19, b"UTOPIA"))
BLOCK = der.tlv(0x65, der.tlv(0xA1, der.seq(der.tlv(0x80, a.JPEG))))

READERS = {
    "certificate": (read_certificate, CSCA.signer(more=(a.document_types("P"),)).certificate()),
    "explicit": (read_certificate, a.Authority(a.EXPLICIT).certificate()),
    "pss": (read_certificate, a.Authority(a.PSS).certificate()),
    "list": (read_revocation_list, CSCA.revocation_list(5, 6)),
    "SOD": (read_sod, CSCA.signer().sod(GROUPS)),
    "master list": (read_master_list, a.master_list(LISTING, [CSCA.certificate()])),
    "COM": (read_com, a.com(0x61, 0x75)),
    "DG1": (lambda data: read_dg1(data, on=ON), a.dg1()),
    "DG2": (read_dg2, a.dg2(a.face(points=2), a.face())),
    "DG2 newer": (read_dg2, a.dg2(BLOCK, tag=0x7F2E)),
    "DG11": (read_dg11, DG11),
    "DG12": (read_dg12, DG12),
    "DG14": (read_dg14, chip(a.EXPLICIT, AES_256, 3)[14]),
    "DG14 active": (read_dg14, active_info("0.4.0.127.0.7.1.1.4.1.3")),
    "DG15": (read_dg15, der.tlv(0x6F, a.RSA.public(a.RSA.pair(1)))),
}
KINDS = pytest.mark.parametrize("read, good", READERS.values(), ids=READERS)


def tolerated(read, data):
    """Reads or raises the library's own error; anything else comes through."""
    with contextlib.suppress(ChipError):
        read(data)


@KINDS
def test_the_whole_file_is_read(read, good):
    read(good)


@KINDS
def test_every_file_cut_off_anywhere(read, good):
    for size in range(len(good)):
        tolerated(read, good[:size])
        tolerated(read, good[size:])


@KINDS
def test_every_octet_changed(read, good):
    for at in range(len(good)):
        for value in (good[at] ^ 1 << at % 8, 0x80):
            tolerated(read, good[:at] + bytes([value]) + good[at + 1 :])


@KINDS
def test_every_octet_left_out_or_doubled(read, good):
    for at in range(len(good)):
        tolerated(read, good[:at] + good[at + 1 :])
        tolerated(read, good[:at] + good[at : at + 1] + good[at:])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=200))
def test_any_octets(name, data):
    read, _ = READERS[name]
    tolerated(read, data)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.data())
def test_pieces_of_files_put_into_each_other(name, data):
    read, good = READERS[name]
    _, other = READERS[data.draw(st.sampled_from(sorted(READERS)))]
    begin, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(good))])))
    low, high = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(other))])))
    tolerated(read, good[:begin] + other[low:high] + good[end:])


ENDLESS = 1 << 15_000
"""Longer than what Python writes in decimal digits."""


def too_long():
    """Files with a number that is too long to be told, wherever one is told."""
    signed = der.seq(der.seq(der.integer(ENDLESS), der.octets(b"x")))
    content = der.seq(der.integer(0), a.hash_id("sha256"), signed)
    yield read_sod, der.tlv(0x77, CSCA.signer().signed_data(content))
    yield read_certificate, CSCA.certificate(serial=ENDLESS)
    yield read_revocation_list, CSCA.revocation_list(ENDLESS)


@pytest.mark.parametrize(("read", "data"), list(too_long()))
def test_numbers_too_long_to_be_told(read, data):
    with pytest.raises(ChipError) as caught:
        read(data)
    assert caught.value.code is Code.READ_TOO_LARGE


def test_a_revocation_list_with_an_extension_that_holds_nothing():
    extensions = der.tlv(0xA0, der.seq(der.seq(der.oid("2.5.29.35"))))
    algorithm, moment = CSCA.kind.algorithm(), der.moment(a.SIGNED)
    inside = der.seq(der.integer(1), algorithm, CSCA.name, moment, extensions)
    with pytest.raises(ChipError):
        read_revocation_list(der.seq(inside, algorithm, der.bits(b"")))


@pytest.mark.parametrize("size", [127, 128, 255, 256, 3000])
def test_a_signing_period_of_a_time_that_is_none(size):
    period = a.extension("2.5.29.16", der.seq(der.tlv(0x80, b"2" * size)))
    found = read_certificate(CSCA.signer(more=(period,)).certificate())
    assert found.flaws == ("2.5.29.16",)
    said = verify_chip(
        ChipFiles(sod=CSCA.signer(more=(period,)).sod(GROUPS), groups=GROUPS), TRUST, on=ON
    )
    assert said.outcome is Outcome.VERIFIED


def nested(tag, times):
    data = b""
    for _ in range(times):
        data = der.tlv(tag, data)
    return data


HOSTILE = {
    "empty": b"",
    "zeros": bytes(100_000),
    "deep": nested(0x30, 3000),
    "deep without lengths": b"\x30\x80" * 30_000,
    "wide without lengths": b"\x30\x80" * 20 + b"\x05\x00" * 30_000,
    "wide": der.seq(b"\x05\x00" * 30_000),
    "a huge length": b"\x30\x84\xff\xff\xff\xff" + bytes(100),
    "an absurd length": b"\x30\xff" + b"\xff" * 127,
    "an endless tag": b"\x3f" + b"\xff" * 1000,
    "a huge number": der.seq(der.tlv(0x02, b"\x7f" * 60_000)),
    "a huge identifier": der.seq(der.tlv(0x06, b"\xff" * 60_000 + b"\x01")),
}


@KINDS
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files(read, good, data):
    tolerated(read, data)
    outer = good[:1] if good[0] & 0x1F != 0x1F else good[:2]
    tolerated(read, der.tlv(int.from_bytes(outer, "big"), data))


@pytest.mark.parametrize("number", range(1, 17))
def test_files_beyond_all_bounds(number):
    said = verify_chip(
        ChipFiles(
            sod=CSCA.signer().sod(GROUPS | {number: b""}),
            com=bytes(MAX_FILE + 1),
            groups=GROUPS | {number: bytes(MAX_FILE + 1)},
        ),
        TRUST,
        on=ON,
    )
    assert said.outcome is Outcome.FAILED
    assert Code.READ_TOO_LARGE in said.codes


def test_the_depth_that_real_files_need_is_well_below_the_bound():
    def depth(node):
        if node.is_constructed:
            return max([node.depth, *map(depth, node)])
        return node.depth

    from_sod = read_sod(CSCA.signer(a.EXPLICIT).sod(GROUPS)).signed.signers[0].attributes
    assert depth(from_sod) * 2 < MAX_DEPTH
    assert len(CSCA.signer(a.Kind("rsa", bits=4096)).sod(GROUPS)) * 10 < MAX_SOD


@pytest.mark.parametrize("kind", [a.PSS, a.EXPLICIT], ids=["pss", "explicit"])
def test_no_changed_bit_of_a_security_object_is_verified_falsely(kind):
    """What still verifies differs only in what nobody signed: versions, the signer's name."""
    sod = CSCA.signer(kind).sod(GROUPS)
    right = read_sod(sod)
    for at in range(len(sod)):
        changed = sod[:at] + bytes([sod[at] ^ 1 << at % 8]) + sod[at + 1 :]
        said = verify_chip(ChipFiles(sod=changed, groups=GROUPS), TRUST, on=ON)
        if said.outcome is Outcome.VERIFIED:
            read = read_sod(changed)
            assert read.signed.content == right.signed.content
            assert said.signer.signed == right.signed.certificates[0].signed
            assert read.hashes == right.hashes
            assert said.digests_hold == {1: True, 2: True}


def test_no_changed_bit_of_a_data_group_is_verified():
    sod = CSCA.signer().sod(GROUPS)
    for number, good in GROUPS.items():
        for at in range(len(good)):
            changed = good[:at] + bytes([good[at] ^ 1 << at % 8]) + good[at + 1 :]
            files = ChipFiles(sod=sod, groups=GROUPS | {number: changed})
            assert verify_chip(files, TRUST, on=ON).outcome is Outcome.FAILED


def test_no_cut_off_security_object_is_verified():
    sod = CSCA.signer().sod(GROUPS)
    for size in range(len(sod)):
        said = verify_chip(ChipFiles(sod=sod[:size], groups=GROUPS), TRUST, on=ON)
        assert said.outcome is Outcome.FAILED


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_verifying_never_raises(sod, com, group):
    groups = dict.fromkeys((1, 2, 11, 12, 14, 15, 99), group)
    said = verify_chip(ChipFiles(sod=sod, com=com, groups=groups), TRUST, on=ON)
    assert said.outcome is Outcome.FAILED


GENUINE = {15: der.tlv(0x6F, a.P256.public(a.P256.pair(5)))} | chip(a.P256, AES_256)
GENUINE_FILES = ChipFiles(sod=CSCA.signer().sod(GROUPS | GENUINE), groups=GROUPS | GENUINE)
VERIFIED = verify_chip(GENUINE_FILES, TRUST, on=ON)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=12), st.binary(max_size=300), st.integers(), st.integers())
def test_judging_answers_never_raises(challenge, response, private_key, counter):
    assert VERIFIED.outcome is Outcome.VERIFIED
    said = check_active(GENUINE_FILES, VERIFIED, challenge=challenge, response=response)
    assert said.outcome is not Outcome.VERIFIED
    session = ChipSession(private_key, response, AES_256, counter=counter)
    assert check_chip(GENUINE_FILES, VERIFIED, session).outcome is not Outcome.VERIFIED
