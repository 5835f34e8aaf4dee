"""The examples of docs/guides/chip.md do what they say."""

from pathlib import Path

from kordon.lib.traveldocs.chip import Code, Step
from kordon.lib.traveldocs.tests.examples import write_chip
from kordon.lib.traveldocs.tests.guide import run_examples

GUIDE = Path(__file__).parents[5] / "docs" / "guides" / "chip.md"


def test_every_example_gives_what_stands_beside_it(tmp_path, monkeypatch):
    write_chip(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run_examples(GUIDE.read_text()) > 15


def test_every_step_and_every_code_of_passive_authentication_is_explained():
    text = GUIDE.read_text()
    assert [step for step in Step if f"| {step.number} `{step}` |" not in text] == []
    elsewhere = ("OK", "LIST_", "AA_", "CA_", "RULE_")
    passive = [code for code in Code if not code.startswith(elsewhere)]
    assert [code for code in passive if code not in text] == []
