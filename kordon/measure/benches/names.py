"""Pairs of names judged the same person or not, against labels: ``kordon bench names FILE``.

FILE is a CSV with the columns name1, name2, is_match and schema (Person, or what else bears a
name). One fixed threshold for all pairs, the library's own; nomenklatura's LogicV2 beside it at
its own, if it is installed.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from kordon.lib.screening import compare_names
from kordon.lib.screening.pairs import MATCH
from kordon.measure.report import Report
from kordon.measure.screening.peers import LogicV2, missing

COLUMNS = {"name1", "name2", "is_match"}


class Labelled(NamedTuple):
    one: str
    other: str
    same: bool
    schema: str


class Tally(NamedTuple):
    """How a judge's answers stand to the labels."""

    right_yes: int
    wrong_yes: int
    right_no: int
    wrong_no: int

    @property
    def accuracy(self) -> float:
        return (self.right_yes + self.right_no) / sum(self)

    @property
    def f1(self) -> float:
        """Of the answer "the same"; 0 where nothing was rightly called so."""
        return 2 * self.right_yes / max(1, 2 * self.right_yes + self.wrong_yes + self.wrong_no)


def measure(report: Report) -> None:
    if not report.files:
        report.skip("no file of labelled pairs given: kordon bench names FILE")
        return
    for file in report.files:
        pairs = read_pairs(file)
        _measure_one(report, pairs, f"{file.stem}_" if len(report.files) > 1 else "")
    report.note(f"kordon: one threshold, {MATCH}; labels are as the file has them, none is mended")


def _measure_one(report: Report, pairs: Sequence[Labelled], of: str) -> None:
    persons = [pair for pair in pairs if pair.schema == "Person"]
    report.look_at(f"{of}pairs", len(pairs))
    report.look_at(f"{of}pairs of persons", len(persons))
    judges: dict[str, Callable[[Labelled], bool]] = {"kordon": _ours}
    if word := missing("logic_v2"):
        report.note(word)
    else:
        judges["logic_v2"] = _logic_v2()
    for name, judge in judges.items():
        for kind, some in (("all", pairs), ("person", persons)):
            if some:
                found = tally(some, judge)
                bar = 0.8 if (name, kind) == ("kordon", "person") else None
                report.figure(f"{of}{name}_{kind}_f1", found.f1, at_least=bar)
                report.figure(f"{of}{name}_{kind}_accuracy", found.accuracy)


def read_pairs(file: Path) -> list[Labelled]:
    """The pairs of a file; raises SystemExit in words if it is none."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as source:
            rows = csv.DictReader(source)
            if not set(rows.fieldnames or ()) >= COLUMNS:
                raise SystemExit(f"{file}: the columns {', '.join(sorted(COLUMNS))} are needed")
            return [
                Labelled(
                    row["name1"] or "",
                    row["name2"] or "",
                    (row["is_match"] or "").strip().lower() in ("true", "1", "yes"),
                    row.get("schema") or "Person",
                )
                for row in rows
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise SystemExit(f"{file}: cannot be read: {problem}") from None


def tally(pairs: Sequence[Labelled], judge: Callable[[Labelled], bool]) -> Tally:
    counted = {(same, said): 0 for same in (True, False) for said in (True, False)}
    for pair in pairs:
        counted[pair.same, judge(pair)] += 1
    return Tally(
        counted[True, True], counted[False, True], counted[False, False], counted[True, False]
    )


def _ours(pair: Labelled) -> bool:
    return compare_names(pair.one, pair.other).score >= MATCH


def _logic_v2() -> Callable[[Labelled], bool]:
    judge = LogicV2(lambda traveller, number: [])

    def same(pair: Labelled) -> bool:
        score = judge.score_of_names(pair.one, pair.other, pair.schema)
        return score >= LogicV2.OWN_THRESHOLD

    return same
