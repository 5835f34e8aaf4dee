"""Names against lists on the command line, without a node."""

import json

import pytest

from kordon.node import screen

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


@pytest.mark.parametrize(
    "text, said", [("", "no column"), ("a,b\n1,2\n", "no column"), ("\x00\xff", "no column")]
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path, listed, text, said):
    asked = tmp_path / "queries.csv"
    asked.write_text(text)
    with pytest.raises(SystemExit, match=said):
        screen.main(["--list", str(listed), "--queries", str(asked)])
