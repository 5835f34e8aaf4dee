"""The list of alerts, an alert as a document, writing and deciding about it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.journal.refusal import Refusal
from kordon.watchlist import commands, queries, scratch, words
from kordon.watchlist.asking import PAGE, AlertLine, AlertPage
from kordon.watchlist.forms import (
    AlertForm,
    ExtendForm,
    FilterForm,
    ReasonForm,
    SaveFilterForm,
)
from kordon.watchlist.showing import show_alert, show_line, show_ruling
from kordon.watchlist.sources import Kind


@needs("watchlist.list_alerts")
def list_alerts(request: SignedRequest) -> HttpResponse:
    ages = queries.list_editions(by=request.actor) if _may(request, "list_editions") else ()
    lists = [(age.name, age.title) for age in ages if age.name != queries.OWN]
    form = FilterForm(request.GET or None, lists=lists)
    page = queries.list_alerts(by=request.actor, filter=form.filter(_page_number(request)))
    return render(
        request,
        "watchlist/alerts.html",
        {
            "form": form if form.is_bound else FilterForm(lists=lists),
            "lines": _drawn(page.lines),
            "page": _pager(page),
            "filters": scratch.list_filters(by=request.actor),
            "save_form": SaveFilterForm(initial={"query": _filter_query(request)}),
            "filtered": bool(_filter_query(request)),
            "kinds": words.KINDS.items(),
        },
    )


@needs("watchlist.list_alerts")
@require_POST
def save_filter(request: SignedRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST)
    query = form.data.get("query", "")[:1000]
    if form.is_valid():
        scratch.save_filter(by=request.actor, name=form.cleaned_data["name"], query=query)
    return redirect(f"{_address('alerts')}?{query}")


@needs("watchlist.list_alerts")
@require_POST
def drop_filter(request: SignedRequest) -> HttpResponse:
    scratch.drop_filter(by=request.actor, name=request.POST.get("name", ""))
    return redirect("watchlist:alerts")


@needs("watchlist.list_waiting_alerts")
def list_waiting(request: SignedRequest) -> HttpResponse:
    page = queries.list_waiting_alerts(by=request.actor)
    return render(request, "watchlist/waiting.html", {"lines": _drawn(page.lines)})


@needs("watchlist.get_alert")
def get_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    return _alert_page(request, alert)


@needs("watchlist.raise_alert")
def raise_alert(request: SignedRequest, kind: str) -> HttpResponse:
    if kind not in set(Kind):
        raise Http404
    # The id comes from the form, so that sending it twice makes one alert.
    alert = _uuid(request.POST.get("alert", "")) or uuid4()
    form = AlertForm(request.POST or None, kind=Kind(kind))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        deed = lambda: commands.raise_alert(  # noqa: E731
            by=request.actor,
            alert=alert,
            particulars=form.particulars(),
            low_quality=typed.get("low_quality", False),
            review_on=typed["review_on"],
        )
        if _done(form, deed):
            messages.success(request, _("Written. Another officer of your agency approves it."))
            return redirect("watchlist:alert", alert)
    title = {
        Kind.PERSON: _("New alert on a person"),
        Kind.DOCUMENT: _("New alert on a document"),
        Kind.VEHICLE: _("New alert on a vehicle"),
    }[Kind(kind)]
    context = {"form": form, "alert": alert, "title": title, "back": _address("alerts")}
    return render(request, "watchlist/alert_form.html", context, status=_status(form))


@needs("watchlist.change_alert")
def change_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    it = queries.get_alert(by=request.actor, alert=alert)
    shown = it.proposed or it.particulars
    initial = AlertForm.initial_of(shown, low_quality=it.line.low_quality)
    form = AlertForm(request.POST or None, initial=initial, kind=shown.kind, changing=True)
    if request.method == "POST" and form.is_valid():
        deed = lambda: commands.change_alert(  # noqa: E731
            by=request.actor,
            alert=alert,
            particulars=form.particulars(),
            low_quality=form.cleaned_data.get("low_quality", False),
            reason=form.cleaned_data["reason"],
        )
        if _done(form, deed):
            messages.success(request, _("Written. Another officer of your agency approves it."))
            return redirect("watchlist:alert", alert)
    context = {
        "form": form,
        "alert": alert,
        "title": _("Change the alert"),
        "back": _address("alert", alert),
    }
    return render(request, "watchlist/alert_form.html", context, status=_status(form))


@needs("watchlist.extend_alert")
@require_POST
def extend_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    form = ExtendForm(request.POST)
    return _decide(request, alert, form, commands.extend_alert, _("Another officer approves it."))


@needs("watchlist.withdraw_alert")
@require_POST
def withdraw_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _decide(request, alert, form, commands.withdraw_alert, _("Written."))


@needs("watchlist.approve_alert")
@require_POST
def approve_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    return _decide(request, alert, forms.Form({}), commands.approve_alert, _("Approved."))


@needs("watchlist.return_alert")
@require_POST
def return_alert(request: SignedRequest, alert: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _decide(request, alert, form, commands.return_alert, _("Returned to its writer."))


@needs("watchlist.revoke_exclusion")
@require_POST
def revoke_exclusion(request: SignedRequest, alert: UUID, exclusion: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: commands.revoke_exclusion(
            by=request.actor, exclusion=exclusion, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Revoked. The alert is met by this traveller again."))
        return redirect(_address("alert", alert) + "#rulings")
    return _alert_page(request, alert, refused=form)


def _decide(
    request: SignedRequest, alert: UUID, form: forms.Form, command: Callable[..., Any], done: str
) -> HttpResponse:
    """Do one deed about an alert; on a refusal its page says why and nothing typed is lost."""
    if form.is_valid() and _done(
        form, lambda: command(by=request.actor, alert=alert, **form.cleaned_data)
    ):
        messages.success(request, done)
        return redirect("watchlist:alert", alert)
    return _alert_page(request, alert, refused=form)


def _alert_page(
    request: SignedRequest, alert: UUID, refused: forms.Form | None = None
) -> HttpResponse:
    it = queries.get_alert(by=request.actor, alert=alert)
    mine = it.line.owner == request.actor.agency and not it.line.source
    context = {
        "it": show_alert(it),
        "may_write": mine and it.line.status != "withdrawn" and not _waits_in_force(it.line),
        "may_extend": mine and it.line.status in {"in_force", "expired"} and not it.line.waiting,
        "may_decide": mine and it.line.waiting,
        "extend_form": refused if isinstance(refused, ExtendForm) else ExtendForm(),
        "reason_form": ReasonForm(),
        "refused": refused,
        "rulings": [show_ruling(ruling) for ruling in it.rulings],
    }
    status = 422 if refused is not None else 200
    return render(request, "watchlist/alert.html", context, status=status)


def _waits_in_force(line: AlertLine) -> bool:
    return bool(line.waiting) and line.status in {"in_force", "expired"}


def _done(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes an error of the field it is about."""
    try:
        deed()
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, words.said(refusal))
        return False
    return True


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _drawn(lines: tuple[AlertLine, ...]) -> list[dict[str, Any]]:
    return [show_line(line) for line in lines]


def _pager(page: AlertPage) -> Any:
    """The page as ``ui/_pager.html`` knows it, without counting again."""
    return Paginator(range(page.total), PAGE).get_page(page.page)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _filter_query(request: HttpRequest) -> str:
    pairs = [(key, value) for key, value in request.GET.items() if value and key != "page"]
    return urlencode(pairs)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _may(request: SignedRequest, name: str) -> bool:
    return request.actor.may(f"watchlist.{name}")


def _address(name: str, *args: Any) -> str:
    return reverse(f"watchlist:{name}", args=args)
