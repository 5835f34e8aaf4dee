"""What the scenario cards need to be true: earlier crossings, and who is waiting right now.

Those waiting were checked and referred by the very commands officers use, a moment ago.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from kordon.border.commands import (
    begin_inspection,
    check_traveller,
    note_interview,
    record_crossing,
)
from kordon.border.facts import Decision, Direction, Purpose, ReferralReason
from kordon.border.rules.presenting import Presentation
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.writing import writing
from kordon.node.demo import cast, staff
from kordon.node.demo.founding import Roster, person_of
from kordon.node.demo.people import Person
from kordon.node.demo.traffic import AIR, ROAD, Passage

INSIDE_SINCE = 64
REASONS = {
    "waiting_banned": ReferralReason.PERSON_MATCH,
    "waiting_expired": ReferralReason.DOCUMENT_INVALID,
    "waiting_minor": ReferralReason.MINOR,
}
INTERVIEWED = "Travels to her aunt with a neighbour. The consent shown is a copy without a seal."


def earlier_passages(now: datetime) -> list[Passage]:
    """Where the travellers of the cards have been."""
    fine, inside, twin = cast.FINE.person, cast.INSIDE.person, cast.TWIN_BEFORE
    seen = [
        (fine, 75, ROAD, "entry", "family"),
        (fine, 71, ROAD, "exit", "family"),
        (fine, 33, ROAD, "entry", "family"),
        (fine, 30, ROAD, "exit", "family"),
        (inside, INSIDE_SINCE, ROAD, "entry", "business"),
        (twin, 34, AIR, "entry", "tourism"),
        (twin, 27, AIR, "exit", "tourism"),
    ]
    return [_passage(now, *each) for each in seen]


def _passage(  # one line of the table above
    now: datetime, person: Person, days: int, post: str, direction: str, purpose: str
) -> Passage:
    at = (now - timedelta(days=days)).replace(hour=11, minute=20 + days % 30)
    return Passage(person=person, at=at, post=post, direction=direction, purpose=purpose)


def let_wait(roster: Roster, now: datetime) -> int:
    """Check and refer the travellers of ``cast.WAITING``; one of them is being interviewed."""
    with writing():
        for seat, card in enumerate(cast.WAITING):
            officer = roster.on_duty(ROAD, now, seat)
            _refer(card, replace(officer, booth=str(seat + 1), rights=_all_rights()))
        _interview(cast.WAITING[2])
    return len(cast.WAITING)


def _refer(card: cast.Card, by: Actor) -> None:
    check = _id(f"check:{card.key}")
    presentation = Presentation(direction=Direction.ENTRY, mrz=card.mrz, purpose=Purpose.FAMILY)
    check_traveller(by=by, check=check, presentation=presentation)
    record_crossing(
        by=by,
        crossing=crossing_of(card),
        check=check,
        decision=Decision.REFER,
        reasons=(REASONS[card.key],),
    )


def _interview(card: cast.Card) -> None:
    colleague = next(each for each in staff.COLLEAGUES if each.login == "demo-second-officer")
    by = Actor(
        id=person_of(colleague.login),
        name=f"{colleague.name} (demo)",
        agency=colleague.agency,
        post=colleague.post,
        rights=_all_rights(),
    )
    begin_inspection(by=by, crossing=crossing_of(card))
    note_interview(
        by=by,
        crossing=crossing_of(card),
        note=_id(f"note:{card.key}"),
        text=INTERVIEWED,
        language="Kyrgyz",
    )


def crossing_of(card: cast.Card) -> UUID:
    """The crossing at which this traveller was referred."""
    return _id(f"crossing:{card.key}")


def _id(words: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"kordon:demo:{words}")


def _all_rights() -> frozenset[str]:
    return frozenset((*COMMANDS, *QUERIES))
