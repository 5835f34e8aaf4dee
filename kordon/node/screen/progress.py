"""How far a long search is, on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from kordon.node.screen.people import Table
from kordon.node.screen.working import Part


@contextmanager
def progress(table: Table, output: IO[str]) -> Iterator[Callable[[Part], None]]:
    """Shows a bar if somebody sits there and the answers go elsewhere."""
    if not sys.stderr.isatty() or output.isatty():
        yield lambda part: None
        return
    from rich.console import Console  # noqa: PLC0415  (slow to load, and seldom needed)
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    said = TextColumn("{task.fields[rows]:,} persons, {task.fields[found]:,} with candidates")
    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), said, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=table.size or None, rows=0, found=0)
        rows = found = 0

        def show(part: Part) -> None:
            nonlocal rows, found
            rows, found = rows + part.rows, found + part.found
            bar.update(task, completed=table.done(), rows=rows, found=found)

        yield show
