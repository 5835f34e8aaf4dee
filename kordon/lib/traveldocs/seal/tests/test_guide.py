"""The examples of docs/guides/seal.md do what they say."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import KINDS, Same, Status, Step
from kordon.lib.traveldocs.seal.images import write_image
from kordon.lib.traveldocs.seal.tests import specimens as s

GUIDE = (Path(__file__).parents[5] / "docs" / "guides" / "seal.md").read_text()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    key = a.P256.pair(100).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    written = {
        "visa.png": write_image(s.seal()),
        "authority.crt": s.CSCA.certificate(),
        "authority.crl": s.GOOD_LIST,
        "signer.crt": s.certificate().raw,
        "key.pem": key,
    }
    for name, octets in written.items():
        (tmp_path / name).write_bytes(octets)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_example_gives_what_stands_beside_it(folder):
    known, told = {}, 0
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            source = ast.unparse(statement)
            if not isinstance(statement, ast.Expr):
                exec(source, known)
                continue
            _, _, expected = lines[statement.end_lineno - 1].partition("  # ")
            value = eval(source, known)
            assert expected in (str(value), _plain(value)), source
            told += 1
    assert told > 15


def _plain(value):
    """Words of enumerations as they are written, inside tuples too."""
    if isinstance(value, tuple):
        return str(tuple(str(each) if isinstance(each, str) else each for each in value))
    return repr(value)


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
