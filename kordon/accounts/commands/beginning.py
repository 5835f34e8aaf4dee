"""How a node begins: its roles, its own agency, its first administrator."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from kordon.accounts import passwords, rules
from kordon.accounts.commands.people import CODE_LASTS, check_agency
from kordon.accounts.commands.posts import register_agency
from kordon.accounts.default_roles import ADMINISTRATOR, DefaultRole, default_roles
from kordon.accounts.facts import PersonEnrolled, PostingGiven, RoleDefined
from kordon.accounts.models import Person, Role
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record, writing


@dataclass(frozen=True, kw_only=True)
class Begun:
    """``code`` is the one-time code where no password was given; shown once."""

    person: Person
    code: str


@command(writes_late=True, at_hq=True)
def begin_node(
    *, by: Actor, agency: str, agency_name: str, login: str, name: str, password: str = ""
) -> Begun:
    """Record the default roles, the own agency and the first administrator, or nothing."""
    _check_nobody_yet()
    code, hashed = _first_password(login, name, password)
    with writing():
        load_default_roles(by=by)
        own = register_agency(by=by, agency=agency, name=agency_name)
        person = _enrol_first(by, login, name, own.code, hashed, bool(code))
    return Begun(person=person, code=code)


@command(writes_late=True, at_hq=True)
def create_first_administrator(
    *, by: Actor, login: str, name: str, agency: str, password: str = ""
) -> Begun:
    """Enrol the first person, as system administrator. Refused if there is anybody.

    Without ``password`` they get a one-time code.
    """
    _check_nobody_yet()
    code, hashed = _first_password(login, name, password)
    with writing():
        person = _enrol_first(by, login, name, check_agency(agency), hashed, bool(code))
    return Begun(person=person, code=code)


@command(at_hq=True)
def load_default_roles(*, by: Actor) -> int:
    """Record the default roles that are missing; returns how many.

    Roles that are there are left as they were changed here.
    """
    known = set(Role.objects.values_list("code", flat=True))
    missing = [role for role in default_roles() if role.code not in known]
    for role in missing:
        record(_definition(role), by=by)
    return len(missing)


def _definition(role: DefaultRole) -> RoleDefined:
    return RoleDefined(
        role=role.code,
        title=role.title,
        description=role.description,
        rights=tuple(sorted(role.rights)),
        gives=tuple(sorted(role.gives)),
    )


def _check_nobody_yet() -> None:
    if Person.objects.exists():
        raise rules.AlreadyBegun(
            rules._("There are people here already; an administrator enrols others.")
        )


def _first_password(login: str, name: str, password: str) -> tuple[str, str]:
    """A one-time code ("" if a password was given) and the hash of what was decided on."""
    if password:
        passwords.check_strength(password, words=(login, name))
        return "", passwords.hash_password(password)
    code = passwords.new_code()
    return code, passwords.hash_password(code)


def _enrol_first(
    by: Actor, login: str, name: str, agency: str, hashed: str, with_code: bool
) -> Person:
    _check_nobody_yet()
    person: UUID = uuid4()
    today: date = timezone.localdate()
    enrolled = PersonEnrolled(
        person=person,
        login=rules.clean_login(login),
        name=rules.clean_name(name),
        agency=agency,
        password=hashed,
        code_until=timezone.now() + CODE_LASTS if with_code else None,
    )
    record(enrolled, by=by)
    record(PostingGiven(posting=uuid4(), person=person, role=ADMINISTRATOR, since=today), by=by)
    return Person.objects.get(id=person)
