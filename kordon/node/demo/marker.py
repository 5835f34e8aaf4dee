"""What tells a demonstration from a node with real persons: the file ``demo.json`` in its folder.

It holds the password all demonstration accounts share. Without the file the demonstration's
pages do not exist, and nothing is ever seeded into a folder that has a node but not the file.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "demo.json"
SYLLABLES = "ba be bo da do ga ge ka ko la le ma mi mo na no pa ra ri ro sa so ta to va".split()  # noqa: SIM905


@dataclass(frozen=True, kw_only=True)
class Marker:
    """``complete`` is false while the demonstration is being made, or if that was broken off."""

    password: str
    complete: bool


def is_demo(home: Path) -> bool:
    """Whether ``home`` holds a demonstration that was made to the end."""
    marker = read(home)
    return marker is not None and marker.complete


def read(home: Path) -> Marker | None:
    """The marker of this folder; None where there is none."""
    try:
        return Marker(**json.loads((home / FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def begin(home: Path) -> Marker:
    """Mark a folder as a demonstration in the making, with a new password."""
    return write(home, Marker(password=new_password(), complete=False))


def complete(home: Path) -> Marker:
    """Say that everything is there."""
    begun = read(home)
    assert begun is not None, "a demonstration is begun before it is complete"
    return write(home, Marker(password=begun.password, complete=True))


def new_password() -> str:
    """Two pronounceable words and a number, to be typed from a screen: ``demo-kamora-…``."""
    words = ("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(2))
    return "-".join(["demo", *words, str(secrets.randbelow(90) + 10)])


def write(home: Path, marker: Marker) -> Marker:
    """Put the marker down whole."""
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"{FILE}.new"
    beside.write_text(json.dumps(asdict(marker)), encoding="utf-8")
    os.replace(beside, home / FILE)
    return marker
