"""Many rows on all cores: in order, and never more of them in memory than are being answered."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import NamedTuple

from kordon.node.screen.answering import Answering, Wishes
from kordon.node.screen.people import Asked
from kordon.node.screen.telling import FOUND, written

AT_ONCE = 200
AHEAD = 3
"""Parts that wait for each process."""


class Part(NamedTuple):
    """Answers as text, of how many rows, how many of them nobody, how many with a candidate."""

    text: str
    rows: int
    bad: int
    found: int


class _Here:
    """What this process answers with."""

    answering: Answering
    form: str


def begin(wishes: Wishes) -> None:
    """Make this process ready. An interrupt is the parent's to handle."""
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Here.answering, _Here.form = wishes.answering(), wishes.form


def answer(asked: list[Asked]) -> Part:
    answers = _Here.answering.answers(asked)
    found = sum(any(it.get(where) for where in FOUND) for it in answers)
    bad = sum(it.error is not None for it in asked)
    return Part(written(answers, _Here.form), len(asked), bad, found)


def answer_all(asked: Iterable[Asked], wishes: Wishes, processes: int) -> Iterator[Part]:
    """Answers in the order of the rows. A few rows are answered here, without other processes."""
    rows = iter(asked)
    first = list(islice(rows, AT_ONCE))
    second = list(islice(rows, AT_ONCE))
    if processes == 1 or not second:
        begin(wishes)
        for part in _parts(first, second, rows):
            yield answer(part)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=begin, initargs=(wishes,)) as pool:
        try:
            yield from _in_order(pool, _parts(first, second, rows), processes * AHEAD)
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(first: list[Asked], second: list[Asked], rows: Iterator[Asked]) -> Iterator[list[Asked]]:
    rest = iter(lambda: list(islice(rows, AT_ONCE)), [])
    return (part for part in chain([first, second], rest) if part)


def _in_order(
    pool: ProcessPoolExecutor, parts: Iterator[list[Asked]], ahead: int
) -> Iterator[Part]:
    waiting: deque[Future[Part]] = deque()
    for part in parts:
        waiting.append(pool.submit(answer, part))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
