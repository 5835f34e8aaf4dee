"""Every trouble and every code that can stop a node has words; the log has only codes and names."""

import ast
import re
from pathlib import Path

import pytest

from kordon.network.broker.desk import FULL, LOST
from kordon.network.rules import troubles
from kordon.network.words import NAMES, say_trouble
from kordon.network.words.troubles import DO, REASONS, TEXTS

ROOMS = Path(__file__).parents[2]
RAISED = re.compile(r'(?:Rejected|Stopped|BadBatch)\(\s*"(\w+)"')
NO_FAULT = {"gap", "files_missing"}
"""Those are how it goes on."""
PLAIN = {"node", "code", "text", "report", "source", "duty", "reaction", "entry", "channel"}
PLAIN |= {"subject", "stream", "call", "times", "silent_s", "error", "reason"}
"""The last two are the words of our own refusals and of the broker's library."""


def sources(*rooms):
    for room in rooms:
        for path in sorted((ROOMS / room).rglob("*.py")):
            if "tests" not in path.parts:
                yield path


def test_every_trouble_has_a_name_a_sentence_and_what_to_do():
    codes = set(re.findall(r'code="(\w+)"', Path(troubles.__file__).read_text())) | {FULL, LOST}
    assert codes
    for words in (NAMES, TEXTS, DO):
        assert set(words) == codes


def test_every_reason_to_stop_or_refuse_has_words():
    text = "".join(path.read_text() for path in sources("journal", "network"))
    raised = set(RAISED.findall(text))
    assert raised
    assert sorted(raised - NO_FAULT - set(REASONS)) == []


@pytest.mark.parametrize("params", [{}, {"code": "of_tomorrow"}, {"entries": "many"}, {"free": ""}])
def test_what_a_newer_version_means_stands_as_its_code(params):
    assert say_trouble("of_tomorrow", params)["text"] == "of_tomorrow"
    for code in TEXTS:
        assert say_trouble(code, params)["text"]


def test_a_post_is_told_other_things_than_headquarters():
    told = {"code": "diverged"}
    assert say_trouble("stopped", told)["do"].startswith("It goes on")
    assert say_trouble("stopped", told, here=True)["do"].startswith("Work on. Call headquarters")


def test_the_log_of_the_exchange_names_nodes_and_codes_only():
    said = []
    for path in sources("network"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("log."):
                assert isinstance(call.args[0], ast.Constant), f"{path.name}: the event is a word"
                said += [(path.name, word.arg) for word in call.keywords]
    assert said
    assert [(name, word) for name, word in said if word not in PLAIN] == []
