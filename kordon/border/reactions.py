"""What the border does once alerts came into force: ask who had crossed before."""

from kordon.border.commands import ask_earlier
from kordon.journal.channels import is_post
from kordon.journal.models import Entry
from kordon.journal.reacting import reacts, system
from kordon.watchlist.facts import AlertApproved, Deed, EditionApproved, EditionRolledBack


@reacts(AlertApproved)
def on_alert_approved(it: AlertApproved, entry: Entry) -> None:
    if it.deed in {Deed.RAISE, Deed.CHANGE}:
        _ask(entry, f"alert:{it.alert}")


@reacts(EditionApproved)
def on_edition_approved(it: EditionApproved, entry: Entry) -> None:
    _ask(entry, f"edition:{it.edition}")


@reacts(EditionRolledBack)
def on_edition_rolled_back(it: EditionRolledBack, entry: Entry) -> None:
    _ask(entry, f"edition:{it.restored}")


def _ask(entry: Entry, about: str) -> None:
    """At headquarters, where all crossings are known, or on a node of its own."""
    if not is_post():
        ask_earlier(by=system(entry), position=entry.id, at=entry.at, about=about)
