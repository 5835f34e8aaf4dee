"""The examples of docs/guides/seal.md do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kordon.lib.traveldocs.seal import KINDS, Same, Status, Step
from kordon.lib.traveldocs.tests.examples import write_seal
from kordon.lib.traveldocs.tests.guide import run_examples

GUIDE = (Path(__file__).parents[5] / "docs" / "guides" / "seal.md").read_text()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write_seal(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_example_gives_what_stands_beside_it(folder):
    assert run_examples(GUIDE) > 15


def test_every_command_prints_what_stands_below_it(folder):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    tried = 0
    for block in re.findall(r"```console\n(.*?)```", GUIDE, re.DOTALL):
        for command, said in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                capture_output=True,
                text=True,
                env=os.environ | {"PATH": path},
            )
            assert (done.stdout, done.stderr) == (said, ""), command
            tried += 1
    assert tried == 3


def test_everything_has_its_words():
    words = (*Step, *Status, *Same, *(each.name for each in KINDS.values()))
    assert [each for each in words if f"`{each}`" not in GUIDE and each != "SAME"] == []
    for kind in KINDS.values():
        assert f"{kind.reference:02X} {kind.category:02X}" in GUIDE
