"""``kordon mrz transliterate``: names in, A-Z out, by a table that is named."""

import io
import json

import pytest

from kordon.lib.traveldocs import TABLE_NAMES
from kordon.node.mrz import main

TABLE = """
name = "kg-test"
title = "A test"
state = "KGZ"
legal_source = "Invented act 1"
[letters]
"А" = "A"
"Ж" = ["J", "ZH"]
"""


@pytest.fixture
def ask(monkeypatch, capsys):
    def ask(text, *options):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status: object = 0
        try:
            main(["transliterate", *options])
        except SystemExit as left:
            status = left.code
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return ask


def test_names_are_spelled_in_order(ask):
    status, answers = ask("Щукин\n\nЮлия-Анна\n", "--table", "icao-cyrillic")
    assert status == 0
    assert answers == [
        {"line": 1, "text": "Щукин", "spelled": "SHCHUKIN"},
        {"line": 3, "text": "Юлия-Анна", "spelled": "IULIIA<ANNA"},
    ]


def test_a_letter_without_a_row_is_named_and_costs_no_other_line(ask):
    status, answers = ask("Бекова Қ\nАнна\n", "--table", "icao-cyrillic")
    assert status == 1
    error = answers[0]["error"]
    assert (error["code"], error["letter"], error["place"]) == ("LETTER_UNMAPPED", "Қ", 8)
    assert answers[1]["spelled"] == "ANNA"


def test_a_state_brings_its_own_table_and_its_choice(ask, tmp_path):
    file = tmp_path / "table.toml"
    file.write_text(TABLE)
    assert ask("жаа", "--table-file", str(file))[1][0]["spelled"] == "JAA"
    _, answers = ask("жаа", "--table-file", str(file), "--choose", "Ж=ZH")
    assert answers[0]["spelled"] == "ZHAA"
    assert ask("Ünal", "--table", "icao-latin", "--choose", "Ü=U")[1][0]["spelled"] == "UNAL"


def test_the_tables_are_listed_with_their_source(ask):
    status, answers = ask("", "--tables")
    assert status == 0
    assert [each["name"] for each in answers] == list(TABLE_NAMES)
    assert all(each["legal_source"] for each in answers)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--table"),
        (["--table", "klingon"], "klingon"),
        (["--table-file", "/nowhere/table.toml"], "/nowhere/table.toml: no such file"),
        (["--choose", "Ü=U"], "--choose"),
        (["--table", "icao-latin", "--choose", "Ü=Q"], "UE or UXX or U"),
        (["--table", "icao-latin", "--choose", "Ü"], "written as Ü=UE, not as Ü"),
    ],
)
def test_a_table_that_cannot_be_had_ends_it_in_one_sentence(ask, options, said):
    status, answers = ask("Анна", *options)
    assert answers == []
    assert said in status
    assert "\n" not in status
    status, _ = ask("Анна", *options, "--json")
    assert said in json.loads(status)["error"]["text"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"= 5", TABLE.encode() * 2, b"#" * 300_000])
def test_a_file_that_is_no_table_is_refused(ask, tmp_path, content):
    file = tmp_path / "table.toml"
    file.write_bytes(content)
    status, answers = ask("Анна", "--table-file", str(file), "--json")
    assert answers == []
    assert json.loads(status)["error"]["code"] == "TABLE"
