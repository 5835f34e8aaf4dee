"""Crossings, and what is kept beside each: timeline, stays, figures of the day.

A run of facts is written at once, which is what lets headquarters take thousands a second.
Posts report late and interleaved: whatever the order, the rows end the same.
"""

from dataclasses import dataclass, field
from uuid import UUID

from kordon.border import facts
from kordon.border.apply.figures import Figures
from kordon.border.apply.stays import Stays
from kordon.border.models import Crossing, Timeline
from kordon.border.rules.keys import document_key, person_key
from kordon.journal.inserting import insert_rows
from kordon.journal.models import Entry
from kordon.journal.writing import Run, applies


@applies(facts.CrossingRecorded, many=True)
@applies(facts.CrossingUndone, many=True)
def crossings(run: Run) -> None:
    registry = Registry()
    for what, entry in run:
        if isinstance(what, facts.CrossingRecorded):
            registry.add(_crossing(what, entry))
        else:
            registry.statuses[what.crossing] = Crossing.Status.UNDONE.value
    registry.write()


def set_status(crossing: UUID, status: str) -> None:
    """What became of a crossing at the second line."""
    Registry(statuses={crossing: str(status)}).write()


@dataclass
class Registry:
    """New crossings, and what crossings known before have become: by their ids."""

    fresh: list[Crossing] = field(default_factory=list)
    statuses: dict[UUID, str] = field(default_factory=dict)

    def add(self, row: Crossing) -> None:
        self.fresh.append(row)

    def write(self) -> None:
        """A crossing recorded and changed in one run is written as it stands at the end."""
        for row in self.fresh:
            row.status = self.statuses.pop(row.id, row.status)
        figures, stays = Figures(), Stays()
        for row in self.fresh:
            figures.count(row, row.status, 1)
            stays.change(row, moved_before=False)
        for row, status in self._changed():
            figures.count(row, row.status, -1)
            figures.count(row, status, 1)
            before, row.status = stays.moved(row), status
            stays.change(row, moved_before=before)
        insert_rows(self.fresh)
        insert_rows(_line(row) for row in self.fresh)
        stays.write()
        figures.write()

    def _changed(self) -> list[tuple[Crossing, str]]:
        """Crossings known before whose status changes. Told of an unknown one, we know nothing."""
        if not self.statuses:
            return []
        found = []
        for row in Crossing.objects.filter(pk__in=self.statuses):
            status = self.statuses[row.pk]
            if status == row.status:
                continue
            # The time names the partition, the document another: only those are looked into.
            Crossing.objects.filter(pk=row.pk, crossed_at=row.crossed_at).update(status=status)
            Timeline.objects.filter(
                document_key=row.document_key, crossed_at=row.crossed_at, crossing=row.pk
            ).update(status=status)
            found.append((row, status))
        return found


def _crossing(it: facts.CrossingRecorded, entry: Entry) -> Crossing:
    who, admitted = it.identity, it.decision is facts.Decision.ADMIT
    return Crossing(
        id=it.crossing,
        at=entry.at,
        crossed_at=it.crossed_at,
        day=it.crossed_at.date(),
        post=entry.post,
        booth=entry.booth,
        lane=it.lane,
        mobile=it.mobile,
        officer=entry.by,
        officer_name=entry.by_name,
        direction=it.direction.value,
        status=(Crossing.Status.ADMITTED if admitted else Crossing.Status.REFERRED).value,
        check_uuid=it.check,
        document_key=document_key(who.issuer, who.number),
        person_key=person_key(who),
        document_type=who.document_type,
        issuer=who.issuer,
        number=who.number,
        surname=who.surname,
        given_names=who.given_names,
        nationality=who.nationality,
        birth=who.birth,
        sex=who.sex,
        expiry=who.expiry,
        purpose=it.purpose.value,
        plate=it.plate,
        reasons=[reason.value for reason in it.reasons],
        findings=list(it.findings),
        note=it.note,
        protection=facts.ReferralReason.FEARS_RETURN in it.reasons,
    )


def _line(row: Crossing) -> Timeline:
    return Timeline(
        document_key=row.document_key,
        crossed_at=row.crossed_at,
        crossing=row.id,
        person_key=row.person_key,
        direction=row.direction,
        post=row.post,
        status=row.status,
        nationality=row.nationality,
    )
