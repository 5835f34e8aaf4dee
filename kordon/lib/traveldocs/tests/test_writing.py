"""What is written can be read; what cannot be written is refused with a reason."""

import pickle
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import (
    Format,
    MRZData,
    MRZError,
    PartialDate,
    UnmappedLetter,
    find_table,
    read_mrz,
    write_mrz,
)
from kordon.lib.traveldocs.names import read_name, write_name
from kordon.lib.traveldocs.states import STATES

ON = date(2026, 11, 22)
GOOD = {
    "document_code": "PP",
    "issuer": "KAZ",
    "surname": "Bekova",
    "given_names": "Aigerim",
    "number": "N12345678",
    "nationality": "KAZ",
    "birth": date(1990, 3, 4),
    "sex": "F",
    "expiry": date(2030, 3, 4),
}
CARD = GOOD | {"document_code": "I"}


@pytest.mark.parametrize(
    ("format", "change", "code"),
    [
        (Format.TD3, {"document_code": "I"}, "CODE"),
        (Format.TD1, {"document_code": "P"}, "CODE"),
        (Format.TD3, {"document_code": "P1"}, "CODE"),
        (Format.TD3, {"document_code": ""}, "CODE"),
        (Format.TD1, {"document_code": "AI"}, "CODE"),
        (Format.TD1, {"document_code": "IV"}, "CODE"),
        (Format.TD2, {"document_code": "CV"}, "CODE"),
        (Format.TD2, {"document_code": "AC"}, "CODE"),
        (Format.TD2, {"document_code": "PP"}, "CODE"),
        (Format.TD3, {"document_code": "P", "expiry": date(2038, 1, 1)}, "CODE_NOT_HARMONISED"),
        (Format.TD3, {"document_code": "PB", "issued": date(2026, 1, 1)}, "CODE_NOT_HARMONISED"),
        (Format.TD3, {"document_code": "P", "issued": date(2028, 1, 1)}, "CODE_NOT_HARMONISED"),
        (Format.TD3, {"issuer": "QQQ"}, "CODE"),
        (Format.TD3, {"nationality": "D<<"}, "CODE"),
        (Format.TD3, {"surname": "Бекова"}, "NAME_CHARACTER"),
        (Format.TD3, {"surname": "", "given_names": ""}, "NAME_MISSING"),
        (Format.TD3, {"number": ""}, "NUMBER"),
        (Format.TD3, {"number": "N123456789"}, "NUMBER"),
        (Format.TD3, {"number": "N12/45"}, "BAD_CHARACTER"),
        (Format.TD3, {"number": "<12345"}, "NUMBER"),
        (Format.TD3, {"number": "n12345"}, "BAD_CHARACTER"),
        (Format.TD3, {"optional": "1" * 15}, "OPTIONAL"),
        (Format.TD3, {"optional_2": "1"}, "OPTIONAL"),
        (Format.TD3, {"expiry": None}, "DATE"),
        (Format.TD3, {"expiry": PartialDate(2030, 3)}, "DATE"),
        (Format.TD3, {"birth": PartialDate(1990, 13, 1)}, "DATE"),
        (Format.TD3, {"birth": PartialDate(1990, 2, 29)}, "DATE"),
        (Format.TD3, {"birth": PartialDate(1990, 0, 1)}, "DATE"),
        (Format.TD3, {"birth": PartialDate(1990, 1, 222)}, "DATE"),
        (Format.TD3, {"sex": "N"}, "SEX"),
        (Format.FRA, {}, "FORMAT"),
        (Format.UNKNOWN, {}, "FORMAT"),
        (Format.TD1, {"document_code": "I", "number": "A" * 23}, "NUMBER"),
        (Format.TD1, {"document_code": "I", "number": "ABCDEFGH<12"}, "NUMBER"),
        (Format.TD2, {"document_code": "I", "number": "A" * 15}, "NUMBER"),
        (Format.TD2, {"document_code": "I", "number": "A" * 14, "optional": "1"}, "OPTIONAL"),
        (Format.TD1, {"document_code": "I", "optional_2": "1" * 12}, "OPTIONAL"),
        (Format.MRVB, {"document_code": "V", "optional": "1" * 9}, "OPTIONAL"),
        (Format.MRVA, {"document_code": "V", "number": "A" * 10}, "NUMBER"),
    ],
)
def test_what_cannot_be_written_is_refused(format, change, code):
    with pytest.raises(MRZError) as caught:
        write_mrz(format, MRZData(**(GOOD | change)))
    assert caught.value.code == code
    assert caught.value.text
    assert pickle.loads(pickle.dumps(caught.value)).code == code


@pytest.mark.parametrize(
    ("format", "change"),
    [
        (Format.TD1, {"document_code": "AC"}),  # a crew member's certificate
        (Format.TD2, {"document_code": "PU"}),  # one journey, on a single sheet (Doc 9303-8)
        (Format.TD3, {"document_code": "P", "issued": date(2027, 12, 31)}),
        (Format.TD3, {"document_code": "PB", "issued": date(2025, 12, 31)}),
        (Format.TD3, {"document_code": "PB", "expiry": date(2037, 12, 31)}),
        (Format.TD3, {"document_code": "PU", "issued": date(2028, 1, 1)}),
        (Format.TD3, {"document_code": "PO", "expiry": date(2038, 1, 1)}),
    ],
)
def test_a_code_that_its_date_allows_is_written_and_read_without_remark(format, change):
    reading = read_mrz(write_mrz(format, MRZData(**(GOOD | change))), on=ON)
    assert reading.document_code == change["document_code"]
    assert reading.valid
    assert not {each.code for each in reading.warnings if each.field == "document_code"}


@pytest.mark.parametrize("digit", "<0")
def test_the_state_chooses_its_empty_check_digit(digit):
    lines = write_mrz(Format.TD3, MRZData(**GOOD), empty_check_digit=digit)
    assert lines[1][42] == digit
    assert read_mrz(lines, on=ON).valid


def test_no_other_empty_check_digit_exists():
    with pytest.raises(MRZError, match="OPTIONAL"):
        write_mrz(Format.TD3, MRZData(**GOOD), empty_check_digit="1")


def test_x_stands_in_the_visual_zone_only():
    lines = write_mrz(Format.TD3, MRZData(**(GOOD | {"sex": "X"})))
    assert lines[1][20] == "<"


def test_the_longest_numbers_of_cards_fit():
    for format, size in ((Format.TD1, 22), (Format.TD2, 14)):
        number = "ABCDEFGHIJKLMNOPQRSTUV"[:size]
        reading = read_mrz(write_mrz(format, MRZData(**(CARD | {"number": number}))), on=ON)
        assert (reading.number, reading.valid, reading.optional) == (number, True, "")


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
NAMES = st.lists(LETTERS, min_size=1, max_size=2).map(" ".join)
OPTIONAL = "ABCXYZ0123456789"
BIRTHS = st.one_of(
    st.dates(date(1930, 1, 1), date(2010, 1, 1)).map(lambda d: PartialDate(d.year, d.month, d.day)),
    st.builds(PartialDate, st.integers(1930, 2009)),
    st.builds(PartialDate, st.integers(1930, 2009), st.integers(1, 12)),
)
FIRST = {"TD1": "I", "TD2": "IR", "TD3": "PD", "MRVA": "V", "MRVB": "V"}
ROOM = {"TD1": (22, 15), "TD2": (14, 7), "TD3": (9, 14), "MRVA": (9, 16), "MRVB": (9, 8)}


@st.composite
def documents(draw):
    format = Format(draw(st.sampled_from(sorted(ROOM))))
    longest, room = ROOM[format]
    number = draw(st.text(OPTIONAL, min_size=1, max_size=longest))
    left = room if len(number) <= 9 else room - (len(number) - 9) - 2
    return format, MRZData(
        document_code=FIRST[format],
        issuer=draw(st.sampled_from(STATES)).code,
        nationality=draw(st.sampled_from(STATES)).code,
        surname=draw(NAMES),
        given_names=draw(NAMES | st.just("")),
        number=number,
        birth=draw(BIRTHS),
        sex=draw(st.sampled_from(["", "M", "F"])),
        expiry=draw(st.dates(date(2015, 1, 1), date(2040, 1, 1))),
        optional=draw(st.text(OPTIONAL, max_size=left)),
        optional_2=draw(st.text(OPTIONAL, max_size=11)) if format is Format.TD1 else "",
    )


@settings(max_examples=200, deadline=None)
@given(documents())
def test_what_is_written_is_read_again(made):
    format, document = made
    lines = write_mrz(format, document)
    reading = read_mrz(lines, on=ON)
    assert reading.valid, reading.fields
    assert reading.format is format
    assert reading.number == document.number
    assert (reading.issuer, reading.nationality) == (document.issuer, document.nationality)
    assert reading.birth == document.birth
    assert reading.expiry.exact == document.expiry
    assert (reading.sex, reading.optional) == (document.sex, document.optional)
    assert reading.optional_2 == document.optional_2
    if not reading.name_truncated:
        assert (reading.surname, reading.given_names) == (document.surname, document.given_names)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([30, 31, 39]),
    st.lists(LETTERS, min_size=1, max_size=8),
    st.lists(LETTERS, max_size=8),
)
def test_a_cut_name_keeps_the_rules_of_truncation(width, primary, secondary):
    field = write_name(" ".join(primary), " ".join(secondary), width)
    assert len(field) == width
    name = read_name(field)
    whole = "<".join(primary) + ("<<" + "<".join(secondary) if secondary else "")
    if len(whole) <= width:
        assert field.rstrip("<") == whole
        return
    assert bool(name.given_names) is bool(secondary)
    for cut, full in zip(name.surname.split(), primary, strict=False):
        assert full.startswith(cut)
    for cut, full in zip(name.given_names.split(), secondary, strict=False):
        assert full.startswith(cut)
    only_initials = all(len(part) == 1 for part in secondary)
    assert name.truncated or (only_initials and len(field.rstrip("<")) >= width - 2)


@pytest.mark.parametrize(
    ("table", "surname", "given_names", "field"),
    [
        ("icao-cyrillic", "Щербакова", "Юлия", "SHCHERBAKOVA<<IULIIA"),
        ("icao-latin", "Şükürov-Çağlar", "Gül'nar", "SUEKUEROV<CAGLAR<<GUELNAR"),
        ("icao-arabic", "نعيمة", "جميلة", "NEYMXAH<<JMYLXAH"),
        ("uz-1995", "Ўктамова", "Ҳилола", "OKTAMOVA<<HILOLA"),
        ("tk-1999", "Чарыева", "Огулбиби", "CARYYEWA<<OGULBIBI"),
    ],
)
def test_names_of_any_script_are_written_by_a_chosen_table(table, surname, given_names, field):
    document = MRZData(**(GOOD | {"surname": surname, "given_names": given_names}))
    lines = write_mrz(Format.TD3, document, table=find_table(table))
    assert lines[0][5:] == field.ljust(39, "<")
    assert read_mrz(lines, on=ON).valid
    with pytest.raises(MRZError, match="NAME_CHARACTER"):
        write_mrz(Format.TD3, document)


def test_a_transliterated_name_is_cut_and_a_letter_without_a_row_refused():
    names = {"surname": "Щукарев-Щедриновский-Щербаков", "given_names": "Ярослав"}
    lines = write_mrz(Format.TD2, MRZData(**(CARD | names)), table=find_table("icao-cyrillic"))
    assert lines[0][5:] == "SHCHUKAREV<SHCHEDRINOVSKII<S<<I"
    with pytest.raises(UnmappedLetter, match="KA WITH DESCENDER"):
        write_mrz(
            Format.TD2,
            MRZData(**(CARD | {"surname": "Қасымова"})),
            table=find_table("icao-cyrillic"),
        )
