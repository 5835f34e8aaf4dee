"""The machine door: gates, kiosks and partner systems check travellers and record crossings."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from kordon.border import commands, queries, scratch
from kordon.border.facts import Decision, Direction, Identity, Purpose, ReferralReason
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.presenting import PARTIAL_DATE, Presentation
from kordon.border.rules.refusals import BadReading
from kordon.journal.actor import Actor

router = Router(tags=["border"])

PartialDay = Annotated[
    str, StringConstraints(pattern=f"^({PARTIAL_DATE.pattern})?$", max_length=10)
]


def _text(limit: int) -> Any:
    return Field(default="", max_length=limit)


class Problem(Schema):
    """Why not. ``code`` is stable; ``detail`` is a sentence, or a list of wrong fields."""

    code: str = ""
    detail: Any = None


PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


class IdentityIn(Schema):
    """What an officer typed from the page. Unknown parts of a date are question marks."""

    document_type: str = _text(4)
    issuer: str = _text(3)
    number: str = _text(40)
    surname: str = _text(120)
    given_names: str = _text(120)
    nationality: str = _text(3)
    birth: PartialDay = ""
    sex: str = Field(default="", pattern="^[FMX]?$")
    expiry: PartialDay = ""


class CheckIn(Schema):
    """A traveller. ``check`` is the caller's own id: sent twice, the first answer comes again."""

    check: UUID
    direction: Direction
    mrz: str = _text(1000)
    typed: IdentityIn = Field(default_factory=IdentityIn)
    plate: str = _text(20)
    purpose: Purpose = Purpose.UNSTATED
    companions: str = _text(200)
    route: str = _text(200)
    reading: UUID | None = None
    """A reading handed in at the same post less than 15 minutes ago: its chip is verified."""


class IdentityOut(Schema):
    document_type: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    birth: str
    sex: str
    expiry: str


class FindingOut(Schema):
    """``code`` and ``params`` for machines; ``level`` is stop, look, note or fine."""

    code: str
    level: str
    source: str
    params: dict[str, str]
    advice: str


class ListOut(Schema):
    name: str
    as_of: date
    since: datetime | None


class SourceOut(Schema):
    """A source that was asked, or why it was not."""

    source: str
    state: str
    why: str
    as_of: date | None
    lists: list[ListOut]


class EarlierCrossingOut(Schema):
    crossing: UUID
    crossed_at: datetime
    direction: str
    post: str
    status: str
    same_document: bool
    same_person: bool
    document: str


class EarlierOut(Schema):
    same_document: int
    same_person: int
    whereabouts: str
    last: list[EarlierCrossingOut]


class CheckOut(Schema):
    """What the first line may know. ``may_admit`` false: the traveller must be referred."""

    check: UUID
    at: datetime
    on: date
    direction: Direction
    format: str
    read: IdentityOut
    identity: IdentityOut
    corrections: list[dict[str, str]]
    findings: list[FindingOut]
    matches: list[dict[str, Any]]
    sources: list[SourceOut]
    earlier: EarlierOut
    plate: str
    may_admit: bool
    reasons_to_refer: list[str]


class CrossingIn(Schema):
    """The decision. ``mobile``: away from a booth, which is a right of its own."""

    check: UUID
    decision: Decision
    reasons: list[ReferralReason] = Field(default_factory=list, max_length=10)
    purpose: Purpose = Purpose.UNSTATED
    note: str = _text(2000)
    mobile: bool = False


class CrossingOut(Schema):
    id: UUID
    crossed_at: datetime
    post: str
    booth: str
    lane: str
    direction: str
    status: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    purpose: str
    plate: str
    reasons: list[str]
    findings: list[str]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@router.post(
    "/checks",
    response={200: CheckOut, **PROBLEMS},
    operation_id="border_check_traveller",
    summary="Check a traveller",
    openapi_extra={"x-right": "border.check_traveller"},
)
def check_traveller(request: HttpRequest, told: CheckIn) -> dict[str, Any]:
    """Ask every source about a traveller. Needs the right ``border.check_traveller``."""
    found = _reading(_actor(request), told.reading)
    mrz = told.mrz or (found[0].mrz if found else "")
    presentation = Presentation(
        direction=told.direction,
        mrz=mrz,
        typed=Identity(**told.typed.dict()),
        plate=told.plate,
        purpose=told.purpose,
        companions=told.companions,
        route=told.route,
        chip=found[1] if found else None,
        page=scratch.page_of(found[0], mrz) if found else None,
        seal=scratch.seal_of(found[0]) if found else None,
    )
    made = commands.check_traveller(by=_actor(request), check=told.check, presentation=presentation)
    if found:
        scratch.tie_reading(reading=found[0].id, check=made.pk)
    return queries.first_line_view(made)


def _reading(
    by: Actor, reading: UUID | None
) -> tuple[scratch.ChipReading, ChipPresented | None] | None:
    if reading is None:
        return None
    found = scratch.find_reading(reading=reading, by=by)
    if found is None:
        raise BadReading("There is no such reading at this post, or it is gone.")
    return found


@router.get(
    "/checks/{uuid:check}",
    response={200: CheckOut, **PROBLEMS},
    operation_id="border_get_check",
    summary="A check made at one's own post",
    openapi_extra={"x-right": "border.get_check"},
)
def get_check(request: HttpRequest, check: UUID) -> dict[str, Any]:
    """What the first line was told. Needs the right ``border.get_check``."""
    return queries.get_check(by=_actor(request), check=check)


@router.put(
    "/crossings/{uuid:crossing}",
    response={200: CrossingOut, **PROBLEMS},
    operation_id="border_record_crossing",
    summary="Record the decision on a checked traveller",
    openapi_extra={"x-right": "border.record_crossing"},
)
def record_crossing(request: HttpRequest, crossing: UUID, told: CrossingIn) -> Any:
    """Admit or refer. The id in the address is the caller's own: sent twice, it is one crossing.

    Needs the right ``border.record_crossing``, or ``border.record_mobile_crossing``.
    """
    record = commands.record_mobile_crossing if told.mobile else commands.record_crossing
    return record(
        by=_actor(request),
        crossing=crossing,
        check=told.check,
        decision=told.decision,
        reasons=tuple(dict.fromkeys(told.reasons)),
        purpose=told.purpose,
        note=told.note,
    )


@router.get(
    "/crossings/{uuid:crossing}",
    response={200: CrossingOut, **PROBLEMS},
    operation_id="border_get_crossing",
    summary="A crossing as it stands now",
    openapi_extra={"x-right": "border.get_crossing"},
)
def get_crossing(request: HttpRequest, crossing: UUID) -> Any:
    """Needs the right ``border.get_crossing``."""
    return queries.get_crossing(by=_actor(request), crossing=crossing)


@router.post(
    "/crossings/{uuid:crossing}/undo",
    response={200: CrossingOut, **PROBLEMS},
    operation_id="border_undo_crossing",
    summary="Take a decision back within ten seconds",
    openapi_extra={"x-right": "border.undo_crossing"},
)
def undo_crossing(request: HttpRequest, crossing: UUID) -> Any:
    """Needs the right ``border.undo_crossing``."""
    return commands.undo_crossing(by=_actor(request), crossing=crossing)
