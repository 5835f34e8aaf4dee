"""One command before everything: its page, its errors in one sentence, its speed."""

import json
import subprocess
import sys

import pytest

from kordon.node.cli import LINES, main

SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<|L898902C36UTO7408122F1204159ZE184226B<<<<<10"
)


def ends(capsys, *words):
    """Exit code, standard output and error of a command that leaves the process."""
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capsys.readouterr()
    return left.value.code, said.out, said.err


def read(text, *options):
    """``kordon mrz read`` as a script uses it; only what it must be loaded is loaded."""
    code = "import sys; from kordon.node.cli import main; main(); "
    code += "assert 'django' not in sys.modules, 'mrz needs no framework'"
    call = [sys.executable, "-c", code, "mrz", "read", *options]
    done = subprocess.run(call, input=text.encode(), capture_output=True)
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_the_help_page_names_every_command(capsys):
    main(["--help"])
    page = capsys.readouterr().out
    for line in LINES:
        assert line.words in page


def test_a_mistyped_command_is_answered_with_the_nearest(capsys):
    status, out, err = ends(capsys, "chek")
    assert (status, out) == (2, "")
    assert err == "There is no command 'chek'. Did you mean: kordon check?\n"


def test_errors_are_json_where_json_was_asked_for(capsys):
    _, _, err = ends(capsys, "chek", "--json")
    assert json.loads(err)["error"]["text"].startswith("There is no command")


def test_misuse_ends_in_usage(capsys):
    status, _, err = ends(capsys, "run", "--prot", "8000")
    assert status == 2
    assert err.startswith("usage: kordon run")
    assert "--traceback" not in err


def test_an_mrz_is_read_with_verdicts():
    status, (answer,) = read(SPECIMEN + "\n", "--date", "2012-01-01")
    assert status == 0
    assert (answer["type"], answer["valid"]) == ("TD3", True)
    assert answer["fields"]["number"]["value"] == "L898902C3"
    assert answer["fields"]["birth"]["verdict"] == "OK"


def test_an_mrz_may_come_as_json_and_bad_lines_cost_no_others():
    lines = [
        json.dumps({"lines": SPECIMEN.split("|")}),
        '{"lines": [1, 2]}',
        "",
        "x" * 100_000,
        '{"lines": ' * 5000,
        SPECIMEN.replace("10", "11"),
    ]
    status, answers = read("\r\n".join(lines), "--date", "2012-01-01")
    assert status == 0
    assert [answer["valid"] for answer in answers] == [True, False, False, False, False]
    assert [answer.get("line") for answer in answers] == [None, 2, None, 5, None]
    assert answers[-1]["refused"] == ["composite"]


def test_a_repair_is_told_beside_what_was_read():
    misread = SPECIMEN.replace("UTO7408122", "UTOT4O8122")
    _, (plain,) = read(misread, "--date", "2012-01-01")
    _, (answer, sound) = read(f"{misread}\n{SPECIMEN}", "--date", "2012-01-01", "--repair")
    assert "repair" not in plain
    assert not answer["valid"]
    assert answer["lines"][1][13:20] == "T4O8122"
    assert answer["repair"]["lines"] == SPECIMEN.split("|")
    assert [each["position"] for each in answer["repair"]["changes"]] == [14, 16]
    assert sound["repair"]["outcome"] == "SOUND"
    assert answer["unseen"] == sound["unseen"]
    assert {"field": "number", "line": 2, "position": 1, "printed": "L", "others": "1"} in sound[
        "unseen"
    ]


def test_strict_reading_fails_where_one_is_invalid():
    assert read(SPECIMEN, "--date", "2012-01-01", "--strict")[0] == 0
    assert read("nonsense\n", "--strict")[0] == 1


def test_a_command_that_needs_a_node_says_how_to_make_one(tmp_path):
    code = "from kordon.node.cli import main; main()"
    call = [sys.executable, "-c", code, "journal", "verify"]
    done = subprocess.run(
        call, env={"KORDON_HOME": str(tmp_path), "PATH": ""}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    said = f"There is no node in {tmp_path} yet. Make one with: kordon init\n"
    assert done.stderr == said
