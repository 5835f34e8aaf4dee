"""Setting thresholds and weights: one proposes, another approves, every post follows."""

from collections.abc import Mapping
from uuid import UUID

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record
from kordon.watchlist import calibration as rules
from kordon.watchlist.facts import (
    CalibrationApproved,
    CalibrationProposed,
    CalibrationReturned,
    Thresholds,
)
from kordon.watchlist.models import CalibrationRow
from kordon.watchlist.particulars import Category
from kordon.watchlist.rules import EditionStatus, check_other_officer, check_reason


@command(at_hq=True)
def propose_calibration(
    *,
    by: Actor,
    calibration: UUID,
    thresholds: Mapping[Category, Thresholds],
    weights: str = "",
    ground: str,
) -> CalibrationRow:
    """Lay other thresholds, or other weights of findings, before a second person.

    A category that is not named has its usual ones. The same id sent twice is one proposal.
    """
    known = CalibrationRow.objects.filter(pk=calibration).first()
    if known:
        return known
    rules.check_calibration(thresholds, weights)
    check_reason(ground, "ground")
    what = CalibrationProposed(
        calibration=calibration, thresholds=dict(thresholds), weights=weights, ground=ground.strip()
    )
    record(what, by=by)
    return CalibrationRow.objects.get(pk=calibration)


@command(at_hq=True)
def approve_calibration(*, by: Actor, calibration: UUID) -> CalibrationRow:
    """Put in force what another person proposed; posts follow once they have heard of it."""
    row = _waiting(calibration)
    check_other_officer(asked_by=row.asked_by, deciding=by.id)
    record(CalibrationApproved(calibration=calibration), by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def return_calibration(*, by: Actor, calibration: UUID, reason: str) -> CalibrationRow:
    """Not approve a proposal, and say why. Who proposed it may take it back so."""
    row = _waiting(calibration)
    check_reason(reason)
    record(CalibrationReturned(calibration=calibration, reason=reason.strip()), by=by)
    row.refresh_from_db()
    return row


def _waiting(calibration: UUID) -> CalibrationRow:
    row = CalibrationRow.objects.filter(pk=calibration).first()
    if row is None:
        raise rules.NoSuchCalibration("There is no such calibration.")
    if row.status != EditionStatus.PENDING:
        raise rules.NotWaiting("This calibration does not wait for approval.")
    return row
