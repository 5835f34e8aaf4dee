"""C40, dates, durations, zones: the worked examples of the standards, and what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kordon.lib.traveldocs.seal import Coding, Duration, SealError
from kordon.lib.traveldocs.seal.c40 import read_c40, size_of, write_c40
from kordon.lib.traveldocs.seal.codings import read_date, read_value, write_date, write_value
from kordon.lib.traveldocs.seal.tests import specimens as s

LETTERS = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("VISA01", "de515826"),
        ("XK<CD", "eb0466a9"),
        ("XKCD", "eb11fe45"),
        ("BSI01", "62d719c9"),
        ("D<<", "6abc"),
        ("UTO", "d9c5"),
    ],
)
def test_worked_examples(text, octets):
    assert write_c40(text).hex() == octets
    assert read_c40(write_c40(text)) == text.replace("<", " ")


@given(st.text(LETTERS, max_size=60))
def test_every_text_comes_back(text):
    written = write_c40(text)
    assert len(written) == size_of(len(text))
    assert read_c40(written) == text


@pytest.mark.parametrize("text", ["a", "Ä", "A-B", "١", "A\n"])
def test_what_has_no_form_is_refused(text):
    with pytest.raises(SealError, match="C40") as error:
        write_c40(text)
    assert error.value.code == "VALUE"


@pytest.mark.parametrize(
    "octets", ["00", "fe", "ffff", "0000", "fe41fe41", "fefe", "fe00", "0001de51", "fb00"]
)
def test_octets_that_are_no_c40(octets):
    with pytest.raises(SealError) as error:
        read_c40(bytes.fromhex(octets))
    assert error.value.code == "WRONG_FORMAT"


def test_a_date_is_month_day_year():
    assert write_date(date(1957, 3, 25)).hex() == "319ef5"
    assert read_date(bytes.fromhex("319ef5")) == date(1957, 3, 25)


@pytest.mark.parametrize("number", [0, 13_01_2020, 2_30_2020, 1_01_0000, 2**24 - 1])
def test_what_is_no_date(number):
    with pytest.raises(SealError):
        read_date(number.to_bytes(3, "big"))


@given(st.dates())
def test_every_date_comes_back(day):
    assert read_value(Coding.DATE, write_value(Coding.DATE, day)) == day


@given(st.datetimes(datetime(1900, 1, 2), datetime(9000, 1, 1)), st.integers(-720, 720))
def test_every_moment_comes_back_in_universal_time(moment, minutes):
    zone = timezone(timedelta(minutes=minutes))
    moment = moment.replace(second=0, microsecond=0, tzinfo=zone)
    found = read_value(Coding.MOMENT, write_value(Coding.MOMENT, moment))
    assert found == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("octets", "stay", "meaning", "words"),
    [
        ("a00000", Duration(days=160), "STAY", "160D"),
        ("050301", Duration(5, 3, 1), "STAY", "5D 3M 1Y"),
        ("000000", Duration(), "UNTIL_EXPIRY", "UNTIL_EXPIRY"),
        ("ffffff", Duration(255, 255, 255), "DECIDED_AT_ENTRY", "DECIDED_AT_ENTRY"),
        ("fefefe", Duration(254, 254, 254), "TRANSIT", "TRANSIT"),
    ],
)
def test_durations(octets, stay, meaning, words):
    assert read_value(Coding.DURATION, bytes.fromhex(octets)) == stay
    assert write_value(Coding.DURATION, stay).hex() == octets
    assert (stay.meaning, str(stay)) == (meaning, words)


@pytest.mark.parametrize(
    ("coding", "lines", "size"),
    [(Coding.MRZ_A, s.VISA_A, 48), (Coding.MRZ_B, s.VISA_B, 44), (Coding.MRZ_TD2, s.CARD, 48)],
)
def test_zones_take_as_many_octets_as_the_standard_says(coding, lines, size):
    written = write_value(coding, "\n".join(lines))
    assert len(written) == size
    first, second = read_value(coding, written).split("\n")
    assert first == lines[0]
    assert lines[1].startswith(second)
    assert len(second) == (36 if coding is Coding.MRZ_TD2 else 28)


@pytest.mark.parametrize(
    ("coding", "value"),
    [
        (Coding.NUMBER, 256),
        (Coding.NUMBER, -1),
        (Coding.NUMBER, "1"),
        (Coding.NUMBER, True),
        (Coding.DURATION, Duration(days=256)),
        (Coding.MOMENT, datetime(2024, 1, 1)),
        (Coding.DATE, datetime(2024, 1, 1, tzinfo=UTC)),
        (Coding.TEXT, b"A"),
        (Coding.UTF8, "\ud800"),
        (Coding.MRZ_A, "\n".join(s.VISA_B)),
        (Coding.MRZ_B, s.VISA_B[0]),
        (Coding.MRZ_B, "\n".join(s.VISA_B).lower()),
        (Coding.MRZ_TD2, ""),
    ],
)
def test_values_that_cannot_be_written(coding, value):
    with pytest.raises(SealError) as error:
        write_value(coding, value)
    assert error.value.code == "VALUE"


@pytest.mark.parametrize(
    ("coding", "octets"),
    [
        (Coding.NUMBER, ""),
        (Coding.NUMBER, "0101"),
        (Coding.DURATION, "0000"),
        (Coding.DATE, "319ef5aa"),
        (Coding.MOMENT, "319ef505a0"),
        (Coding.UTF8, "ff"),
        (Coding.TEXT, "01"),
        (Coding.MRZ_B, write_c40("V").hex()),
        (Coding.MRZ_B, ""),
    ],
)
def test_octets_that_cannot_be_read(coding, octets):
    with pytest.raises(SealError) as error:
        read_value(coding, bytes.fromhex(octets))
    assert error.value.code == "WRONG_FORMAT"
