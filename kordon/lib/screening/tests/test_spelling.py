"""Numbers and plates of the region, typed on any keyboard."""

import pytest

from kordon.lib.screening.spelling import confusable_number, plain_number


def test_every_letter_of_a_russian_plate_is_its_latin_twin():
    assert plain_number("АВЕКМНОРСТУХ") == plain_number("ABEKMHOPCTYX") == "ABEKMHOPCTYX"
    assert plain_number("авекмнорстух") == "ABEKMHOPCTYX"


@pytest.mark.parametrize(
    ("painted", "typed"),
    [
        ("А123ВС 77", "a123bc77"),  # Russia
        ("01 KG 123 ABC", "01кg-123-авс"),  # Kyrgyzstan
        ("123 ABC 02", "123АВС02"),  # Kazakhstan
        ("01 A 123 BC", "01а123вс"),  # Uzbekistan
        ("1234 AB 01", "1234-АВ/01"),  # Tajikistan
        ("AB 1234 AG", "АВ1234АG"),  # Turkmenistan
        ("АІ 1234 ЈЅ", "AI1234JS"),  # Ukraine; Serbian and Macedonian letters
        ("\uff21\uff22\uff11\uff12", "AB12"),  # full width, of an Asian keyboard
        ("A\u200b1\u00a02\u20113", "А123"),  # invisible marks, hard spaces and hyphens
    ],
)
def test_a_plate_painted_and_typed_is_one(painted, typed):
    assert plain_number(painted) == plain_number(typed) != ""


@pytest.mark.parametrize(("one", "other"), [("A123BC", "A123BE"), ("Б123", "B123"), ("01", "1")])
def test_other_plates_stay_apart(one, other):
    assert plain_number(one) != plain_number(other)


def test_a_confusable_number_is_that_of_either_keyboard():
    assert confusable_number("АО12В") == confusable_number("A0128")
    assert confusable_number("АВ1") != confusable_number("АС1")
