"""Parsers of what ``kordon screen`` is given; ``kordon prove fuzz`` finds them by name."""

import contextlib
import io
import tempfile
from functools import cache
from pathlib import Path

from kordon.measure.fuzzing.parser import ACCEPTED, Parser
from kordon.measure.fuzzing.shaping import change_json
from kordon.measure.fuzzing.texts import change_table
from kordon.node.screen.lists import Unreadable
from kordon.node.screen.pairs import score_pairs
from kordon.node.screen.people import open_table


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """In memory where the system has such a place; gone with the process."""
    shared = Path("/dev/shm")  # nosec B108
    return tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)


def _file(octets: bytes) -> Path:
    file = Path(_folder().name) / "given"
    file.write_bytes(octets)
    return file


def _screened(octets: bytes) -> str:
    file = _file(octets)
    with open_table(file, {}, day_first=True) as table:
        bad = sum(asked.error is not None for asked in table.asked)
    return "rows refused" if bad else ACCEPTED


def _pairs(octets: bytes) -> str:
    with contextlib.redirect_stderr(io.StringIO()):
        for _ in score_pairs(_file(octets)):
            pass
    return ACCEPTED


PARSERS = (
    Parser(name="screening", tries=_screened, refuses=(Unreadable,), change=change_table),
    Parser(
        name="screening-json",
        tries=_screened,
        refuses=(Unreadable,),
        change=change_json,
    ),
    Parser(name="pairs", tries=_pairs, refuses=(Unreadable,), change=change_table),
)
