"""What auditors look at: who read what, who signed in, whether the record is whole."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kordon.accounts import queries, words
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.forms import ReadsFilter, SignInsFilter
from kordon.journal.queries import list_heads, list_reads

PAGE = 50


@needs("journal.list_reads")
@require_GET
def reads(request: SignedRequest) -> HttpResponse:
    """The access log: who was shown what about whom, newest first."""
    form = ReadsFilter(request.GET or None)
    rows = list_reads(by=request.actor)
    if form.is_bound:
        rows = _narrowed(rows, form.cleaned_data) if form.is_valid() else rows.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "at": row.at,
            "name": row.by_name,
            "agency": row.agency,
            "post": row.post,
            "query": row.query,
            "about": row.about,
            "found": row.found,
        }
        for row in page
    ]
    context = {"form": form, "lines": lines, "page": page}
    return render(request, "accounts/reads.html", context, status=422 if form.errors else 200)


@needs("accounts.list_sign_ins")
@require_GET
def sign_ins(request: SignedRequest) -> HttpResponse:
    """Sign-ins and failures, newest first, of all or of one person."""
    form = SignInsFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.list_sign_ins(by=request.actor, **wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "at": line.at,
            "what": words.SIGN_INS[line.what],
            "failed": line.what == "failed",
            "person": line.person,
            "name": line.name,
            "address": line.address,
            "why": words.FAILURES.get(line.failure, ""),
        }
        for line in queries.name_people(list(page))
    ]
    context = {
        "form": form,
        "lines": lines,
        "page": page,
        "may_open": request.actor.may("accounts.get_person"),
    }
    return render(request, "accounts/sign_ins.html", context, status=422 if form.errors else 200)


@needs("journal.list_heads")
@require_GET
def heads(request: SignedRequest) -> HttpResponse:
    """The signed heads of the chains: to be written down and kept elsewhere."""
    return render(request, "accounts/heads.html", {"rows": list_heads(by=request.actor)})


def _narrowed(rows: "QuerySet[Any]", wanted: dict[str, Any]) -> "QuerySet[Any]":
    looked_for = {
        "by_name__icontains": wanted["name"],
        "about__icontains": wanted["about"],
        "query__icontains": wanted["question"],
        "post__iexact": wanted["post"],
    }
    rows = rows.filter(**{name: value for name, value in looked_for.items() if value})
    if wanted["since"]:
        rows = rows.filter(at__gte=_midnight(wanted["since"]))
    if wanted["until"]:
        rows = rows.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
