"""What may be asked about those who may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet

from kordon.accounts import actors, scratch
from kordon.accounts.default_roles import named_rights
from kordon.accounts.models import (
    Agency,
    Booth,
    Lane,
    Machine,
    Person,
    Post,
    Posting,
    Role,
    SignIn,
)
from kordon.accounts.rules import NoSuchThing, _
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES, check_right, query
from kordon.journal.compiled import compiled


@dataclass(frozen=True, kw_only=True)
class OccupiedBooth:
    """``alive``: the session there still works; otherwise somebody else may take the booth."""

    booth: str
    lane: str
    person: UUID
    name: str
    since: datetime
    alive: bool


@dataclass(frozen=True, kw_only=True)
class SignInLine:
    """One line about a session, with the person's name."""

    at: datetime
    what: str
    person: UUID | None
    name: str
    address: str
    failure: str
    ending: str


@dataclass(frozen=True, kw_only=True)
class Right:
    """A right, what it lets one do, and the roles that have it."""

    name: str
    app: str
    explanation: str
    roles: tuple[str, ...]


def get_operator(login: str = "") -> Actor:
    """The person at the console of the node. No query: it asks for no right, it is where one
    begins. See ``actors.operator``; raises ``LookupError``."""
    return actors.operator(login)


@query
def get_oneself(*, by: Actor) -> Actor:
    """Who one is to this system, and what one may."""
    return by


@query
def list_agencies(*, by: Actor, closed: bool = False) -> QuerySet[Agency]:
    """Agencies that take part; with ``closed``, former ones too."""
    rows = Agency.objects.all()
    return rows if closed else rows.filter(closed=False)


@query
def get_post(*, by: Actor, code: str) -> Post:
    """A post by its code. Raises ``NoSuchThing``."""
    for row in _posts(code=code):
        return row
    raise NoSuchThing(_("There is no such post."))


@compiled(code=CharField())
def _posts(code: Any) -> QuerySet[Post]:
    return Post.objects.select_related("agency").filter(code=code)


@query
def list_posts(*, by: Actor, closed: bool = False) -> QuerySet[Post]:
    """Posts in use by name; with ``closed``, former ones too."""
    rows = Post.objects.select_related("agency")
    return rows if closed else rows.filter(closed=False)


def name_posts(*, by: Actor) -> dict[str, str]:
    """Names of all posts by their codes, closed ones too: history speaks of them. Needs the
    right to ``list_posts``."""
    check_right(by, "accounts.list_posts")
    return dict(_names_of_posts())


@compiled()
def _names_of_posts() -> QuerySet[Post, tuple[str, str]]:
    return Post.objects.values_list("code", "name").order_by()


@query
def list_lanes(*, by: Actor, post: str) -> QuerySet[Lane]:
    """The lanes of a post."""
    return Lane.objects.filter(post=post)


@query
def list_booths(*, by: Actor, post: str) -> QuerySet[Booth]:
    """The booths of a post, occupied or not."""
    return Booth.objects.filter(post=post).select_related("lane", "person")


def is_booth(post: str, code: str) -> bool:
    """Whether a post has a booth of this code; told to commands, which have asked their right."""
    return Booth.objects.filter(post=post, code=code).exists()


@query
def list_occupied_booths(*, by: Actor, post: str) -> list[OccupiedBooth]:
    """Who sits at which booth of a post, since when, and whether their session is alive."""
    rows = Booth.objects.filter(post=post, person__isnull=False).select_related("lane", "person")
    return [
        OccupiedBooth(
            booth=row.code,
            lane=row.lane.code if row.lane else "",
            person=row.person.id,
            name=row.person.name,
            since=row.taken_at,
            alive=scratch.is_alive(row.session),
        )
        for row in rows
        if row.person and row.taken_at
    ]


@query
def list_own_posts(*, by: Actor) -> QuerySet[Post]:
    """The posts where the actor works these days."""
    posts = actors.postings_in_force(by.id).filter(post__isnull=False).values("post")
    return Post.objects.filter(code__in=posts, closed=False)


@query
def get_person(*, by: Actor, person: UUID) -> Person:
    """Somebody who may sign in. Raises ``NoSuchThing``."""
    row = Person.objects.select_related("agency").filter(id=person).first()
    if row is None:
        raise NoSuchThing(_("There is no such person."))
    return row


@query
def list_people(
    *, by: Actor, words: str = "", agency: str = "", post: str = "", role: str = ""
) -> QuerySet[Person]:
    """People by name; ``words`` are looked for in name, login and service number."""
    rows = Person.objects.select_related("agency")
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(login__icontains=word) | Q(service_number__icontains=word)
        )
    if agency:
        rows = rows.filter(agency=agency)
    held = Posting.objects.filter(ended_at=None)
    if post:
        rows = rows.filter(id__in=held.filter(post=post).values("person"))
    if role:
        rows = rows.filter(id__in=held.filter(role=role).values("person"))
    return rows


@query
def list_postings(*, by: Actor, person: UUID) -> QuerySet[Posting]:
    """All postings of a person, past ones too, newest first."""
    rows = Posting.objects.filter(person=person).select_related("role", "post")
    return rows.order_by("-since", "-id")


@query
def list_roles(*, by: Actor) -> QuerySet[Role]:
    """Roles by name."""
    return Role.objects.all()


@query
def get_role(*, by: Actor, role: str) -> Role:
    """A role by its code. Raises ``NoSuchThing``."""
    row = Role.objects.filter(code=role).first()
    if row is None:
        raise NoSuchThing(_("There is no such role."))
    return row


@query
def list_rights(*, by: Actor) -> list[Right]:
    """Every right there is, by app, with the first sentence of what it lets one do."""
    holders: dict[str, list[str]] = {}
    for role in Role.objects.all():
        for right in role.rights:
            holders.setdefault(right, []).append(role.title)
    names = frozenset((*COMMANDS, *QUERIES)) | named_rights()
    return [
        Right(
            name=name,
            app=name.split(".")[0],
            explanation=_explain(name),
            roles=tuple(holders.get(name, ())),
        )
        for name in sorted(names)
    ]


@query
def list_machines(*, by: Actor) -> QuerySet[Machine]:
    """Machines by name, revoked ones last."""
    return Machine.objects.select_related("agency", "post", "role").order_by("revoked", "name")


@query
def list_sign_ins(*, by: Actor, person: UUID | None = None, what: str = "") -> QuerySet[SignIn]:
    """Sign-ins, failures, unlockings and sign-outs, newest first."""
    rows = SignIn.objects.all()
    if person:
        rows = rows.filter(person=person)
    return rows.filter(what=what) if what else rows


def name_people(lines: list[SignIn]) -> list[SignInLine]:
    """Lines of ``list_sign_ins`` with names, in one question for all."""
    ids = {line.person for line in lines if line.person}
    names = dict(Person.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        SignInLine(
            at=line.at,
            what=line.what,
            person=line.person,
            name=names.get(line.person, "") if line.person else "",
            address=line.address,
            failure=line.failure,
            ending=line.ending,
        )
        for line in lines
    ]


def _explain(right: str) -> str:
    """The first paragraph of what the deed says of itself, without what is for engineers."""
    deed = COMMANDS.get(right) or QUERIES.get(right)
    text = " ".join(((deed.__doc__ if deed else "") or "").split("\n\n")[0].split())
    return text.split(" Raises ")[0].replace("``", "")
