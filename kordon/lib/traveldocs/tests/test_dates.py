"""Centuries and partial dates."""

from datetime import date

import pytest

from kordon.lib.traveldocs.dates import (
    PartialDate,
    births_in_century,
    expiry_in_century,
    split_date,
)

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("six", "year"),
    [("260101", 2026), ("361231", 2036), ("760101", 2076), ("770101", 1977), ("991231", 1999)],
)
def test_an_expiry_is_the_one_nearest_to_the_reading(six, year):
    assert expiry_in_century(split_date(six), on=ON).year == year


def test_an_expiry_of_a_day_that_does_not_exist_is_none():
    assert expiry_in_century(split_date("270229"), on=ON) is None
    assert expiry_in_century(split_date("280229"), on=ON) == PartialDate(2028, 2, 29)


@pytest.mark.parametrize(
    ("six", "years"),
    [
        ("261122", [2026, 1926]),
        ("261123", [1926]),
        ("110101", [2011, 1911]),
        ("100101", [2010]),
        ("740812", [1974]),
        ("000229", [2000]),
        ("010229", []),
    ],
)
def test_a_birth_lies_before_the_reading(six, years):
    found = births_in_century(split_date(six), on=ON)
    assert [each.year for each in found] == years


def test_a_birth_lies_before_the_end_of_the_document():
    found = births_in_century(split_date("250601"), on=ON, not_after=PartialDate(1995, 7, 12))
    assert found[0].year == 1925


def test_an_unknown_month_counts_as_the_earliest_day_possible():
    assert births_in_century(split_date("26<<<<"), on=ON)[0] == PartialDate(2026)


@pytest.mark.parametrize("on", [date.min, date.max])
def test_the_edges_of_the_calendar_do_no_harm(on):
    for six in ("000101", "991231", "500229", "<<<<<<"):
        births_in_century(split_date(six), on=on)
        expiry_in_century(split_date(six), on=on)


def test_a_partial_date_prints_its_gaps():
    assert str(PartialDate(1974, 8)) == "1974-08-??"
    assert str(PartialDate(None, 8, 12)) == "????-08-12"
    assert PartialDate(1974, 8).exact is None
    assert PartialDate(1974, 8, 12).exact == date(1974, 8, 12)
    assert PartialDate(1974).two_digits == "74<<<<"
    assert PartialDate(1974, 8, 12).is_full
    assert not PartialDate(1974, 8).is_full


@pytest.mark.parametrize("six", ["", "1", "٠٠٠١٠١", "99999", "7 0101", "+10101"])
def test_what_is_no_date_is_none(six):
    assert split_date(six) is None
