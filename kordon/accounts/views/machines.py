"""Machines and their tokens."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts import commands, queries
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.forms import MachineForm, UntilForm, fill
from kordon.accounts.views.choosing import agencies, get_or_post, posts, roles


@needs("accounts.list_machines")
@require_GET
def machines(request: SignedRequest) -> HttpResponse:
    """All machines, until when their tokens are good."""
    return _draw(request, UntilForm())


@needs("accounts.enrol_machine")
@get_or_post
def enrol_machine(request: SignedRequest) -> HttpResponse:
    """Let a machine call the API; shows its token once."""
    by = request.actor
    form = MachineForm(
        request.POST or None, agencies=agencies(by), roles=roles(by), posts=posts(by)
    )
    if request.method == "POST" and (done := fill(form, partial(commands.enrol_machine, by=by))):
        return _show_token(request, done)
    return render(
        request, "accounts/enrol_machine.html", {"form": form}, status=422 if form.errors else 200
    )


@needs("accounts.renew_machine_token")
@require_POST
def renew_machine_token(request: SignedRequest, machine: UUID) -> HttpResponse:
    """A new token, shown once; the old one is dead."""
    form = UntilForm(request.POST)
    deed = partial(commands.renew_machine_token, by=request.actor, machine=machine)
    if (done := fill(form, deed)) is None:
        return _draw(request, form)
    return _show_token(request, done)


@needs("accounts.revoke_machine")
@require_POST
def revoke_machine(request: SignedRequest, machine: UUID) -> HttpResponse:
    """The machine may call no longer."""
    commands.revoke_machine(by=request.actor, machine=machine)
    messages.success(request, _("Recorded."))
    return redirect("accounts:machines")


def _draw(request: SignedRequest, form: UntilForm) -> HttpResponse:
    by = request.actor
    today = timezone.localdate()
    lines = [
        {
            "id": row.id,
            "name": row.name,
            "agency": row.agency.name,
            "post": row.post.name if row.post else "",
            "role": row.role.title,
            "until": row.until,
            "revoked": row.revoked,
            "expired": row.until < today,
        }
        for row in queries.list_machines(by=by)
    ]
    context = {
        "lines": lines,
        "form": form,
        "may_enrol": by.may("accounts.enrol_machine"),
        "may_renew": by.may("accounts.renew_machine_token"),
        "may_revoke": by.may("accounts.revoke_machine"),
    }
    return render(request, "accounts/machines.html", context, status=422 if form.errors else 200)


def _show_token(request: SignedRequest, done: commands.NewMachine) -> HttpResponse:
    context = {"machine": done.machine, "token": done.token}
    return render(request, "accounts/token.html", context)
