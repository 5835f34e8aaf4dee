"""The examples of docs/guides/page.md do what they say."""

import ast
import re
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from kordon.lib.traveldocs.page import Code, Outcome, Support
from kordon.lib.traveldocs.tests.examples import write_page
from kordon.node import page as command

GUIDE = (Path(__file__).parents[5] / "docs" / "guides" / "page.md").read_text()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    write_page(tmp_path)
    monkeypatch.chdir(tmp_path)


def plain(value):
    """Words of enumerations as they are written, inside tuples too."""
    if isinstance(value, tuple | list):
        return type(value)(plain(each) for each in value)
    return str(value) if isinstance(value, Enum) else value


def test_every_example_gives_what_stands_beside_it():
    known, told = {"date": date}, 0
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            _, _, expected = lines[statement.end_lineno - 1].partition("  # ")
            if isinstance(statement, ast.Expr) and expected:
                assert expected == str(plain(eval(ast.unparse(statement), known))), expected
                told += 1
            else:
                exec(ast.unparse(statement), known)
    assert told > 10


def test_the_command_prints_what_stands_below_it(capsys):
    ((words, printed),) = re.findall(r"^\$ kordon page (.*)\n((?:.+\n)+)```", GUIDE, re.MULTILINE)
    command.main(words.split())
    assert capsys.readouterr().out == printed


def test_every_word_of_an_answer_is_explained():
    for word in (*Outcome, *Support, *Code):
        assert f"| `{word}` |" in GUIDE, word
