"""The fast way writes the very bytes of the standard."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kordon.journal.canonical import LARGEST, dumps, is_plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False)
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
