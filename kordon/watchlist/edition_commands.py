"""Importing other people's lists: read, looked at by a second officer, in force, rolled back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.files import keep
from kordon.journal.writing import record, writing
from kordon.watchlist import rules, screening_index
from kordon.watchlist.comparing import Difference, compare
from kordon.watchlist.facts import (
    EditionApproved,
    EditionImported,
    EditionRehearsed,
    EditionReturned,
    EditionRolledBack,
)
from kordon.watchlist.lists import Profile
from kordon.watchlist.models import Edition
from kordon.watchlist.rehearsing import Figures
from kordon.watchlist.sources import Options, Parsed, bad_to_lines, read, to_lines

AT_CONSOLE = "Put in force by the operator at the console; no second officer looked."


@command(writes_late=True, at_hq=True)
def import_edition(
    *,
    by: Actor,
    edition: UUID,
    profile: Profile,
    content: bytes,
    filename: str,
    options: Options | None = None,
    accept_shrinking: bool = False,
) -> Edition:
    """Read an edition of a list and lay it before a second officer.

    Raises ``SourceError`` if the file cannot be read. Both the original and what was read
    of it are kept for good. The same ``edition`` id sent twice is one edition.
    """
    known = Edition.objects.filter(pk=edition).first()
    if known:
        return known
    parsed = read(profile.format, content, options)
    difference = compare(profile, by.agency, parsed)
    rules.check_edition(
        category=profile.category,
        legal_review=profile.legal_review,
        kinds={it.kind for it in parsed.records},
        records=len(parsed.records),
        now_in_force=difference.now,
        removed=len(difference.removed),
        accept_shrinking=accept_shrinking,
    )
    what = EditionImported(
        edition=edition,
        list=profile.list,
        title=profile.title,
        format=profile.format,
        filename=filename[:200],
        original=keep(content),
        records=keep(to_lines(parsed.records)),
        bad=keep(bad_to_lines(parsed.bad)),
        as_of=date.fromisoformat(parsed.as_of) if parsed.as_of else timezone.localdate(),
        owner=by.agency,
        category=profile.category,
        legal_basis=profile.legal_basis,
        legal_review=profile.legal_review,
        counts=_counts(parsed, difference),
        columns=dict(parsed.columns),
    )
    with writing():
        record(what, by=by)
    return Edition.objects.get(pk=edition)


@command(at_hq=True)
def note_rehearsal(*, by: Actor, edition: UUID, figures: Figures) -> None:
    """Record whom an edition that waits would have stopped of late."""
    rules.check_edition_waits(_find(edition).status)
    record(EditionRehearsed(edition=edition, **vars(figures)), by=by)


@command(alone=True, at_hq=True)
def approve_edition(*, by: Actor, edition: UUID) -> Edition:
    """Put an edition in force that another officer imported, in the place of the one before."""
    row = _find(edition)
    rules.check_edition_waits(row.status)
    rules.check_other_officer(asked_by=row.imported_by, deciding=by.id)
    record(EditionApproved(edition=edition, alone=False, ground=""), by=by)
    return _now_in_force(row)


@command(alone=True, at_hq=True)
def approve_edition_at_console(*, by: Actor, edition: UUID) -> Edition:
    """Put an edition in force without a second officer; the record says that nobody looked.

    For setting up a node, and for training, where there is no second officer yet.
    """
    row = _find(edition)
    rules.check_edition_waits(row.status)
    record(EditionApproved(edition=edition, alone=True, ground=AT_CONSOLE), by=by)
    return _now_in_force(row)


@command(at_hq=True)
def return_edition(*, by: Actor, edition: UUID, reason: str) -> Edition:
    """Not approve an edition, and say why. Who imported it may take it back this way too."""
    row = _find(edition)
    rules.check_edition_waits(row.status)
    rules.check_reason(reason)
    record(EditionReturned(edition=edition, reason=reason.strip()), by=by)
    row.refresh_from_db()
    return row


@command(alone=True, at_hq=True)
def roll_back_edition(*, by: Actor, edition: UUID, reason: str) -> Edition:
    """Take the edition in force away and put the one before in force, exactly as it was.

    One officer may do it at once: a wrong list stops innocent people every minute.
    """
    row = _find(edition)
    rules.check_may_roll_back(row.status)
    rules.check_reason(reason)
    what = EditionRolledBack(edition=edition, restored=row.replaces, reason=reason.strip())
    record(what, by=by)
    return _now_in_force(row)


def _find(edition: UUID) -> Edition:
    row = Edition.objects.filter(pk=edition).first()
    if row is None:
        raise rules.NoSuchEdition("There is no such edition.")
    return row


def _now_in_force(row: Edition) -> Edition:
    transaction.on_commit(lambda: screening_index.notice(timezone.localdate()))
    row.refresh_from_db()
    return row


def _counts(parsed: Parsed, difference: Difference) -> dict[str, int]:
    """What stands in the edition, flat: skipped and joined rows by what they are."""
    counts = {
        "rows": parsed.rows,
        "records": len(parsed.records),
        "bad": parsed.bad_rows,
        "new": len(difference.new),
        "changed": len(difference.changed),
        "removed": len(difference.removed),
    }
    counts |= {f"skipped: {what}": count for what, count in parsed.skipped.items()}
    return counts | {f"joined: {what}": count for what, count in parsed.joined.items()}
