"""What a busy post records, as facts: every traveller four, as large as real ones are."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from kordon.accounts.facts import Failure, SignInFailed
from kordon.border.facts import (
    CrossingRecorded,
    Decision,
    Direction,
    Earlier,
    FieldRead,
    Finding,
    Identity,
    Level,
    Source,
    SourceAsked,
    SourceState,
    TravellerChecked,
    Whereabouts,
)
from kordon.journal.facts import PersonalDataRead
from kordon.measure.travellers import GIVEN, STATES, SURNAMES

DAY = date(2026, 6, 1)
FIELDS = ("document_code", "issuer", "surname", "given_names", "number", "nationality", "birth")
FINDINGS: tuple[tuple[str, Level, Source, dict[str, str]], ...] = (
    ("zone_valid", Level.FINE, Source.DOCUMENT, {"format": "TD3"}),
    ("in_force", Level.FINE, Source.DOCUMENT, {"expiry": "2031-05-10"}),
    ("no_document_match", Level.FINE, Source.DOCUMENT_ALERTS, {}),
    ("not_seen_before", Level.FINE, Source.EARLIER_CROSSINGS, {}),
)
SOURCES = (Source.DOCUMENT, Source.CHIP, Source.DOCUMENT_ALERTS, Source.SLTD, Source.PERSON_ALERTS)


def busy_post(seed: int = 9303) -> Iterator[Any]:
    """Facts without end, the same for the same seed: a check, what it read, a crossing, a desk."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311 (the same travellers every time)
    while True:
        check, who = _uuid(chance), _who(chance)
        yield _checked(check, who)
        about = (f"document:{who.issuer}/{who.number}",)
        yield PersonalDataRead(query="border.check_traveller", about=about, found=1)
        yield CrossingRecorded(
            crossing=_uuid(chance),
            check=check,
            direction=Direction.ENTRY,
            decision=Decision.ADMIT,
            crossed_at=datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(9999)),
            identity=who,
            lane="1",
            findings=tuple(code for code, *_ in FINDINGS),
        )
        yield SignInFailed(person=_uuid(chance), address="10.0.0.7", failure=Failure.UNKNOWN_LOGIN)


def _checked(check: UUID, who: Identity) -> TravellerChecked:
    return TravellerChecked(
        check=check,
        direction=Direction.ENTRY,
        on=DAY,
        mrz=f"P<{who.issuer}{who.surname}<<{who.given_names}".ljust(44, "<") + "\n" + "<" * 44,
        format="TD3",
        read=who,
        identity=who,
        fields=tuple(FieldRead(field=name, value=who.surname, verdict="OK") for name in FIELDS),
        corrections=(),
        findings=tuple(
            Finding(code=code, level=level, source=source, params=params)
            for code, level, source, params in FINDINGS
        ),
        sources=tuple(
            SourceAsked(source=source, state=SourceState.ANSWERED, as_of=DAY) for source in SOURCES
        ),
        matches=(),
        earlier=Earlier(same_document=0, same_person=0, whereabouts=Whereabouts.UNKNOWN, last=()),
    )


def _who(chance: random.Random) -> Identity:
    return Identity(
        document_type="P",
        issuer=chance.choice(STATES),
        number=f"{chance.choice('ABCNP')}{chance.randrange(10**8):08}",
        surname=chance.choice(SURNAMES),
        given_names=chance.choice(GIVEN),
        nationality=chance.choice(STATES),
        birth=f"{chance.randint(1940, 2015)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
        sex=chance.choice("MF"),
        expiry="2031-05-10",
    )


def _uuid(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
