"""One officer at one booth."""

from uuid import UUID

from kordon.accounts import rules, scratch
from kordon.accounts.facts import BoothLeft, BoothTaken, Ending
from kordon.accounts.models import Booth
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@command
def take_booth(*, by: Actor, booth: str, session: UUID) -> Booth:
    """Sit down at a booth of one's post, leaving the one before.

    An occupied booth is refused, unless the session there has died.
    """
    row = _booth(by, booth)
    if row.person_id == by.id and row.session == session:
        return row
    rules.check_booth_free(
        taken_by=row.person_id,
        alive=scratch.is_alive(row.session),
        by=by.id,
        name=row.person.name if row.person else "",
    )
    if row.person_id and row.person_id != by.id:
        _leave(row, by, Ending.RELIEVED)
    for other in Booth.objects.filter(person=by.id):
        _leave(other, by, Ending.MOVED)
    record(BoothTaken(post=row.post_id, booth=row.code, person=by.id, session=session), by=by)
    row.refresh_from_db()
    return row


@command
def leave_booth(*, by: Actor) -> None:
    """Stand up from one's booth."""
    for row in Booth.objects.filter(person=by.id):
        _leave(row, by, Ending.OWN)


@command
def free_booth(*, by: Actor, booth: str) -> None:
    """The shift commander frees a booth of the post; whoever sits there must choose again."""
    row = _booth(by, booth)
    if row.person_id is None:
        raise rules.BoothEmpty(rules._("Nobody works at this booth."))
    _leave(row, by, Ending.FREED)


def _booth(by: Actor, booth: str) -> Booth:
    if not by.post:
        raise rules.NoPost(rules._("Choose the post where you work first."))
    row = Booth.objects.select_related("person").filter(id=f"{by.post}/{booth}").first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such booth at this post."))
    return row


def _leave(row: Booth, by: Actor, ending: Ending) -> None:
    assert row.person_id is not None
    record(BoothLeft(post=row.post_id, booth=row.code, person=row.person_id, ending=ending), by=by)
