"""The machine door for screening: persons asked about outside a check, one or many at once."""

import time
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, field_validator, model_validator

from kordon.journal.command import check_right
from kordon.lib.screening import Reason
from kordon.watchlist import queries
from kordon.watchlist.api import (
    REFUSALS,
    Line,
    Number,
    Refused,
    State,
    asks,
    parts,
    state,
)
from kordon.watchlist.enquiries import MOST_PERSONS, Enquiry, Known
from kordon.watchlist.pacing import Pace
from kordon.watchlist.sources.births import check_birth

router = Router(tags=["watchlist"])
pace = Pace(settings.KORDON_SCREEN_PER_MINUTE)


class DocumentAsked(Schema):
    """``issuer``: the issuing state; empty if it is not known."""

    number: Annotated[Number, Field(min_length=1)]
    issuer: State = ""


class PersonIn(Schema):
    """Whom to look for: at least a name or a document.

    ``names``: full names as written anywhere, in any script and order; ``surname`` and
    ``given_names`` are one more. ``born`` as far as it is known: 1974-08-12, 1974-08, 1974.
    ``truncated``: the machine readable zone had no room for the whole name. ``ref`` is the
    caller's own and comes back with the answer.
    """

    ref: Annotated[Line, Field(max_length=100)] = ""
    names: Annotated[list[Annotated[Line, Field(min_length=1)]], Field(max_length=10)] = []
    surname: Line = ""
    given_names: Line = ""
    born: Annotated[str, Field(pattern=r"^([12]\d{3}(-\d\d(-\d\d)?)?)?$")] = ""
    nationalities: Annotated[list[State], Field(max_length=10)] = []
    sex: Annotated[str, Field(pattern="^[FMX]?$")] = ""
    documents: Annotated[list[DocumentAsked], Field(max_length=10)] = []
    truncated: bool = False

    @field_validator("born")
    @classmethod
    def _in_the_calendar(cls, born: str) -> str:
        if born and check_birth(*parts(born)) is None:
            raise ValueError(f"{born} is no date of the calendar")
        return born

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.enquiry().names and not self.documents:
            raise ValueError("a person needs a name or a document")
        return self

    def enquiry(self) -> Enquiry:
        """As the query takes it."""
        whole = f"{self.surname} {self.given_names}".strip()
        names = dict.fromkeys(name for name in (whole, *self.names) if name.strip())
        return Enquiry(
            names=tuple(names),
            born=parts(self.born) if self.born else (0, 0, 0),
            nationalities=tuple(state(code) for code in self.nationalities if code),
            sex=self.sex if self.sex in {"F", "M"} else "",
            documents=tuple((it.number, state(it.issuer)) for it in self.documents),
            truncated=self.truncated,
        )


class PersonsIn(Schema):
    """One person, or many at once."""

    persons: Annotated[list[PersonIn], Field(min_length=1, max_length=MOST_PERSONS)]


class ReasonOut(Schema):
    """``weight`` in nats; null where it is not for the asker. ``text`` is an English sentence."""

    code: str
    given: str
    listed: str
    weight: float | None
    text: str


class MatchOut(Schema):
    """An alert that may concern the person; null is what the asker may not know.

    ``strength``: ``stop`` is enough evidence for the booth, ``second_line`` is worth an
    officer's look. ``shown``: what the first line sees of such an alert.
    """

    kind: str
    shown: str
    strength: str
    by: str
    alert: UUID | None
    category: str | None
    action: str | None
    listed_name: str | None
    exact: bool | None
    reasons: list[ReasonOut]
    score: float | None
    owner: str | None
    source: str | None
    reference: str | None
    instructions: str | None
    low_quality: bool | None


class FoundOut(Schema):
    ref: str
    matches: list[MatchOut]


class ListAsOfOut(Schema):
    """A source that was searched; ``name`` "own" are the alerts of the state's own agencies."""

    name: str
    title: str
    as_of: date


class AnswerOut(Schema):
    """What was searched, and an answer for each person, in the order they were given."""

    lists: list[ListAsOfOut]
    persons: list[FoundOut]


@router.post(
    "/screen",
    response={200: AnswerOut, **REFUSALS, 429: Refused},
    **asks("watchlist.screen_persons"),
)
def screen_persons(request: HttpRequest, given: PersonsIn) -> Any:
    """Whom of the alerts in force these persons may be, and why. Leading alerts first.

    Discreet alerts are among them only for their owner and for who may see all alerts.
    """
    by = request.actor  # type: ignore[attr-defined]
    check_right(by, "watchlist.screen_persons")
    pace.take(by.id, len(given.persons), now=time.monotonic())
    enquiries = tuple(person.enquiry() for person in given.persons)
    answered = queries.screen_persons(by=by, enquiries=enquiries)
    return {
        "lists": list(answered.lists),
        "persons": [
            {"ref": person.ref, "matches": [match_told(known) for known in found]}
            for person, found in zip(given.persons, answered.found, strict=True)
        ],
    }


WORDS = ("alert", "category", "action", "listed_name", "exact")
ALL = ("owner", "source", "reference", "instructions", "low_quality")


def match_told(known: Known) -> dict[str, Any]:
    """A match in plain values, less what the asker may not know.

    Weights depend on how many others of the name are listed, discreet ones too: words only.
    """
    match, candidate = known.match, known.match.candidate
    reasons = candidate.reasons if candidate and known.words else ()
    return {
        **{name: getattr(match, name) for name in ("kind", "shown", "strength", "by")},
        **{name: getattr(match, name) if known.words else None for name in WORDS},
        **{name: getattr(match, name) if known.all else None for name in ALL},
        "score": round(candidate.score, 3) if candidate and known.all else None,
        "reasons": [reason_told(reason, weighed=known.all) for reason in reasons],
    }


def reason_told(it: Reason, *, weighed: bool) -> dict[str, Any]:
    said = {"code": it.code, "given": it.given, "listed": it.listed, "text": it.text()}
    return said | {"weight": round(it.weight, 4) if weighed else None}
