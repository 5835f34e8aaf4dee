"""The examples of docs/guides/chip.md do what they say."""

from pathlib import Path

from kordon.lib.traveldocs.chip import Code, Step
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS
from kordon.lib.traveldocs.tests.guide import run_examples

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
    assert run_examples(GUIDE.read_text()) > 15


def test_every_step_and_every_code_of_passive_authentication_is_explained():
    text = GUIDE.read_text()
    assert [step for step in Step if f"| {step.number} `{step}` |" not in text] == []
    elsewhere = ("OK", "LIST_", "AA_", "CA_", "RULE_")
    passive = [code for code in Code if not code.startswith(elsewhere)]
    assert [code for code in passive if code not in text] == []
