"""No octets make a reader raise anything but its own error, no changed bit is VALID."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import (
    Outcome,
    SealError,
    SealTrust,
    Status,
    read_seal,
    read_vds,
    read_vds_nc,
    seal_to_json,
    verdict_to_json,
    verify_seal,
)
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.tests.test_vds_nc import GOOD as JSON

SMALL = s.signer(a.Kind("SECP224R1", "sha224"), serial=0x24)
TRUST = s.trust(s.signer(), SMALL)
SEALS = {
    **{name: s.seal(kind) for name, kind in s.MADE.items()},
    "version 3": s.seal(version=3),
    "small key": s.seal(by=SMALL),
    "JSON": JSON,
}
EACH = pytest.mark.parametrize("good", SEALS.values(), ids=SEALS)
ZONES = {"document": s.zone(s.VISA_B), "passport": s.zone(s.PASSPORT)}


def tolerated(octets):
    """Reads or raises the library's own error; the verdict is told whatever it is."""
    for read in (read_seal, read_vds, read_vds_nc):
        with contextlib.suppress(SealError):
            seal_to_json(read(octets))
    said = verify_seal(octets, TRUST, on=s.ON, **ZONES)
    assert set(verdict_to_json(said)) >= {"outcome", "status"}
    return said


@EACH
def test_the_whole_seal_is_valid(good):
    assert verify_seal(good, TRUST, on=s.ON).outcome is Outcome.VALID


@EACH
def test_no_changed_bit_is_valid(good):
    step = 1 if len(good) < 500 else 7
    for bit in range(0, 8 * len(good), step):
        at, changed = bit // 8, bytearray(good)
        changed[at] ^= 1 << bit % 8
        said = verify_seal(bytes(changed), TRUST, on=s.ON)
        assert said.outcome is not Outcome.VALID, (at, bit % 8)


@EACH
def test_no_octet_left_out_doubled_or_put_before_is_valid(good):
    for at in range(len(good)):
        for changed in (good[:at] + good[at + 1 :], good[:at] + good[at : at + 1] + good[at:]):
            if changed != good and tolerated(changed).outcome is Outcome.VALID:
                assert read_seal(changed).signed == read_seal(good).signed


@EACH
def test_no_cut_off_seal_is_valid(good):
    for size in range(len(good)):
        assert tolerated(good[:size]).outcome is not Outcome.VALID


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_octets(octets):
    for start in (b"", b"\xdc\x02", b"\xdc\x03", b"{"):
        assert tolerated(start + octets).outcome is not Outcome.VALID


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_pieces_of_seals_put_into_each_other(data):
    names = st.sampled_from(sorted(SEALS))
    good, other = SEALS[data.draw(names)], SEALS[data.draw(names)]
    begin, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(good))])))
    low, high = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(other))])))
    changed = good[:begin] + other[low:high] + good[end:]
    if tolerated(changed).outcome is Outcome.VALID:
        assert changed in SEALS.values()


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=12,
    )
)
def test_any_json(value):
    whole = json.loads(JSON)
    for name in ("hdr", "msg"):
        changed = {**whole, "data": {**whole["data"], name: value}}
        said = tolerated(json.dumps(changed).encode())
        assert said.outcome is not Outcome.VALID or changed == whole


HOSTILE = {
    "nothing": b"",
    "zeros": bytes(100_000),
    "a header alone": b"\xdc\x03",
    "features without end": s.seal()[:-66] + b"\x09\x00" * 50_000,
    "deep": b'{"data":' * 100_000,
    "deep lists": b'{"data":' + b"[" * 30_000,
    "wide": b"{" + b'"a":1,' * 5_000 + b'"b":1}',
    "a long number": b'{"data":' + b"9" * 30_000 + b"}",
    "a long text": b'{"data":"' + b"\\u0041" * 5_000 + b'"}',
    "brackets closed first": b"{" + b"]" * 30_000,
}


@pytest.mark.parametrize("octets", HOSTILE.values(), ids=HOSTILE)
def test_hostile_octets(octets):
    said = tolerated(octets)
    assert (said.outcome, said.status) == (Outcome.INVALID, Status.WRONG_FORMAT)


def test_many_certificates_of_one_name_are_not_all_tried():
    some = [s.certificate(a.P256, pair=a.P256.pair(each)) for each in range(200, 240)]
    trust = SealTrust(TRUST.authorities, signers=some)
    assert len(trust.find("UTTS", "5B")) == 16
