"""How good the lists of the reader's agency are."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries
from kordon.border.words import CATEGORIES, say_refusal
from kordon.border.words import hits as words
from kordon.journal.refusal import NotPermitted, Refusal


@never_cache
@require_GET
@needs("border.list_quality_reports")
def quality(request: SignedRequest) -> HttpResponse:
    """The reports, newest first; those that nobody acknowledged can be."""
    return _page(request)


@never_cache
@require_POST
@needs("border.acknowledge_quality")
def acknowledge_quality(request: SignedRequest, report: UUID) -> HttpResponse:
    note = request.POST.get("note", "")
    try:
        commands.acknowledge_quality(by=request.actor, report=report, note=note)
    except NotPermitted:
        raise
    except Refusal as no:
        messages.error(request, say_refusal(no))
        return _page(request, status=422, typed={report: note})
    messages.success(request, _("Acknowledged."))
    return redirect("border:quality")


@never_cache
@require_GET
@needs("border.list_poor_entries")
def poor_entries(request: SignedRequest) -> HttpResponse:
    """Entries that need work, as a CSV file for who keeps the list."""
    source = request.GET.get("list", "")[:40]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="entries.csv"'
    answer.write("\ufeff")  # spreadsheets take it for another encoding without
    lines = csv.writer(answer, delimiter=";")
    head = (_("Reference"), _("Category"), _("What is wrong"), _("Met"), _("Not the same"))
    lines.writerow([*head, _("Confirmed: the same"), "id"])
    for one in queries.list_poor_entries(by=request.actor, source=source):
        entry, met = one.entry, one.entry.met
        faults = ", ".join(str(words.FAULTS[fault]) for fault in one.faults)
        category = str(CATEGORIES.get(entry.category, entry.category))
        row = [entry.reference, category, faults, met.times, met.not_same, met.confirmed]
        lines.writerow([_plain(value) for value in (*row, entry.alert)])
    return answer


def _plain(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def _page(
    request: SignedRequest, *, status: int = 200, typed: dict[UUID, str] | None = None
) -> HttpResponse:
    reports = [
        {
            "row": row,
            "title": row.list or _("Alerts of your own agency"),
            "figures": [(words.FIGURES[name], row.figures[name]) for name in words.FIGURES],
            "rate": _rate(row.figures),
            "typed": (typed or {}).get(row.pk, ""),
        }
        for row in queries.list_quality_reports(by=request.actor)
    ]
    return render(request, "border/quality.html", {"reports": reports}, status=status)


def _rate(figures: dict[str, int]) -> float | None:
    """Of a hundred judged matches, how many were somebody else."""
    judged = figures["judged"]
    return 100 * figures["not_same"] / judged if judged else None
