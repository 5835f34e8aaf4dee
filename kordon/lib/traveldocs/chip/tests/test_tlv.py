"""The reader below everything: what it takes, and where it stops."""

import pytest

from kordon.lib.traveldocs.chip.asn1 import Members, bits, integer, octets, oid, time, unsigned
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tlv import MAX_CHILDREN, MAX_DEPTH, read_node


def refused(code, read, *args, **more):
    with pytest.raises(ChipError) as raised:
        read(*args, **more)
    assert raised.value.code is code, raised.value


@pytest.mark.parametrize(
    "data, tag, value",
    [
        (b"\x04\x02ab", 0x04, b"ab"),
        (b"\x5f\x1f\x01a", 0x5F1F, b"a"),
        (b"\x7f\x61\x81\x01a", 0x7F61, b"a"),
        (b"\x04\x82\x00\x01a", 0x04, b"a"),
        (b"\x30\x80\x04\x01a\x00\x00", 0x30, b"\x04\x01a"),
        (b"\x04\x00", 0x04, b""),
    ],
)
def test_tags_and_lengths(data, tag, value):
    node = read_node(data)
    assert (node.tag, node.value, node.raw) == (tag, value, data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x5f",
        b"\x5f\x9f",
        b"\x30\x05\x04",
        b"\x30\x82\x01",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x80\x04\x01a",
        b"\x30\x80\x04\x01a\x00",
    ],
)
def test_what_is_cut_off(data):
    refused(Code.READ_TRUNCATED, read_node, data)


def test_what_is_no_tlv():
    refused(Code.READ_BAD_TLV, read_node, b"\x5f\x9f\x9f\x01\x00")
    refused(Code.READ_BAD_TLV, read_node, b"\x04\x80a\x00\x00")
    refused(Code.READ_BAD_TLV, read_node, b"\x04\x01ab")
    assert read_node(b"\x04\x01ab", padded=True).value == b"a"


def test_a_child_does_not_reach_beyond_its_parent():
    node = read_node(b"\x30\x03\x04\x05a" + bytes(4), padded=True)
    refused(Code.READ_TRUNCATED, node.children)


def test_size_number_and_depth_are_bounded():
    refused(Code.READ_TOO_LARGE, read_node, bytes(11), limit=10)
    refused(Code.READ_TOO_LARGE, read_node, b"\x30\x85\x00\x00\x00\x00\x01a")
    many = der.seq(b"\x05\x00" * (MAX_CHILDREN + 1))
    refused(Code.READ_TOO_LARGE, read_node(many).children)
    endless = b"\x30\x80" + b"\x05\x00" * (MAX_CHILDREN + 1) + b"\x00\x00"
    refused(Code.READ_TOO_LARGE, read_node, endless)
    deep = b"\x30\x80" * (MAX_DEPTH + 2) + b"\x00\x00" * (MAX_DEPTH + 2)
    refused(Code.READ_TOO_LARGE, read_node, deep)
    refused(Code.READ_TOO_LARGE, read_node, b"\x30\x80" * 100_000)
    wide = b"\x30\x80" + (b"\x30\x80" + b"\x05\x00" * 9 + b"\x00\x00") * 1000 + b"\x00\x00"
    refused(Code.READ_TOO_LARGE, read_node, wide)


def test_depth_is_bounded_with_definite_lengths_too():
    data = b""
    for _ in range(MAX_DEPTH + 2):
        data = der.seq(data)
    refused(Code.READ_TOO_LARGE, _innermost, read_node(data))


def _innermost(node):
    while True:
        (node,) = node


def test_values():
    assert integer(read_node(b"\x02\x02\xff\x00")) == -256
    assert unsigned(read_node(b"\x02\x01\x80"), "modulus") == 128
    assert oid(read_node(der.oid("2.23.136.1.1.1"))) == "2.23.136.1.1.1"
    assert oid(read_node(der.oid("1.2.840.113549"))) == "1.2.840.113549"
    assert bits(read_node(der.bits(b"ab"))) == b"ab"
    assert octets(read_node(b"\x24\x80\x04\x01a\x04\x02bc\x00\x00")) == b"abc"


@pytest.mark.parametrize(
    "data, said",
    [
        (b"\x17\x0d491231235959Z", "2049-12-31 23:59:59"),
        (b"\x17\x0d500101000000Z", "1950-01-01 00:00:00"),
        (b"\x17\x0b2001010000Z", "2020-01-01 00:00:00"),
        (b"\x18\x0f20500101000000Z", "2050-01-01 00:00:00"),
        (b"\x18\x1320500101000000.123Z", "2050-01-01 00:00:00"),
    ],
)
def test_times(data, said):
    assert str(time(read_node(data))) == f"{said}+00:00"


@pytest.mark.parametrize(
    "read, data",
    [
        (integer, b"\x04\x01\x00"),
        (oid, b"\x06\x00"),
        (oid, b"\x06\x02\x2a\x86"),
        (oid, der.tlv(0x06, b"\x81" * 70 + b"\x01")),
        (bits, b"\x03\x02\x01\x00"),
        (bits, b"\x03\x00"),
        (time, b"\x17\x0d209931235959Z"),
        (time, b"\x17\x03abc"),
        (time, b"\x18\x0f2050\xff\xff01000000Z"),
        (lambda node: Members(node, "it").take(), b"\x30\x00"),
        (lambda node: Members(node, "it"), b"\x31\x00"),
    ],
)
def test_values_that_are_none(read, data):
    refused(Code.READ_BAD_TLV, read, read_node(data))


def test_numbers_are_bounded():
    refused(Code.READ_TOO_LARGE, integer, read_node(der.tlv(0x02, bytes(3000))))
    refused(Code.READ_TOO_LARGE, integer, read_node(b"\x02\x00"))
