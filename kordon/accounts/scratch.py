"""What nobody must prove: which sessions are alive, and recent wrong passwords.

Kept outside the journal: it changes with every click and is worthless tomorrow.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from kordon.accounts.throttling import WrongPasswords
from kordon.journal.compiled import compiled
from kordon.journal.fulldisk import is_disk_full


class Session(models.Model):
    """One sign-in, from the password to the sign-out.

    ``seen`` is the last time its officer did something, to within ``SEEN_EVERY``.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    address = models.CharField(max_length=45)
    post = models.CharField(max_length=32, blank=True)
    began = models.DateTimeField()
    seen = models.DateTimeField()
    locked = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class WrongPassword(models.Model):
    """A password that did not fit. ``person`` is empty where nobody has the login typed."""

    at = models.DateTimeField(db_index=True)
    person = models.UUIDField(null=True)
    address = models.CharField(max_length=45)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="wrong_password_by_person"),
            models.Index(fields=["address", "at"], name="wrong_password_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.address}"


class FamiliarAddress(models.Model):
    """Where a person has signed in before: strangers elsewhere cannot lock them out here."""

    person = models.UUIDField()
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="familiar_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.address}"


FORGET_AFTER = timedelta(days=1)
SEEN_EVERY = timedelta(seconds=20)


def begin_session(session: UUID, person: UUID, address: str) -> None:
    now = timezone.now()
    Session.objects.create(id=session, person=person, address=address, began=now, seen=now)
    FamiliarAddress.objects.update_or_create(person=person, address=address, defaults={"at": now})
    forget_wrong_passwords(person, address)


def find_session(session: UUID) -> Session | None:
    """The session, unless it ended or outlived the working day."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return next(iter(_sessions(session=session, oldest=oldest)), None)


@compiled(session=models.UUIDField(), oldest=models.DateTimeField())
def _sessions(session: Any, oldest: Any) -> models.QuerySet[Session]:
    return Session.objects.filter(id=session, ended=False, began__gt=oldest)


def is_idle(session: Session) -> bool:
    return timezone.now() - session.seen > timedelta(seconds=settings.KORDON_IDLE_SECONDS)


def is_alive(session: UUID | None) -> bool:
    """Somebody works in this session: not ended, not outlived, not idle."""
    found = find_session(session) if session else None
    return found is not None and not is_idle(found)


def touch(session: Session) -> None:
    """Note that the officer is there; written at most every ``SEEN_EVERY``.

    On a full disk it is not: whoever only reads must go on reading.
    """
    if timezone.now() - session.seen > SEEN_EVERY:
        try:
            with transaction.atomic():
                Session.objects.filter(id=session.id).update(seen=timezone.now())
        except DatabaseError as error:
            if not is_disk_full(error):
                raise


def lock(session: UUID) -> None:
    Session.objects.filter(id=session).update(locked=True)


def unlock(session: UUID) -> None:
    Session.objects.filter(id=session).update(locked=False, seen=timezone.now())


def end_session(session: UUID) -> None:
    Session.objects.filter(id=session).update(ended=True)


def end_sessions_of(person: UUID, *, but: UUID | None = None) -> None:
    """End all sessions of a person, except ``but``."""
    theirs = Session.objects.filter(person=person, ended=False)
    if but is not None:
        theirs = theirs.exclude(id=but)
    theirs.update(ended=True)


def work_at(session: UUID, post: str) -> None:
    """Remember the post chosen; whether the person is posted there is asked at every request."""
    Session.objects.filter(id=session).update(post=post)


def note_wrong_password(person: UUID | None, address: str) -> int:
    """Count an attempt as wrong; returns the number under which ``take_back`` knows it."""
    now = timezone.now()
    WrongPassword.objects.filter(at__lt=now - FORGET_AFTER).delete()
    return WrongPassword.objects.create(at=now, person=person, address=address).pk


def take_back(attempt: int) -> None:
    """The attempt was right after all."""
    WrongPassword.objects.filter(pk=attempt).delete()


def forget_wrong_passwords(person: UUID, address: str) -> None:
    """The person has shown here that they know it."""
    WrongPassword.objects.filter(person=person, address=address).delete()


def count_wrong_passwords(person: UUID | None, address: str) -> WrongPasswords:
    recent = WrongPassword.objects.filter(at__gt=timezone.now() - FORGET_AFTER)
    theirs = recent.filter(person=person) if person else recent.none()
    here, here_last = _summed(theirs.filter(address=address))
    anywhere, anywhere_last = _summed(theirs)
    everyone, everyone_last = _summed(recent.filter(address=address))
    return WrongPasswords(
        here=here,
        here_last=here_last,
        anywhere=anywhere,
        anywhere_last=anywhere_last,
        address=everyone,
        address_last=everyone_last,
        familiar=person is not None
        and FamiliarAddress.objects.filter(person=person, address=address).exists(),
    )


def _summed(rows: models.QuerySet[WrongPassword]) -> tuple[int, datetime | None]:
    found = rows.aggregate(count=models.Count("id"), last=models.Max("at"))
    return found["count"], found["last"]
