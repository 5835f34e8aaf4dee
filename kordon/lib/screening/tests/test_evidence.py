import pytest

from kordon.lib.screening import evidence
from kordon.lib.screening.evidence import birth_class, birth_number


@pytest.mark.parametrize(
    ("given", "listed", "expected"),
    [
        ((1980, 3, 4), (1980, 3, 4), evidence.SAME),
        ((1980, 3, 4), (1980, 4, 3), evidence.SWAPPED),
        ((1980, 3, 4), (1981, 3, 4), evidence.ONE_DIGIT),
        ((1980, 3, 4), (1980, 3, 14), evidence.ONE_DIGIT),
        ((1980, 3, 4), (1980, 3, 29), evidence.CLOSE),
        ((1980, 3, 9), (1982, 3, 9), evidence.ONE_DIGIT),
        ((1979, 3, 9), (1981, 3, 9), evidence.CLOSE),
        ((1980, 3, 4), (1980, 8, 19), evidence.SAME_YEAR),
        ((1980, 3, 4), (1975, 11, 19), evidence.DIFFERENT),
        ((1980, 3, 4), (1980, 0, 0), evidence.YEAR_ONLY),
        ((1980, 3, 4), (1980, 1, 1), evidence.YEAR_ONLY),
        ((1980, 1, 1), (1980, 1, 1), evidence.FIRST_JANUARY),
        ((1980, 1, 1), (1980, 0, 0), evidence.YEAR_ONLY),
        ((1980, 1, 1), (1981, 1, 1), evidence.YEAR_NEAR),
        ((1998, 3, 4), (2001, 3, 4), evidence.CLOSE),
        ((1995, 3, 4), (2005, 3, 4), evidence.CLOSE),
        ((1980, 3, 4), (1981, 4, 3), evidence.CLOSE),
        ((1980, 3, 14), (1981, 3, 4), evidence.TWO_DIGITS),
        ((1980, 3, 4), (1980, 3, 0), evidence.YEAR_MONTH),
        ((1980, 3, 4), (1980, 4, 0), evidence.SAME_YEAR),
        ((1980, 3, 4), (1979, 0, 0), evidence.YEAR_NEAR),
        ((1980, 3, 4), (1982, 0, 0), evidence.YEAR_APART),
        ((1980, 3, 4), (1983, 0, 0), evidence.YEAR_FAR),
        ((1980, 3, 4), (1990, 0, 0), evidence.YEAR_FAR),
        ((1980, 3, 4), (1984, 0, 0), evidence.DIFFERENT),
        ((1980, 3, 4), (0, 0, 0), evidence.UNKNOWN),
        ((0, 3, 4), (1980, 3, 4), evidence.UNKNOWN),
    ],
)
def test_two_dates_fall_into_one_class_from_either_side(given, listed, expected):
    assert birth_class(birth_number(given), birth_number(listed)) == expected
    assert birth_class(birth_number(listed), birth_number(given)) == expected


def test_nationality_codes_survive_the_round_trip():
    for code in ("UZB", "D", "XXA", "ZZZ", "AAA"):
        number = evidence.nationality_number(code)
        assert 0 < number < 2**16
        assert evidence.nationality_code(number) == code
    for code in ("", "UZBK", "U1B", "ÜZB", "<<<"):
        assert evidence.nationality_number(code) == 0
