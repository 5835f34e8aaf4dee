"""The machine door: agencies write and maintain their alerts, and read how old lists are."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, field_validator

from kordon.watchlist import commands, queries
from kordon.watchlist.asking import AlertLine, AlertRead, Filter, written_birth
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.rules import Status
from kordon.watchlist.sources import Birth, Kind, Quality
from kordon.watchlist.sources.births import check_birth
from kordon.watchlist.sources.countries import to_alpha3

router = Router(tags=["watchlist"])

# No control characters: they break databases and hide what a name says.
_PRINTABLE = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Number = Annotated[str, Field(max_length=60, pattern=r"^[0-9A-Za-zА-Яа-яЁёҶҷҢңҒғӮӯӢӣ /.\-]*$")]
State = Annotated[str, Field(pattern=r"^([A-Z]{1,3})?$")]
Words = Annotated[str, Field(max_length=4000, pattern=_PRINTABLE)]
BirthText = Annotated[str, Field(pattern=r"^[12]\d{3}(-\d\d(-\d\d)?)?$")]
DocumentType = Literal["passport", "identity_card", "travel_document", "visa", "other"]


class Refused(Schema):
    """Why not: ``code`` for machines, ``detail`` for people."""

    code: str
    detail: str


class NameIn(Schema):
    text: Annotated[Line, Field(min_length=1)]
    quality: Quality = Quality.GOOD


class DocumentIn(Schema):
    """``issuer``: the issuing state, ICAO three-letter code."""

    number: Annotated[Number, Field(min_length=1)]
    issuer: State = ""
    type: DocumentType = "passport"


class ParticularsIn(Schema):
    """What an alert says. Births as far as they are known: 1974-08-12, 1974-08, 1974."""

    kind: Kind
    category: Category
    legal_basis: Words
    case_reference: Words
    proportionality: Words
    names: Annotated[list[NameIn], Field(max_length=50)] = []
    births: Annotated[list[BirthText], Field(max_length=20)] = []
    nationalities: Annotated[list[State], Field(max_length=20)] = []
    sex: Literal["", "F", "M"] = ""
    places: Annotated[list[Line], Field(max_length=50)] = []
    documents: Annotated[list[DocumentIn], Field(max_length=50)] = []
    plate: Annotated[Number, Field(max_length=20)] = ""
    plate_country: State = ""
    instructions: Words = ""
    remarks: Words = ""
    valid_until: date | None = None
    low_quality: bool = False

    @field_validator("births")
    @classmethod
    def _in_the_calendar(cls, births: list[str]) -> list[str]:
        for text in births:
            if check_birth(*parts(text)) is None:
                raise ValueError(f"{text} is no date of the calendar")
        return births

    def particulars(self) -> Particulars:
        """As the commands take it."""
        return Particulars(
            kind=self.kind,
            category=self.category,
            legal_basis=self.legal_basis,
            case_reference=self.case_reference,
            proportionality=self.proportionality,
            names=tuple(NameGiven(name.text, name.quality) for name in self.names),
            births=tuple(parts(text) for text in self.births),
            nationalities=tuple(state(code) for code in self.nationalities if code),
            sex=self.sex,
            places=tuple(self.places),
            documents=tuple(
                DocumentGiven(it.number, state(it.issuer), it.type) for it in self.documents
            ),
            plate=self.plate,
            plate_country=state(self.plate_country),
            instructions=self.instructions,
            remarks=self.remarks,
            valid_until=self.valid_until,
        )


class AlertIn(ParticularsIn):
    review_on: date | None = None


class ChangeIn(ParticularsIn):
    reason: Words


class ExtendIn(Schema):
    review_on: date
    valid_until: date | None = None
    assessment: Words


class ReasonIn(Schema):
    reason: Words


class AlertLineOut(Schema):
    """An alert as one line; ``waiting``: what a second officer has to decide about."""

    id: UUID
    kind: Kind
    category: Category
    status: Status
    waiting: str
    owner: str
    source: str
    reference: str
    name: str
    born: str
    ends: date | None
    low_quality: bool


class AlertPageOut(Schema):
    total: int
    page: int
    alerts: list[AlertLineOut]


class DeedOut(Schema):
    at: datetime
    kind: str
    by_name: str
    agency: str
    post: str


class AlertOut(AlertLineOut):
    """An alert with everything its owner wrote, and what was done with it."""

    legal_basis: str
    case_reference: str
    proportionality: str
    names: list[NameIn]
    births: list[str]
    nationalities: list[str]
    sex: str
    places: list[str]
    documents: list[dict[str, str]]
    plate: str
    plate_country: str
    instructions: str
    remarks: str
    valid_from: date | None
    valid_until: date | None
    review_on: date | None
    history: list[DeedOut]


class ListAgeOut(Schema):
    """``name`` "own" are the alerts of the state's own agencies."""

    name: str
    title: str
    as_of: date
    entries: int


class FilterIn(Schema):
    """Which alerts; what is left out means any."""

    text: Annotated[str, Field(max_length=120, pattern=_PRINTABLE)] = ""
    kind: Kind | None = None
    category: Category | None = None
    status: Status | None = None
    source: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9._-]*$")] = ""
    ending: bool = False
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Refused)


def asks(right: str) -> dict[str, Any]:
    """What every operation says of itself: its name, and the right it needs."""
    return {"operation_id": right.replace(".", "_"), "openapi_extra": {"x-right": right}}


@router.get(
    "/lists", response={200: list[ListAgeOut], **REFUSALS}, **asks("watchlist.list_editions")
)
def list_editions(request: HttpRequest) -> Any:
    """What is searched, and of when it is."""
    return list(queries.list_editions(by=request.actor))  # type: ignore[attr-defined]


@router.get("/alerts", response={200: AlertPageOut, **REFUSALS}, **asks("watchlist.list_alerts"))
def list_alerts(request: HttpRequest, filter: Query[FilterIn]) -> Any:
    """One's own agency's alerts, fifty a page."""
    wanted = Filter(
        text=filter.text,
        kind=filter.kind or "",
        category=filter.category or "",
        status=filter.status or "",
        source=filter.source,
        ending=filter.ending,
        page=filter.page,
    )
    page = queries.list_alerts(by=request.actor, filter=wanted)  # type: ignore[attr-defined]
    lines = [_line(line) for line in page.lines]
    return {"total": page.total, "page": page.page, "alerts": lines}


@router.get(
    "/alerts/{uuid:alert}", response={200: AlertOut, **REFUSALS}, **asks("watchlist.get_alert")
)
def get_alert(request: HttpRequest, alert: UUID) -> Any:
    """An alert as a document."""
    return _alert(queries.get_alert(by=request.actor, alert=alert))  # type: ignore[attr-defined]


@router.put(
    "/alerts/{uuid:alert}",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.raise_alert"),
)
def raise_alert(request: HttpRequest, alert: UUID, given: AlertIn) -> Any:
    """Write an alert under an id of the caller's making; sent twice it is one alert."""
    commands.raise_alert(
        by=request.actor,  # type: ignore[attr-defined]
        alert=alert,
        particulars=given.particulars(),
        low_quality=given.low_quality,
        review_on=given.review_on,
    )
    return _after(alert)


@router.post(
    "/alerts/{uuid:alert}/change",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.change_alert"),
)
def change_alert(request: HttpRequest, alert: UUID, given: ChangeIn) -> Any:
    """Write an alert anew; one in force stays as it is until approved."""
    commands.change_alert(
        by=request.actor,  # type: ignore[attr-defined]
        alert=alert,
        particulars=given.particulars(),
        low_quality=given.low_quality,
        reason=given.reason,
    )
    return _after(alert)


@router.post(
    "/alerts/{uuid:alert}/extend",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.extend_alert"),
)
def extend_alert(request: HttpRequest, alert: UUID, given: ExtendIn) -> Any:
    """Keep an alert after assessing it anew."""
    commands.extend_alert(
        by=request.actor,  # type: ignore[attr-defined]
        alert=alert,
        review_on=given.review_on,
        valid_until=given.valid_until,
        assessment=given.assessment,
    )
    return _after(alert)


@router.post(
    "/alerts/{uuid:alert}/withdraw",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.withdraw_alert"),
)
def withdraw_alert(request: HttpRequest, alert: UUID, given: ReasonIn) -> Any:
    """Take an alert back; one in force fires until approved."""
    by = request.actor  # type: ignore[attr-defined]
    commands.withdraw_alert(by=by, alert=alert, reason=given.reason)
    return _after(alert)


@router.post(
    "/alerts/{uuid:alert}/approve",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.approve_alert"),
)
def approve_alert(request: HttpRequest, alert: UUID) -> Any:
    """Put in force what another officer of the owner asked for."""
    commands.approve_alert(by=request.actor, alert=alert)  # type: ignore[attr-defined]
    return _after(alert)


@router.post(
    "/alerts/{uuid:alert}/return",
    response={200: AlertLineOut, **REFUSALS},
    **asks("watchlist.return_alert"),
)
def return_alert(request: HttpRequest, alert: UUID, given: ReasonIn) -> Any:
    """Not approve it, and say why."""
    by = request.actor  # type: ignore[attr-defined]
    commands.return_alert(by=by, alert=alert, reason=given.reason)
    return _after(alert)


def _after(alert: UUID) -> dict[str, Any]:
    """How the alert stands after a deed of its own agency, which the caller just did."""
    return _line(queries.tell_alert(alert))


def _line(line: AlertLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in AlertLineOut.model_fields}


def _alert(it: AlertRead) -> dict[str, Any]:
    said = it.particulars
    same = (
        "legal_basis", "case_reference", "proportionality", "nationalities", "sex", "places",
        "plate", "plate_country", "instructions", "remarks", "valid_until",
    )  # fmt: skip
    return {
        **_line(it.line),
        **{name: getattr(said, name) for name in same},
        "names": [{"text": name.text, "quality": name.quality} for name in said.names],
        "births": [written_birth(birth) for birth in said.births],
        "documents": [
            {"number": d.number, "issuer": d.issuer, "type": d.type} for d in said.documents
        ],
        "valid_from": it.valid_from,
        "review_on": it.review_on,
        "history": [
            {"at": x.at, "kind": x.kind, "by_name": x.by_name, "agency": x.agency, "post": x.post}
            for x in it.history
        ],
    }


def parts(text: str) -> Birth:
    """Year, month, day of a partial date; 0 where unknown."""
    numbers = [int(part) for part in text.split("-")] + [0, 0]
    return numbers[0], numbers[1], numbers[2]


def state(code: str) -> str:
    """A state's alpha-3 code, or what was written if there is no such state."""
    return to_alpha3(code) or code
