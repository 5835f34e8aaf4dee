"""The doors: every page and every API operation says who may come in.

    @needs("border.record_crossing")        a signed-in person who holds the right
    @public                                 anybody: sign-in, health
    NinjaAPI(auth=token_or_session)         a machine by its token, a person by their session

A test of the house walks all addresses and finds none without one of these.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from ninja.errors import HttpError
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from kordon.accounts import actors, middleware
from kordon.journal.actor import Actor
from kordon.journal.command import check_right

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

PAGES: dict[str, str] = {}
"""Rights that pages ask for, with the first such page."""


class SignedRequest(HttpRequest):
    """A request behind ``@needs``: there is an actor."""

    actor: Actor


def needs(right: str) -> Callable[[V], V]:
    """Let in who holds ``right``: others are refused (403), nobody is sent to sign in."""

    def declare(view: V) -> V:
        PAGES.setdefault(right, f"{view.__module__}.{view.__name__}")

        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return _send_to_sign_in(request)
            if not actor.may(right) and middleware.must_change_password(request):
                return _send(request, "accounts:change_password")
            check_right(actor, right)
            return view(request, *args, **kwargs)

        door.right = right  # type: ignore[attr-defined]
        return cast(V, door)

    return declare


def public(view: V) -> V:
    """Let in anybody. For sign-in, health, and what the public may see."""
    view.right = None  # type: ignore[attr-defined]
    return view


def node_at_the_door(name: str) -> Actor:
    """A node that has shown by its key that it is this one. See ``actors.node``."""
    return actors.node(name)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. See ``middleware.address_of``."""
    return middleware.address_of(request)


class TokenOrSession(AuthBase):
    """``Authorization: Bearer kordon_…`` of a machine, or the session of a person.

    A session needs the CSRF token too where the method changes something.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind:
            actor = actors.machine(token.strip()) if kind.lower() == "bearer" else None
        else:
            actor = getattr(request, "actor", None)
            if actor and check_csrf(request):
                raise HttpError(403, "The CSRF token is missing or wrong.")
        request.actor = actor  # type: ignore[attr-defined]
        return actor


token_or_session = TokenOrSession()


def safe_next(request: HttpRequest, wanted: str) -> str:
    """``wanted`` if it is an address of this node, else the start page."""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return "/"


def page_of(request: HttpRequest) -> str:
    """The address in the browser's bar: of the page, not of a fragment it asked for."""
    if current := request.headers.get("HX-Current-URL"):
        parts = urlsplit(current)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path() if request.method in {"GET", "HEAD"} else request.path


def _send_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if middleware.is_locked(request):
        middleware.hold_form(request)
        return _send(request, "accounts:locked")
    return _send(request, "accounts:sign_in")


def _send(request: HttpRequest, name: str) -> HttpResponseBase:
    """A redirect for fragments too: the page script sees where it led, and covers the page."""
    return HttpResponseRedirect(f"{resolve_url(name)}?{urlencode({'next': page_of(request)})}")
