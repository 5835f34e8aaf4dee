"""Theme, language, and the pages that say what went wrong and what to do next.

``node`` points ``handler400``, ``handler403``, ``handler404``, ``handler500`` and
``CSRF_FAILURE_VIEW`` here, and draws a ``Refusal`` with ``ui/refusal.html`` or, for htmx,
``ui/_refusal.html``.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kordon.journal.fulldisk import full_since
from kordon.ui.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600
DISK_FULL = gettext_lazy(
    "No room is left on the disk of this node. This was not recorded; what was recorded before is "
    "safe. Call the administrator: as soon as there is room, everything goes on."
)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the computer, in a cookie."""
    answer = back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        remember(request, answer, THEME_COOKIE, chosen)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the pages, in a cookie."""
    answer = back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        remember(request, answer, settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer


def awake(request: HttpRequest) -> HttpResponse:
    """Nothing, asked by a page somebody types into: the session knows that they are there."""
    return HttpResponse(status=204)


def back(request: HttpRequest) -> HttpResponse:
    """Return to ``next`` if it is a page of this node, to the front page otherwise."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")


def remember(request: HttpRequest, answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )


@dataclass(frozen=True)
class Words:
    """A page that says what went wrong: what it is called, what happened, what to do next."""

    title: str
    text: str
    next: str


def words_for(status: int) -> Words:
    """The words of this house for an HTTP status."""
    known = {
        400: Words(
            _("The request could not be read"),
            _("The browser sent something this page does not understand."),
            _("Go back, load the page again and repeat what you did."),
        ),
        403: Words(
            _("This is not open to you"),
            _("Your role does not include this right, or your posting is elsewhere."),
            _("If your duty needs it, ask your supervisor to extend your role."),
        ),
        404: Words(
            _("There is no such page"),
            _("The address is wrong, or what stood here is no longer kept."),
            _("Check the address, or start again from the front page."),
        ),
        409: Words(
            _("This cannot be done now"),
            _("A rule forbids it, or somebody else was faster."),
            _("Load the page again to see how it stands now."),
        ),
        413: Words(
            _("The file is too large"),
            _("Nothing of it was taken."),
            _("Send a smaller file, or split it."),
        ),
        422: Words(
            _("Something in the form is not right"),
            _("Nothing was saved; what you typed is still in the form."),
            _("Go back and look at the marked fields."),
        ),
        429: Words(
            _("Too many attempts"),
            _("The door stays shut for a while."),
            _("Wait a few minutes, then try again."),
        ),
    }
    return known.get(status, known[400] if status < 500 else broken())


def words_of_refusal(status: int, said: str) -> Words:
    """The sentence of the rule that said no, between the house's title and advice."""
    usual = words_for(status)
    # A right's bare name (border.record_crossing) is for the log, not a sentence.
    return Words(usual.title, said if " " in said.strip() else usual.text, usual.next)


def broken() -> Words:
    return Words(
        _("Something broke on our side"),
        _("The fault has been written down. What was recorded before is safe."),
        _("Try again. If it happens twice, tell the duty engineer the time shown here."),
    )


def answer(request: HttpRequest, status: int, words: Words, *, code: str = "") -> HttpResponse:
    """A whole page, or the sentence alone where htmx asked for a piece."""
    piece = request.headers.get("HX-Request") == "true"
    template = "ui/_error.html" if piece else "ui/error.html"
    context: dict[str, Any] = {"status": status, "words": words, "code": code}
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400, words_for(400))


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403, words_for(403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, words_for(404))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: the form was too old, or cookies are off."""
    words = Words(
        _("This form is too old"),
        _("Somebody signed in or out in this browser since the page was opened."),
        _("Go back, load the page again and send it once more."),
    )
    return answer(request, 403, words)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without a database, a session or a context processor: they may be what broke.

    A database that was full and then broke down is said to be full: there lies the remedy.
    """
    full = full_since() is not None
    words = replace(broken(), text=str(DISK_FULL)) if full else broken()
    status = 507 if full else 500
    return HttpResponse(render_to_string("ui/500.html", {"words": words}), status=status)
