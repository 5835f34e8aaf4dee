"""What headquarters does once it hears of people: tell the posts where they are posted."""

from uuid import UUID

from kordon.accounts import facts
from kordon.accounts.commands import tell_posts
from kordon.accounts.models import Person, Posting
from kordon.journal.models import Entry
from kordon.journal.reacting import reacts, system


@reacts(facts.PersonDescribed, at_hq=True)
def on_person_described(it: facts.PersonDescribed, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PasswordReset, at_hq=True)
def on_password_reset(it: facts.PasswordReset, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PasswordChanged, at_hq=True)
def on_password_changed(it: facts.PasswordChanged, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PersonSuspended, at_hq=True)
def on_person_suspended(it: facts.PersonSuspended, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PersonReinstated, at_hq=True)
def on_person_reinstated(it: facts.PersonReinstated, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PostingGiven, at_hq=True)
def on_posting_given(it: facts.PostingGiven, entry: Entry) -> None:
    _tell(it.person, entry)


@reacts(facts.PostingEnded, at_hq=True)
def on_posting_ended(it: facts.PostingEnded, entry: Entry) -> None:
    for posting in Posting.objects.filter(id=it.posting):
        _tell(posting.person_id, entry)


def _tell(person: UUID, entry: Entry) -> None:
    """A post may speak of the password of somebody who does not exist."""
    if Person.objects.filter(id=person).exists():
        tell_posts(by=system(entry), person=person, cause=entry.ref)
