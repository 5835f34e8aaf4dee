"""MRZs read a second on one core: every format, names and numbers of invented people.

One in twenty has a wrong check digit, so that the thorough path is paid for too. The packages
``mrz`` and ``fastmrz`` read the same zones beside it if they are installed here.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from kordon.lib.traveldocs import read_mrz
from kordon.measure.documents.peers import PACKAGES, is_installed
from kordon.measure.report import Report
from kordon.measure.travellers import zones

ON = date(2026, 6, 1)
DIFFERENT = 5000
READ = 200_000
ROUNDS = 5


def measure(report: Report) -> None:
    texts = list(itertools.islice(some_zones(), DIFFERENT))
    number = report.usually(READ)
    report.look_at("different zones", len(texts))
    report.look_at("zones read in each round", number)
    judged = max(rate(judge, texts, number) for _ in range(ROUNDS))
    report.figure("judged_per_s", judged, at_least=40_000)
    report.figure("every_field_per_s", rate(read_every_field, texts, number // 10))
    report.figure("valid_share", sum(map(judge, texts)) / len(texts))
    report.note("per second of processor time; judged: is it valid? (the best of several rounds)")
    report.note("every_field: each field's value and verdict and all warnings asked for as well")
    for name, reader in PACKAGES.items():
        if is_installed(name):
            report.figure(f"{name}_per_s", rate(reader(), texts, min(number, 20_000)))
        else:
            report.note(f"the package {name} is not installed and was not measured")


def judge(text: str) -> bool:
    return read_mrz(text, on=ON).valid


def read_values(text: str) -> object:
    """What an officer is shown of a zone, and whether it is valid."""
    it = read_mrz(text, on=ON)
    names, dates = (it.surname, it.given_names), (it.birth, it.expiry)
    codes = (it.document_code, it.issuer, it.nationality, it.sex)
    return it.valid, names, dates, codes, it.number, it.optional


def read_every_field(text: str) -> object:
    reading = read_mrz(text, on=ON)
    return reading.fields, reading.warnings


Item = TypeVar("Item")


def rate(do: Callable[[Item], object], items: list[Item], number: int) -> float:
    """So many are done a second of processor time, one after another and round again."""
    begun = time.process_time()
    for item in itertools.islice(itertools.cycle(items), number):
        do(item)
    return number / (time.process_time() - begun)


def some_zones() -> Iterator[str]:
    for turn, text in enumerate(zones(ON)):
        yield _misread(text) if turn % 20 == 19 else text


def _misread(text: str) -> str:
    """One digit read as its neighbour, as a worn print is."""
    at = next(at for at in range(len(text) - 1, 0, -1) if text[at].isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
