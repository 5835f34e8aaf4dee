"""What may be asked of the watchlist, and the values the answers are made of."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.channels import is_post
from kordon.journal.command import note_read, query
from kordon.journal.compiled import compiled
from kordon.journal.fact import kind_of
from kordon.journal.files import is_kept, read_kept
from kordon.journal.queries import list_lines
from kordon.lib.screening import Person
from kordon.watchlist import asking, screening
from kordon.watchlist.asking import AlertPage, AlertRead, EditionRead, Filter
from kordon.watchlist.calibration import Calibration
from kordon.watchlist.categories import Action, Shown
from kordon.watchlist.comparing import Difference, compare
from kordon.watchlist.enquiries import Answered, Enquiry, check_number, known_to
from kordon.watchlist.excluding import Holder, Ruling, holding, rulings_of
from kordon.watchlist.facts import (
    AlertApproved,
    AlertChanged,
    AlertExtended,
    AlertRaised,
    AlertReturned,
    AlertWithdrawn,
    EditionApproved,
    EditionImported,
    EditionReturned,
    EditionRolledBack,
)
from kordon.watchlist.lists import Profile
from kordon.watchlist.matches import By, ListAge, Match, Strength, Traveller, Written
from kordon.watchlist.measured import Entry, entries, lists_in_force
from kordon.watchlist.models import Alert, CalibrationRow, Edition, Exclusion
from kordon.watchlist.particulars import Category
from kordon.watchlist.proposing import Bounds, CalibrationReport
from kordon.watchlist.rehearsing import Figures, Rehearsal
from kordon.watchlist.rules import EditionStatus, NoSuchAlert, NoSuchEdition, Status
from kordon.watchlist.sifting import Sieve, sieve_of
from kordon.watchlist.sources import Kind, Options, Parsed, bad_from_lines, read

__all__ = [
    "Action",
    "AlertPage",
    "AlertRead",
    "By",
    "Calibration",
    "Category",
    "Figures",
    "Entry",
    "Filter",
    "Holder",
    "Kind",
    "ListAge",
    "Match",
    "Rehearsal",
    "Ruling",
    "Shown",
    "Sieve",
    "Strength",
    "Traveller",
    "calibrate",
    "Written",
    "find_document_alerts",
    "find_vehicle_alerts",
    "get_alert",
    "get_calibration",
    "get_edition",
    "get_matched_alert",
    "list_ages",
    "list_alerts",
    "list_calibrations",
    "list_edition_history",
    "list_editions",
    "list_waiting_alerts",
    "preview_edition",
    "screen_persons",
    "screen_traveller",
    "see_all_alerts",
    "tell_alert",
    "tell_calibration",
    "tell_excluded",
    "tell_entries",
    "tell_lists",
    "tell_rehearsal",
    "tell_rulings",
    "tell_sieve",
    "tell_written",
    "waits_for_rehearsal",
    "was_changed_after",
]

OWN = "own"
RULINGS = 200
_ALERT_KINDS = tuple(
    kind_of(fact)
    for fact in (
        AlertRaised, AlertChanged, AlertExtended, AlertWithdrawn, AlertApproved, AlertReturned,
    )
)  # fmt: skip
_EDITION_KINDS = tuple(
    kind_of(fact) for fact in (EditionImported, EditionApproved, EditionReturned, EditionRolledBack)
)


@query(personal=True)
def screen_traveller(*, by: Actor, traveller: Traveller) -> tuple[Match, ...]:
    """Alerts on persons the traveller may be. Discreet ones are among them: see ``Match``."""
    return _noted(screening.persons_like(traveller, today=timezone.localdate()))


@query(personal=True)
def screen_persons(*, by: Actor, enquiries: tuple[Enquiry, ...]) -> Answered:
    """What is known of persons asked about outside a check, each in its order.

    Discreet alerts are among it only for their owner and for who may see all alerts. Raises
    ``TooManyPersons``. The access log says how many were asked about, and every alert found.
    """
    check_number(len(enquiries))
    today = timezone.localdate()
    note_read(f"persons:{len(enquiries)}", found=0)
    found = [_noted(matches) for matches in screening.answer_all(enquiries, today=today)]
    return Answered(_ages(), tuple(known_to(by, matches) for matches in found))


@query(personal=True)
def find_document_alerts(*, by: Actor, number: str, issuer: str) -> tuple[Match, ...]:
    """Alerts on a document, or on a person known to hold it."""
    return _noted(screening.documents_like(number, issuer, today=timezone.localdate()))


@query(personal=True)
def find_vehicle_alerts(*, by: Actor, plate: str) -> tuple[Match, ...]:
    """Alerts on a vehicle by its plate, whichever alphabet it was typed in."""
    return _noted(screening.vehicles_like(plate, today=timezone.localdate()))


@query
def list_ages(*, by: Actor) -> tuple[ListAge, ...]:
    """Everything that is searched, with its age: own alerts first, then the lists by name.

    Asked with every check, so nothing is counted here.
    """
    return _ages()


def _ages() -> tuple[ListAge, ...]:
    own = ListAge(name=OWN, title="", as_of=timezone.localdate(), since=None)
    return own, *(
        ListAge(name=name, title=title, as_of=as_of, since=since, edition=edition)
        for name, title, as_of, since, edition in _editions_in_force()
    )


@compiled()
def _editions_in_force() -> QuerySet[Edition, tuple[Any, ...]]:
    rows = Edition.objects.filter(status=EditionStatus.IN_FORCE).order_by("title")
    return rows.values_list("list", "title", "as_of", "approved_at", "id")


@query
def list_editions(*, by: Actor) -> tuple[ListAge, ...]:
    """The same lists, with how many alerts of each are in force."""
    in_force = Alert.objects.filter(status=Status.IN_FORCE).values_list("source").order_by()
    counts: Counter[str] = Counter(dict(in_force.annotate(entries=Count("id"))))
    return tuple(
        replace(age, entries=counts["" if age.name == OWN else age.name]) for age in _ages()
    )


@query(personal=True)
def list_alerts(*, by: Actor, filter: Filter) -> AlertPage:
    """One's own agency's alerts; those of all who may see them all."""
    return _page(filter, _seen_by(by), by)


@query(personal=True)
def see_all_alerts(*, by: Actor, filter: Filter) -> AlertPage:
    """The alerts of every agency, discreet ones too."""
    return _page(filter, Alert.objects.all(), by)


@query(personal=True)
def list_waiting_alerts(*, by: Actor) -> AlertPage:
    """What of one's own agency's alerts a second officer has to decide about, oldest first."""
    rows = Alert.objects.filter(owner=by.agency).exclude(waiting="").order_by("asked_at", "id")
    return _page(Filter(), rows, by)


@query(personal=True)
def get_alert(*, by: Actor, alert: UUID) -> AlertRead:
    """An alert as a document, with its history. Raises ``NoSuchAlert`` if not one's own."""
    row = _seen_by(by).filter(pk=alert).prefetch_related("names", "documents").first()
    if row is None:
        raise NoSuchAlert("There is no such alert, or it belongs to another agency.")
    note_read(f"alert:{alert}")
    history = list_lines(_ALERT_KINDS, mentioning=str(alert)) if not row.source else []
    edition = Edition.objects.filter(list=row.source, status=EditionStatus.IN_FORCE).first()
    read = asking.read_alert(
        row,
        screening.match_of(row),
        tuple(history),
        edition.id if edition and row.source else None,
        timezone.localdate(),
    )
    return replace(read, rulings=_rulings_about(alert))


def _rulings_about(alert: UUID) -> tuple[Ruling, ...]:
    """Who was ruled not to be the one an alert means, revoked rulings too, newest first."""
    found = rulings_of(Exclusion.objects.filter(alert=alert).order_by("-ruled_at")[:RULINGS])
    for one in found:
        note_read(f"exclusion:{one.id}")
    return found


@query(personal=True)
def get_matched_alert(*, by: Actor, alert: UUID) -> AlertRead:
    """An alert in force as the second line needs it to compare, whoever owns it.

    A discreet alert is not there for it: it must leave no trace on any screen.
    """
    row = Alert.objects.filter(pk=alert).prefetch_related("names", "documents").first()
    if row is None or row.discreet or not screening.fires(row, timezone.localdate()):
        raise NoSuchAlert("There is no such alert.")
    note_read(f"alert:{alert}")
    return asking.read_alert(row, screening.match_of(row), (), None, timezone.localdate())


def tell_alert(alert: UUID) -> asking.AlertLine:
    """An alert as one line, told to whoever a command just let change it."""
    rows = asking.with_parts(Alert.objects.filter(pk=alert))
    return asking.line_of(rows.get(), timezone.localdate())


def tell_calibration() -> Calibration:
    """What holds, told to a command that screens."""
    return screening.calibration_in_force()


@query
def get_calibration(*, by: Actor) -> Calibration:
    """The thresholds and weights that hold here."""
    return screening.calibration_in_force()


@query
def list_calibrations(*, by: Actor) -> QuerySet[CalibrationRow]:
    """Every set of thresholds and weights that was ever proposed, newest first."""
    return CalibrationRow.objects.order_by("-asked_at", "id")


@query
def calibrate(
    *, by: Actor, innocents: Iterable[Person], listed: int, bounds: Bounds, seed: int
) -> CalibrationReport:
    """What each threshold would show of innocents and find of listed persons, under the weights
    in force; figures of nobody, and a proposal per category. Changes nothing."""
    return screening.calibrate(innocents, listed, bounds, seed)


def tell_excluded(holders: tuple[Holder, ...]) -> frozenset[tuple[UUID, str]]:
    """With which alerts these holders are ruled not to be the same, told to a check: pairs of
    alert and holder's digest."""
    return holding(tuple(sorted({holder.digest for holder in holders})))


def tell_rulings(pairs: frozenset[tuple[UUID, str]]) -> tuple[Ruling, ...]:
    """The rulings that hold about pairs of alert and holder's digest, told to who compares."""
    rows = Exclusion.objects.filter(
        alert__in={alert for alert, _ in pairs},
        traveller__in={digest for _, digest in pairs},
        revoked_at=None,
    )
    return rulings_of(row for row in rows if (row.alert, row.traveller) in pairs)


def tell_written(alert: UUID) -> Written:
    """How an alert writes names, documents and plate, told to who compares a match with it."""
    row = Alert.objects.filter(pk=alert).prefetch_related("names", "documents").first()
    if row is None:
        return Written()
    return Written(
        names=tuple((name.text, name.quality) for name in row.names.all()),
        documents=tuple((document.issuer, document.number) for document in row.documents.all()),
        plate=row.plate,
    )


def tell_sieve(positions: tuple[int, ...]) -> Sieve:
    """The alerts that entries put in force, ready to be compared with travellers of the past."""
    return sieve_of(positions)


def tell_lists() -> list[tuple[str, str]]:
    """Owner and list of everything in force, told to who reports on them."""
    return lists_in_force()


def tell_entries(owner: str, source: str) -> Iterator[Entry]:
    """What each alert of a list lacks, told to who measures it. Names nobody."""
    return entries(owner, source, timezone.localdate())


def tell_rehearsal() -> Rehearsal | None:
    """The edition that has waited longest without having been rehearsed, ready for it."""
    rows = Edition.objects.filter(status=EditionStatus.PENDING, rehearsal__isnull=True)
    row = rows.order_by("imported_at").first()
    return Rehearsal(row) if row else None


def waits_for_rehearsal(edition: UUID | None) -> bool:
    """Whether an edition, or any, still waits to be rehearsed."""
    rows = Edition.objects.filter(status=EditionStatus.PENDING, rehearsal__isnull=True)
    return (rows.filter(pk=edition) if edition else rows).exists()


def was_changed_after(alert: UUID, position: int) -> bool:
    """Whether an alert was touched after an entry of this node's journal, or is gone."""
    return not Alert.objects.filter(pk=alert, position__lt=position).exists()


@query
def list_edition_history(*, by: Actor) -> QuerySet[Edition]:
    """Every edition that was ever handed in, newest first."""
    return Edition.objects.order_by("-imported_at", "id")


@query
def get_edition(*, by: Actor, edition: UUID) -> EditionRead:
    """An edition with its bad rows and what was done with it."""
    row = Edition.objects.filter(pk=edition).first()
    if row is None:
        raise NoSuchEdition("There is no such edition.")
    elsewhere = is_post() and not is_kept(row.bad)
    return EditionRead(
        row=row,
        bad=() if elsewhere else tuple(bad_from_lines(read_kept(row.bad))),
        at_headquarters=elsewhere,
        history=tuple(list_lines(_EDITION_KINDS, mentioning=str(edition))),
        may_decide=row.status == EditionStatus.PENDING and row.imported_by != by.id,
    )


@query
def preview_edition(
    *, by: Actor, profile: Profile, content: bytes, options: Options | None = None
) -> tuple[Parsed, Difference]:
    """What importing a file would do. Raises ``SourceError`` if it cannot be read."""
    parsed = read(profile.format, content, options)
    return parsed, compare(profile, by.agency, parsed)


def _seen_by(by: Actor) -> QuerySet[Alert]:
    rows = Alert.objects.all()
    return rows if by.may("watchlist.see_all_alerts") else rows.filter(owner=by.agency)


def _page(filter: Filter, rows: QuerySet[Alert], by: Actor) -> AlertPage:
    today = timezone.localdate()
    rows = asking.matching(filter, rows, today)
    if not rows.ordered:
        rows = rows.order_by("-position", "id")
    start = (max(filter.page, 1) - 1) * asking.PAGE
    found = asking.with_parts(rows)[start : start + asking.PAGE]
    lines = tuple(asking.line_of(row, today, reader=by.id) for row in found)
    for line in lines:
        note_read(f"alert:{line.id}")
    return AlertPage(lines=lines, total=rows.count(), page=max(filter.page, 1))


def _noted(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    for match in matches:
        note_read(f"alert:{match.alert}")
    return matches
