"""What was read on a page, as plain values for JSON."""

from __future__ import annotations

from typing import Any

from kordon.lib.traveldocs.as_json import to_json as zone_to_json
from kordon.lib.traveldocs.page.outcome import Character, PageReading


def to_json(page: PageReading) -> dict[str, Any]:
    """Everything but the portrait: its size alone."""
    return {
        "outcome": str(page.outcome),
        "reading": None if page.reading is None else zone_to_json(page.reading),
        "seen": [] if page.seen is None else list(page.seen.lines),
        "doubts": [_character(each) for each in page.doubts],
        "changes": [
            {
                "field": each.field,
                "line": each.line,
                "position": each.position,
                "read": each.read,
                "put": each.put,
            }
            for each in page.changes
        ],
        "chances": [each.chance for each in page.characters],
        "support": [str(each.support) for each in page.characters],
        "corners": [list(each) for each in page.corners],
        "portrait": None if page.portrait is None else list(page.portrait.size),
    }


def _character(each: Character) -> dict[str, Any]:
    return {
        "line": each.line,
        "position": each.position,
        "field": each.field,
        "character": each.character,
        "chance": each.chance,
        "others": each.others,
    }
