"""What the watchlist does once the alerts in force changed, wherever that was decided."""

from django.db import transaction

from kordon.journal.models import Entry
from kordon.journal.reacting import reacts
from kordon.watchlist import screening_index
from kordon.watchlist.facts import AlertApproved, EditionApproved, EditionRolledBack


@reacts(AlertApproved)
def on_alert_approved(it: AlertApproved, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)


@reacts(EditionApproved)
def on_edition_approved(it: EditionApproved, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)


@reacts(EditionRolledBack)
def on_edition_rolled_back(it: EditionRolledBack, entry: Entry) -> None:
    transaction.on_commit(screening_index.refresh)
