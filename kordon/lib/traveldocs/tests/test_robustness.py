"""Any input gives a reading; a changed character is found whenever a check digit can find it."""

import json
import time
from datetime import date, timedelta

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
from kordon.lib.traveldocs.values import Values, examined_values, sliced_values

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


EVERYDAY = [*specimens.ALL.values(), specimens.LONG_TD1, specimens.LONG_TD2]


def both_ways_agree(flat, on):
    """Whether the short way was taken; if it was, the full examination says the same."""
    layout = layout_of(flat)
    short = plainly_valid(layout, flat, flat.encode("ascii", "replace"))
    if short:
        seen = Examination(layout, flat, on)
        assert seen.valid
        assert sliced_values(layout, flat, on) == examined_values(seen)
    return short


@settings(max_examples=1000, deadline=None)
@given(
    st.sampled_from(EVERYDAY),
    st.lists(st.tuples(st.integers(0, 89), st.sampled_from(ALPHABET + "<<<<")), max_size=3),
    st.dates(),
)
def test_both_ways_agree_on_a_changed_specimen(lines, changes, on):
    characters = list("".join(lines))
    for at, put in changes:
        characters[at % len(characters)] = put
    both_ways_agree("".join(characters), on)


def proven(layout, characters):
    """The same characters with every check digit the computed one."""
    digits = [(layout.number, layout.number_check), (layout.birth, layout.birth_check)]
    digits += [(layout.expiry, layout.expiry_check)]
    if layout.personal_check is not None:
        digits += [(layout.optional, layout.personal_check)]
    for span, at in digits:
        characters[at] = str(check_digit("".join(characters[span])))
    if layout.composite_check is not None:
        covered = "".join("".join(characters[span]) for span in layout.composite)
        characters[layout.composite_check] = str(check_digit(covered))
    return "".join(characters)


DAY = st.dates().map(lambda day: f"{day:%y%m%d}"[-6:])
OVERWRITTEN = {
    "name": st.text("ABYZ<<", min_size=39, max_size=39),
    "number": st.text(ALPHABET + "<<<<", min_size=9, max_size=9),
    "optional": st.text(ALPHABET + "<" * 40, min_size=16, max_size=16),
    "optional_2": st.text(ALPHABET + "<" * 40, min_size=11, max_size=11),
    "nationality": st.sampled_from(["KAZ", "D<<", "UTO", "SUN", "XXX", "QQQ", "EUE"]),
    "birth": DAY,
    "expiry": DAY,
}


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(EVERYDAY), st.fixed_dictionaries({}, optional=OVERWRITTEN), st.dates())
def test_both_ways_agree_on_a_proven_zone(lines, written, on):
    flat = "".join(lines)
    layout = layout_of(flat)
    characters = list(flat)
    for name, text in written.items():
        span = getattr(layout, name)
        if span is not None:
            characters[span] = text[: span.stop - span.start]
    both_ways_agree(proven(layout, characters), on)


@pytest.mark.parametrize("name", specimens.ALL)
def test_both_ways_agree_on_every_day_of_a_life(name):
    layout = layout_of("".join(specimens.ALL[name]))
    short = 0
    for days in range(0, 130 * 365, 97):
        characters = list("".join(specimens.ALL[name]))
        characters[layout.birth] = f"{date(1900, 1, 1) + timedelta(days):%y%m%d}"
        characters[layout.expiry] = f"{date(2040, 1, 1) - timedelta(days // 3):%y%m%d}"
        short += both_ways_agree(proven(layout, characters), date(2026, 11, 22))
    assert short > 400


@pytest.mark.parametrize("lines", EVERYDAY)
def test_values_do_not_depend_on_what_was_asked_first(lines):
    values_first, fields_first = read_mrz(lines, on=ON), read_mrz(lines, on=ON)
    assert fields_first.fields["number"].value == values_first.number
    for name in Values._fields:
        assert getattr(values_first, name) == getattr(fields_first, name)


@pytest.mark.parametrize("lines", EVERYDAY)
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
