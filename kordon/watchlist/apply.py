"""How what happened becomes what we know. The only file that writes alerts and editions."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from kordon.journal.files import read_kept
from kordon.journal.inserting import insert_rows
from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.watchlist.facts import (
    AlertApproved,
    AlertChanged,
    AlertExtended,
    AlertRaised,
    AlertReturned,
    AlertWithdrawn,
    CalibrationApproved,
    CalibrationProposed,
    CalibrationReturned,
    Deed,
    EditionApproved,
    EditionImported,
    EditionRehearsed,
    EditionReturned,
    EditionRolledBack,
    ExclusionRevoked,
    ExclusionTold,
    MatchExcluded,
)
from kordon.watchlist.models import (
    Alert,
    AlertDocument,
    AlertName,
    CalibrationRow,
    Edition,
    Exclusion,
)
from kordon.watchlist.particulars import Particulars
from kordon.watchlist.rows import (
    columns_of,
    documents_of,
    fingerprints,
    from_json,
    listed_alert,
    names_of,
    to_json,
)
from kordon.watchlist.rules import EditionStatus, Status

T = TypeVar("T")


@applies(AlertRaised)
def alert_raised(it: AlertRaised, entry: Entry) -> None:
    Alert.objects.create(
        id=it.alert,
        position=entry.id,
        status=Status.PENDING,
        owner=it.owner,
        low_quality=it.low_quality,
        valid_from=it.valid_from,
        review_on=it.review_on,
        raised_by_name=entry.by_name,
        raised_at=entry.at,
        **_asked(entry, Deed.RAISE),
        **columns_of(it.particulars),
    )
    _write_parts(it.alert, it.particulars)


@applies(AlertChanged)
def alert_changed(it: AlertChanged, entry: Entry) -> None:
    alert = Alert.objects.get(pk=it.alert)
    if alert.status == Status.IN_FORCE:
        proposal = {
            "particulars": to_json(it.particulars),
            "low_quality": it.low_quality,
            "reason": it.reason,
        }
        _change(alert, entry, proposal=proposal, **_asked(entry, Deed.CHANGE))
        return
    _write(alert, entry, it.particulars, low_quality=it.low_quality)
    _change(alert, entry, status=Status.PENDING, **_asked(entry, Deed.RAISE))


@applies(AlertExtended)
def alert_extended(it: AlertExtended, entry: Entry) -> None:
    proposal = {
        "review_on": it.review_on.isoformat(),
        "valid_until": it.valid_until.isoformat() if it.valid_until else None,
        "reason": it.assessment,
    }
    alert = Alert.objects.get(pk=it.alert)
    _change(alert, entry, proposal=proposal, **_asked(entry, Deed.EXTEND))


@applies(AlertWithdrawn)
def alert_withdrawn(it: AlertWithdrawn, entry: Entry) -> None:
    alert = Alert.objects.get(pk=it.alert)
    if alert.status == Status.IN_FORCE:
        _change(alert, entry, proposal={"reason": it.reason}, **_asked(entry, Deed.WITHDRAW))
    else:
        _change(alert, entry, status=Status.WITHDRAWN, waiting="")


@applies(AlertApproved)
def alert_approved(it: AlertApproved, entry: Entry) -> None:
    alert = Alert.objects.get(pk=it.alert)
    proposal = alert.proposal or {}
    changes: dict[str, Any] = {"status": Status.IN_FORCE}
    if it.deed is Deed.CHANGE:
        _write(
            alert,
            entry,
            from_json(proposal["particulars"]),
            low_quality=proposal["low_quality"],
        )
    elif it.deed is Deed.EXTEND:
        until = proposal["valid_until"]
        changes["review_on"] = date.fromisoformat(proposal["review_on"])
        changes["valid_until"] = date.fromisoformat(until) if until else None
    elif it.deed is Deed.WITHDRAW:
        changes["status"] = Status.WITHDRAWN
    changes |= {"approved_by_name": entry.by_name, "approved_at": entry.at}
    _change(alert, entry, waiting="", proposal=None, **changes)


@applies(AlertReturned)
def alert_returned(it: AlertReturned, entry: Entry) -> None:
    alert = Alert.objects.get(pk=it.alert)
    status = Status.RETURNED if it.deed is Deed.RAISE else alert.status
    _change(alert, entry, waiting="", proposal=None, status=status)


@applies(EditionImported)
def edition_imported(it: EditionImported, entry: Entry) -> None:
    Edition.objects.create(
        id=it.edition,
        list=it.list,
        title=it.title,
        format=it.format,
        filename=it.filename,
        original=it.original,
        records=it.records,
        bad=it.bad,
        as_of=it.as_of,
        owner=it.owner,
        category=it.category,
        legal_basis=it.legal_basis,
        legal_review=it.legal_review,
        counts=it.counts,
        columns=it.columns,
        status=EditionStatus.PENDING,
        imported_by=entry.by,
        imported_by_name=entry.by_name,
        imported_at=entry.at,
    )


@applies(EditionApproved)
def edition_approved(it: EditionApproved, entry: Entry) -> None:
    edition = Edition.objects.get(pk=it.edition)
    before = Edition.objects.filter(list=edition.list, status=EditionStatus.IN_FORCE).first()
    if before:
        _change_edition(before.id, status=EditionStatus.SUPERSEDED)
    _change_edition(
        edition.id,
        status=EditionStatus.IN_FORCE,
        replaces=before.id if before else None,
        approved_by_name=entry.by_name,
        approved_at=entry.at,
        approved_alone=it.alone,
        reason=it.ground,
    )
    _put_in_force(edition.list, edition, position=entry.id)


@applies(EditionRehearsed)
def edition_rehearsed(it: EditionRehearsed, entry: Entry) -> None:
    figures = {name: value for name, value in vars(it).items() if name != "edition"}
    _change_edition(it.edition, rehearsal=figures)


@applies(EditionReturned)
def edition_returned(it: EditionReturned, entry: Entry) -> None:
    _change_edition(it.edition, status=EditionStatus.RETURNED, reason=it.reason)


@applies(EditionRolledBack)
def edition_rolled_back(it: EditionRolledBack, entry: Entry) -> None:
    edition = Edition.objects.get(pk=it.edition)
    _change_edition(it.edition, status=EditionStatus.ROLLED_BACK, reason=it.reason)
    if it.restored:
        _change_edition(it.restored, status=EditionStatus.IN_FORCE)
    restored = Edition.objects.get(pk=it.restored) if it.restored else None
    _put_in_force(edition.list, restored, position=entry.id)


@applies(MatchExcluded)
def match_excluded(it: MatchExcluded, entry: Entry) -> None:
    Exclusion.objects.create(
        id=it.exclusion,
        alert=it.alert,
        says=it.says,
        traveller=it.traveller,
        match=it.match,
        document=it.document[:64],
        name=it.name[:260],
        birth=it.birth[:10],
        reason=it.reason,
        ruled_by_name=entry.by_name,
        agency=entry.agency,
        post=entry.post,
        ruled_at=entry.at,
    )


@applies(ExclusionRevoked)
def exclusion_revoked(it: ExclusionRevoked, entry: Entry) -> None:
    Exclusion.objects.filter(pk=it.exclusion, revoked_at=None).update(
        revoked_at=entry.at, revoked_by_name=entry.by_name, revoked_because=it.reason
    )


@applies(ExclusionTold)
def exclusion_told(it: ExclusionTold, entry: Entry) -> None:
    """A post that ruled itself has the row already; a revocation there is not undone by this."""
    told = {
        "alert": it.alert,
        "says": it.says,
        "traveller": it.traveller,
        "reason": it.reason,
        "ruled_by_name": it.ruled_by,
        "agency": it.agency,
        "post": it.post,
        "ruled_at": it.ruled_at,
    }
    Exclusion.objects.get_or_create(pk=it.exclusion, defaults=told)
    if it.revoked:
        Exclusion.objects.filter(pk=it.exclusion, revoked_at=None).update(revoked_at=entry.at)


def _asked(entry: Entry, deed: Deed) -> dict[str, Any]:
    return {
        "waiting": deed,
        "asked_by": entry.by,
        "asked_by_name": entry.by_name,
        "asked_at": entry.at,
    }


def _write(alert: Alert, entry: Entry, it: Particulars, *, low_quality: bool) -> None:
    _change(alert, entry, low_quality=low_quality, **columns_of(it))
    AlertName.objects.filter(alert=alert).delete()
    AlertDocument.objects.filter(alert=alert).delete()
    _write_parts(alert.pk, it)


def _change(alert: Alert, entry: Entry, **columns: Any) -> None:
    Alert.objects.filter(pk=alert.pk).update(position=entry.id, **columns)


def _change_edition(edition: UUID, **columns: Any) -> None:
    Edition.objects.filter(pk=edition).update(**columns)


def _write_parts(alert: UUID, it: Particulars) -> None:
    insert_rows(names_of(alert, it))
    insert_rows(documents_of(alert, it))


def _put_in_force(source: str, edition: Edition | None, *, position: int) -> None:
    """Make the alerts of a list those of this edition; what is the same stays untouched.

    The rows are the same as if all had been made anew, but for ``position``.
    """
    known = dict(Alert.objects.filter(source=source).values_list("source_ref", "fingerprint"))
    lines = read_kept(edition.records) if edition else b""
    gone = set(known)
    new = []
    for ref, fingerprint, record in fingerprints(edition, lines) if edition else ():
        if known.get(ref) == fingerprint:
            gone.discard(ref)
        else:
            new.append((record, fingerprint))
    for refs in _batches(sorted(gone), 500):
        Alert.objects.filter(source=source, source_ref__in=refs).delete()
    for part in _batches(new, 2000):
        alerts = [listed_alert(edition, r, f, position) for r, f in part] if edition else []
        insert_rows(alerts)
        pairs = [(alert.id, record) for alert, (record, _) in zip(alerts, part, strict=True)]
        insert_rows(n for id, record in pairs for n in names_of(id, record))
        insert_rows(d for id, record in pairs for d in documents_of(id, record))


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


@applies(CalibrationProposed)
def calibration_proposed(it: CalibrationProposed, entry: Entry) -> None:
    CalibrationRow.objects.create(
        id=it.calibration,
        status=EditionStatus.PENDING,
        thresholds={
            str(category): {"stops": each.stops, "looks": each.looks}
            for category, each in it.thresholds.items()
        },
        weights=it.weights,
        ground=it.ground,
        asked_by=entry.by,
        asked_by_name=entry.by_name,
        asked_at=entry.at,
    )


@applies(CalibrationApproved)
def calibration_approved(it: CalibrationApproved, entry: Entry) -> None:
    rows = CalibrationRow.objects
    rows.filter(status=EditionStatus.IN_FORCE).update(status=EditionStatus.SUPERSEDED)
    _decide(it.calibration, entry, status=EditionStatus.IN_FORCE)


@applies(CalibrationReturned)
def calibration_returned(it: CalibrationReturned, entry: Entry) -> None:
    _decide(it.calibration, entry, status=EditionStatus.RETURNED, reason=it.reason)


def _decide(calibration: UUID, entry: Entry, **how: Any) -> None:
    CalibrationRow.objects.filter(pk=calibration).update(
        decided_by_name=entry.by_name, decided_at=entry.at, **how
    )
