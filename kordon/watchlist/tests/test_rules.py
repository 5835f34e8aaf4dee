"""The table of categories, dates, and the words for them."""

import ast
from datetime import date
from pathlib import Path

import pytest

from kordon.watchlist import rules, words
from kordon.watchlist.categories import RULES, Action, Shown
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources import FIELDS, FORMATS, Kind
from kordon.watchlist.spelling import confusable_number, plain_number

APP = Path(rules.__file__).parent


def test_every_category_has_a_rule_and_words():
    assert set(RULES) == set(Category)
    assert set(words.CATEGORIES) == set(Category)
    assert set(words.ACTIONS) == set(Action)
    assert set(words.SHOWN) == set(Shown)
    assert set(words.STATUSES) == set(rules.Status)
    assert set(words.EDITION_STATUSES) == set(rules.EditionStatus)
    assert set(words.FORMATS) == set(FORMATS)
    assert set(words.FIELDS) == set(FIELDS)
    assert set(words.KINDS) == set(Kind)


def test_every_sentence_of_the_rules_can_be_translated():
    told = set(words.SENTENCES)
    for node in ast.walk(ast.parse((APP / "rules.py").read_text())):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            for arg in node.exc.args:
                if isinstance(arg, ast.Constant) and " " in arg.value:
                    assert arg.value in told, arg.value


def test_the_first_line_notices_nothing_of_silent_categories():
    silent = {c for c, rule in RULES.items() if rule.shown is Shown.NOTHING}
    assert silent == {
        Category.DISCREET_CHECK,
        Category.VEHICLE_DISCREET,
        Category.JUDICIAL_SUMMONS,
    }


@pytest.mark.parametrize(
    ("today", "live"),
    [(date(2026, 5, 1), False), (date(2026, 5, 2), True), (date(2026, 8, 1), True),
     (date(2026, 8, 2), False)],
)  # fmt: skip
def test_an_alert_fires_from_its_first_to_its_last_day(today, live):
    given = {"valid_from": date(2026, 5, 2), "valid_until": date(2026, 8, 1), "review_on": None}
    assert rules.is_live(status="in_force", today=today, **given) is live
    assert not rules.is_live(status="pending", today=today, **given)


def test_the_review_date_ends_it_too():
    given = {"valid_until": None, "review_on": date(2026, 8, 1), "today": date(2026, 8, 2)}
    assert not rules.is_live(status="in_force", valid_from=None, **given)
    assert rules.status_on(status="in_force", **given) == "expired"
    assert rules.status_on(status="withdrawn", **given) == "withdrawn"


def test_a_leap_day_has_anniversaries():
    assert rules.add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("one", "other"), [("ав 123-456", "AB123456"), ("№ 0123", "NO0123"), ("ＡＢ１", "AB1")]
)
def test_numbers_are_compared_by_their_characters(one, other):
    assert plain_number(one) == plain_number(other)


def test_what_is_easily_confused_is_found():
    assert confusable_number("AO1SB") == confusable_number("A0I58")
    assert confusable_number("AB1") != confusable_number("AC1")
