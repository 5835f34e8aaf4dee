"""Who acts: actors made from sessions, tokens and the console. Never a query: rights begin here."""

import getpass
import hashlib
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import CharField, DateField, Q, QuerySet, UUIDField
from django.utils import timezone

from kordon.accounts.default_roles import (
    ADMINISTRATOR,
    EVERYBODY,
    NODE,
    OFFICERS_ONLY,
    VISITOR,
    fixed_rights,
)
from kordon.accounts.models import Agency, Booth, Machine, Person, Posting, Role
from kordon.accounts.rules import RoleRights, reach
from kordon.accounts.scratch import Session
from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import is_post
from kordon.journal.command import COMMANDS, QUERIES, elsewhere
from kordon.journal.compiled import compiled

NOBODY = uuid5(NAMESPACE_URL, "kordon:visitor")
BEFORE_NEW_PASSWORD = frozenset({"accounts.change_password", "accounts.sign_out"})
WHILE_LOCKED = frozenset({"accounts.unlock_session", "accounts.sign_out"})


def visitor() -> Actor:
    """Somebody who has not signed in."""
    return Actor(id=NOBODY, name="not signed in", rights=fixed_rights(VISITOR))


def person_alone(person: Person) -> Actor:
    """A person with what everybody may do, at no post: to sign in, out, or unlock."""
    return Actor(
        id=person.id,
        name=person.name,
        agency=person.agency_id,
        rights=fixed_rights(EVERYBODY) | WHILE_LOCKED,
    )


def officer(person: Person, session: Session) -> Actor:
    """A person at work in a session, with the rights of today's postings."""
    if person.must_change_password:
        return Actor(
            id=person.id, name=person.name, agency=person.agency_id, rights=BEFORE_NEW_PASSWORD
        )
    postings = _postings(person=person.id, day=timezone.localdate())
    post = choose_post(postings, session.post)
    booths = _booths(session=session.id, post=post) if post else []
    return Actor(
        id=person.id,
        name=person.name,
        agency=person.agency_id,
        post=post,
        booth=booths[0].code if booths else "",
        rights=rights_at(postings, post),
    )


def officer_off_session(person: Person, post: str = "") -> Actor:
    """A person with the rights of today's postings, outside any session: demo, tests, console."""
    postings = list(postings_in_force(person.id))
    post = choose_post(postings, post)
    return Actor(
        id=person.id,
        name=person.name,
        agency=person.agency_id,
        post=post,
        rights=rights_at(postings, post),
    )


def machine(token: str) -> Actor | None:
    """The machine whose token this is, with the rights of its role; None if there is none.

    At a post, those of other posts are strangers: nothing is recorded here in their name.
    """
    hashed = hash_token(token)
    row = Machine.objects.select_related("role").filter(token_hash=hashed, revoked=False).first()
    if row is None or row.until < timezone.localdate():
        return None
    if is_post() and row.post_id not in {None, identity.mine().node}:
        return None
    return Actor(
        id=row.id,
        name=row.name,
        agency=row.agency_id,
        post=row.post_id or "",
        rights=frozenset(row.role.rights) - elsewhere(),
    )


def node(name: str) -> Actor:
    """A node that asks over the network; whether it is the one it says, its signature shows."""
    identity = uuid5(NAMESPACE_URL, f"kordon:node:{name}")
    return Actor(id=identity, name=f"node {name}", rights=fixed_rights(NODE))


def operator(login: str = "") -> Actor:
    """The person at the console of the node: ``console:<user of the operating system>``.

    Holds every right but those reserved to officers. With ``login`` (``--as``), acts with
    the rights, agency and post of that person, less the same; the record still says who.
    Raises ``LookupError`` if there is no such person or they are suspended.
    """
    console = f"console:{_os_user()}"
    ours = frozenset((*COMMANDS, *QUERIES)) - fixed_rights(OFFICERS_ONLY) - elsewhere()
    known_as = uuid5(NAMESPACE_URL, f"kordon:{console}")
    if not login:
        own = Agency.objects.filter(own=True).first()
        return Actor(id=known_as, name=console, agency=own.code if own else "", rights=ours)
    person = Person.objects.filter(login=login, suspended=False).first()
    if person is None:
        raise LookupError(f"Nobody who may sign in has the login {login!r}.")
    as_person = officer_off_session(person)
    return Actor(
        id=known_as,
        name=f"{console} as {person.login}",
        agency=as_person.agency,
        post=as_person.post,
        rights=as_person.rights & ours,
    )


def find_person(person: UUID) -> Person | None:
    return next(iter(_people(person=person)), None)


def postings_in_force(person: UUID, on: date | None = None) -> QuerySet[Posting]:
    return _in_force(person, on or timezone.localdate())


def _in_force(person: Any, day: Any) -> QuerySet[Posting]:
    return Posting.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), person=person, since__lte=day, ended_at=None
    ).select_related("role")


# Asked with every request of an officer.
_postings = compiled(person=UUIDField(), day=DateField())(_in_force)


@compiled(person=UUIDField())
def _people(person: Any) -> QuerySet[Person]:
    return Person.objects.filter(id=person)


@compiled(session=UUIDField(), post=CharField())
def _booths(session: Any, post: Any) -> QuerySet[Booth]:
    return Booth.objects.filter(session=session, post=post)


def choose_post(postings: list[Posting], wanted: str) -> str:
    """The post wanted if posted there; else the only one there is; else none."""
    posts = {posting.post_id for posting in postings if posting.post_id}
    if wanted in posts:
        return wanted
    return posts.pop() if len(posts) == 1 else ""


def rights_at(postings: list[Posting], post: str) -> frozenset[str]:
    """What everybody may do, and the roles held everywhere or at this post.

    At a node that is a post, without what is done at headquarters only.
    """
    roles = (p.role for p in postings if p.post_id is None or p.post_id == post)
    return fixed_rights(EVERYBODY).union(*(role.rights for role in roles)) - elsewhere()


def rights_in_trust(by: Actor, post: str) -> frozenset[str]:
    """All that ``by`` may give for ``post`` (empty: everywhere): held, or held in trust.

    Who holds roles only at a post gives only there. The console, which has no postings,
    gives what it holds and what the administrator whom it may make could give.
    """
    roles = all_roles()
    if not Person.objects.filter(id=by.id).exists():
        first = roles.get(ADMINISTRATOR) if by.may("accounts.begin_node") else None
        return by.rights | reach(first, roles) if first else by.rights
    found = set(fixed_rights(EVERYBODY))
    for posting in postings_in_force(by.id):
        if posting.post_id is None or posting.post_id == post:
            found |= reach(roles[posting.role_id], roles)
    return frozenset(found)


def all_roles() -> dict[str, RoleRights]:
    return {
        role.code: RoleRights(rights=frozenset(role.rights), gives=frozenset(role.gives))
        for role in Role.objects.all()
    }


def hash_token(token: str) -> str:
    """SHA-256 suffices: a token has 256 random bits and cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
