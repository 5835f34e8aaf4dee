"""Roles and postings: who is given which rights, where and until when."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from kordon.accounts import actors, rules
from kordon.accounts.commands.people import get_person
from kordon.accounts.default_roles import named_rights
from kordon.accounts.facts import PostingEnded, PostingGiven, RoleDefined, RoleWithdrawn
from kordon.accounts.models import Machine, Post, Posting, Role
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES, command
from kordon.journal.writing import record


def known_rights() -> frozenset[str]:
    """Every right there is: commands, queries, and pages named in ``roles.toml``."""
    return frozenset((*COMMANDS, *QUERIES)) | named_rights()


@command(at_hq=True)
def define_role(
    *,
    by: Actor,
    role: str,
    title: str,
    description: str,
    rights: Collection[str],
    gives: Collection[str] = (),
) -> Role:
    """Define a set of rights under a name, or change it for all who hold it."""
    code = rules.clean_role(role)
    if unknown := set(rights) - known_rights():
        raise rules.UnknownRight(rules._("There is no such right:"), min(unknown))
    if _holds(by.id, code):
        raise rules.OwnRights(rules._("You hold this role, so somebody else must change it."))
    wanted = rules.RoleRights(rights=frozenset(rights), gives=frozenset(gives))
    roles = actors.all_roles() | {code: wanted}
    if missing := wanted.gives - set(roles):
        raise rules.NoSuchThing(rules._("There is no such role:"), min(missing))
    _check_additions(by, code, wanted, roles)
    what = RoleDefined(
        role=code,
        title=rules.clean_name(title),
        description=description.strip()[:1000],
        rights=tuple(sorted(wanted.rights)),
        gives=tuple(sorted(wanted.gives)),
    )
    record(what, by=by)
    return Role.objects.get(code=code)


@command(at_hq=True)
def withdraw_role(*, by: Actor, role: str) -> None:
    """A role is given no more. Refused while somebody holds it."""
    row = _role(role)
    held = Posting.objects.filter(role=row, ended_at=None).exists()
    if held or Machine.objects.filter(role=row, revoked=False).exists():
        raise rules.StillInUse(rules._("Somebody still holds this role."))
    record(RoleWithdrawn(role=row.code), by=by)


@command(at_hq=True)
def give_posting(
    *,
    by: Actor,
    posting: UUID,
    person: UUID,
    role: str,
    post: str = "",
    since: date,
    until: date | None = None,
) -> Posting:
    """Give a person a role at a post (or everywhere), from one day to another.

    ``posting`` is chosen by the caller, so that a form sent twice is one posting.
    """
    if known := Posting.objects.filter(id=posting).first():
        return known
    rules.check_not_oneself(by=by.id, person=person)
    rules.check_days(since, until)
    row = get_person(person)
    if post and not Post.objects.filter(code=post, closed=False).exists():
        raise rules.NoSuchThing(rules._("There is no such post."))
    check_may_hand_out(by, _role(role), post)
    what = PostingGiven(
        posting=posting, person=row.id, role=role, post=post, since=since, until=until
    )
    record(what, by=by)
    return Posting.objects.get(id=posting)


@command(at_hq=True)
def end_posting(*, by: Actor, posting: UUID) -> None:
    """A person holds this role no longer, from now on."""
    row = Posting.objects.filter(id=posting).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such posting."))
    rules.check_not_oneself(by=by.id, person=row.person_id)
    if row.ended_at is None:
        record(PostingEnded(posting=posting), by=by)


def check_may_hand_out(by: Actor, role: Role, post: str) -> None:
    """Raises ``RightNotHeld`` if the role reaches further than what ``by`` may give."""
    roles = actors.all_roles()
    held = actors.rights_in_trust(by, post)
    rules.check_may_give(roles[role.code], held=held, roles=roles)


def _check_additions(
    by: Actor, code: str, wanted: rules.RoleRights, roles: dict[str, rules.RoleRights]
) -> None:
    """What is added must be the definer's to give; taking rights away needs none of them."""
    before = actors.all_roles()
    kept = rules.reach(before[code], before) if code in before else frozenset()
    held = actors.rights_in_trust(by, "") | kept
    rules.check_may_give(wanted, held=held, roles=roles)


def _holds(person: UUID, role: str) -> bool:
    return Posting.objects.filter(person=person, role=role, ended_at=None).exists()


def _role(code: str) -> Role:
    row = Role.objects.filter(code=code).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such role:"), code)
    return row
