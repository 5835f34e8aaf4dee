"""Any input gives a reading; a changed character is found whenever a check digit can find it."""

import json
import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import MRZError, Reading, check_digit, read_mrz, to_json
from kordon.lib.traveldocs.alphabet import ALPHABET, value_of
from kordon.lib.traveldocs.everyday import plainly_valid
from kordon.lib.traveldocs.examine import Examination
from kordon.lib.traveldocs.formats import layout_of
from kordon.lib.traveldocs.tests import specimens
from kordon.lib.traveldocs.tests.specimens import ON, changed

SIZES = st.sampled_from([72, 73, 88, 89, 90, 92])
NEARLY = SIZES.flatmap(lambda size: st.text(ALPHABET + "<<<<<<<|\n", min_size=size, max_size=size))
ODD = SIZES.flatmap(lambda size: st.text(min_size=size, max_size=size))


def looked_at_everywhere(reading):
    json.dumps(to_json(reading))
    for name in Reading.__dict__:
        if not name.startswith("_"):
            getattr(reading, name)
    assert reading.valid is (bool(reading.fields) and not reading.refusals)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), NEARLY, ODD), st.dates())
@example("\ud800" * 88, ON)
@example("ß" * 44 + "ŉ" * 44, ON)
@example("|" * 90, ON)
@example("<" * 88, ON)
def test_no_text_makes_it_raise(text, on):
    looked_at_everywhere(read_mrz(text, on=on))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=5))
def test_no_list_of_lines_makes_it_raise(lines):
    looked_at_everywhere(read_mrz(lines, on=ON))


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(specimens.ALL)),
    st.lists(st.tuples(st.integers(0, 89), st.characters()), min_size=1, max_size=4),
)
def test_no_mutated_specimen_makes_it_raise(name, changes):
    characters = list("".join(specimens.ALL[name]))
    for at, put in changes:
        characters[at % len(characters)] = put
    looked_at_everywhere(read_mrz("".join(characters), on=ON))


CHECKED = {
    "TD1": [(0, range(5, 15)), (1, range(7)), (1, range(8, 15)), (1, [29])],
    "TD2": [(1, range(10)), (1, range(13, 20)), (1, range(21, 28)), (1, [35])],
    "TD3": [(1, range(10)), (1, range(13, 20)), (1, range(21, 44))],
    "MRVA": [(1, range(10)), (1, range(13, 20)), (1, range(21, 28))],
    "MRVB": [(1, range(10)), (1, range(13, 20)), (1, range(21, 28))],
}


@pytest.mark.parametrize("name", CHECKED)
def test_every_single_changed_character_is_refused_unless_equal_modulo_ten(name):
    lines = specimens.ALL[name]
    accepted = 0
    for row, places in CHECKED[name]:
        for at in places:
            for put in ALPHABET:
                if put == lines[row][at]:
                    continue
                reading = read_mrz(changed(lines, row, at, put), on=ON)
                if not reading.valid:
                    continue
                accepted += 1
                assert (value_of(put) - value_of(lines[row][at])) % 10 == 0
                assert reading.lines[row][at] == put
    assert accepted  # the undetectable ones exist and are documented


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(sorted({**specimens.ALL, "L1": 0, "L2": 0})),
    st.lists(st.tuples(st.integers(0, 89), st.sampled_from(ALPHABET)), max_size=3),
)
def test_the_short_way_never_accepts_what_the_long_way_refuses(name, changes):
    lines = {"L1": specimens.LONG_TD1, "L2": specimens.LONG_TD2}.get(name) or specimens.ALL[name]
    characters = list("".join(lines))
    for at, put in changes:
        characters[at % len(characters)] = put
    flat = "".join(characters)
    layout = layout_of(flat)
    if plainly_valid(layout, flat, flat.encode()):
        assert Examination(layout, flat, ON).valid


@pytest.mark.parametrize("lines", [*specimens.ALL.values(), specimens.LONG_TD1])
def test_the_everyday_document_takes_the_short_way(lines):
    flat = "".join(lines)
    assert plainly_valid(layout_of(flat), flat, flat.encode())


@pytest.mark.parametrize(
    "text",
    ["0" * 154, ";" * 154, "<" * 4096, "Б" * 154, "|" * 4096, "\n" * 4096, ("A" * 44 + "\n") * 90],
)
def test_hostile_input_costs_little(text):
    before = time.process_time()
    read_mrz(text, on=date(2026, 11, 22))
    assert time.process_time() - before < 1  # a bound against hangs, not a measurement


@pytest.mark.parametrize(
    ("text", "digit"),
    [("520727", 3), ("AB2134<<<", 5), ("HA672242<658022549601086<<<<<<<<<<<<<<0", 8), ("", 0)],
)
def test_the_worked_check_digits_of_doc_9303_hold(text, digit):
    assert check_digit(text) == digit


@pytest.mark.parametrize("text", ["a", "12 ", "Ä", "٣", "\ud800"])
def test_a_check_digit_is_only_of_the_alphabet(text):
    with pytest.raises(MRZError, match="BAD_CHARACTER"):
        check_digit(text)
