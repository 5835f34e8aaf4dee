"""Persons of a file against lists on the command line, with a node and without."""

import csv
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from kordon.node import screen
from kordon.node.screen import working

LIST = "ref,name,birth date,nationality,sex\nA1,Saddam al-Tikriti,28.04.1937,IRQ,M\n"


def answers(capsys, *words):
    screen.main([str(word) for word in words])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def test_a_listed_person_is_found_romanised_otherwise_and_an_innocent_is_not(
    capsys, tmp_path, listed
):
    asked = tmp_path / "queries.csv"
    asked.write_text("full_name,date_of_birth\nСаддам аль-Тикрити,1937-04-28\nAnna Eriksson,1974\n")
    found, innocent = answers(capsys, "--list", listed, "--queries", asked)
    (candidate,) = found["candidates"]
    assert candidate["key"] == "list.csv:A1"
    total = sum(reason["weight"] for reason in candidate["reasons"])
    assert candidate["score"] == pytest.approx(total, abs=0.01)
    assert innocent["candidates"] == []


def test_what_cannot_be_understood_counts_as_unknown(capsys, tmp_path, listed):
    asked = tmp_path / "queries.csv"
    asked.write_text("name,dob,sex,citizenship\nAnna,someday,other,Atlantis\n")
    (answer,) = answers(capsys, "--list", listed, "--queries", asked)
    assert (answer["names"], answer["born"]) == (["Anna"], [0, 0, 0])


def test_pairs_are_scored_with_reasons(capsys, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("name1,name2\nMukhammad Aliyev,Мухаммад Алиев\nAnna,Boris\n")
    same, other = answers(capsys, "--pairs", pairs)
    assert same["score"] > 0.9 > 0.5 > other["score"]
    assert same["reasons"][0]["text"]


def test_pairs_with_a_cell_that_is_too_long_are_refused_in_a_sentence(tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f'name1,name2\nAnna,Anna\n"{"a" * 200_000}",Anna\n')
    with pytest.raises(SystemExit, match=r"pairs\.csv, line 3: field larger"):
        screen.main(["--pairs", str(pairs)])


@pytest.mark.parametrize(
    "text, said", [("", "no column"), ("a,b\n1,2\n", "no column"), ("\x00\xff", "no column")]
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path, listed, text, said):
    asked = tmp_path / "queries.csv"
    asked.write_text(text)
    with pytest.raises(SystemExit, match=said):
        screen.main(["--list", str(listed), "--queries", str(asked)])


PERSONS = """Фамилия;Имя;Дата рождения;Пол;Гражданство;Паспорт;Страна выдачи;Код
аль-Тикрити;Саддам;28 апреля 1937;м;Ирак;;;17
Ericsson;Anna;1974;F;Sweden;AC 12345O7;KGZ;18
"""


def test_columns_are_understood_in_russian_names_split_and_dates_in_words(capsys, tmp_path, listed):
    asked = tmp_path / "persons.csv"
    asked.write_bytes(PERSONS.encode("cp1251"))
    saddam, anna = answers(capsys, asked, "--list", listed)
    assert (saddam["ref"], saddam["born"]) == ("17", [1937, 4, 28])
    assert saddam["candidates"][0]["key"] == "list.csv:A1"
    assert {reason["code"] for reason in saddam["candidates"][0]["reasons"]} >= {"birth_same"}
    assert (anna["names"], anna["candidates"]) == (["Anna Ericsson"], [])


def test_columns_may_be_told(capsys, tmp_path, listed):
    asked = tmp_path / "persons.csv"
    asked.write_text("who,when\nSaddam al-Tikriti,04/28/1937\n")
    told = ("--column", "name=who", "--column", "birth_date=when", "--month-first")
    (answer,) = answers(capsys, asked, "--list", listed, *told)
    assert (answer["born"], len(answer["candidates"])) == ([1937, 4, 28], 1)
    with pytest.raises(SystemExit, match="no column 'nobody'"):
        answers(capsys, asked, "--list", listed, "--column", "name=nobody")


def test_json_lines_hold_several_names_and_documents(capsys, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("ref,name,passport,issuer\nA1,Saddam al-Tikriti,AC1234507,KGZ\n")
    persons = [
        {"name": ["Nobody At All", "صدام التكريتي"], "id": 5, "documents": "AC12345O7"},
        {"full_name": "Anna", "documents": [{"number": "AC1234507", "issuer": "Kyrgyzstan"}]},
        {"full_name": "Anna", "documents": [{"number": "AC1234507", "issuer": "KAZ"}]},
    ]
    asked = tmp_path / "persons.jsonl"
    asked.write_text("\n\n".join(json.dumps(person) for person in persons))
    found, same, other_state = answers(capsys, asked, "--list", listed)
    assert [one["key"] for one in found["candidates"]] == ["list.csv:A1"]
    assert (found["ref"], found["documents"][0]["exact"]) == ("5", False)
    assert same["documents"][0]["exact"]
    assert "documents" not in other_state


BAD = ['{"name": "Anna"', "[1]", '{"name": ""}', '{"name": {"a": 1}}', '{"a":' * 9000, "x" * 70_000]


def test_a_bad_line_costs_no_other_and_is_answered_in_its_place(capsys, tmp_path, listed):
    good = '{"name": "Saddam al-Tikriti", "dob": "28.04.1937"}'
    asked = tmp_path / "persons.jsonl"
    asked.write_text("\n".join([good, *BAD, good, '{"name": "' + "A" * 301 + '"}']) + "\n\xff")
    with pytest.raises(SystemExit) as left:
        screen.main([str(asked), "--list", str(listed)])
    said = capsys.readouterr()
    told = [json.loads(line) for line in said.out.splitlines()]
    assert left.value.code == 3
    assert "8 rows are nobody" in said.err
    assert [it["number"] for it in told] == list(range(1, 11))
    codes = [it.get("error", {}).get("code") for it in told]
    bad = ["bad_json", "bad_json", "no_name", "bad_value", "bad_json", "too_long"]
    assert codes == [None, *bad, None, "too_long", "bad_json"]
    assert told[7]["candidates"] == told[0]["candidates"] != []


def test_bad_rows_of_a_table_are_told_with_their_lines(capsys, tmp_path, listed):
    asked = tmp_path / "persons.csv"
    rows = ['"Saddam\nal-Tikriti",1937', 'Anna "Maria,1974', "A,B,C", ",1974", "Anna,soon"]
    asked.write_text("\n".join(["name,dob", *rows]))
    with pytest.raises(SystemExit):
        screen.main([str(asked), "--list", str(listed)])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    codes = [(it["line"], it.get("error", {}).get("code")) for it in told]
    unclosed = (4, "unclosed_quote")
    assert codes == [(2, None), unclosed, (5, "wrong_columns"), (6, "no_name"), (7, None)]
    assert told[0]["names"] == ["Saddam al-Tikriti"]
    assert told[4]["unclear"] == [{"field": "birth_date", "text": "soon"}]


def test_a_table_for_a_spreadsheet_holds_no_formulas(capsys, tmp_path, listed):
    asked = tmp_path / "persons.csv"
    asked.write_text("id,name,dob\n=1+1,Saddam al-Tikriti,28.04.1937\n-2,Anna,\n")
    out = tmp_path / "answers.csv"
    screen.main([str(asked), "--list", str(listed), "--output-format", "csv", "--output", str(out)])
    saddam, anna = csv.DictReader(out.open())
    assert (saddam["ref"], saddam["key"], saddam["by"]) == ("'=1+1", "list.csv:A1", "name")
    assert "Born on the listed date" in saddam["reasons"]
    assert (anna["ref"], anna["found"], anna["key"]) == ("'-2", "", "")


def test_all_cores_answer_in_order_and_say_the_same(tmp_path, listed):
    asked, one, two = (tmp_path / name for name in ("persons.csv", "one", "two"))
    rows = [f"{n},{('Anna', 'Saddam al-Tikriti')[n % 3 == 0]},28.04.1937" for n in range(950)]
    asked.write_text("\n".join(["id,name,dob", *rows]))
    for out, processes in ((one, 1), (two, 2)):
        words = (asked, "--list", listed, "--output", out, "--processes", processes)
        screen.main([str(word) for word in words])
    assert one.read_text() == two.read_text()
    assert [json.loads(line)["ref"] for line in two.open()] == [str(n) for n in range(950)]


def test_a_process_that_dies_is_told_and_no_file_pretends_to_be_whole(
    tmp_path, listed, monkeypatch
):
    asked, out = tmp_path / "persons.csv", tmp_path / "answers"
    asked.write_text("name\n" + "Anna\n" * 1000)
    monkeypatch.setattr(working, "begin", die)
    with pytest.raises(SystemExit, match="has ended"):
        screen.main([str(asked), "--list", str(listed), "--output", str(out), "--processes", "2"])
    assert not out.exists()


def die(wishes):
    os._exit(7)


def test_misuse_is_refused(tmp_path, listed, capsys):
    for words in ([], ["a.csv", "--threshold", "9"], ["a.csv", "--pairs", "b.csv"]):
        with pytest.raises(SystemExit) as left:
            screen.main(words)
        assert left.value.code == 2
    with pytest.raises(SystemExit, match="No such file"):
        screen.main([str(tmp_path / "nothing"), "--list", str(listed)])
    empty = tmp_path / "empty.csv"
    empty.write_text("ref,name\n")
    with pytest.raises(SystemExit, match="no person"):
        screen.main([str(listed), "--list", str(empty)])


def kordon(home, *words, given=""):
    """The command as somebody calls it, at a node of its own."""
    code = "from kordon.node.cli import main; main()"
    ours = ("PATH", "NUMBA_CACHE_DIR")
    environment = {name: os.environ[name] for name in ours} | {"KORDON_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        env=environment | {"KORDON_ADMIN_PASSWORD": "correct horse 9 battery"},
        input=given,
        capture_output=True,
        text=True,
    )


def test_the_lists_of_the_node_are_searched_and_every_part_is_logged_first(tmp_path, listed):
    home = tmp_path / "node"
    nobody = kordon(home, "screen", "-", given="name\nAnna\n")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "no node" in nobody.stderr
    assert kordon(home, "init").returncode == 0
    assert kordon(home, "watchlist", "import", "--format", "table", listed).returncode == 0
    rows = ["Саддам аль-Тикрити,1937-04-28", *["Anna,"] * 449, "Saddam al-Tikriti,28.04.1937"]
    given = "\n".join(["name,dob", *rows])
    done = kordon(home, "screen", "-", "--processes", 2, given=given)
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [it["number"] for it in told if it["matches"]] == [1, 451]
    match = told[0]["matches"][0]
    assert (match["strength"], match["category"]) == ("stop", "agency_notice")
    assert sum(reason["weight"] for reason in match["reasons"]) == pytest.approx(
        match["score"], 1e-3
    )
    with sqlite3.connect(home / "kordon.sqlite3") as database:
        lines = database.execute("SELECT query, about FROM journal_personalread").fetchall()
    about = [json.loads(about) for query, about in lines if query == "watchlist.screen_persons"]
    alert = f"alert:{match['alert']}"
    assert sorted(map(tuple, about)) == [
        ("persons:200",), ("persons:200", alert), ("persons:51", alert),
    ]  # fmt: skip
    as_nobody = kordon(home, "screen", "-", "--as", "nobody", given=given)
    assert as_nobody.returncode == 1
    assert "nobody" in as_nobody.stderr
