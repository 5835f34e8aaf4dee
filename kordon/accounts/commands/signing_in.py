"""Signing in and out; one's own password."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone

from kordon.accounts import actors, passwords, rules, scratch
from kordon.accounts.facts import (
    BoothLeft,
    Ending,
    Failure,
    PasswordChanged,
    PersonSignedIn,
    PersonSignedOut,
    SessionUnlocked,
    SignInFailed,
)
from kordon.accounts.models import Booth, Person
from kordon.accounts.throttling import seconds_to_wait
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record, writing


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    person: Person
    session: UUID


@command(writes_late=True)
def sign_in(*, by: Actor, login: str, password: str, address: str) -> SignedIn:
    """Begin a session for whoever knows the password.

    Raises ``WrongCredentials``, the same for every reason, or ``TryLater``.
    """
    person = Person.objects.filter(login=login.strip().lower()[:40]).first()
    _examine(by, person, password, address)
    assert person is not None
    session = uuid4()
    with writing():
        scratch.begin_session(session, person.id, address)
        what = PersonSignedIn(person=person.id, session=session, address=address)
        record(what, by=actors.person_alone(person))
    return SignedIn(person=person, session=session)


@command(writes_late=True)
def unlock_session(*, by: Actor, session: UUID, password: str, address: str) -> None:
    """Go on in one's own locked session. Raises ``WrongCredentials`` or ``TryLater``."""
    found = scratch.find_session(session)
    if found is None or found.person != by.id:
        raise rules.WrongCredentials(rules._("This session has ended; sign in again."))
    _examine(by, Person.objects.get(id=by.id), password, address, session)
    with writing():
        scratch.unlock(session)
        scratch.forget_wrong_passwords(by.id, address)
        record(SessionUnlocked(person=by.id, session=session, address=address), by=by)


@command
def sign_out(*, by: Actor, session: UUID) -> None:
    """End one's own session and leave its booth."""
    for booth in Booth.objects.filter(session=session, person=by.id):
        what = BoothLeft(
            post=booth.post_id, booth=booth.code, person=by.id, ending=Ending.SIGNED_OUT
        )
        record(what, by=by)
    scratch.end_session(session)
    record(PersonSignedOut(person=by.id, session=session, ending=Ending.OWN), by=by)


@command(writes_late=True)
def change_password(
    *, by: Actor, old: str, new: str, address: str, session: UUID | None = None
) -> Person:
    """Choose a new password of one's own; every session but ``session`` ends.

    Raises ``WrongCredentials``, ``TryLater`` or ``WeakPassword``.
    """
    person = Person.objects.get(id=by.id)
    _examine(by, person, old, address, session)
    scratch.forget_wrong_passwords(person.id, address)
    words = (person.login, person.name, person.service_number)
    passwords.check_strength(new, words=words)
    if passwords.fits(new, person.password):
        raise rules.WeakPassword([rules._("The new password must differ from the old one.")])
    hashed = passwords.hash_password(new)
    with writing():
        record(PasswordChanged(person=person.id, password=hashed), by=by)
        scratch.end_sessions_of(person.id, but=session)
    person.refresh_from_db()
    return person


def _examine(
    by: Actor, person: Person | None, password: str, address: str, session: UUID | None = None
) -> None:
    """Raises unless the password is this person's and they may sign in.

    The attempt is counted before it is looked at, so that many at once gain nothing.
    """
    known = person.id if person else None
    wrong = scratch.count_wrong_passwords(known, address)
    if wait := seconds_to_wait(wrong, now=timezone.now()):
        raise rules.TryLater(wait)
    attempt = scratch.note_wrong_password(known, address)
    if failure := _failure(person, password):
        with writing():
            what = SignInFailed(person=known, address=address, failure=failure, session=session)
            record(what, by=by)
        raise rules.WrongCredentials(rules._("Login and password do not fit."))
    scratch.take_back(attempt)


def _failure(person: Person | None, password: str) -> Failure | None:
    if person is None:
        passwords.fits(password, "")
        return Failure.UNKNOWN_LOGIN
    if person.must_change_password:
        password = passwords.clean_code(password)
    if not passwords.fits(password, person.password):
        return Failure.WRONG_PASSWORD
    if person.suspended:
        return Failure.SUSPENDED
    if person.code_until is not None and person.code_until < timezone.now():
        return Failure.CODE_EXPIRED
    return None
