"""The machine door for thresholds and weights: seen, proposed, approved, returned."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from kordon.watchlist import calibration_commands as commands
from kordon.watchlist import queries
from kordon.watchlist.api import REFUSALS, ReasonIn, Words, asks
from kordon.watchlist.calibration import LONGEST_WEIGHTS
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.particulars import Category

router = Router(tags=["watchlist"])
Score = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class ThresholdsIn(Schema):
    """Scores in nats: from ``stops`` on the booth, from ``looks`` on the second line."""

    stops: Score
    looks: Score


class CalibrationIn(Schema):
    """``weights``: a set of weights as JSON; empty for the one that comes with the software."""

    thresholds: dict[Category, ThresholdsIn]
    weights: Annotated[str, Field(max_length=LONGEST_WEIGHTS, pattern=r"^[^\x00]*$")] = ""
    ground: Words


class CalibrationOut(Schema):
    """``status``: pending, in_force, superseded or returned."""

    id: UUID
    status: str
    thresholds: dict[str, dict[str, float]]
    weights: str
    ground: str
    asked_by_name: str
    asked_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    reason: str


@router.get(
    "/calibrations",
    response={200: list[CalibrationOut], **REFUSALS},
    **asks("watchlist.list_calibrations"),
)
def list_calibrations(request: HttpRequest) -> Any:
    """What was ever proposed, newest first. With none in force, the usual thresholds hold."""
    return list(queries.list_calibrations(by=request.actor))  # type: ignore[attr-defined]


@router.put(
    "/calibrations/{uuid:calibration}",
    response={200: CalibrationOut, **REFUSALS},
    **asks("watchlist.propose_calibration"),
)
def propose_calibration(request: HttpRequest, calibration: UUID, given: CalibrationIn) -> Any:
    """Propose under an id of the caller's making; sent twice it is one proposal."""
    return commands.propose_calibration(
        by=request.actor,  # type: ignore[attr-defined]
        calibration=calibration,
        thresholds={
            category: Thresholds(stops=it.stops, looks=it.looks)
            for category, it in given.thresholds.items()
        },
        weights=given.weights,
        ground=given.ground,
    )


@router.post(
    "/calibrations/{uuid:calibration}/approve",
    response={200: CalibrationOut, **REFUSALS},
    **asks("watchlist.approve_calibration"),
)
def approve_calibration(request: HttpRequest, calibration: UUID) -> Any:
    """Put in force what another person proposed."""
    by = request.actor  # type: ignore[attr-defined]
    return commands.approve_calibration(by=by, calibration=calibration)


@router.post(
    "/calibrations/{uuid:calibration}/return",
    response={200: CalibrationOut, **REFUSALS},
    **asks("watchlist.return_calibration"),
)
def return_calibration(request: HttpRequest, calibration: UUID, given: ReasonIn) -> Any:
    """Not approve it, and say why."""
    by = request.actor  # type: ignore[attr-defined]
    return commands.return_calibration(by=by, calibration=calibration, reason=given.reason)
