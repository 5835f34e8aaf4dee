"""The fast way writes the very bytes of the standard."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kordon.journal.canonical import LARGEST, dumps, is_canonical, is_plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FRACTION = st.floats(allow_nan=False, allow_infinity=False)
NUMBER = st.integers(-LARGEST, LARGEST) | FRACTION.filter(lambda it: it % 1 or abs(it) < LARGEST)
VALUE = st.recursive(
    st.none() | st.booleans() | TEXT | NUMBER,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@given(VALUE)
def test_every_value_is_written_as_rfc_8785_asks(value):
    assert dumps(value) == rfc8785.dumps(value)


def test_control_characters_and_line_separators_are_written_alike():
    text = "".join(map(chr, range(0x20))) + '"\\/\x7f\u2028\u2029é😀'
    assert dumps({text: text}) == rfc8785.dumps({text: text})


@pytest.mark.parametrize("value", [1.0, 1e21, 2**53, {"é": 1}, {1: 2}, {"a": [0.5]}, b"x"])
def test_what_the_encoder_would_write_otherwise_goes_the_long_way(value):
    assert not is_plain(value)


@pytest.mark.parametrize("value", ["\ud800", 2**60, float("nan"), {1: 2}])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError):
        dumps(value)


@given(VALUE)
def test_what_is_canonical_is_known_as_such(value):
    assert is_canonical(rfc8785.dumps(value))


@given(VALUE, st.sampled_from([None, 1]), st.booleans())
def test_what_is_written_otherwise_is_not_canonical(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert is_canonical(text) == (text == rfc8785.dumps(value))


@pytest.mark.parametrize(
    "text",
    [
        *(b"1.0", b"-0", b"[1.0]", b'{"a":1e0}', b'{"a":-1E2}', b"[0.50]", b"[9007199254740993]"),
        *(b'{"a":1,"a":1}', b'{"b":1,"a":1}', b"[1, 2]", b"[1 ,2]", b"[01]", b"[1]\n", b"\xff"),
        *(b'"\\u0041"', b'"\\/"', b'"\\ud800"', b"NaN", b"[Infinity]", b"[", b"", b'"\x01"'),
        *(b"[" * 100_000, b"[" * 400 + b"1.0" + b"]" * 400),
    ],
)
def test_what_is_no_canonical_json(text):
    assert not is_canonical(text)


def test_what_lies_deep_is_still_read():
    text = b"[" * 300 + b"]" * 300
    assert is_canonical(text)
    assert not is_canonical(text.replace(b"[]", b"[ ]"))
