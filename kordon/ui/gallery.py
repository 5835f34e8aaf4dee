"""Every component on one page, for engineers: only where DEBUG or KORDON_GALLERY is set."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kordon.ui.forms import DayField
from kordon.ui.templatetags.ui import drawings
from kordon.ui.views import answer, words_for

SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
)


class SpecimenForm(forms.Form):
    """One of each kind of field."""

    surname = forms.CharField(
        label=gettext_lazy("Surname"), help_text=gettext_lazy("As printed in the document.")
    )
    number = forms.CharField(
        label=gettext_lazy("Document number"),
        required=False,
        widget=forms.TextInput(attrs={"class": "k-mono"}),
    )
    born = DayField(label=gettext_lazy("Date of birth"))
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose of travel"),
        choices=[("", "—"), ("work", gettext_lazy("Work")), ("visit", gettext_lazy("Visit"))],
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[("F", "F"), ("M", "M"), ("X", "X")],
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(label=gettext_lazy("Notes"), required=False, widget=forms.Textarea)
    minor = forms.BooleanField(
        label=gettext_lazy("Travels with a parent"),
        required=False,
        help_text=gettext_lazy("The parent's document is read next."),
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; ``?status=404`` shows a page that says what went wrong."""
    if not (settings.DEBUG or getattr(settings, "KORDON_GALLERY", False)):
        raise Http404
    if (status := request.GET.get("status", "")).isdigit():
        return answer(request, int(status), words_for(int(status)))
    if request.headers.get("HX-Request") == "true":
        return render(request, "ui/_gallery_piece.html", {"text": request.POST.get("mrz", "")})
    bound = SpecimenForm(request.POST if request.method == "POST" else {"number": "AО0123I1"})
    if "message" in request.GET:
        messages.success(request, _("Recorded: ERIKSSON, ANNA MARIA may enter."))
    return render(
        request, "ui/gallery.html", specimens() | {"form": SpecimenForm(), "bound": bound}
    )


def specimens() -> dict[str, Any]:
    """What the components are shown with: invented persons only."""
    now = timezone.now()
    rows = [
        {"time": f"14:3{n}", "name": name, "number": f"N0{n}1I{n}O77", "state": state}
        for n, (name, state) in enumerate(
            [
                ("ERIKSSON ANNA MARIA", "done"),
                ("ТОҲИРЗОДА ҶАМШЕД", "look"),
                ("ÝAZDURDYÝEWA MERETGÜL", "stop"),
            ]
        )
    ]
    return {
        "mrz": SPECIMEN,
        "born": date(1974, 8, 12),
        "partial": "1974-08-00",
        "now": now,
        "then": now - timedelta(minutes=3),
        "until": (now + timedelta(minutes=12)).isoformat(),
        "rows": rows,
        "page": Paginator(range(95), 20).page(2),
        "evidence": [
            (_("Alias"), "TOHIRZODA JAMSHED"),
            (_("Letters"), "Ҷ = J, Ҳ = H"),
            (_("Date of birth"), _("year and month agree, day is not known")),
        ],
        "icons": sorted(drawings()),
    }
