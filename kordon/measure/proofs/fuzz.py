"""Octets nobody meant, for every parser of foreign data: each is read or refused in words.

Seeds of the house, and vectors where KORDON_VECTORS names their folder, are changed over and over:
bits, lengths, nodes within nodes, fields, members, pieces of others. The same seed makes the same
inputs. No input may raise anything but its parser's documented error, take 50 ms of the processor
or 256 MiB more than the process had, or make a document or seal genuine that nobody signed. Where
atheris is installed, a second pass is guided by what the inputs reach in the code.
"""

import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from kordon.measure.fuzzing.running import Counted, Fuzzing, cores, write_crashers
from kordon.measure.home import Home
from kordon.measure.report import Report

MINUTES = 10.0
SEED = 9303
FUZZING = "kordon.measure.fuzzing"
MUTATING, GUIDED = f"{FUZZING}.working:work", f"{FUZZING}.guided:work"
TIME = ("slow", "hung")


def measure(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix="kordon-fuzz-") as folder:
        vectors = os.environ.get("KORDON_VECTORS", "")
        home = Home(Path(folder), {"KORDON_VECTORS": vectors, "KORDON_LOG_LEVEL": "CRITICAL"})
        parsers = _chosen(report, home.call(f"{FUZZING}.table:names"))
        if report.files:
            return _try_files(report, home, parsers)
        if not vectors:
            report.note("KORDON_VECTORS is not set: seeds of the house alone")
        _fuzz(report, home, parsers)
    return None


def _chosen(report: Report, known: list[str]) -> list[str]:
    if strange := sorted(set(report.parsers) - set(known)):
        sys.exit(f"There is no parser {strange[0]!r}. Known are: {', '.join(known)}")
    return [name for name in known if name in report.parsers or not report.parsers]


def _fuzz(report: Report, home: Home, parsers: list[str]) -> None:
    guided = importlib.util.find_spec("atheris") is not None
    minutes = report.minutes or (0 if report.count else MINUTES)
    passes = [(MUTATING, "")] + ([(GUIDED, "guided ")] if guided else [])
    seconds = minutes * 60 / len(parsers) / len(passes)
    work: dict[str, Any] = {"seed": SEED if report.seed is None else report.seed}
    work |= {"inputs": report.count or 0, "seconds": seconds}
    totals: dict[str, int] = {}
    lines: list[str] = []
    kept = Path(tempfile.gettempdir()) / f"kordon-crashers-{os.getpid()}"
    for function, word in passes:
        fuzzing = Fuzzing(home, parsers, work, function, cores(), report.progress)
        fuzzing.run()
        for name, counted in fuzzing.counted.items():
            _tell(report, f"{word}{name}", counted)
            for kind, number in counted.faults.items():
                totals[kind] = totals.get(kind, 0) + number
        found = fuzzing.found.values()
        lines += write_crashers(iter(found), kept / (word.strip() or "changed"))
    if not guided:
        report.note("atheris is not installed (pip install atheris): no pass guided by coverage")
    _judge(report, totals)
    for line in lines:
        report.note(line)


def _tell(report: Report, name: str, counted: Counted) -> None:
    report.look_at(f"{name}: inputs", counted.tried)
    report.look_at(f"{name}: refused as documented", counted.refused)
    for what, number in sorted(counted.reached.items()):
        report.look_at(f"{name}: {what}", number)
    if counted.again:
        report.look_at(f"{name}: slow once, and not when tried again", counted.again)
    report.figure(f"{name.replace(' ', '_')}_slowest_ms", counted.slowest_s * 1000)
    report.figure(f"{name.replace(' ', '_')}_most_mib", counted.largest / 2**20)


def _judge(report: Report, faults: dict[str, int]) -> None:
    slow = sum(faults.pop(kind, 0) for kind in TIME)
    report.figure("falsely_genuine", faults.pop("wrong", 0), at_most=0)
    report.figure("too_large", faults.pop("large", 0), at_most=0)
    report.figure("too_slow", slow, at_most=0)
    report.figure("uncaught", sum(faults.values()), at_most=0)


def _try_files(report: Report, home: Home, parsers: list[str]) -> None:
    """Whole inputs, each by itself, of one parser."""
    if len(parsers) != 1:
        sys.exit("Name the one parser that shall try these files: --parser NAME")
    files = [str(path.resolve()) for path in report.files]
    tried: list[dict[str, Any]] = home.call(
        f"{FUZZING}.working:try_files", parser=parsers[0], files=files
    )
    report.look_at("files", len(tried))
    for each in tried:
        took, needed = each["slowest_s"] * 1000, each["largest"] / 2**20
        said = each["fault"] or each["answer"]
        report.note(f"{each['file']}: {said} ({took:.1f} ms, {needed:.1f} MiB)")
    report.figure("faults", sum(each["fault"] is not None for each in tried), at_most=0)
