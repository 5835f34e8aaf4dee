"""The specimens of Doc 9303 are read, and written byte for byte."""

from datetime import date

import pytest

from kordon.lib.traveldocs import Format, MRZData, PartialDate, Verdict, read_mrz, write_mrz
from kordon.lib.traveldocs.tests import specimens
from kordon.lib.traveldocs.tests.specimens import ON

ERIKSSON = {
    "surname": "Eriksson",
    "given_names": "Anna Maria",
    "sex": "F",
    "issuer": "UTO",
    "nationality": "UTO",
    "birth": date(1974, 8, 12),
    "expiry": date(2012, 4, 15),
}
VISA = ERIKSSON | {
    "document_code": "V",
    "number": "L8988901C",
    "nationality": "XXX",
    "birth": date(1940, 9, 7),
    "expiry": date(1996, 12, 10),
}
STEVENSON = {
    "document_code": "I",
    "surname": "Stevenson",
    "given_names": "Peter John",
    "sex": "M",
    "issuer": "UTO",
    "nationality": "UTO",
    "birth": date(1934, 7, 12),
    "expiry": date(1995, 7, 12),
    "number": "D23145890734",
}
OLDER_VISA = VISA | {
    "number": "L898902C",
    "nationality": "UTO",
    "birth": date(1969, 8, 6),
    "expiry": date(1994, 6, 23),
}
SINGLE_SHEET = ERIKSSON | {
    "document_code": "PU",
    "number": "D23145890",
    "expiry": date(2026, 6, 27),
}


@pytest.mark.parametrize("name", specimens.ALL)
def test_a_specimen_is_read(name):
    reading = read_mrz(specimens.ALL[name], on=ON)
    assert (reading.format, reading.valid) == (name, True)
    assert (reading.surname, reading.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert reading.issuer == "UTO"
    assert reading.sex == "F"
    assert not reading.name_truncated
    assert reading.lines == specimens.ALL[name]
    for field in ("number", "birth", "expiry"):
        assert reading.fields[field].verdict is Verdict.OK


def test_the_passport_is_read_whole():
    reading = read_mrz(specimens.TD3, on=ON)
    assert reading.document_code == "P"
    assert reading.number == "L898902C3"
    assert reading.number_readings == ("L898902C3",)
    assert reading.nationality == "UTO"
    assert reading.birth == PartialDate(1974, 8, 12)
    assert reading.expiry == PartialDate(2012, 4, 15)
    assert reading.optional == "ZE184226B"
    assert list(reading.fields) == [
        "document_code",
        "issuer",
        "surname",
        "given_names",
        "number",
        "nationality",
        "birth",
        "sex",
        "expiry",
        "personal",
        "composite",
    ]
    number = reading.fields["number"]
    assert (number.raw, number.check, number.expected) == ("L898902C3", "6", "6")
    assert reading.fields["surname"].verdict is Verdict.UNCHECKED
    assert reading.fields["sex"].verdict is Verdict.UNCHECKED


def test_the_visa_keeps_issuer_and_nationality_apart():
    reading = read_mrz(specimens.MRVA, on=ON)
    assert (reading.issuer, reading.nationality) == ("UTO", "XXX")
    assert reading.optional == "6ZE184226B"
    assert "composite" not in reading.fields


@pytest.mark.parametrize(
    ("format", "given", "lines"),
    [
        (Format.TD1, ERIKSSON | {"document_code": "I", "number": "D23145890"}, specimens.TD1),
        (Format.TD2, ERIKSSON | {"document_code": "I", "number": "D23145890"}, specimens.TD2),
        (
            Format.TD3,
            ERIKSSON | {"document_code": "P", "number": "L898902C3", "optional": "ZE184226B"},
            specimens.TD3,
        ),
        (Format.MRVA, VISA | {"optional": "6ZE184226B"}, specimens.MRVA),
        (Format.MRVB, VISA, specimens.MRVB),
        (Format.MRVA, OLDER_VISA | {"optional": "ZE184226B"}, specimens.OLDER_MRVA),
        (Format.TD2, SINGLE_SHEET, specimens.SINGLE_SHEET),
        (Format.TD1, STEVENSON, specimens.LONG_TD1),
        (Format.TD2, STEVENSON, specimens.LONG_TD2),
    ],
)
def test_a_specimen_is_written_byte_for_byte(format, given, lines):
    assert write_mrz(format, MRZData(**given)) == lines


def test_a_specimen_with_a_harmonised_code_is_written_byte_for_byte():
    given = ERIKSSON | {"document_code": "PP", "number": "L898902C3", "optional": "ZE184226B"}
    assert write_mrz(Format.TD3, MRZData(**given)) == (
        "PP" + specimens.TD3[0][2:],
        specimens.TD3[1],
    )


def test_a_state_may_cut_a_name_in_its_own_way():
    long = {
        "surname": "Bennelong Wooloomooloo Warrandyte Warnambool",
        "given_names": "Dingo Potoroo",
        "name_field": "BENN<WOOL<WARR<WARN<<DINGO<POTO",
    }
    first, second = write_mrz(Format.MRVB, MRZData(**(VISA | long)))
    assert first == "V<UTOBENN<WOOL<WARR<WARN<<DINGO<POTO"
    assert second == specimens.MRVB[1]
