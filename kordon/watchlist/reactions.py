"""What the watchlist does once alerts in force or rulings changed, wherever that was decided."""

from django.db import transaction

from kordon.journal.models import Entry
from kordon.journal.reacting import reacts, system
from kordon.watchlist import screening_index
from kordon.watchlist.commands import tell_exclusion
from kordon.watchlist.facts import (
    AlertApproved,
    EditionApproved,
    EditionRolledBack,
    ExclusionRevoked,
    MatchExcluded,
)


@reacts(AlertApproved)
def on_alert_approved(it: AlertApproved, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)


@reacts(EditionApproved)
def on_edition_approved(it: EditionApproved, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)


@reacts(EditionRolledBack)
def on_edition_rolled_back(it: EditionRolledBack, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)


@reacts(MatchExcluded, at_hq=True)
def on_match_excluded(it: MatchExcluded, entry: Entry) -> None:
    tell_exclusion(by=system(entry), exclusion=it.exclusion, cause=entry.ref)


@reacts(ExclusionRevoked, at_hq=True)
def on_exclusion_revoked(it: ExclusionRevoked, entry: Entry) -> None:
    tell_exclusion(by=system(entry), exclusion=it.exclusion, cause=entry.ref)
