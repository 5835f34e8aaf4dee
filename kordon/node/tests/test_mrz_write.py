"""``kordon mrz write``: JSON lines in, machine readable zones out."""

import io
import json

import pytest

from kordon.node.mrz import main

GIVEN = {
    "format": "TD3",
    "document_code": "P",
    "issuer": "UTO",
    "nationality": "UTO",
    "surname": "Eriksson",
    "given_names": "Anna Maria",
    "number": "L898902C3",
    "birth": "1974-08-12",
    "sex": "F",
    "expiry": "2012-04-15",
    "optional": "ZE184226B",
}
WRITTEN = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
]


@pytest.fixture
def ask(monkeypatch, capsys):
    def ask(lines, *options):
        typed = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        status: object = 0
        try:
            main(["write", *options])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return status, [json.loads(line) for line in said.out.splitlines()]

    return ask


def test_the_specimen_is_written(ask):
    assert ask([GIVEN]) == (0, [{"line": 1, "format": "TD3", "lines": WRITTEN}])


def test_names_of_another_script_are_written_by_the_table(ask):
    names = {"surname": "Щербакова", "given_names": "Юлия"}
    status, (answer,) = ask([GIVEN | names], "--table", "icao-cyrillic")
    assert status == 0
    assert answer["lines"][0].startswith("P<UTOSHCHERBAKOVA<<IULIIA<")
    status, (answer,) = ask([GIVEN | names])
    assert (status, answer["error"]["code"]) == (1, "NAME_CHARACTER")


def test_unknown_parts_of_a_birth_and_the_empty_digit_are_written(ask):
    given = GIVEN | {"birth": "1974-??-??", "optional": ""}
    _, (answer,) = ask([given], "--empty-check-digit", "0")
    assert answer["lines"][1][13:19] == "74<<<<"
    assert answer["lines"][1][42] == "0"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "FRA"}, "FORMAT"),
        ({"format": "TD9"}, "FORMAT"),
        ({"number": ""}, "INPUT"),
        ({"number": 5}, "INPUT"),
        ({"colour": "red"}, "INPUT"),
        ({"birth": "12.08.1974"}, "DATE"),
        ({"birth": "1974-13-01"}, "DATE"),
        ({"issued": "yesterday"}, "DATE"),
        ({"issued": "2028-01-01"}, "CODE_NOT_HARMONISED"),
        ({"issuer": "QQQ"}, "CODE"),
        ({"name_field": "E<<A"}, "NAME_FIELD"),
    ],
)
def test_what_is_wrong_is_said_by_a_code_and_costs_no_other_line(ask, change, code):
    status, answers = ask([GIVEN | change, GIVEN])
    assert status == 1
    assert answers[0]["error"]["code"] == code
    assert answers[1]["lines"] == WRITTEN


def test_half_of_a_surrogate_pair_costs_no_other_line(monkeypatch):
    """On a real stream, which cannot hold one."""
    lines = [GIVEN | {"surname": "\ud800"}, GIVEN]
    typed = "\n".join(json.dumps(each) for each in lines)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    out = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
    with pytest.raises(SystemExit):
        main(["write", "--table", "icao-latin"])
    refused, written = [json.loads(line) for line in out.getvalue().splitlines()]
    assert refused["error"]["code"] == "LETTER_UNMAPPED"
    assert written["lines"] == WRITTEN


def test_a_letter_without_a_row_is_told_with_its_place(ask):
    names = {"surname": "Ли", "given_names": "Қ"}
    _, (answer,) = ask([GIVEN | names], "--table", "icao-cyrillic")
    assert (answer["error"]["letter"], answer["error"]["place"]) == ("Қ", 1)


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"a":' * 3000, "5", "x" * 100_000])
def test_a_line_that_is_no_object_is_told(ask, line):
    status, answers = ask([line, GIVEN])
    assert status == 1
    assert answers[0]["error"]["code"] == "INPUT"
    assert answers[1] == {"line": 2, "format": "TD3", "lines": WRITTEN}
