"""What a node told of itself, read with suspicion: what is not as it should be is left out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MOST_LISTS = 50
LARGEST = 2**53


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report as values. ``lists``: the day of each list in force at the node, by its title."""

    version: str = ""
    up: int | None = None
    acked: int | None = None
    heads: dict[str, int] = field(default_factory=dict)
    disk_free: int | None = None
    disk_total: int | None = None
    stopped: str = ""
    unsent_since: datetime | None = None
    lists: dict[str, date] = field(default_factory=dict)
    certificate_until: datetime | None = None


def read_told(told: Any) -> Told:
    """From the JSON of a report. Raises nothing."""
    said = told if isinstance(told, dict) else {}
    heads = said.get("heads")
    return Told(
        version=_word(said.get("version"), 40),
        up=_whole(said.get("up")),
        acked=_whole(said.get("acked")),
        heads={
            name: number
            for name, value in (heads.items() if isinstance(heads, dict) else ())
            if (number := _whole(value)) is not None
        },
        disk_free=_whole(said.get("disk_free")),
        disk_total=_whole(said.get("disk_total")),
        stopped=_word(said.get("stopped"), 40),
        unsent_since=_moment(said.get("unsent_since")),
        lists=_lists(said.get("lists")),
        certificate_until=_aware(said.get("certificate_until")),
    )


def _lists(said: Any) -> dict[str, date]:
    """``[{"name", "title", "as_of"}]`` → the day of each by its title."""
    found: dict[str, date] = {}
    for one in said[:MOST_LISTS] if isinstance(said, list) else ():
        if isinstance(one, dict):
            title = _word(one.get("title"), 120) or _word(one.get("name"), 60)
            day = _moment(one.get("as_of"))
            if title and day:
                found[title] = day.date()
    return found


def _whole(value: Any) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST
    return value if good else None


def _word(value: Any, longest: int) -> str:
    return value[:longest] if isinstance(value, str) else ""


def _aware(value: Any) -> datetime | None:
    """A moment with its zone, with which others can be compared."""
    moment = _moment(value)
    return moment if moment is not None and moment.tzinfo is not None else None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
