"""Asking for a change of the trust store, and deciding about another's."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.trust import commands, queries, scratch, words
from kordon.trust.forms import (
    CertificatesForm,
    MasterListForm,
    PolicyForm,
    ReasonForm,
    RevocationForm,
    SealSignersForm,
    policy_form,
)
from kordon.trust.reading import LARGEST_FILE
from kordon.trust.views.store import certificate_page, change_page, show_difference
from kordon.ui.words import moment

SHOWN = 100


@needs("trust.offer_master_list")
def upload(request: SignedRequest) -> HttpResponse:
    """A list is looked at before anybody offers it."""
    form = MasterListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _fits(form):
        file, offer = form.cleaned_data["file"], uuid4()
        scratch.put_offer(
            offer=offer,
            by=request.actor,
            filename=file.name,
            content=file.read(),
            wishes={name: form.cleaned_data[name] for name in ("source", "title")},
        )
        return redirect("trust:preview", offer)
    return _page(request, "trust/import.html", form)


@needs("trust.preview_master_list")
def preview(request: SignedRequest, offer: UUID) -> HttpResponse:
    return _preview(request, _find(request, offer))


@needs("trust.offer_master_list")
@require_POST
def offer_master_list(request: SignedRequest, offer: UUID) -> HttpResponse:
    row = _find(request, offer)
    try:
        change = commands.offer_master_list(
            by=request.actor,
            change=offer,
            file=(row.filename, bytes(row.content)),
            accept_signer=request.POST.get("accept_signer") == "on",
            **row.wishes,
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        return _preview(request, row, refusal)
    scratch.drop_offer(offer=offer, by=request.actor)
    return _asked(request, change.id)


@needs("trust.offer_certificates")
def offer_certificates(request: SignedRequest) -> HttpResponse:
    form = CertificatesForm(request.POST or None, request.FILES or None)

    def offer() -> Any:
        told = form.cleaned_data
        return commands.offer_certificates(
            by=request.actor,
            change=uuid4(),
            source=told["source"],
            file=(told["file"].name, told["file"].read()),
            ground=told["ground"],
        )

    return _offered(request, form, offer, "trust/by_hand.html")


@needs("trust.offer_seal_signers")
def offer_seal_signers(request: SignedRequest) -> HttpResponse:
    form = SealSignersForm(request.POST or None, request.FILES or None)

    def offer() -> Any:
        told = form.cleaned_data
        return commands.offer_seal_signers(
            by=request.actor,
            change=uuid4(),
            file=(told["file"].name, told["file"].read()),
            ground=told["ground"],
            alone=told["alone"],
        )

    return _offered(request, form, offer, "trust/seal_signers.html")


@needs("trust.offer_revocation_list")
def offer_revocation_list(request: SignedRequest) -> HttpResponse:
    form = RevocationForm(request.POST or None, request.FILES or None)

    def offer() -> Any:
        file = form.cleaned_data["file"]
        return commands.offer_revocation_list(
            by=request.actor, change=uuid4(), file=(file.name, file.read())
        )

    return _offered(request, form, offer, "trust/revocations.html")


@needs("trust.propose_policy")
def propose_policy(request: SignedRequest) -> HttpResponse:
    if request.method != "POST":
        it = queries.list_states(by=request.actor)
        return _page(request, "trust/policy.html", policy_form(it.policy))
    form = PolicyForm(request.POST)

    def ask() -> Any:
        return commands.propose_policy(
            by=request.actor,
            change=uuid4(),
            policy=form.policy(),
            reason=form.cleaned_data["reason"],
        )

    return _offered(request, form, ask, "trust/policy.html")


@needs("trust.propose_distrust")
@require_POST
def distrust(request: SignedRequest, fingerprint: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            change = commands.propose_distrust(
                by=request.actor,
                change=uuid4(),
                fingerprint=fingerprint,
                distrust=request.POST.get("again") != "yes",
                reason=form.cleaned_data["reason"],
            )
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
        else:
            return _asked(request, change.id)
    return certificate_page(request, fingerprint, refused=form)


@needs("trust.propose_withdrawal")
@require_POST
def withdraw(request: SignedRequest, source: str) -> HttpResponse:
    form = ReasonForm(request.POST)

    def ask() -> Any:
        return commands.propose_withdrawal(
            by=request.actor, change=uuid4(), source=source, reason=form.cleaned_data["reason"]
        )

    return _offered(request, form, ask, "trust/withdraw.html")


@needs("trust.approve_change")
@require_POST
def approve(request: SignedRequest, change: UUID) -> HttpResponse:
    return _decide(request, change, commands.approve_change, forms.Form({}), _("Approved."))


@needs("trust.return_change")
@require_POST
def give_back(request: SignedRequest, change: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _decide(request, change, commands.return_change, form, _("Returned."))


def _decide(
    request: SignedRequest, change: UUID, command: Any, form: forms.Form, done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            command(by=request.actor, change=change, **form.cleaned_data)
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
        else:
            messages.success(request, done)
            return redirect("trust:change", change)
    return change_page(request, change, refused=form)


def _offered(
    request: SignedRequest, form: forms.Form, offer: Callable[[], Any], template: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _fits(form):
        try:
            return _asked(request, offer().id)
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
    return _page(request, template, form)


def _asked(request: SignedRequest, change: UUID) -> HttpResponse:
    messages.success(request, _("Asked for. Another officer approves it."))
    return redirect("trust:change", change)


def _fits(form: forms.Form) -> bool:
    file = form.cleaned_data.get("file")
    if file is not None and file.size > LARGEST_FILE:
        form.add_error("file", _("The file is too large."))
        return False
    return True


def _page(request: SignedRequest, template: str, form: forms.Form) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form}, status=status)


def _find(request: SignedRequest, offer: UUID) -> scratch.Offer:
    row = scratch.find_offer(offer=offer, by=request.actor)
    if row is None:
        raise Http404
    return row


def _preview(
    request: SignedRequest, row: scratch.Offer, refused: Refusal | None = None
) -> HttpResponse:
    """What the list holds and would change; a refusal says what can be done about it."""
    context: dict[str, Any] = {"offer": row.id, "filename": row.filename, "wishes": row.wishes}
    try:
        it = queries.preview_master_list(
            by=request.actor,
            source=row.wishes["source"],
            content=bytes(row.content),
            accept_signer=True,
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        context["error"] = words.said(refusal)
        return render(request, "trust/unreadable.html", context, status=refusal.status)
    broken = [one for one in it.read.records if one.why]
    context |= {
        "it": it,
        "signed_at": moment(it.read.signed_at),
        "signer": it.read.listed.signer,
        "counts": [(words.COUNTS[name], n) for name, n in it.read.counts.items()],
        "states": show_difference(it.states),
        "broken": broken[:SHOWN],
        "refused": words.said(refused) if refused else "",
        "other_signer": it.known and it.new_signer,
    }
    return render(request, "trust/preview.html", context, status=refused.status if refused else 200)
