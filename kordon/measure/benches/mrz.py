"""MRZs read a second on one core: every format, names and numbers of invented people.

One in twenty has a wrong check digit, so that the thorough path is paid for too. The packages
``mrz`` and ``fastmrz`` read the same zones beside it if they are installed here.
"""

import importlib.util
import itertools
import time
from collections.abc import Callable, Iterator
from datetime import date

from kordon.lib.traveldocs import read_mrz
from kordon.measure.report import Report
from kordon.measure.travellers import zones

ON = date(2026, 6, 1)
DIFFERENT = 5000
READ = 200_000
ROUNDS = 5


def measure(report: Report) -> None:
    texts = list(itertools.islice(_zones(), DIFFERENT))
    number = report.usually(READ)
    report.look_at("different zones", len(texts))
    report.look_at("zones read in each round", number)
    judged = max(_rate(_judge, texts, number) for _ in range(ROUNDS))
    report.figure("judged_per_s", judged, at_least=40_000)
    report.figure("every_field_per_s", _rate(_read_every_field, texts, number // 10))
    report.figure("valid_share", sum(map(_judge, texts)) / len(texts))
    report.note("per second of processor time; judged: is it valid? (the best of several rounds)")
    report.note("every_field: each field's value and verdict and all warnings asked for as well")
    for name, reader in (("mrz", _mrz_package), ("fastmrz", _fastmrz_package)):
        if importlib.util.find_spec(name) is None:
            report.note(f"the package {name} is not installed and was not measured")
        else:
            report.figure(f"{name}_per_s", _rate(reader(), texts, min(number, 20_000)))


def _judge(text: str) -> bool:
    return read_mrz(text, on=ON).valid


def _read_every_field(text: str) -> object:
    reading = read_mrz(text, on=ON)
    return reading.fields, reading.warnings


def _rate(read: Callable[[str], object], texts: list[str], number: int) -> float:
    begun = time.process_time()
    for text in itertools.islice(itertools.cycle(texts), number):
        read(text)
    return number / (time.process_time() - begun)


def _zones() -> Iterator[str]:
    for turn, text in enumerate(zones(ON)):
        yield _misread(text) if turn % 20 == 19 else text


def _misread(text: str) -> str:
    """One digit read as its neighbour, as a worn print is."""
    at = next(at for at in range(len(text) - 1, 0, -1) if text[at].isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def _mrz_package() -> Callable[[str], object]:
    from mrz.checker import mrva, mrvb, td1, td2, td3  # noqa: PLC0415

    checkers = {
        (3, "I"): td1.TD1CodeChecker,
        (2, "I"): td2.TD2CodeChecker,
        (2, "P"): td3.TD3CodeChecker,
    }
    visas = {44: mrva.MRVACodeChecker, 36: mrvb.MRVBCodeChecker}

    def read(text: str) -> object:
        lines = text.split("\n")
        if text[0] == "V":
            return bool(visas[len(lines[0])](text))
        return bool(checkers[(len(lines), text[0])](text))

    return read


def _fastmrz_package() -> Callable[[str], object]:
    from fastmrz import FastMRZ  # noqa: PLC0415

    reader = FastMRZ()

    def read(text: str) -> object:
        return reader.get_details(text, input_type="text")

    return read
