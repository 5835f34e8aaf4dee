"""``kordon chip verify``, ``kordon trust inspect`` and ``kordon reader simulate``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS
from kordon.node import reader
from kordon.node.chip import inspecting, main

LISTS = Path(os.environ.get("KORDON_VECTORS", "/nowhere")) / "travel-documents" / "masterlists"
SIGNER = CSCA.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
OTHER = a.Authority(country="XX", number=2)


@pytest.fixture
def dump(tmp_path):
    folder = tmp_path / "dump"
    folder.mkdir()
    signer = CSCA.signer()
    for name, content in {
        "EF_SOD.bin": signer.sod(GROUPS),
        "Datagroup1.bin": GROUPS[1],
        "DG2.bin": GROUPS[2],
        "readme.txt": b"not of the chip",
    }.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def trusted(tmp_path):
    (tmp_path / "csca.cer").write_bytes(CSCA.certificate())
    return str(tmp_path / "csca.cer")


def run(capsys, command, *words):
    status: object = 0
    try:
        command([str(word) for word in words])
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_folder_is_verified(capsys, dump, trusted):
    words = ("verify", dump, "--trust", trusted, "--date", "2024-06-01", "--json")
    status, out, _ = run(capsys, main, *words)
    said = json.loads(out)
    assert (status, said["outcome"], said["refused_trust"]) == (0, "VERIFIED", [])
    assert said["digests_hold"] == {"1": True, "2": True}


def test_the_status_says_failed_or_not_verifiable(capsys, dump, trusted):
    words = ("verify", dump, "--date", "2024-06-01")
    assert run(capsys, main, *words)[0] == 3
    (dump / "DG2.bin").write_bytes(GROUPS[2] + b"!")
    status, out, _ = run(capsys, main, *words, "--trust", trusted)
    assert status == 1
    assert "DG_HASH_MISMATCH DG2" in out


def test_a_sod_alone_and_the_printed_zone(capsys, dump, trusted):
    words = ("verify", dump / "EF_SOD.bin", "--trust", trusted, "--date", "2024-06-01")
    assert run(capsys, main, *words)[0] == 0
    zone = a.MRZ.decode().replace("L898902C3", "L898902C4")
    lines = f"{zone[:44]}|{zone[44:]}"
    words = ("verify", dump, "--trust", trusted, "--date", "2024-06-01", "--mrz", lines)
    assert "XCHK_MRZ_DG1" in run(capsys, main, *words)[1]


def test_trust_that_is_none_is_told_and_the_rest_is_used(capsys, dump, trusted, tmp_path):
    (tmp_path / "hello.txt").write_text("hello")
    words = ("verify", dump, "--trust", tmp_path / "hello.txt", trusted, "--date", "2024-06-01")
    status, out, _ = run(capsys, main, *words)
    assert status == 0
    assert "not taken" in out


def test_what_is_not_there_ends_in_one_sentence(capsys):
    status, _, err = run(capsys, main, "verify", "/nowhere/at/all", "--json")
    assert status == 2
    assert "no such file" in json.loads(err)["error"]["text"]


def test_a_folder_without_a_chip_and_a_zone_that_is_none_are_slips(capsys, dump, tmp_path):
    """They would else be told as a document that is not verifiable, or failed."""
    (tmp_path / "empty").mkdir()
    status, out, err = run(capsys, main, "verify", tmp_path / "empty")
    assert (status, out) == (2, "")
    assert "holds no file of a chip" in err
    status, out, err = run(capsys, main, "verify", dump, "--mrz", "nonsense")
    assert (status, out) == (2, "")
    assert "--mrz is no zone" in err


def test_a_device_without_an_end_is_not_read_to_its_end(capsys):
    status, _, err = run(capsys, main, "verify", "/dev/zero")
    assert status == 2
    assert "larger than" in err


def test_a_day_that_is_none_is_said_so(capsys, dump):
    status, _, err = run(capsys, main, "verify", dump, "--date", "2024-02-30")
    assert status == 2
    assert "2024-02-30 is no day; write it as 2026-11-26" in err


def test_a_state_that_the_list_lacks_is_said_so(capsys, tmp_path):
    (tmp_path / "x.ml").write_bytes(a.master_list(SIGNER, [CSCA.certificate()]))
    words = ("inspect", tmp_path / "x.ml", "--state")
    assert "none of this state" in run(capsys, inspecting.main, *words, "KGZ")[1]
    assert "none of this state" not in run(capsys, inspecting.main, *words, "UT")[1]


def test_what_is_no_list_says_what_was_wanted(capsys, tmp_path):
    (tmp_path / "hello.txt").write_text("hello")
    status, out, _ = run(capsys, inspecting.main, "inspect", tmp_path / "hello.txt")
    assert (status, out.count("\n")) == (1, 1)
    assert "is it a whole CSCA master list?" in out
    assert "is a directory" in run(capsys, inspecting.main, "inspect", tmp_path)[1]


def test_a_list_is_inspected_by_state(capsys, tmp_path):
    forged = OTHER.certificate(pair=a.P256.pair(99))
    content = a.master_list(SIGNER, [CSCA.certificate(), forged])
    (tmp_path / "x.ml").write_bytes(content)
    status, out, _ = run(capsys, inspecting.main, "inspect", tmp_path / "x.ml", "--json")
    said = json.loads(out)
    assert (status, said["certificates"], said["holding"]) == (0, 2, 1)
    (flawed,) = said["by_state"]["XX"]
    assert flawed["standing"] == "WRONG_SIGNATURE"
    assert "did not sign" in flawed["why"]
    assert "1 do not hold" in run(capsys, inspecting.main, "inspect", tmp_path / "x.ml")[1]


def test_a_list_whose_signature_fails_is_refused_with_its_code(capsys, tmp_path):
    (tmp_path / "x.ml").write_bytes(
        a.master_list(SIGNER, [CSCA.certificate()], signature=a.P256.sign(SIGNER.pair, b"else"))
    )
    status, out, _ = run(capsys, inspecting.main, "inspect", tmp_path / "x.ml", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "LIST_SIG_INVALID")


@pytest.mark.skipif(not LISTS.exists(), reason="no vectors: KORDON_VECTORS")
def test_published_lists_hold_and_the_broken_one_is_refused(capsys):
    files = sorted(LISTS.glob("*.ml"))
    status, out, _ = run(capsys, inspecting.main, "inspect", "--json", *files)
    said = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [one["file"].rsplit("/", 1)[-1] for one in said if "error" in one] == [
        "ICAO_ml_September2023.ml"
    ]
    taken = [one for one in said if "error" not in one]
    assert [one["certificates"] for one in taken] == [541, 557, 577]
    assert all(not one["unreadable"] for one in taken)
    assert all(set(one["standing"]) <= {"SELF_SIGNED", "LINKED", "ISSUER_UNKNOWN"} for one in taken)


def test_neither_needs_the_framework(dump):
    code = "import sys; from kordon.node.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "assert 'django' not in sys.modules"
    for words in (("chip", "verify", str(dump)), ("trust", "inspect", str(dump / "DG2.bin"))):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True)
        assert done.returncode == 0, done.stderr.decode()


def test_without_a_token_or_documents_nothing_is_sent(capsys, dump, tmp_path, monkeypatch):
    monkeypatch.delenv(reader.VARIABLE, raising=False)
    words = ("simulate", dump, "--booth", "1")
    assert "token" in run(capsys, reader.main, *words)[2]
    (tmp_path / "empty").mkdir()
    words = ("simulate", tmp_path / "empty", "--booth", "1", "--token", "x", "--json")
    assert "no files of a chip" in json.loads(run(capsys, reader.main, *words)[2])["error"]["text"]


def test_what_stops_the_simulated_reader_is_one_sentence(capsys, dump, tmp_path):
    booth = ("--booth", "1", "--token", "x", "--to", "http://127.0.0.1:1")
    err = run(capsys, reader.main, "simulate", tmp_path / "nowhere", *booth)[2]
    assert err == f"{tmp_path / 'nowhere'}: no such file or directory.\n"
    err = run(capsys, reader.main, "simulate", dump, *booth)[2]
    assert err.startswith("http://127.0.0.1:1 cannot be reached: ")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "seal.png").write_bytes(b"garbage")
    err = run(capsys, reader.main, "simulate", tmp_path / "odd", *booth)[2]
    assert "seal.png: this is no seal" in err


@pytest.mark.parametrize("pause", ["-1", "1e20", "nan", "soon"])
def test_a_pause_that_nobody_can_wait_for_is_refused(capsys, dump, pause):
    words = ("simulate", dump, "--booth", "1", "--token", "x", f"--pause={pause}")
    assert run(capsys, reader.main, *words)[0] == 2
