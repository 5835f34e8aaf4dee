"""Ninety days of crossings and inspections as the facts they are."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from kordon.border.facts import (
    ConclusionProposed,
    CrossingRecorded,
    Decision,
    Direction,
    GroundStated,
    Identity,
    InspectionBegun,
    InspectionConcluded,
    InterviewNoted,
    NoticeIssued,
    Outcome,
    Purpose,
    Signature,
)
from kordon.journal.actor import Actor
from kordon.node.demo import staff
from kordon.node.demo.founding import Roster
from kordon.node.demo.people import Person
from kordon.node.demo.stories import LANGUAGES, STORIES, Story
from kordon.node.demo.traffic import Passage

Recorded = Iterator[tuple[Any, Actor]]
SECOND_LINE = 7, 8
"""Seats of the roster behind the booths: who inspects and who decides with them."""


class History:
    """Turns passages into facts, each in the name of the officer on duty."""

    def __init__(self, chance: Random, roster: Roster) -> None:
        self._chance = chance
        self._roster = roster
        self._seats = {place.post: _seats(place) for place in staff.PLACES}

    def facts(self, passages: list[Passage]) -> Recorded:
        """Every passage, and for those referred what the second line did."""
        for passage in passages:
            crossing = self.uuid()
            story = self._story(passage) if passage.referred else None
            yield self._crossing(crossing, passage, story)
            if story:
                yield from self._inspection(crossing, passage, story)

    def uuid(self) -> UUID:
        """By chance, but the same in every demonstration."""
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _crossing(
        self, crossing: UUID, passage: Passage, story: Story | None
    ) -> tuple[CrossingRecorded, Actor]:
        lane, booth, seat = self._place(passage)
        officer = self._roster.on_duty(passage.post, passage.at, seat)
        said = CrossingRecorded(
            crossing=crossing,
            check=None,
            direction=Direction(passage.direction),
            decision=Decision.REFER if story else Decision.ADMIT,
            crossed_at=passage.at,
            identity=identity_of(passage.person),
            lane=lane,
            reasons=(story.reason,) if story else (),
            purpose=Purpose(passage.purpose),
            plate=passage.plate,
        )
        return said, replace(officer, booth=booth)

    def _place(self, passage: Passage) -> tuple[str, str, int]:
        """Lane, booth and seat: lorries at their lane, cars at the cars' where there is one."""
        wanted = {"transport": "trucks"}.get(passage.purpose, "cars" if passage.plate else "")
        seats = self._seats[passage.post][passage.direction]
        fitting = [seat for seat in seats if seat[3] == wanted] or [
            seat for seat in seats if seat[3] in ("pedestrians", "all", "priority")
        ]
        lane, booth, number, _ = self._chance.choice(fitting)
        return lane, booth, number

    def _story(self, passage: Passage) -> Story:
        leaving = passage.direction == "exit"
        citizen = passage.person.nationality == "UTO"
        fitting = [each for each in STORIES if not each.entry_only or not (leaving or citizen)]
        return self._chance.choices(fitting, [each.weight for each in fitting])[0]

    def _inspection(self, crossing: UUID, passage: Passage, story: Story) -> Recorded:
        first, second = (
            self._roster.on_duty(passage.post, passage.at, seat) for seat in SECOND_LINE
        )
        note, proposal = self.uuid(), self.uuid()
        language = self._chance.choice(LANGUAGES)
        yield InspectionBegun(crossing=crossing), first
        yield (
            InterviewNoted(crossing=crossing, note=note, text=story.note, language=language),
            first,
        )
        said: dict[str, Any] = {
            "crossing": crossing,
            "proposal": proposal,
            "outcome": story.outcome,
            "receiver": story.receiver,
            "statement": story.statement,
        }
        if story.ground:
            ground = GroundStated(ground=story.ground, statement=story.statement, evidence=(note,))
            said["grounds"] = (ground,)
        yield ConclusionProposed(**said), first
        yield InspectionConcluded(**said, proposed_by=first.id), second
        if story.outcome is Outcome.REFUSE:
            signed = self._chance.random() < 0.8
            signature = Signature.SIGNED if signed else Signature.REFUSED_TO_SIGN
            notice = self.uuid()
            yield (
                NoticeIssued(crossing=crossing, notice=notice, language="ru", signature=signature),
                first,
            )


def identity_of(person: Person) -> Identity:
    """The traveller as the document said it."""
    return Identity(
        document_type="P",
        issuer=person.paper.issuer,
        number=person.paper.number,
        surname=person.name.mrz_surname,
        given_names=person.name.mrz_given_names,
        nationality=person.nationality,
        birth=person.born.isoformat(),
        sex=person.sex,
        expiry=person.paper.expiry.isoformat(),
    )


def _seats(place: staff.Place) -> dict[str, list[tuple[str, str, int, str]]]:
    """Lane, booth, seat number and class of every booth, by direction."""
    seats: dict[str, list[tuple[str, str, int, str]]] = {"entry": [], "exit": []}
    number = 0
    for lane, lane_class, direction, booths in place.lanes:
        for booth in booths:
            for way in seats if direction == "both" else (direction,):
                seats[way].append((lane, booth, number, lane_class))
            number += 1
    return seats
