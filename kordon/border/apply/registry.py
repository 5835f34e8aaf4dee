"""Crossings, and what is kept beside each: timeline, stays, figures of the day.

A run of facts is written at once, which is what lets headquarters take thousands a second;
for the same reason rows are plain dictionaries here. Posts report late and interleaved:
whatever the order, the rows end the same.
"""

from operator import itemgetter
from typing import Any
from uuid import UUID

from kordon.border import facts
from kordon.border.apply.figures import Figures
from kordon.border.apply.stays import Stays
from kordon.border.models import Crossing, Timeline
from kordon.border.rules.keys import document_key, person_key
from kordon.border.rules.stays import moved
from kordon.journal.inserting import column_names, insert_values
from kordon.journal.models import Entry
from kordon.journal.writing import Run, applies

Row = dict[str, Any]
READ = (
    *("id", "crossed_at", "day", "post", "direction", "status", "reasons"),
    *("document_key", "nationality", "document_type", "purpose"),
)
"""What must be known of a crossing to change what is kept beside it."""
_LINE = itemgetter(
    *("document_key", "crossed_at", "id", "person_key", "direction", "post", "status"),
    "nationality",
)


@applies(facts.CrossingRecorded, many=True)
@applies(facts.CrossingUndone, many=True)
def crossings(run: Run) -> None:
    fresh: list[Row] = []
    undone: dict[UUID, str] = {}
    for what, entry in run:
        if isinstance(what, facts.CrossingRecorded):
            fresh.append(_crossing(what, entry))
        else:
            undone[what.crossing] = Crossing.Status.UNDONE.value
    _write(fresh, undone)


def set_status(crossing: UUID, status: Crossing.Status) -> None:
    """What became of a crossing at the second line."""
    _write([], {crossing: status.value})


def _write(fresh: list[Row], statuses: dict[UUID, str]) -> None:
    """New crossings, and what crossings have become, by their ids.

    One recorded and changed in the same run is written as it stands at its end.
    """
    figures, stays = Figures(), Stays()
    for row in fresh:
        row["status"] = statuses.pop(row["id"], row["status"])
        figures.count(row, 1)
        stays.change(row, before=False, now=_moved(row))
    for row, status in _change(statuses):
        before = _moved(row)
        figures.count(row, -1)
        row["status"] = status
        figures.count(row, 1)
        stays.change(row, before=before, now=_moved(row))
    stays.write()
    if fresh:
        columns = itemgetter(*column_names(Crossing))
        insert_values(Crossing, [columns(row) for row in fresh])
        insert_values(Timeline, [_LINE(row) for row in fresh])
    figures.write()


def _change(statuses: dict[UUID, str]) -> list[tuple[Row, str]]:
    """Crossings known before as they were, and what they are now. Others stay unknown."""
    if not statuses:
        return []
    known = Crossing.objects.filter(pk__in=statuses).values(*READ)
    changed = [(row, statuses[row["id"]]) for row in known if row["status"] != statuses[row["id"]]]
    for row, status in changed:
        # The time names the partition, the document another: only those are looked into.
        crossing, at = row["id"], row["crossed_at"]
        Crossing.objects.filter(pk=crossing, crossed_at=at).update(status=status)
        line = Timeline.objects.filter(document_key=row["document_key"], crossed_at=at)
        line.filter(crossing=crossing).update(status=status)
    return changed


def _moved(row: Row) -> bool:
    return moved(row["status"], entry=row["direction"] == "entry")


def _crossing(it: facts.CrossingRecorded, entry: Entry) -> Row:
    who, admitted = it.identity, it.decision is facts.Decision.ADMIT
    return {
        "id": it.crossing,
        "at": entry.at,
        "crossed_at": it.crossed_at,
        "day": it.crossed_at.date(),
        "post": entry.post,
        "booth": entry.booth,
        "lane": it.lane,
        "mobile": it.mobile,
        "officer": entry.by,
        "officer_name": entry.by_name,
        "direction": it.direction.value,
        "status": (Crossing.Status.ADMITTED if admitted else Crossing.Status.REFERRED).value,
        "check_uuid": it.check,
        "document_key": document_key(who.issuer, who.number),
        "person_key": person_key(who),
        "document_type": who.document_type,
        "issuer": who.issuer,
        "number": who.number,
        "surname": who.surname,
        "given_names": who.given_names,
        "nationality": who.nationality,
        "birth": who.birth,
        "sex": who.sex,
        "expiry": who.expiry,
        "purpose": it.purpose.value,
        "plate": it.plate,
        "reasons": [reason.value for reason in it.reasons],
        "findings": list(it.findings),
        "note": it.note,
        "protection": facts.ReferralReason.FEARS_RETURN in it.reasons,
    }
