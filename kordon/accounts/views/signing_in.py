"""Sign in, lock, unlock, sign out, change one's password."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kordon.accounts import actors, commands, middleware, scratch
from kordon.accounts.doors import SignedRequest, needs, public, safe_next
from kordon.accounts.forms import PasswordForm, SignInForm, UnlockForm, fill
from kordon.accounts.queries import list_own_posts
from kordon.ui.views import remember

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@public
@sensitive_post_parameters("password")
@get_or_post
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password; then the page that was wanted, or the booth."""
    ahead = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if middleware.signed_of(request).actor:
        return redirect(ahead)
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        deed = partial(commands.sign_in, by=actors.visitor())
        if done := fill(form, deed, address=middleware.address_of(request)):
            middleware.begin(request, done.person, done.session)
            return _after_sign_in(request, done, ahead)
    context = {"form": form, "next": ahead}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, locked or not, and leave the booth."""
    signed = middleware.signed_of(request)
    if signed.person and signed.session:
        commands.sign_out(by=actors.person_alone(signed.person), session=signed.session.id)
    middleware.end(request)
    return redirect("accounts:sign_in")


@public
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock one's own session; the password opens it again on the same page."""
    signed = middleware.signed_of(request)
    if signed.session is None:
        return redirect("accounts:sign_in")
    scratch.lock(signed.session.id)
    ahead = safe_next(request, request.POST.get("next", ""))
    return redirect_with_next("accounts:locked", ahead)


@public
@sensitive_post_parameters("password")
@get_or_post
def locked(request: HttpRequest) -> HttpResponse:
    """Ask the password again; then back to the page, with the form that was on its way."""
    signed = middleware.signed_of(request)
    ahead = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if signed.person is None or signed.session is None:
        return redirect_with_next("accounts:sign_in", ahead)
    if not signed.locked:
        return redirect(ahead)
    form = UnlockForm(request.POST or None)
    if request.method == "POST":
        deed = partial(_unlock, by=actors.person_alone(signed.person))
        address = middleware.address_of(request)
        if fill(form, deed, session=signed.session.id, address=address):
            return _after_unlock(request, ahead)
    context = {"form": form, "next": ahead, "person": signed.person}
    return render(request, "accounts/locked.html", context, status=422 if form.errors else 200)


@needs("accounts.change_password")
@sensitive_post_parameters("old", "new", "again")
@get_or_post
def change_password(request: SignedRequest) -> HttpResponse:
    """Choose a new password; at the first sign-in, before anything else."""
    signed = middleware.signed_of(request)
    assert signed.session is not None
    form = PasswordForm(request.POST or None)
    if request.method == "POST":
        deed = partial(commands.change_password, by=request.actor)
        address = middleware.address_of(request)
        if person := fill(form, deed, session=signed.session.id, address=address):
            middleware.stamp(request, person)
            messages.success(request, _("Your password is changed."))
            return redirect(safe_next(request, request.POST.get("next", "")))
    context = {
        "form": form,
        "first": middleware.must_change_password(request),
        "next": safe_next(request, request.GET.get("next") or request.POST.get("next", "")),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/change_password.html", context, status=status)


def redirect_with_next(name: str, ahead: str) -> HttpResponse:
    response = redirect(name)
    response["Location"] += f"?{urlencode({'next': ahead})}"
    return response


def _unlock(**asked: object) -> bool:
    commands.unlock_session(**asked)  # type: ignore[arg-type]
    return True


def _after_sign_in(request: HttpRequest, done: commands.SignedIn, ahead: str) -> HttpResponse:
    """To the page that was wanted; to the booth where one must be taken; in one's language."""
    person = done.person
    session = scratch.find_session(done.session)
    assert session is not None
    actor = actors.officer(person, session)
    if ahead == "/" and actor.may("accounts.list_own_posts"):
        posts = list_own_posts(by=actor)
        if posts and (len(posts) > 1 or actor.may("accounts.take_booth")):
            ahead = resolve_url("accounts:workplace")
    response = redirect(ahead)
    if person.language:
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, person.language)
    return response


def _after_unlock(request: HttpRequest, ahead: str) -> HttpResponse:
    held = middleware.take_held_form(request)
    if held is None:
        return redirect(ahead)
    return render(request, "accounts/go_on.html", {"held": held})
