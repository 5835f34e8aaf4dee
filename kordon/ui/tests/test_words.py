"""Dates, spans and countries, as officers read them."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from kordon.ui import words


@pytest.mark.parametrize(
    "day, english, russian",
    [
        (date(1974, 8, 12), "12 Aug 1974", "12 авг. 1974"),
        ("1974-08-12", "12 Aug 1974", "12 авг. 1974"),
        ("1974-05-00", "-- May 1974", "-- мая 1974"),
        ("1974-05", "-- May 1974", "-- мая 1974"),
        ("1974", "-- -- 1974", "-- -- 1974"),
        ("1974----", "-- -- 1974", "-- -- 1974"),
        (SimpleNamespace(year=1974, month=None, day=None), "-- -- 1974", "-- -- 1974"),
        (SimpleNamespace(year=None, month=8, day=12), "12 Aug --", "12 авг. --"),
        ("0974-13-45", "0974-13-45", "0974-13-45"),
        ("unknown", "unknown", "unknown"),
        (None, "", ""),
    ],
)
def test_a_date_can_be_read_in_one_way_only(day, english, russian):
    with override("en"):
        assert words.written(day) == english
    with override("ru"):
        assert words.written(day) == russian


def test_a_moment_is_told_in_the_time_of_the_post(settings):
    settings.TIME_ZONE = "Asia/Almaty"
    with timezone.override("Asia/Almaty"):
        assert words.moment(datetime(2026, 8, 12, 20, 30, tzinfo=UTC)) == "13 Aug 2026, 01:30"
        assert words.written(datetime(2026, 8, 12, 20, 30, tzinfo=UTC)) == "13 Aug 2026"


@pytest.mark.parametrize(
    "span, told",
    [
        (0, "0 s"),
        (59, "59 s"),
        (timedelta(minutes=3, seconds=59), "3 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=5), "5 d"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_age_has_one_unit(span, told):
    assert words.age(span) == told


@pytest.mark.parametrize(
    "code, english, russian",
    [
        ("UZB", "Uzbekistan", "Узбекистан"),
        ("D", "Germany", "Германия"),
        ("D<<", "Germany", "Германия"),
        ("RKS", "Kosovo", "Косово"),
        ("XXA", "Stateless person", "Лицо без гражданства"),
        ("UTO", "Utopia (specimen)", "Утопия (образец)"),
        ("QQQ", "QQQ", "QQQ"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_country_has_its_name_in_the_language_of_the_reader(code, english, russian):
    with override("en"):
        assert words.country(code) == english
    with override("ru"):
        assert words.country(code) == russian


def test_every_code_of_iso_3166_has_a_name():
    # AAA, QMM…QZZ, XAA…XZZ and ZZZ are for private use.
    assigned = [code for code in words.two_letters() if not re.match("AAA|Q[M-Z]|X|ZZZ", code)]
    assert len(assigned) > 240
    assert [code for code in assigned if words.country(code) == code] == []


def drawn(source: str, **context) -> str:
    return Template("{% load ui i18n %}" + source).render(Context(context))


def test_what_comes_from_outside_is_escaped():
    page = drawn(
        '{% finding "look" text why=text evidence=rows %}{% lamp "silent" text %}'
        '{{ text|docnumber }}{% key text %}{% icon "search" text %}',
        text="<b>",
        rows=[("<b>", "<b>")],
    )
    assert "<b>" not in page
    assert page.count("&lt;b&gt;") == 8


def test_a_right_decides_what_is_drawn():
    source = '{% may "border.record_crossing" as allowed %}{{ allowed }}'
    may = SimpleNamespace(actor=SimpleNamespace(may=lambda right: right.endswith("_crossing")))
    may_not = SimpleNamespace(actor=SimpleNamespace(may=lambda right: False))
    assert drawn(source, request=may) == "True"
    assert drawn(source, request=may_not) == "False"
    assert drawn(source, request=SimpleNamespace(actor=None)) == "False"
    assert drawn(source) == "False"
