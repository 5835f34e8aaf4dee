"""A state's authority writes its own table down, and is told what is wrong with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import Letter, MRZError, Table, read_table, transliterate

GOOD = """
name = "kg-names"
title = "Kyrgyz names"
state = "KGZ"
language = "ky"
legal_source = "Invented act 1 of 2026, for a test"

[letters]
"А" = "A"
"Ж" = "J"
"Ө" = ["O", "OE"]
"Ь" = ""
"Е" = {usual = "E", first = "YE", last = "EH", after = {"АӨ" = "YE"}}
"""


def test_a_written_table_spells():
    table = read_table(GOOD)
    assert (table.state, table.language, table.title) == ("KGZ", "ky", "Kyrgyz names")
    assert transliterate("Ежже аее", table) == "YEJJEH<AYEEH"
    assert transliterate("жө", table.choosing({"Ө": "OE"})) == "JOE"


def test_a_mark_stands_between_no_two_letters():
    marked = GOOD.replace("[letters]", '[letters]\n"\\u0301" = ""')
    assert transliterate("жа\u0301еж", read_table(marked)) == "JAYEJ"


def test_a_written_table_may_go_through_icaos():
    text = GOOD.replace("[letters]", 'through = "icao-latin"\n[letters]').replace('"J"', '"Ž"')
    assert transliterate("Ж", read_table(text)) == "Z"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('legal_source = "Invented act 1 of 2026, for a test"', "", "legal source"),
        ("Invented act 1 of 2026, for a test", "law", "legal source"),
        ('state = "KGZ"', "", "state"),
        ('"KGZ"', '"QQQ"', "state"),
        ('"kg-names"', '"icao-latin"', "name"),
        ('"kg-names"', '"КГ"', "name"),
        ('title = "Kyrgyz names"', "", "title"),
        ('title = "Kyrgyz names"', "title = 5", "title"),
        ("[letters]", "[letter]", "letter"),
        ("[letters]", 'through = "klingon"\n[letters]', "klingon"),
        ('"J"', '"Ж"', "A-Z"),
        ('"J"', '"J1"', "A-Z"),
        ('"J"', '"J<"', "A-Z"),
        ('"J"', '"j"', "A-Z"),
        ('"J"', '"ABCDEFGHI"', "long"),
        ('"J"', "5", "usual"),
        ('"J"', "[5]", "text"),
        ('"J"', "[]", "spelling"),
        ('"J"', '{first = "J"}', "spelling"),
        ('"J"', '{usual = "J", sometimes = "X"}', "usual"),
        ('"J"', '{usual = "J", after = "А"}', "spelling"),
        ('"Ж"', '"ж"', "capitals"),
        ('"Ж"', '"ЖЖЖ"', "composed"),
        ('"Ж"', '""', "composed"),
        ('"Ж"', '"И\u0306"', "composed"),
        ("[letters]", "[letters", "TOML"),
    ],
)
def test_a_wrong_table_is_refused_with_a_reason(before, after, said):
    assert before in GOOD
    with pytest.raises(MRZError) as caught:
        read_table(GOOD.replace(before, after))
    assert caught.value.code == "TABLE"
    assert said in caught.value.text


def test_a_table_cannot_be_made_without_its_source():
    for source in ("", "  ", "law"):
        with pytest.raises(MRZError, match="legal source"):
            Table(name="x", title="x", legal_source=source, letters={"Ж": Letter(("J",))})
    with pytest.raises(MRZError, match="letters"):
        Table(name="x", title="x", legal_source="an act", letters={})


def test_a_table_is_bounded():
    with pytest.raises(MRZError, match="65536"):
        read_table(GOOD + "#" * 65_536)
    letters = {chr(0x4E00 + at): Letter(("A",)) for at in range(501)}
    with pytest.raises(MRZError, match="501 letters"):
        Table(name="x", title="x", legal_source="an act", letters=letters)
    with pytest.raises(MRZError, match="TOML"):
        read_table("a = " + "[" * 20_000)


@settings(max_examples=300, deadline=None)
@given(st.text(), st.integers(0, 400))
def test_no_text_makes_it_raise_anything_else(text, at):
    for tried in (text, GOOD[:at] + text + GOOD[at:]):
        try:
            read_table(tried)
        except MRZError as error:
            assert error.text  # noqa: PT017  (either a table or a reason)
