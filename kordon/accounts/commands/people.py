"""People: enrolled, described, suspended; codes for the first sign-in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kordon.accounts import passwords, rules, scratch
from kordon.accounts.facts import (
    BoothLeft,
    Ending,
    PasswordReset,
    PersonDescribed,
    PersonEnrolled,
    PersonReinstated,
    PersonSuspended,
)
from kordon.accounts.models import Agency, Booth, Person
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record, writing

CODE_LASTS = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """``code`` is shown once to whoever hands it over; only its hash is kept."""

    person: Person
    code: str


@command(writes_late=True, at_hq=True)
def enrol_person(
    *,
    by: Actor,
    person: UUID,
    login: str,
    name: str,
    agency: str,
    service_number: str = "",
    language: str = "",
) -> Enrolled:
    """Let somebody sign in, with a one-time code; what they may do, postings say."""
    code = passwords.new_code()
    hashed = passwords.hash_password(code)
    with writing():
        what = PersonEnrolled(
            person=person,
            login=check_login(login),
            name=rules.clean_name(name),
            service_number=clean_service_number(service_number),
            agency=check_agency(agency),
            language=check_language(language),
            password=hashed,
            code_until=timezone.now() + CODE_LASTS,
        )
        record(what, by=by)
    return Enrolled(person=Person.objects.get(id=person), code=code)


@command(at_hq=True)
def describe_person(
    *, by: Actor, person: UUID, name: str, service_number: str, language: str
) -> Person:
    """Change a person's name, service number or language."""
    row = get_person(person)
    what = PersonDescribed(
        person=row.id,
        name=rules.clean_name(name),
        service_number=clean_service_number(service_number),
        language=check_language(language),
    )
    record(what, by=by)
    row.refresh_from_db()
    return row


@command(writes_late=True, at_hq=True)
def reset_password(*, by: Actor, person: UUID) -> Enrolled:
    """Make a one-time code for somebody who forgot theirs; all their sessions end."""
    rules.check_not_oneself(by=by.id, person=person)
    code = passwords.new_code()
    hashed = passwords.hash_password(code)
    with writing():
        row = get_person(person)
        until = timezone.now() + CODE_LASTS
        record(PasswordReset(person=row.id, password=hashed, code_until=until), by=by)
        _put_out(row.id, by)
    row.refresh_from_db()
    return Enrolled(person=row, code=code)


@command(at_hq=True)
def suspend_person(*, by: Actor, person: UUID, reason: str) -> None:
    """Somebody may not sign in for now; they are signed out everywhere at once."""
    rules.check_not_oneself(by=by.id, person=person)
    row = get_person(person)
    if row.suspended:
        return
    record(PersonSuspended(person=row.id, reason=rules.clean_name(reason, longest=300)), by=by)
    _put_out(row.id, by)


@command(at_hq=True)
def reinstate_person(*, by: Actor, person: UUID) -> None:
    """A suspended person may sign in again."""
    rules.check_not_oneself(by=by.id, person=person)
    row = get_person(person)
    if row.suspended:
        record(PersonReinstated(person=row.id), by=by)


def get_person(person: UUID) -> Person:
    row = Person.objects.filter(id=person).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such person."))
    return row


def check_login(login: str) -> str:
    login = rules.clean_login(login)
    if Person.objects.filter(login=login).exists():
        raise rules.LoginTaken(rules._("Somebody already has the login"), login)
    return login


def check_agency(agency: str) -> str:
    if not Agency.objects.filter(code=agency, closed=False).exists():
        raise rules.NoSuchThing(rules._("There is no such agency:"), agency)
    return agency


def check_language(language: str) -> str:
    if language and language not in dict(settings.LANGUAGES):
        raise rules.BadValue(rules._("There is no such language here:"), language)
    return language


def clean_service_number(number: str) -> str:
    return rules.clean_name(number, longest=32) if number.strip() else ""


def _put_out(person: UUID, by: Actor) -> None:
    for booth in Booth.objects.filter(person=person):
        what = BoothLeft(post=booth.post_id, booth=booth.code, person=person, ending=Ending.FREED)
        record(what, by=by)
    scratch.end_sessions_of(person)
