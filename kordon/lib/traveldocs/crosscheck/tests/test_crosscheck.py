"""Sources that say the same are told to, however they spell it; those that do not are weighed."""

import ast
import json
import re
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import PartialDate, read_mrz
from kordon.lib.traveldocs.crosscheck import (
    Code,
    Record,
    Same,
    Source,
    Weight,
    cross_check,
    record_of,
    to_json,
)

ON = date(2026, 6, 1)
ZONE = Record(
    source=Source.ZONE,
    surname="SHCHERBAKOVA",
    given_names="IULIIA MARIIA",
    number="AC1234567",
    document_code="PP",
    issuer="KGZ",
    nationality="KGZ",
    births=(PartialDate(1990, 3, 4),),
    sex="F",
    expiry=PartialDate(2034, 3, 4),
)
CHIP = replace(ZONE, source=Source.CHIP)
GUIDE = (Path(__file__).parents[5] / "docs" / "guides" / "crosscheck.md").read_text()


def found(source=Source.CHIP, of=ZONE, **changes):
    said = cross_check([of, replace(of, source=source, **changes)])
    return [(each.code, each.weight) for each in said.findings]


def agreed(field, *, of=ZONE, source=Source.TYPED, **changes):
    said = cross_check([of, replace(of, source=source, **changes)])
    assert said.findings == ()
    return next(each.same for each in said.agreements if each.field == field)


def test_all_that_agrees_is_listed():
    said = cross_check([CHIP, ZONE, replace(ZONE, source=Source.SEAL)])
    assert said.findings == ()
    fields = [each.field for each in said.agreements]
    assert len(fields) == 18
    assert {each.same for each in said.agreements} == {Same.SAME}
    assert {each.one.source for each in said.agreements} == {Source.CHIP}


@pytest.mark.parametrize(
    ("change", "code", "by_state", "typed"),
    [
        ({"number": "AC1234568"}, Code.NUMBER, Weight.GRAVE, Weight.LOOK),
        ({"number": "AC12345G7"}, Code.NUMBER_LOOKALIKE, Weight.LOOK, Weight.LOOK),
        ({"document_code": "PD"}, Code.DOCUMENT_CODE, Weight.LOOK, Weight.LOOK),
        ({"issuer": "KAZ"}, Code.ISSUER, Weight.GRAVE, Weight.LOOK),
        ({"nationality": "KAZ"}, Code.NATIONALITY, Weight.GRAVE, Weight.LOOK),
        ({"sex": "M"}, Code.SEX, Weight.LOOK, Weight.LOOK),
        ({"surname": "BEKOVA"}, Code.SURNAME, Weight.GRAVE, Weight.LOOK),
        ({"given_names": "OLGA"}, Code.GIVEN_NAMES, Weight.GRAVE, Weight.LOOK),
        ({"given_names": "IULIIA"}, Code.GIVEN_NAMES_FEWER, Weight.LOOK, Weight.LOOK),
        ({"given_names": ""}, Code.GIVEN_NAMES_FEWER, Weight.LOOK, Weight.LOOK),
        (
            {"surname": "IULIIA MARIIA", "given_names": "SHCHERBAKOVA"},
            Code.NAMES_EXCHANGED,
            Weight.LOOK,
            Weight.LOOK,
        ),
        (
            {"surname": "SHCHERBAKOVA MARIIA", "given_names": "IULIIA"},
            Code.NAMES_DIVIDED,
            Weight.LOOK,
            Weight.LOOK,
        ),
        ({"surname": "山田"}, Code.NAME_NOT_COMPARED, Weight.NOTE, Weight.NOTE),
        ({"births": (PartialDate(1990, 3, 5),)}, Code.BIRTH, Weight.GRAVE, Weight.LOOK),
        ({"births": (PartialDate(1990, 4, 3),)}, Code.BIRTH_EXCHANGED, Weight.LOOK, Weight.LOOK),
        ({"expiry": PartialDate(2035, 3, 4)}, Code.EXPIRY, Weight.GRAVE, Weight.LOOK),
    ],
)
def test_each_disagreement_has_its_code_and_weight(change, code, by_state, typed):
    assert found(**change) == [(code, by_state)]
    assert found(Source.TYPED, **change) == [(code, typed)]


@pytest.mark.parametrize(
    "field", ["number", "document_code", "issuer", "nationality", "sex", "expiry", "births"]
)
def test_what_is_not_told_is_not_compared(field):
    empty = {"expiry": None, "births": ()}.get(field, "")
    assert found(**{field: empty}) == []


def test_a_name_in_another_script_is_the_same():
    assert agreed("surname", surname="Щербакова") is Same.SPELLED_OTHERWISE
    assert agreed("given_names", given_names="Юлия Мария") is Same.SPELLED_OTHERWISE
    assert found(Source.TYPED, surname="Щербаков") == [(Code.SURNAME, Weight.LOOK)]


def test_a_name_with_letters_of_a_choice_is_the_same():
    zone = replace(ZONE, surname="MUELLER")
    for typed in ("Müller", "Muller", "MÜLLER"):
        assert agreed("surname", of=zone, surname=typed) is Same.SPELLED_OTHERWISE
    assert agreed("surname", of=zone, surname="Mueller") is Same.SAME


def test_a_name_cut_off_is_the_same_and_only_then():
    chip = replace(CHIP, given_names="IULIIA MARIIA ANNA")
    cut = replace(ZONE, given_names="IULIIA MARIIA A", cut=True)
    said = cross_check([chip, cut])
    assert said.findings == ()
    assert Same.CUT in {each.same for each in said.agreements}
    assert cross_check([chip, replace(cut, cut=False)]).findings != ()


def test_partial_dates_and_open_centuries_agree():
    zone = replace(ZONE, births=(PartialDate(1990, None, None),))
    assert agreed("birth", of=zone, births=(PartialDate(1990, 7, 1),)) is Same.PARTIAL
    both = (PartialDate(2020, 3, 4), PartialDate(1920, 3, 4))
    zone = replace(ZONE, births=both)
    assert agreed("birth", of=zone, births=both[1:]) is Same.PARTIAL
    assert found(of=zone, births=(PartialDate(1990, 3, 4),)) == [(Code.BIRTH, Weight.GRAVE)]


def test_another_document_at_an_earlier_crossing_is_a_note_and_its_person_is_compared():
    other = {"number": "AC7654321", "expiry": PartialDate(2025, 1, 1), "document_code": "PD"}
    note = (Code.OTHER_DOCUMENT, Weight.NOTE)
    assert found(Source.EARLIER, **other) == [note]
    assert found(Source.EARLIER, **other, births=(PartialDate(1991, 3, 4),)) == [
        (Code.BIRTH, Weight.LOOK),
        note,
    ]
    assert found(Source.EARLIER, nationality="KAZ") == [(Code.NATIONALITY, Weight.NOTE)]
    # the same number of another state is another document
    assert found(Source.EARLIER, issuer="KAZ") == [note]
    # the same document with another date of expiry is not
    assert found(Source.EARLIER, expiry=PartialDate(2033, 3, 4)) == [(Code.EXPIRY, Weight.LOOK)]


def test_the_heaviest_comes_first_and_says_who_says_what():
    typed = replace(ZONE, source=Source.TYPED, sex="M")
    said = cross_check([typed, ZONE, replace(CHIP, number="AC1234568")])
    assert [each.code for each in said.findings] == [Code.NUMBER, Code.NUMBER, Code.SEX]
    first = said.findings[0]
    assert (first.one, first.other) == ((Source.CHIP, "AC1234568"), (Source.ZONE, "AC1234567"))
    assert first.words.startswith(
        "The document number differs: the chip has AC1234568 and the printed zone has AC1234567."
    )


def test_a_refused_field_of_a_zone_is_not_compared():
    lines = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C46UTO7408122F1204159ZE184226B<<<<<10",
    )
    record = record_of(Source.ZONE, read_mrz(lines, on=date(2012, 1, 1)))
    assert (record.number, record.surname, str(record.expiry)) == ("", "ERIKSSON", "2012-04-15")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            Record,
            source=st.sampled_from(Source),
            surname=st.text(max_size=30),
            given_names=st.text(max_size=30),
            cut=st.booleans(),
            number=st.text(max_size=12),
            births=st.lists(
                st.builds(PartialDate, st.none() | st.integers(1900, 2026), st.none()), max_size=2
            ).map(tuple),
        ),
        max_size=5,
    )
)
def test_nothing_makes_it_raise(records):
    json.dumps(to_json(cross_check(records)))


def plain(value):
    if isinstance(value, tuple | list):
        return tuple(plain(each) for each in value)
    return str(value) if isinstance(value, Enum) else value


def test_every_example_of_the_guide_gives_what_stands_beside_it():
    known, told = {}, 0
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            _, _, expected = lines[statement.end_lineno - 1].partition("  # ")
            if isinstance(statement, ast.Expr):
                assert expected == str(plain(eval(ast.unparse(statement), known))), expected
                told += 1
            else:
                exec(ast.unparse(statement), known)
    assert told >= 4
    for word in (*Code, *Weight, *Same, *Source):
        assert f"| `{word}` |" in GUIDE, word


@pytest.mark.parametrize(
    ("changes", "weight"),
    [
        ({"surname": "Щербакова", "given_names": "Юлия Мария Петровна"}, Weight.NOTE),
        ({"surname": "OTHER", "given_names": "IULIIA MARIIA"}, Weight.LOOK),
        ({"births": (PartialDate(1991, 3, 4),)}, Weight.LOOK),
    ],
)
def test_the_details_of_a_chip_weigh_less_than_its_zone(changes, weight):
    said = cross_check([CHIP, Record(source=Source.DETAILS, **changes)])
    assert {each.weight for each in said.findings} == {weight}
