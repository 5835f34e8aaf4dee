"""Fuzzing tries everything that is fed from outside, and finds what is wrong."""

import dataclasses
import inspect
import itertools
import json
import os
import random
import sys
import time

import pytest

from kordon.lib import traveldocs
from kordon.lib.traveldocs import chip, crosscheck, page, seal
from kordon.lib.traveldocs.seal import images
from kordon.measure.fuzzing import trying, working
from kordon.measure.fuzzing.mutating import LARGEST
from kordon.measure.fuzzing.parser import LARGE, Parser
from kordon.measure.fuzzing.running import Fuzzing, write_crashers
from kordon.measure.fuzzing.seeding import KEPT, bases_of, crashers_of
from kordon.measure.fuzzing.table import PARSERS
from kordon.measure.fuzzing.trying import Trial
from kordon.measure.home import Home
from kordon.measure.proofs import fuzz
from kordon.measure.report import Report

EACH = pytest.mark.parametrize("name", PARSERS)
FEW = {"page": 1}
"""A page is looked at for a second."""
WRITES = {"write_mrz", "write_vds", "write_vds_nc", "write_image", "kind_named", "table_of"}
"""Given by the caller's own hand, not by a document; each has tests of its errors."""


def patient(name):
    """The parser, with all the time it wants: other processes are no fault of it."""
    return dataclasses.replace(PARSERS[name], slow_s=60.0)


def parser(tries, **more):
    return Parser(name="invented", tries=tries, refuses=(KeyError,), **more)


@EACH
def test_no_input_is_a_fault(name):
    trial = Trial(patient(name))
    answers = working.Answers()
    number = FEW.get(name, 300)
    for octets in itertools.islice(working.inputs(PARSERS[name], 1, 0, answers), number):
        answer, fault = trial.run(octets)
        assert fault is None, (fault.where, octets)
        answers.hear(answer)
    assert trial.tally.tried == number
    assert trial.tally.tried == trial.tally.refused + sum(trial.tally.reached.values())


@EACH
def test_seeds_are_read(name):
    """Else nothing would be fuzzed but the first refusal."""
    trial = Trial(patient(name))
    for octets in bases_of(PARSERS[name])[: FEW.get(name)]:
        assert trial.run(octets)[1] is None
    assert trial.tally.reached or name == "canonical"
    assert trial.tally.largest <= LARGE


@EACH
def test_what_is_said_to_be_covered_is_called(name):
    called = set()
    covers = {each.__code__ for each in PARSERS[name].covers if inspect.isfunction(each)}
    sys.setprofile(lambda frame, event, _: called.add(frame.f_code))
    try:
        for octets in bases_of(PARSERS[name])[: FEW.get(name, 20)]:
            Trial(patient(name)).run(octets)
    finally:
        sys.setprofile(None)
    assert covers <= called


@pytest.mark.parametrize("module", [traveldocs, chip, seal, page, crosscheck, images])
def test_every_function_of_the_library_is_fed(module):
    covered = {each for one in PARSERS.values() for each in one.covers}
    names = getattr(module, "__all__", None) or [
        name
        for name, each in vars(module).items()
        if inspect.isfunction(each) and each.__module__ == module.__name__
    ]
    fed = {name: getattr(module, name) for name in names if not name.startswith("_")}
    missing = {
        name
        for name, each in fed.items()
        if callable(each) and not inspect.isclass(each) and each not in covered
    }
    assert missing <= WRITES


def test_the_same_seed_makes_the_same_inputs():
    def made(seed, chunk):
        return list(itertools.islice(working.inputs(PARSERS["sod"], seed, chunk, quiet()), 50))

    def quiet():
        return working.Answers()

    assert made(1, 0) == made(1, 0)
    assert made(1, 0) != made(2, 0)
    assert made(1, 0) != made(1, 1)
    assert max(map(len, made(1, 0))) <= LARGEST


def test_what_is_answered_anew_is_changed_further():
    answers = working.Answers()
    grows = parser(None, change=lambda chance, octets, other: octets + b"+", seeds="message")
    made = working.inputs(grows, 1, 0, answers)
    longest = 0
    for number, octets in enumerate(itertools.islice(made, 200)):
        longest = max(longest, len(octets))
        answers.hear(str(number))
    assert longest > len(bases_of(grows)[0]) + 10


def test_one_bit_is_one_bit():
    (good,) = {bases_of(PARSERS["one-bit"])[0]}
    changed = PARSERS["one-bit"].change(random.Random(1), good, b"")
    assert (int.from_bytes(good, "big") ^ int.from_bytes(changed, "big")).bit_count() == 1


def test_any_other_error_is_a_fault_and_a_documented_one_is_none():
    def tries(octets):
        raise {b"k": KeyError, b"v": ValueError, b"s": SystemExit}[octets]

    trial = Trial(parser(tries))
    assert trial.run(b"k") == ("KeyError", None)
    answer, fault = trial.run(b"v")
    assert (answer, fault.kind, fault.octets) == ("uncaught", "uncaught", b"v")
    assert "ValueError at test_fuzzing.py" in fault.where
    assert trial.run(b"s")[1].kind == "uncaught"
    assert (trial.tally.tried, trial.tally.refused) == (3, 1)
    assert trial.tally.faults == {"uncaught": 2}


def test_what_is_slow_each_time_is_a_fault_and_what_is_slow_once_is_told():
    def burn():
        until = time.thread_time() + 0.03
        while time.thread_time() < until:
            pass

    trial = Trial(parser(lambda octets: burn() or "read", slow_s=0.02))
    assert trial.run(b"")[1].kind == "slow"
    turns = iter([burn])
    trial = Trial(parser(lambda octets: next(turns, str)() or "read", slow_s=0.02))
    assert trial.run(b"")[1] is None
    assert (trial.tally.again, trial.tally.tried, trial.tally.faults) == (1, 1, {})


@pytest.mark.skipif(not trying.PEAK_AGAIN.exists(), reason="no /proc: the peak is never set back")
def test_what_needs_much_memory_is_a_fault():
    needs = parser(lambda octets: f"{len(b'x' * (int(octets) << 20))}", slow_s=60.0)
    trial = Trial(needs)
    assert trial.run(b"20")[1] is None
    fault = trial.run(b"300")[1]
    assert (fault.kind, trial.tally.faults) == ("large", {"large": 1})
    assert trial.run(b"20")[1] is None
    assert trial.tally.largest >> 20 in range(290, 330)


def test_a_document_that_nobody_signed_is_a_fault(monkeypatch):
    for name, module in (("chip", "chips"), ("vds", "seals")):
        monkeypatch.setattr(f"kordon.measure.fuzzing.{module}._signed", frozenset)
        kinds = [Trial(patient(name)).run(octets)[1] for octets in bases_of(PARSERS[name])]
        assert {each.kind for each in kinds if each} == {"wrong"}


def test_old_crashers_are_tried_first():
    folders = {path.name for path in KEPT.iterdir()}
    assert folders
    assert folders <= set(PARSERS)
    for name in folders:
        kept = crashers_of(PARSERS[name])
        assert kept
        assert bases_of(PARSERS[name])[-len(kept) :] == kept


def dying(**told):
    """Runs in a child: one parser that dies of some inputs, one that does not."""
    PARSERS["dies"] = dataclasses.replace(
        PARSERS["message"], name="dies", tries=lambda octets: die_of(octets), seeds="message"
    )
    working.work(**told)


def die_of(octets):
    if len(octets) % 64 == 63:
        os._exit(139)
    return "read"


def test_a_child_that_dies_is_started_anew_and_its_input_kept(tmp_path):
    work = {"seed": 1, "inputs": 3 * working.CHUNK, "seconds": 0}
    parsers = ["dies", "message"]
    fuzzing = Fuzzing(Home(tmp_path), parsers, work, f"{__name__}:dying", 1, print)
    fuzzing.run()
    (found,) = fuzzing.found.values()
    assert (found.parser, found.kind, found.where) == ("dies", "died", "status 139")
    assert len(found.octets) % 64 == 63
    assert fuzzing.of("dies").faults["died"] >= 1
    assert fuzzing.of("message").tried >= 3 * working.CHUNK
    lines = write_crashers(iter([found]), tmp_path / "kept")
    assert (tmp_path / "kept" / "01-dies").read_bytes() == found.octets
    assert "kordon prove fuzz" in lines[0]


def test_the_proof_tells_what_it_tried(monkeypatch):
    monkeypatch.setattr(fuzz.importlib.util, "find_spec", lambda name: None)
    report = Report(name="prove fuzz", count=60, parsers=("com", "message"))
    fuzz.measure(report)
    assert report.examined["com: inputs"] >= 60
    assert report.examined["message: inputs"] >= 60
    assert not report.missed
    assert list(report.figures)[-1] == "uncaught"
    assert any("atheris" in note for note in report.notes)


def test_files_are_tried_by_themselves(tmp_path):
    file = tmp_path / "input"
    file.write_bytes(json.dumps({"a": 1}).encode())
    report = Report(name="prove fuzz", parsers=("message",), files=(file,))
    fuzz.measure(report)
    assert report.examined == {"files": 1}
    assert "BadMessage" in report.notes[0]
    assert report.figures == {"faults": 0}
    with pytest.raises(SystemExit, match="There is no parser 'nothing'"):
        fuzz.measure(Report(name="prove fuzz", parsers=("nothing",)))
    with pytest.raises(SystemExit, match="Name the one parser"):
        fuzz.measure(Report(name="prove fuzz", files=(file,)))
