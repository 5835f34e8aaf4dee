"""Stays, paired anew for every document whose entries or exits have changed."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kordon.border.models import Stay
from kordon.border.rules.stays import Move, Pair, pair
from kordon.journal.inserting import insert_values, merge_rows

_CONTINUED = {name: f"excluded.{name}" for name in ("exit", "exit_at", "exit_post", "ended_at")}
_PASSED = "(status = 'admitted' OR (status = 'handed_over' AND direction = 'entry'))"
_LINES = f"""
SELECT line.crossing, line.document_key, line.crossed_at, line.direction, line.post,
       line.nationality
FROM changed JOIN border_timeline AS line ON line.document_key = changed.document_key
WHERE {_PASSED} AND line.crossed_at >= coalesce(
    (SELECT max(crossed_at) FROM border_timeline AS before
     WHERE before.document_key = changed.document_key
       AND before.crossed_at < changed.since AND {_PASSED}),
    changed.since)
"""  # noqa: S608  # nosec B608
_CHANGED = {
    "postgresql": """
        WITH changed AS (
            SELECT * FROM unnest(%s::text[], %s::timestamptz[]) AS c (document_key, since))
    """,
    "sqlite": """
        WITH changed AS (
            SELECT json_extract(value, '$[0]') AS document_key,
                   json_extract(value, '$[1]') AS since
            FROM json_each(%s))
    """,
}


class Stays:
    """Which documents have moved otherwise than known before, and since when."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}
        self._new: dict[UUID, Move] = {}
        self._gone: set[UUID] = set()

    def change(self, row: dict[str, Any], *, before: bool, now: bool) -> None:
        """Whether a crossing was a move ``before``, and whether it is one ``now``."""
        if now == before:
            return
        crossing, key, at = row["id"], row["document_key"], row["crossed_at"]
        if now:
            entry = row["direction"] == "entry"
            self._new[crossing] = Move(crossing, key, at, entry, row["post"], row["nationality"])
        else:
            self._gone.add(crossing)
        if key:
            known = self._since.get(key)
            if known is None or at < known:
                self._since[key] = at

    def write(self) -> None:
        """Before new lines of the timeline are written: those are known already."""
        pairs: list[Pair] = []
        for key, moves in self._moves().items():
            since = self._since[key]
            pairs += pair(moves, since=since)
            self._gone.update(move.crossing for move in moves if move.at >= since)
        for move in self._new.values():
            if not move.document_key:
                # Nothing tells which exit belongs to which entry.
                pairs += pair([move], since=move.at)
        begun = {one.began.crossing for one in pairs}
        insert_values(Stay, [_row(one) for one in pairs if one.began.crossing in self._new])
        known = [_row(one) for one in pairs if one.began.crossing not in self._new]
        merge_rows(Stay, known, key=["id"], updates=_CONTINUED)
        if gone := self._gone - begun - self._new.keys():
            Stay.objects.filter(pk__in=gone)._raw_delete(connection.alias)

    def _moves(self) -> dict[str, list[Move]]:
        """Of each changed document: the moves from ``since`` on, and the last before it."""
        found: dict[str, list[Move]] = {key: [] for key in self._since}
        for move in self._new.values():
            if move.document_key:
                found[move.document_key].append(move)
        if not found:
            return found
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED[connection.vendor] + _LINES, self._parameters())
            for text, key, at, direction, post, nationality in cursor.fetchall():
                if (crossing := _uuid(text)) not in self._new:
                    entry = direction == "entry"
                    move = Move(crossing, key, _moment(at), entry, post, nationality)
                    found[key].append(move)
        return found

    def _parameters(self) -> list[Any]:
        if connection.vendor == "postgresql":
            return [list(self._since), list(self._since.values())]
        adapt = connection.ops.adapt_datetimefield_value
        return [json.dumps([(key, str(adapt(since))) for key, since in self._since.items()])]


def _row(one: Pair) -> tuple[Any, ...]:
    began, exit_, entry = one.began, one.exit, one.began.entry
    return (
        began.crossing,
        began.document_key,
        began.nationality,
        began.at if entry else None,
        began.post if entry else "",
        exit_.crossing if exit_ else None,
        exit_.at if exit_ else None,
        exit_.post if exit_ else "",
        one.ended_at,
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime) -> datetime:
    """SQLite keeps moments without a zone, in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
