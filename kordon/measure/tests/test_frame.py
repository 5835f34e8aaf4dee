"""The frame: what missed its bar fails, and machines read the last line."""

import json

import pytest

from kordon.measure import frame
from kordon.measure.report import Bar, Report, percentile


def test_a_bar_is_met_at_its_limit():
    assert Bar(at_most=30).met_by(30)
    assert not Bar(at_most=30).met_by(30.001)
    assert Bar(at_least=1).met_by(1)
    assert not Bar(at_least=1).met_by(0.999)


def test_a_missed_bar_is_named():
    report = Report(name="bench x")
    report.figure("p95_ms", 31.0, at_most=30)
    report.figure("free", 99.0)
    assert report.missed == ["p95_ms"]
    said = report.as_json()
    assert said["ok"] is False
    assert said["bars"] == {"p95_ms": {"at_most": 30, "met": False}}


def test_a_part_hides_no_figure_of_another():
    report = Report(name="prove x", count=3)
    for name, lost in (("one", 1), ("two", 0)):
        part = report.part()
        assert part.usually(9) == 3
        part.look_at("entries", 7)
        part.figure("lost", lost, at_most=0)
        report.take_over(part, name)
    assert report.missed == ["one_lost"]
    assert report.examined == {"one: entries": 7, "two: entries": 7}


def test_what_this_machine_cannot_do_is_said_and_proves_nothing(capsys, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as ended:
        frame.prove(["powercut", "--cuts", "1"])
    assert ended.value.code == frame.SKIPPED
    assert "SKIPPED, NOTHING PROVED" in capsys.readouterr().out


def test_percentiles_are_values_that_were_measured():
    values = [float(each) for each in range(1, 101)]
    assert [percentile(values, part) for part in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.95) == 7


def test_every_bench_and_proof_says_what_it_does():
    for folder in ("benches", "proofs"):
        assert all(frame.names(folder).values())


def test_the_last_line_is_for_machines(capsys):
    with pytest.raises(SystemExit):
        frame.bench(["mrz", "--count", "200", "--json"])
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["name"] == "bench mrz"
    assert {"ok", "examined", "figures", "bars"} <= said.keys()
