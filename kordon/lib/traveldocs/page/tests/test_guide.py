"""The examples of docs/guides/page.md do what they say."""

import ast
import re
from datetime import date
from enum import Enum
from pathlib import Path

import numpy as np
import pytest

from kordon.lib.traveldocs import Format
from kordon.lib.traveldocs.page import Code, Outcome, Support
from kordon.lib.traveldocs.page.training.pages import print_page
from kordon.node import page as command

GUIDE = (Path(__file__).parents[5] / "docs" / "guides" / "page.md").read_text()
LINES = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    image = print_page(Format.TD3, LINES, np.random.default_rng(9303))
    image.save(tmp_path / "passport.jpg", quality=85)
    per_mm = image.width / 125
    box = [round(each * per_mm) for each in (14.2, 88 - 11, 22, 88 - 5)]
    image.paste(170, box)
    image.save(tmp_path / "covered.jpg", quality=85)
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
