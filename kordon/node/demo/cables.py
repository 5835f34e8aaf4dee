"""Which cables of a demonstration are cut: a file for each, read by the relay that is the cable."""

from pathlib import Path

FOLDER = "cables"


def cut(home: Path, node: str) -> None:
    """Sever the line of this post. ``home``: the folder of headquarters."""
    (home / FOLDER).mkdir(exist_ok=True)
    _file(home, node).touch()


def mend(home: Path, node: str) -> None:
    _file(home, node).unlink(missing_ok=True)


def is_cut(home: Path, node: str) -> bool:
    return _file(home, node).exists()


def _file(home: Path, node: str) -> Path:
    return home / FOLDER / f"{node}.cut"
