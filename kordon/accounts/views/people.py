"""People: find, enrol, describe, suspend, give roles."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts import commands, queries
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.forms import (
    DescriptionForm,
    PeopleFilter,
    PersonForm,
    PostingForm,
    ReasonForm,
    fill,
)
from kordon.accounts.views.choosing import agencies, get_or_post, posts, roles
from kordon.journal.actor import Actor

PAGE = 50


@needs("accounts.list_people")
@require_GET
def people(request: SignedRequest) -> HttpResponse:
    """Everybody who may sign in, narrowed down by words, agency, post or role."""
    by = request.actor
    form = PeopleFilter(
        request.GET or None, agencies=agencies(by), posts=posts(by), roles=roles(by)
    )
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.list_people(by=by, **wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "id": row.id,
            "name": row.name,
            "login": row.login,
            "number": row.service_number,
            "agency": row.agency.name,
            "suspended": row.suspended,
            "first": row.must_change_password,
        }
        for row in page
    ]
    context = {"form": form, "lines": lines, "page": page}
    return render(request, "accounts/people.html", context)


@needs("accounts.enrol_person")
@get_or_post
def enrol_person(request: SignedRequest) -> HttpResponse:
    """Enrol somebody; shows the one-time code once."""
    by = request.actor
    form = PersonForm(request.POST or None, agencies=agencies(by))
    if request.method == "POST" and (done := fill(form, partial(commands.enrol_person, by=by))):
        return _show_code(request, done)
    return render(
        request, "accounts/enrol_person.html", {"form": form}, status=422 if form.errors else 200
    )


@needs("accounts.get_person")
@require_GET
def person(request: SignedRequest, person: UUID) -> HttpResponse:
    """One person: what they are, which roles they hold, what may be done."""
    return _draw(request, person)


@needs("accounts.describe_person")
@require_POST
def describe_person(request: SignedRequest, person: UUID) -> HttpResponse:
    """Change name, service number or language."""
    form = DescriptionForm(request.POST)
    deed = partial(commands.describe_person, by=request.actor, person=person)
    if fill(form, deed) is None:
        return _draw(request, person, describing=form)
    return _changed(request, person)


@needs("accounts.reset_password")
@require_POST
def reset_password(request: SignedRequest, person: UUID) -> HttpResponse:
    """A new one-time code, shown once; every session of the person ends."""
    return _show_code(request, commands.reset_password(by=request.actor, person=person))


@needs("accounts.suspend_person")
@require_POST
def suspend_person(request: SignedRequest, person: UUID) -> HttpResponse:
    """Somebody may not sign in for now, for a reason."""
    form = ReasonForm(request.POST)
    deed = partial(_suspend, by=request.actor, person=person)
    if fill(form, deed) is None:
        return _draw(request, person, suspending=form)
    return _changed(request, person)


@needs("accounts.reinstate_person")
@require_POST
def reinstate_person(request: SignedRequest, person: UUID) -> HttpResponse:
    """They may sign in again."""
    commands.reinstate_person(by=request.actor, person=person)
    return _changed(request, person)


@needs("accounts.give_posting")
@require_POST
def give_posting(request: SignedRequest, person: UUID) -> HttpResponse:
    """Give a role at a post or everywhere."""
    by = request.actor
    form = PostingForm(request.POST, roles=roles(by), posts=posts(by))
    if fill(form, partial(commands.give_posting, by=by, person=person)) is None:
        return _draw(request, person, giving=form)
    return _changed(request, person)


@needs("accounts.end_posting")
@require_POST
def end_posting(request: SignedRequest, person: UUID, posting: UUID) -> HttpResponse:
    """End a role from now on."""
    commands.end_posting(by=request.actor, posting=posting)
    return _changed(request, person)


def _suspend(*, by: Actor, person: UUID, reason: str) -> bool:
    commands.suspend_person(by=by, person=person, reason=reason)
    return True


def _changed(request: SignedRequest, person: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("accounts:person", person=person)


def _show_code(request: SignedRequest, done: commands.Enrolled) -> HttpResponse:
    context = {"person": done.person, "code": done.code}
    return render(request, "accounts/code.html", context)


def _draw(
    request: SignedRequest,
    person: UUID,
    *,
    describing: DescriptionForm | None = None,
    suspending: ReasonForm | None = None,
    giving: PostingForm | None = None,
) -> HttpResponse:
    by = request.actor
    row = queries.get_person(by=by, person=person)
    context = {
        "person": row,
        "oneself": row.id == by.id,
        "postings": _postings(by, person),
        "describing": describing
        or DescriptionForm(
            initial={
                "name": row.name,
                "service_number": row.service_number,
                "language": row.language,
            }
        ),
        "suspending": suspending or ReasonForm(),
        "may": {
            name: by.may(f"accounts.{name}")
            for name in (
                "describe_person",
                "reset_password",
                "suspend_person",
                "reinstate_person",
                "give_posting",
                "end_posting",
                "list_sign_ins",
            )
        },
    }
    if by.may("accounts.give_posting"):
        context["giving"] = giving or PostingForm(
            roles=roles(by), posts=posts(by), initial={"since": timezone.localdate()}
        )
    wrong = describing or suspending or giving
    return render(request, "accounts/person.html", context, status=422 if wrong else 200)


def _postings(by: Actor, person: UUID) -> list[dict[str, object]]:
    if not by.may("accounts.list_postings"):
        return []
    today = timezone.localdate()
    return [
        {
            "id": row.id,
            "role": row.role.title,
            "role_code": row.role_id,
            "post": row.post.name if row.post else "",
            "since": row.since,
            "until": row.until,
            "ended_at": row.ended_at,
            "given_by": row.given_by_name,
            "in_force": row.ended_at is None
            and row.since <= today
            and (row.until is None or row.until >= today),
        }
        for row in queries.list_postings(by=by, person=person)
    ]
