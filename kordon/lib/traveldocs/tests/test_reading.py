"""Rules of reading, one by one."""

import json
import pickle
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from kordon.lib.traveldocs import Format, PartialDate, Verdict, check_digit, to_json
from kordon.lib.traveldocs import read_mrz as read_anything
from kordon.lib.traveldocs.tests import specimens
from kordon.lib.traveldocs.tests.specimens import ON, changed


def read_mrz(lines, on):
    """Read, and see that the short way to `valid` agrees with the verdicts."""
    reading = read_anything(lines, on=on)
    assert reading.valid is (bool(reading.fields) and not reading.refusals)
    return reading


def codes(reading):
    return {str(each.code) for each in reading.warnings}


def verdict(lines, field, on=ON):
    return read_mrz(lines, on=on).fields[field].verdict


def sealed(td3, **printed):
    """A passport with its last digit made right again."""
    line = td3[1]
    covered = line[:10] + line[13:20] + line[21:43]
    return (td3[0], line[:43] + str(check_digit(covered)))


# --- check digits


@pytest.mark.parametrize(
    ("row", "at", "field"),
    [(1, 9, "number"), (1, 19, "birth"), (1, 27, "expiry"), (1, 42, "personal")],
)
def test_a_wrong_check_digit_names_its_field(row, at, field):
    lines = specimens.TD3
    wrong = str((int(lines[row][at]) + 1) % 10)
    reading = read_mrz(changed(lines, row, at, wrong), on=ON)
    assert not reading.valid
    assert reading.fields[field].verdict is Verdict.WRONG_CHECK_DIGIT
    assert reading.fields[field].check == wrong
    assert reading.fields[field].expected == lines[row][at]
    assert set(reading.refusals) == {field, "composite"}


def test_a_wrong_composite_digit_names_only_itself():
    assert read_mrz(changed(specimens.TD3, 1, 43, "1"), on=ON).refusals == ("composite",)


def test_a_wrong_composite_digit_takes_the_proof_from_optional_data():
    lines = changed(specimens.TD1, 0, 15, "ABC")
    assert verdict(lines, "optional") is Verdict.UNCHECKED
    assert verdict(changed(lines, 1, 29, "1"), "optional") is Verdict.OK


@pytest.mark.parametrize("digit", "0<")
def test_both_ways_of_an_empty_check_digit_are_right(digit):
    lines = sealed(changed(specimens.TD3, 1, 28, "<" * 14 + digit))
    reading = read_mrz(lines, on=ON)
    assert reading.valid
    assert reading.fields["personal"].verdict is Verdict.OK


def test_a_filler_is_no_check_digit_over_something():
    lines = sealed(changed(specimens.TD3, 1, 42, "<"))
    assert read_mrz(lines, on=ON).refusals == ("personal",)


# --- characters


@pytest.mark.parametrize("strange", ["٣", "３", "é", "-", "\ud800", "²"])
def test_only_the_alphabet_stands_in_a_number(strange):
    lines = changed(specimens.TD3, 1, 4, strange)
    assert verdict(lines, "number") is Verdict.BAD_CHARACTER
    assert verdict(lines, "composite") is Verdict.BAD_CHARACTER


def test_a_letter_in_a_date_is_refused_though_its_check_digit_holds():
    lines = changed(specimens.TD3, 1, 15, "A")  # 0 and A are equal modulo 10
    field = read_mrz(lines, on=ON).fields["birth"]
    assert field.check == field.expected
    assert field.verdict is Verdict.BAD_CHARACTER


def test_a_digit_in_a_name_is_refused():
    lines = changed(specimens.TD3, 0, 5, "ER1K")
    assert read_mrz(lines, on=ON).refusals == ("surname",)


def test_a_digit_in_a_given_name_is_refused():
    assert read_mrz(changed(specimens.TD3, 0, 15, "4"), on=ON).refusals == ("given_names",)


def test_an_empty_name_is_missing():
    assert verdict(changed(specimens.TD3, 0, 5, "<" * 39), "surname") is Verdict.MISSING


def test_an_empty_number_is_missing():
    lines = sealed(changed(specimens.TD3, 1, 0, "<<<<<<<<<0"))
    assert read_mrz(lines, on=ON).refusals == ("number",)


def test_a_digit_in_the_document_code_is_refused():
    assert read_mrz(changed(specimens.TD3, 0, 1, "1"), on=ON).refusals == ("document_code",)


# --- codes


def test_utopia_is_read_and_said_to_be_for_specimens():
    assert "SPECIMEN_CODE" in codes(read_mrz(specimens.TD3, on=ON))


def test_germany_has_one_letter():
    reading = read_mrz(changed(specimens.TD3, 1, 10, "D<<"), on=ON)
    assert (reading.nationality, reading.valid) == ("D", True)


def test_an_unknown_code_is_shown_but_does_not_refuse():
    reading = read_mrz(changed(specimens.TD3, 1, 10, "QQQ"), on=ON)
    assert reading.fields["nationality"].verdict is Verdict.UNKNOWN_CODE
    assert reading.valid
    assert "UNKNOWN_CODE" in codes(reading)


def test_a_historical_code_is_valid_with_a_warning():
    reading = read_mrz(changed(specimens.TD3, 1, 10, "SUN"), on=ON)
    assert reading.valid
    assert reading.fields["nationality"].verdict is Verdict.UNCHECKED
    assert "HISTORICAL_CODE" in codes(reading)


def test_a_code_with_a_digit_is_refused():
    assert verdict(changed(specimens.TD3, 0, 2, "UT0"), "issuer") is Verdict.BAD_CHARACTER


def test_no_nationality_at_all_is_missing():
    assert verdict(changed(specimens.TD3, 1, 10, "<<<"), "nationality") is Verdict.MISSING


def test_an_unusual_document_code_is_only_remarked():
    reading = read_mrz(changed(specimens.TD3, 0, 0, "I"), on=ON)
    assert reading.valid
    assert "DOCUMENT_CODE_UNUSUAL" in codes(reading)


def expiring(lines, six):
    return sealed(changed(lines, 1, 21, six + str(check_digit(six))))


@pytest.mark.parametrize(
    ("code", "six", "warned"),
    [
        ("P<", "380101", True),
        ("P<", "371231", False),
        ("PX", "380101", True),
        ("PP", "380101", False),
    ],
)
def test_old_passport_codes_are_remarked_only_where_the_issue_date_is_sure(code, six, warned):
    lines = expiring(changed(specimens.TD3, 0, 0, code), six)
    reading = read_mrz(lines, on=date(2028, 6, 1))
    assert reading.valid
    assert ("DOCUMENT_CODE_NOT_HARMONISED" in codes(reading)) is warned


# --- sex


@pytest.mark.parametrize(("printed", "sex"), [("M", "M"), ("F", "F"), ("<", ""), ("X", "X")])
def test_four_signs_for_sex_are_read(printed, sex):
    reading = read_mrz(changed(specimens.TD3, 1, 20, printed), on=ON)
    assert (reading.sex, reading.valid) == (sex, True)
    assert ("SEX_X" in codes(reading)) is (printed == "X")


def test_another_sign_for_sex_is_refused():
    assert read_mrz(changed(specimens.TD3, 1, 20, "N"), on=ON).refusals == ("sex",)


# --- dates


def born(six, lines=specimens.TD3):
    return sealed(changed(lines, 1, 13, six + str(check_digit(six))))


@pytest.mark.parametrize(
    ("six", "birth"),
    [
        ("74<<<<", PartialDate(1974)),
        ("7408<<", PartialDate(1974, 8)),
        ("740800", PartialDate(1974, 8)),
        ("740000", PartialDate(1974)),
        ("<<<<<<", PartialDate()),
        ("<<0812", PartialDate(None, 8, 12)),
    ],
)
def test_unknown_parts_of_a_birth_date_stay_unknown(six, birth):
    reading = read_mrz(born(six), on=ON)
    assert (reading.birth, reading.valid) == (birth, True)
    assert "PARTIAL_DATE" in codes(reading)


@pytest.mark.parametrize("six", ["741301", "740230", "740732", "7<0812", "74081<", "990229"])
def test_an_impossible_birth_date_is_refused(six):
    reading = read_mrz(born(six), on=ON)
    assert reading.fields["birth"].verdict is Verdict.BAD_DATE
    assert reading.birth == PartialDate()


@pytest.mark.parametrize("six", ["121301", "1204<<", "110229"])
def test_an_impossible_expiry_is_refused(six):
    assert read_mrz(expiring(specimens.TD3, six), on=ON).refusals == ("expiry",)


def test_a_card_may_have_no_expiry():
    line = specimens.TD1[1][:8] + "<<<<<<0" + specimens.TD1[1][15:]
    covered = specimens.TD1[0][5:] + line[:7] + line[8:15] + line[18:29]
    line = line[:29] + str(check_digit(covered))
    reading = read_mrz((specimens.TD1[0], line, specimens.TD1[2]), on=ON)
    assert (reading.valid, reading.expiry) == (True, None)
    assert "NO_EXPIRY" in codes(reading)


def test_a_passport_may_not_lack_its_expiry():
    assert verdict(expiring(specimens.TD3, "<<<<<<"), "expiry") is Verdict.MISSING


def test_both_centuries_are_given_where_both_are_possible():
    reading = read_mrz(born("120101"), on=date(2026, 11, 22))
    assert reading.births == (PartialDate(2012, 1, 1), PartialDate(1912, 1, 1))
    assert "CENTURY_AMBIGUOUS" in codes(reading)


def test_nobody_is_born_after_the_document_ends():
    reading = read_mrz(specimens.LONG_TD1, on=date(2040, 1, 1))
    assert reading.expiry == PartialDate(1995 + 0, 7, 12)
    assert reading.birth == PartialDate(1934, 7, 12)


# --- long numbers


def test_a_long_number_is_put_together():
    for lines in (specimens.LONG_TD1, specimens.LONG_TD2):
        reading = read_mrz(lines, on=ON)
        assert (reading.number, reading.optional) == ("D23145890734", "")
        assert reading.number_readings == ("D23145890734",)
        assert reading.fields["number"].check == "9"


def test_what_follows_a_long_number_is_optional_data():
    lines = changed(specimens.LONG_TD1, 0, 20, "XYV")
    reading = read_mrz(lines, on=ON)
    assert (reading.number, reading.optional) == ("D23145890734", "XYV")


def test_an_unproven_long_number_gives_both_readings():
    reading = read_mrz(changed(specimens.LONG_TD1, 0, 18, "8"), on=ON)
    assert not reading.valid
    assert reading.fields["number"].verdict is Verdict.WRONG_CHECK_DIGIT
    assert reading.number_readings == ("D23145890734", "D23145890")
    assert "NUMBER_AMBIGUOUS" in codes(reading)


def test_a_filler_after_the_number_with_nothing_behind_it_is_refused():
    reading = read_mrz(changed(specimens.TD1, 0, 14, "<"), on=ON)
    assert reading.fields["number"].verdict is Verdict.WRONG_CHECK_DIGIT
    assert reading.fields["number"].expected == "7"


def test_a_number_with_fillers_does_not_run_on():
    extension = "34" + str(check_digit("D2314<<<<34"))
    lines = changed(specimens.TD1, 0, 5, "D2314<<<<<" + extension)
    covered = lines[0][5:] + lines[1][:7] + lines[1][8:15] + lines[1][18:29]
    reading = read_mrz(changed(lines, 1, 29, str(check_digit(covered))), on=ON)
    assert reading.refusals == ("number",)
    assert reading.number_readings == ("D2314",)


def test_a_passport_number_does_not_run_on():
    lines = sealed(changed(specimens.TD3, 1, 9, "<"))
    assert read_mrz(lines, on=ON).refusals == ("number",)


# --- national layouts


def french(surname="DUPONT", given="MARIE<<ANNE", number="940992310285", born="651206", sex="F"):
    first = f"IDFRA{surname:<25}923102".replace(" ", "<")
    second = f"{number}{check_digit(number)}{given:<14}{born}{check_digit(born)}{sex}"
    second = second.replace(" ", "<")
    return first, second + str(check_digit(first + second))


def test_the_french_card_is_read_by_its_own_layout():
    reading = read_mrz(french(), on=ON)
    assert (reading.format, reading.valid) == (Format.FRA, True)
    assert (reading.surname, reading.given_names) == ("DUPONT", "MARIE ANNE")
    assert (reading.number, reading.birth) == ("940992310285", PartialDate(1965, 12, 6))
    assert (reading.expiry, reading.nationality) == (None, "")
    assert reading.fields["office"].value == "923102"
    assert reading.fields["surname"].verdict is Verdict.OK  # its last digit covers everything
    assert "NATIONAL_LAYOUT" in codes(reading)


def test_a_changed_name_on_the_french_card_is_found():
    lines = changed(french(), 0, 5, "B")
    assert read_mrz(lines, on=ON).refusals == ("composite",)


def test_the_russian_internal_passport_has_digits_in_its_name_and_no_expiry():
    first = "PNRUSIVANOV<<IVAN<3VANOVI3".ljust(44, "<")
    second = "391935349" + "8" + "RUS" + "720723" + "3" + "M" + "<<<<<<<" + "4151218910003<" + "5"
    assert check_digit("4151218910003<") == 5
    second = second.replace("3919353498", "391935349" + str(check_digit("391935349")))
    second = second[:19] + str(check_digit("720723")) + second[20:]
    lines = sealed((first, second + "0"))
    reading = read_mrz(lines, on=ON)
    assert reading.valid
    assert reading.expiry is None
    assert {"NATIONAL_LAYOUT", "NO_EXPIRY"} <= codes(reading)
    other = sealed((first.replace("PNRUS", "P<RUS"), second + "0"))
    assert set(read_mrz(other, on=ON).refusals) == {"given_names", "expiry"}


# --- shapes


def test_v_makes_a_visa_of_the_same_size():
    assert read_mrz(specimens.MRVA, on=ON).format is Format.MRVA
    assert read_mrz(specimens.MRVB, on=ON).format is Format.MRVB


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "EMPTY"), (" \r\n ", "EMPTY"), ("P<UTO", "WRONG_LENGTH"), ("A" * 5000, "TOO_LONG")],
)
def test_no_zone_at_all_is_unknown_and_says_why(text, code):
    reading = read_mrz(text, on=ON)
    assert (reading.format, reading.valid) == (Format.UNKNOWN, False)
    assert codes(reading) == {code}
    assert dict(reading.fields) == {}
    assert (reading.number, reading.surname, reading.births) == ("", "", ())
    assert (reading.birth, reading.expiry) == (PartialDate(), None)


def test_a_short_name_line_is_not_padded():
    assert read_mrz((specimens.TD3[0][:-1], specimens.TD3[1]), on=ON).format is Format.UNKNOWN


# --- the reading as a value


def test_a_reading_cannot_be_changed():
    reading = read_mrz(specimens.TD3, on=ON)
    with pytest.raises(FrozenInstanceError):
        reading.valid = False
    with pytest.raises(TypeError):
        reading.fields["number"] = None
    with pytest.raises(AttributeError):
        reading.fields["number"].value = "X"


def test_readings_compare_hash_and_pickle():
    one, two = read_mrz(specimens.TD3, on=ON), read_mrz("|".join(specimens.TD3), on=ON)
    assert one.surname == "ERIKSSON"
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(one)).number == "L898902C3"


def test_a_reading_becomes_json():
    reading = read_mrz(changed(specimens.TD3, 1, 9, "7"), on=ON)
    plain = json.loads(json.dumps(to_json(reading)))
    assert plain["format"] == "TD3"
    assert plain["lines"][0] == specimens.TD3[0]
    assert plain["valid"] is False
    assert plain["refused"] == ["number", "composite"]
    assert plain["fields"]["number"]["verdict"] == "WRONG_CHECK_DIGIT"
    assert plain["fields"]["birth"]["value"] == "1974-08-12"
    assert {"code", "field", "text"} == set(plain["warnings"][0])
