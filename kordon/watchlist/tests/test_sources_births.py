"""Dates as lists write them."""

import pytest

from kordon.watchlist.sources.births import iso_date, read_birth
from kordon.watchlist.sources.countries import to_alpha3


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1974-08-12", (1974, 8, 12)),
        ("1974-08", (1974, 8, 0)),
        ("1974", (1974, 0, 0)),
        ("12.08.1974", (1974, 8, 12)),
        ("12/8/1974", (1974, 8, 12)),
        ("08.1974", (1974, 8, 0)),
        ("00.08.1974", (1974, 8, 0)),
        ("12 Aug 1974", (1974, 8, 12)),
        ("12 Aug. 1974", (1974, 8, 12)),
        ("August 12, 1974", (1974, 8, 12)),
        ("12 августа 1974 г.", (1974, 8, 12)),
        ("Apr 1961", (1961, 4, 0)),
        ("circa 01 Jan 1961", (1961, 0, 0)),
        ("около 1961", (1961, 0, 0)),
        ("1974-08-12T00:00:00", (1974, 8, 12)),
        ("29 Feb 1972", (1972, 2, 29)),
        ("1968 to 1968", (1968, 0, 0)),
    ],
)
def test_a_date_is_understood_as_far_as_it_goes(text, birth):
    assert read_birth(text).birth == birth


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1968 to 1969", (1968, 1969)),
        ("01 Jan 1946 to 31 Dec 1948", (1946, 1948)),
        ("circa 1979-1982", (1979, 1982)),
        ("Between 1968 and 1969", None),
    ],
)
def test_a_range_becomes_its_years(text, years):
    born = read_birth(text)
    assert (born.years if born else None) == years


@pytest.mark.parametrize(
    "text",
    ["", "sometime", "30 Feb 1972", "1974-13-01", "24/06/1402", "1969 to 1968", "1900 to 1999",
     "12 Foo 1974", "9999", "x" * 10_000, "-" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert read_birth(text) is None


def test_the_month_first_where_the_sender_says_so():
    assert read_birth("08/12/1974", day_first=False).birth == (1974, 8, 12)


def test_a_whole_date_as_iso():
    assert iso_date("12 Aug 1974") == "1974-08-12"
    assert iso_date("1974") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kyrgyzstan", "KGZ"),
        ("Кыргызстан", "KGZ"),
        ("kg", "KGZ"),
        ("KGZ", "KGZ"),
        ("D", "DEU"),
        ("GBN", "GBR"),
        ("Korea, North", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Türkiye", "TUR"),
        ("possibly Palestinian", "PSE"),
        ("Côte d’Ivoire", "CIV"),
        ("XXA", "XXA"),
        ("former Soviet Union", ""),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_have_many_names(text, code):
    assert to_alpha3(text) == code
