"""What was read on a picture of a page made ready for the officer who has to confirm it."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext as _

from kordon.border import words

MOST_DOUBTS = 12


def show_lines(row: Any) -> dict[str, Any]:
    """Lines with what to look at marked, that in words, and the zone as photographed."""
    said = row.page
    places = {(one[0], one[1]) for one in (*said["doubts"], *said["changes"])}
    lines = [
        [
            {"character": one, "marked": (number, place) in places}
            for place, one in enumerate(line, 1)
        ]
        for number, line in enumerate(said["lines"], 1)
    ]
    doubts = [_doubt(*one, lines=said["lines"]) for one in said["doubts"]]
    doubts += [_change(*one) for one in said["changes"]]
    return {
        "lines": lines,
        "doubts": doubts[:MOST_DOUBTS],
        "picture": b64encode(row.zone_picture).decode() if row.zone_picture else "",
    }


def _doubt(line: int, place: int, field: str, others: str, *, lines: list[str]) -> str:
    seen = lines[line - 1][place - 1 : place]
    return _("Line %(line)d, character %(place)d, %(field)s: %(these)s?") % {
        "line": line,
        "place": place,
        "field": words.FIELDS.get(field, field),
        "these": " / ".join([seen, *others]),
    }


def _change(line: int, place: int, read: str, put: str, field: str) -> str:
    told = _("Line %(line)d, character %(place)d, %(field)s: looks like %(read)s, must be %(put)s")
    return told % {
        "line": line,
        "place": place,
        "field": words.FIELDS.get(field, field),
        "read": read,
        "put": put,
    }
