"""From which score each category stops and is looked at: seen, proposed, decided by another."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.journal.refusal import Refusal
from kordon.ui.words import moment
from kordon.watchlist import commands, queries, words
from kordon.watchlist.calibration import (
    HIGHEST,
    LOWEST,
    PERSONS,
    Calibration,
    calibration_of,
    kept_weights,
)
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.forms import ReasonForm
from kordon.watchlist.particulars import Category
from kordon.watchlist.rules import EditionStatus

SHOWN = 20


class ThresholdsForm(forms.Form):
    """Two scores for each category of persons, weights of findings if others, and why."""

    def __init__(self, *given: Any, holds: Calibration, **more: Any) -> None:
        super().__init__(*given, **more)
        for category in PERSONS:
            for name in ("looks", "stops"):
                said = f"{words.CATEGORIES[category]}: {SAID[name]}"
                self.fields[f"{name}_{category}"] = forms.FloatField(
                    label=said,
                    min_value=LOWEST,
                    max_value=HIGHEST,
                    initial=getattr(holds.thresholds[category], name),
                    widget=forms.NumberInput(attrs={"step": "0.5", "aria-label": said}),
                )
        self.fields["weights"] = forms.CharField(
            label=gettext_lazy("Weights"),
            required=False,
            initial=holds.weights_text,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            help_text=gettext_lazy("As kordon refit writes them. Empty: those of the software."),
        )
        self.fields["ground"] = forms.CharField(
            label=gettext_lazy("Why"),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def pairs(self) -> list[tuple[Any, Any, Any]]:
        """Each category with its two fields."""
        return [(words.CATEGORIES[it], self[f"looks_{it}"], self[f"stops_{it}"]) for it in PERSONS]

    def thresholds(self) -> dict[Category, Thresholds]:
        told = self.cleaned_data
        return {
            it: Thresholds(stops=told[f"stops_{it}"], looks=told[f"looks_{it}"]) for it in PERSONS
        }


SAID = {
    "looks": gettext_lazy("second line looks from"),
    "stops": gettext_lazy("stops in the booth from"),
}


@needs("watchlist.list_calibrations")
def list_calibrations(request: SignedRequest) -> HttpResponse:
    """What holds, what waits for a second person, and what was."""
    return _page(request)


@needs("watchlist.propose_calibration")
@require_POST
def propose_calibration(request: SignedRequest) -> HttpResponse:
    form = ThresholdsForm(request.POST, holds=queries.tell_calibration())
    if form.is_valid():
        try:
            commands.propose_calibration(
                by=request.actor,
                calibration=uuid4(),
                thresholds=form.thresholds(),
                weights=form.cleaned_data["weights"].strip(),
                ground=form.cleaned_data["ground"],
            )
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
        else:
            messages.success(request, _("Proposed. Another person decides."))
            return redirect("watchlist:calibrations")
    return _page(request, form)


@needs("watchlist.approve_calibration")
@require_POST
def approve_calibration(request: SignedRequest, calibration: UUID) -> HttpResponse:
    form = forms.Form({})
    return _decide(request, calibration, commands.approve_calibration, form, _("In force."))


@needs("watchlist.return_calibration")
@require_POST
def return_calibration(request: SignedRequest, calibration: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _decide(request, calibration, commands.return_calibration, form, _("Returned."))


def _decide(
    request: SignedRequest, calibration: UUID, command: Any, form: forms.Form, done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            command(by=request.actor, calibration=calibration, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
        else:
            messages.success(request, done)
            return redirect("watchlist:calibrations")
    return _page(request, refused=form)


def _page(
    request: SignedRequest, form: ThresholdsForm | None = None, refused: forms.Form | None = None
) -> HttpResponse:
    holds = queries.tell_calibration()
    rows = list(queries.list_calibrations(by=request.actor)[:SHOWN])
    context = {
        "holds": [(words.CATEGORIES[it], holds.thresholds[it]) for it in PERSONS],
        "weights": holds.weights.version,
        "waiting": [
            _waiting(row, holds, request.actor.id)
            for row in rows
            if row.status == EditionStatus.PENDING
        ],
        "past": [_told(row) for row in rows if row.status != EditionStatus.PENDING],
        "form": form or ThresholdsForm(holds=holds),
        "reason_form": ReasonForm(),
        "refused": refused,
    }
    wrong = form is not None or refused is not None
    return render(request, "watchlist/calibrations.html", context, status=422 if wrong else 200)


def _told(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": words.EDITION_STATUSES[row.status],
        "badge": words.STATUS_BADGES.get(row.status, ""),
        "ground": row.ground,
        "reason": row.reason,
        "asked": f"{row.asked_by_name} · {moment(row.asked_at)}",
        "decided": f"{row.decided_by_name} · {moment(row.decided_at)}" if row.decided_at else "",
    }


def _waiting(row: Any, holds: Calibration, reader: UUID) -> dict[str, Any]:
    """A proposal by what it would change."""
    then = calibration_of(row.id, row.thresholds, row.weights)
    changes = [
        (words.CATEGORIES[it], holds.thresholds[it], then.thresholds[it])
        for it in PERSONS
        if then.thresholds[it] != holds.thresholds[it]
    ]
    return {
        **_told(row),
        "changes": changes,
        "weights": kept_weights(row.weights).version,
        "may_decide": row.asked_by != reader,
    }
