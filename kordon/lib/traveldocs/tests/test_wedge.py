"""Readers that pretend to be keyboards."""

import pytest

from kordon.lib.traveldocs import WarningCode, check_digit, read_mrz
from kordon.lib.traveldocs.tests import specimens
from kordon.lib.traveldocs.tests.specimens import ON, changed

KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM"
RUSSIAN = dict(zip(KEYS, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True)) | {"<": "Б"}
LAYOUTS = {
    "Russian": RUSSIAN,
    "Kazakh": RUSSIAN | dict(zip("1234567890", '"әіңғ,.үұқ', strict=True)),
    "Tajik": RUSSIAN | {"W": "Қ", "O": "Ҳ", "S": "Ҷ", "M": "Ӣ"},
    "Uzbek Cyrillic": RUSSIAN | {"O": "Ў", "S": "Қ"},
    "QWERTZ": {"Y": "Z", "Z": "Y", "<": ";"},
    "AZERTY": {"A": "Q", "Q": "A", "Z": "W", "W": "Z", "M": "?", "<": "."}
    | dict(zip("1234567890", "&é\"'(-è_çà", strict=True)),
    "AZERTY with Caps Lock": {"A": "Q", "Q": "A", "Z": "W", "W": "Z", "M": ",", "<": "."},
    "Turkmen": {"Q": "Ä", "X": "Ü", "C": "Ç", "V": "Ý"},
    "Turkish": {"<": "Ö"},
    "filler ;": {"<": ";"},
    "filler >": {"<": ">"},
    "filler |": {"<": "|"},
    "filler Б": {"<": "Б"},
}
EVERY = {**specimens.ALL, "long TD1": specimens.LONG_TD1, "long TD2": specimens.LONG_TD2}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\t", "", "\u2028", " \n ", "\r\n\r\n"])
@pytest.mark.parametrize("name", EVERY)
def test_any_line_end_will_do(name, end):
    reading = read_mrz("\x02 " + end.join(EVERY[name]) + end, on=ON)
    assert (reading.lines, reading.valid) == (EVERY[name], True)


@pytest.mark.parametrize("end", ["|", " | ", "|\n"])
def test_a_bar_may_stand_between_lines(end):
    assert read_mrz(end.join(specimens.TD1), on=ON).lines == specimens.TD1


def test_lower_case_will_do():
    reading = read_mrz("".join(specimens.TD3).lower(), on=ON)
    assert (reading.lines, reading.valid) == (specimens.TD3, True)


@pytest.mark.parametrize("lower", [False, True])
@pytest.mark.parametrize("end", ["\r\n", ""])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", EVERY)
def test_a_foreign_keyboard_layout_is_undone(name, layout, end, lower):
    typed = end.join(EVERY[name]).translate(str.maketrans(LAYOUTS[layout]))
    reading = read_mrz(typed.lower() if lower else typed, on=ON)
    assert reading.valid
    if (name, layout) == ("MRVA", "filler ;"):  # its Z stands where no check digit looks
        assert WarningCode.KEYBOARD_LAYOUT_AMBIGUOUS in {each.code for each in reading.warnings}
    else:
        assert reading.lines == EVERY[name]
    if typed != end.join(EVERY[name]):
        assert WarningCode.KEYBOARD_LAYOUT in {each.code for each in reading.warnings}


def test_the_layout_found_is_named():
    typed = "\n".join(specimens.TD3).translate(str.maketrans(RUSSIAN))
    (said,) = [each for each in read_mrz(typed, on=ON).warnings if each.code == "KEYBOARD_LAYOUT"]
    assert "Russian" in said.text


def test_a_damaged_zone_under_a_foreign_layout_is_still_read_by_its_layout():
    lines = changed(specimens.TD3, 1, 9, "7")
    reading = read_mrz("\n".join(lines).translate(str.maketrans(RUSSIAN)), on=ON)
    assert reading.lines == lines
    assert reading.refusals == ("number", "composite")


def test_letters_that_no_digit_covers_may_be_ambiguous_and_are_said_to_be():
    lines = changed(specimens.TD3, 0, 5, "ZERIKSSON<<ANNA")
    typed = "\n".join(lines).translate(str.maketrans(LAYOUTS["QWERTZ"]))
    assert read_mrz(typed, on=ON).lines == lines  # Z in the personal number decides
    without = changed(lines, 1, 28, "<<<<<<<<<<<<<<0")
    covered = without[1][:10] + without[1][13:20] + without[1][21:43]
    without = changed(without, 1, 43, str(check_digit(covered)))
    typed = "\n".join(without).translate(str.maketrans(LAYOUTS["QWERTZ"]))
    reading = read_mrz(typed, on=ON)
    assert reading.valid
    assert WarningCode.KEYBOARD_LAYOUT_AMBIGUOUS in {each.code for each in reading.warnings}


SWAP = str.maketrans("YZ", "ZY")


def test_y_and_z_alone_are_found_where_two_fields_show_it():
    lines = changed(changed(specimens.TD3, 0, 2, "KGZBAYEV<<AZIZ<"), 1, 10, "KGZ")
    reading = read_mrz("\n".join(lines).translate(SWAP), on=ON)
    assert (reading.lines, reading.valid) == (lines, True)
    assert WarningCode.KEYBOARD_LAYOUT in {each.code for each in reading.warnings}


def test_y_and_z_alone_are_only_suspected_where_one_field_shows_it():
    reading = read_mrz("\n".join(specimens.TD3).translate(SWAP), on=ON)
    assert reading.refusals == ("personal", "composite")
    assert WarningCode.KEYBOARD_LAYOUT_SUSPECTED in {each.code for each in reading.warnings}


def test_one_misread_letter_does_not_exchange_the_name():
    lines = changed(specimens.TD3, 0, 5, "ZERIKSSON<<ANNA")
    wrong = changed(lines, 1, 28, "Y")
    reading = read_mrz(wrong, on=ON)
    assert not reading.valid
    assert reading.lines == wrong
    assert WarningCode.KEYBOARD_LAYOUT_SUSPECTED in {each.code for each in reading.warnings}


def test_a_letter_with_an_accent_is_no_filler():
    reading = read_mrz(changed(specimens.TD3, 0, 5, "ERÖKSSON"), on=ON)
    assert reading.refusals == ("surname",)


@pytest.mark.parametrize("layout", [{}, RUSSIAN])
@pytest.mark.parametrize(
    ("before", "after"), [("]C1", ""), ("MRZ: ", ""), ("", "#END"), ("READER 7\r\n", "\r\nOK")]
)
@pytest.mark.parametrize("name", specimens.ALL)
def test_characters_around_the_zone_are_looked_past(name, before, after, layout):
    typed = before + "\r\n".join(specimens.ALL[name]) + after
    reading = read_mrz(typed.translate(str.maketrans(layout)), on=ON)
    assert (reading.format, reading.valid) == (name, True)
    assert reading.lines == specimens.ALL[name]
    assert WarningCode.EXTRA_CHARACTERS in {each.code for each in reading.warnings}
