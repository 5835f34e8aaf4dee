"""What headquarters tells each post of those who are posted there."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kordon.accounts import rules
from kordon.accounts.facts import PersonPosted, PersonUnposted, PostingHeld
from kordon.accounts.models import Person, Posting, Told
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@command(at_hq=True)
def tell_posts(*, by: Actor, person: UUID, cause: str = "") -> int:
    """Tell each post that knows somebody, or must know them now, what changed about them.

    Returns how many were told; nobody is told twice what they know.
    """
    row = Person.objects.get(id=person)
    told = dict(Told.objects.filter(person=row, over_at=None).values_list("post", "digest"))
    held = _held(row)
    count = 0
    for post, postings in sorted(held.items()):
        what = _telling(row, post, postings, row.version + count + 1)
        if told.get(post) != rules.digest_of(what):
            record(what, by=by, cause=cause)
            count += 1
    for post in sorted(set(told) - set(held)):
        record(PersonUnposted(post=post, person=row.id), by=by, cause=cause)
        count += 1
    return count


@command(at_hq=True)
def tell_lapsed(*, by: Actor) -> int:
    """Tell posts of those whose last day there has passed. Returns how many were told."""
    lapsed = Person.objects.filter(
        told__over_at=None, postings__ended_at=None, postings__until__lt=timezone.localdate()
    )
    people = lapsed.order_by("id").values_list("id", flat=True).distinct()
    return sum(tell_posts(by=by, person=person) for person in list(people))


def _held(person: Person) -> dict[str, list[Posting]]:
    """The postings of a person by post ("": everywhere), those yet to begin among them."""
    held: dict[str, list[Posting]] = {}
    for posting in _not_over().filter(person=person).order_by("since", "id"):
        held.setdefault(posting.post_id or "", []).append(posting)
    return held


def _not_over() -> QuerySet[Posting]:
    today = timezone.localdate()
    return Posting.objects.filter(Q(until=None) | Q(until__gte=today), ended_at=None)


def _telling(person: Person, post: str, postings: list[Posting], version: int) -> PersonPosted:
    return PersonPosted(
        post=post,
        person=person.id,
        version=version,
        login=person.login,
        name=person.name,
        service_number=person.service_number,
        agency=person.agency_id,
        language=person.language,
        password=person.password,
        code_until=person.code_until,
        suspended=person.suspended,
        enrolled_at=person.enrolled_at,
        postings=tuple(
            PostingHeld(
                posting=one.id,
                role=one.role_id,
                since=one.since,
                until=one.until,
                given_by=one.given_by,
                given_by_name=one.given_by_name,
            )
            for one in postings
        ),
        changes=person.changes,
    )
