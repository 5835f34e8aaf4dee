"""The examples of docs/guides/chip.md do what they say."""

import ast
import re
from pathlib import Path

from kordon.lib.traveldocs.chip import Code, Step
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS

GUIDE = Path(__file__).parents[5] / "docs" / "guides" / "chip.md"


def test_every_example_gives_what_stands_beside_it(tmp_path, monkeypatch):
    signer = CSCA.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
    written = {
        "EF_SOD.bin": CSCA.signer().sod(GROUPS),
        "EF_COM.bin": a.com(0x61, 0x75),
        "DG1.bin": GROUPS[1],
        "DG2.bin": GROUPS[2],
        "master.ml": a.master_list(signer, [CSCA.certificate()]),
        "authority.crl": CSCA.revocation_list(5),
    }
    for name, octets in written.items():
        (tmp_path / name).write_bytes(octets)
    monkeypatch.chdir(tmp_path)
    known, told = {}, 0
    for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL):
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


def test_every_step_and_every_code_of_passive_authentication_is_explained():
    text = GUIDE.read_text()
    assert [step for step in Step if f"| {step.number} `{step}` |" not in text] == []
    elsewhere = ("OK", "LIST_", "AA_", "CA_", "RULE_")
    passive = [code for code in Code if not code.startswith(elsewhere)]
    assert [code for code in passive if code not in text] == []
