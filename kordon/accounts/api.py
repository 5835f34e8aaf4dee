"""The machine door: who I am, where posts are, who is at which booth, who read what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from kordon.accounts import queries
from kordon.accounts.facts import LaneClass, LaneDirection, Mode, PostStatus
from kordon.journal.queries import list_reads

router = Router(tags=["accounts"])


class Refused(Schema):
    """Why not: ``code`` for machines, ``detail`` for people."""

    code: str
    detail: str


class Me(Schema):
    """Whoever calls."""

    id: UUID
    name: str
    agency: str
    post: str
    booth: str
    rights: list[str]

    @staticmethod
    def resolve_rights(actor: Any) -> list[str]:
        return sorted(actor.rights)


class AgencyOut(Schema):
    code: str
    name: str
    own: bool


class PostOut(Schema):
    """A border crossing point; degrees are WGS 84."""

    code: str
    name: str
    agency: str
    mode: Mode
    status: PostStatus
    neighbour: str
    region: str
    time_zone: str
    latitude: float | None
    longitude: float | None
    opening_hours: str
    seasonal: bool
    joint_control: bool

    @staticmethod
    def resolve_agency(row: Any) -> str:
        return str(row.agency_id)


class LaneOut(Schema):
    code: str
    lane_class: LaneClass
    direction: LaneDirection


class OccupiedBoothOut(Schema):
    booth: str
    lane: str
    person: UUID
    name: str
    since: datetime
    alive: bool


class ReadOut(Schema):
    """One line of the access log."""

    entry: int
    at: datetime
    by: UUID
    by_name: str
    agency: str
    post: str
    query: str
    about: list[str]
    found: int


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 422), Refused)


def asks(right: str) -> dict[str, Any]:
    """What every operation says of itself: its name, and the right it needs."""
    return {"operation_id": right.replace(".", "_"), "openapi_extra": {"x-right": right}}


@router.get("/me", response={200: Me, **REFUSALS}, **asks("accounts.get_oneself"))
def get_oneself(request: HttpRequest) -> Any:
    """Who I am, and what I may."""
    return queries.get_oneself(by=request.actor)  # type: ignore[attr-defined]


@router.get(
    "/agencies", response={200: list[AgencyOut], **REFUSALS}, **asks("accounts.list_agencies")
)
def list_agencies(request: HttpRequest) -> Any:
    """Agencies that take part."""
    return list(queries.list_agencies(by=request.actor))  # type: ignore[attr-defined]


@router.get("/posts", response={200: list[PostOut], **REFUSALS}, **asks("accounts.list_posts"))
def list_posts(request: HttpRequest) -> Any:
    """Posts in use."""
    return list(queries.list_posts(by=request.actor))  # type: ignore[attr-defined]


@router.get("/posts/{post}", response={200: PostOut, **REFUSALS}, **asks("accounts.get_post"))
def get_post(request: HttpRequest, post: str) -> Any:
    """One post by its code."""
    return queries.get_post(by=request.actor, code=post)  # type: ignore[attr-defined]


@router.get(
    "/posts/{post}/lanes", response={200: list[LaneOut], **REFUSALS}, **asks("accounts.list_lanes")
)
def list_lanes(request: HttpRequest, post: str) -> Any:
    """The lanes of a post."""
    return list(queries.list_lanes(by=request.actor, post=post))  # type: ignore[attr-defined]


@router.get(
    "/posts/{post}/occupied-booths",
    response={200: list[OccupiedBoothOut], **REFUSALS},
    **asks("accounts.list_occupied_booths"),
)
def list_occupied_booths(request: HttpRequest, post: str) -> Any:
    """Who sits at which booth."""
    by = request.actor  # type: ignore[attr-defined]
    return queries.list_occupied_booths(by=by, post=post)


@router.get("/reads", response={200: list[ReadOut], **REFUSALS}, **asks("journal.list_reads"))
@paginate(LimitOffsetPagination)
def list_reads_(request: HttpRequest) -> Any:
    """The access log, newest first, for the monitoring of an auditor."""
    return list_reads(by=request.actor)  # type: ignore[attr-defined]
