"""Who acts in a request: from the session cookie to ``request.actor``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from kordon.accounts import actors, scratch
from kordon.accounts.models import Person
from kordon.accounts.scratch import Session
from kordon.journal.actor import Actor

Answer = Callable[[HttpRequest], HttpResponse]

SESSION = "kordon.session"
STAMP = "kordon.stamp"
HELD = "kordon.held"
HELD_LIMIT = 64 * 1024
BACKGROUND = "Kordon-Background"
"""A header by which a page says that it asks by itself: that keeps no session awake."""


@dataclass(kw_only=True)
class Signed:
    """What the cookie of a request stands for. ``locked``: the password is asked again."""

    person: Person | None = None
    session: Session | None = None
    locked: bool = False
    actor: Actor | None = field(default=None)


def know_actor(get_response: Answer) -> Answer:
    """Set ``request.actor``: the person at work, or None for nobody, a locked or a dead session.

    Read anew for every request, so that a suspension or a posting works at once.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        signed = _recognise(request)
        request.signed = signed  # type: ignore[attr-defined]
        request.actor = signed.actor  # type: ignore[attr-defined]
        response = get_response(request)
        if signed.person is not None:
            # Pages with names on them are not left in the browser's store after sign-out.
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def signed_of(request: HttpRequest) -> Signed:
    return getattr(request, "signed", None) or Signed()


def is_locked(request: HttpRequest) -> bool:
    return signed_of(request).locked


def must_change_password(request: HttpRequest) -> bool:
    person = signed_of(request).person
    return person is not None and person.must_change_password


def begin(request: HttpRequest, person: Person, session: UUID) -> None:
    """Tie the browser to a session, under a new cookie (no session fixation)."""
    request.session.flush()
    request.session[SESSION] = str(session)
    stamp(request, person)
    rotate_token(request)


def stamp(request: HttpRequest, person: Person) -> None:
    """Tie the browser to the password: when it changes, other sessions no longer fit."""
    request.session.cycle_key()
    request.session[STAMP] = person.get_session_auth_hash()


def end(request: HttpRequest) -> None:
    request.session.flush()


def hold_form(request: HttpRequest) -> None:
    """Keep what a locked officer had sent, on the server, until the password is given."""
    if request.method != "POST" or request.headers.get("HX-Request") or request.FILES:
        return
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if sum(len(name) + len(value) for name, value in fields) <= HELD_LIMIT:
        request.session[HELD] = {"action": request.get_full_path(), "fields": fields}


def take_held_form(request: HttpRequest) -> dict[str, Any] | None:
    """What ``hold_form`` kept, once."""
    held: dict[str, Any] | None = request.session.pop(HELD, None)
    return held


def address_of(request: HttpRequest) -> str:
    """The browser's address. Behind a proxy, the server puts the real one here."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def _recognise(request: HttpRequest) -> Signed:
    key = request.session.get(SESSION)
    session = scratch.find_session(UUID(key)) if key else None
    person = actors.find_person(session.person) if session else None
    if session is None or person is None or person.suspended or not _stamp_fits(request, person):
        return Signed()
    if session.locked or scratch.is_idle(session):
        if not session.locked:
            scratch.lock(session.id)
        return Signed(person=person, session=session, locked=True)
    if BACKGROUND not in request.headers:
        scratch.touch(session)
    actor = actors.officer(person, session)
    return Signed(person=person, session=session, actor=actor)


def _stamp_fits(request: HttpRequest, person: Person) -> bool:
    told = request.session.get(STAMP, "")
    return constant_time_compare(told, person.get_session_auth_hash())
