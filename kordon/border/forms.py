"""What is typed at the booth."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Decision, Direction, Identity, Purpose, ReferralReason
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.page import PagePresented
from kordon.border.rules.presenting import LIMITS, Presentation
from kordon.border.rules.seal import SealPresented
from kordon.lib.traveldocs.chip import name_file

MAX_CHIP_FILE = 8 * 1024 * 1024
CODE = {"class": "k-mono", "autocomplete": "off", "spellcheck": "false", "optional": False}
WORD = {"autocomplete": "off", "spellcheck": "false", "optional": False}
LABELS = {
    "document_type": _("Type"),
    "issuer": _("Issued by"),
    "number": _("Document number"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "nationality": _("Nationality"),
    "birth": _("Date of birth"),
    "sex": _("Sex"),
    "expiry": _("Expires"),
}
SEXES = [("", "–"), ("F", "F"), ("M", "M"), ("X", "X")]


class PartialDayField(forms.CharField):
    """A date typed day first of which parts may be unknown; kept as ``1974-08-??``.

    ``12.08.1974``, ``12081974``, ``08.1974``, ``1974``, ``??.08.1974``, ``1974-08-12``.
    """

    def __init__(self, **more: Any) -> None:
        told = {"placeholder": "12.08.1974", "inputmode": "text", **CODE}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=told), **more)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if match := re.fullmatch(r"(\d\d)(\d\d)(\d{4})", text):
            parts = list(match.groups())
        else:
            parts = [part.strip() or "??" for part in re.split(r"[./\s-]+", text)]
        if len(parts[0]) == 4:
            parts.reverse()
        return _partial(parts)


def _partial(parts: list[str]) -> str:
    """Day, month, year as typed; unknown ones in front may be missing."""
    day, month, year = ["??"] * (3 - len(parts)) + parts[-3:]
    sizes = (day, 31, 2), (month, 12, 2), (year, 9999, 4)
    if len(parts) > 3 or len(year) != 4:
        raise ValidationError(_("Write the date as 12.08.1974; unknown parts as ??."))
    for text, most, _size in sizes:
        unknown = set(text) == {"?"}
        if not unknown and not (text.isdigit() and 1 <= int(text) <= most):
            raise ValidationError(_("Write the date as 12.08.1974; unknown parts as ??."))
    found = "-".join(
        text if set(text) == {"?"} else text.zfill(size) for text, _most, size in reversed(sizes)
    )
    try:
        date.fromisoformat(found.replace("????", "2000").replace("??", "01"))
    except ValueError:
        raise ValidationError(_("There is no such day.")) from None
    return found


class CheckForm(forms.Form):
    """A document as scanned, or as typed; both at once are a zone and its corrections."""

    check = forms.UUIDField(widget=forms.HiddenInput)
    direction = forms.TypedChoiceField(
        label=_("Direction"),
        choices=list(words.DIRECTIONS.items()),
        coerce=Direction,
        widget=forms.RadioSelect,
    )
    mrz = forms.CharField(
        label=_("Machine-readable zone"),
        required=False,
        max_length=1000,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "cols": 46, "data-scan-target": "", "autocapitalize": "off", **CODE}
        ),
    )
    chip = forms.UUIDField(required=False, widget=forms.HiddenInput)
    plate = forms.CharField(
        label=_("Plate"), required=False, max_length=20, widget=forms.TextInput(attrs=CODE)
    )
    companions = forms.CharField(
        label=_("Travelling with"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=WORD),
    )
    route = forms.CharField(
        label=_("From, to"), required=False, max_length=200, widget=forms.TextInput(attrs=WORD)
    )
    birth = PartialDayField(label=LABELS["birth"])
    expiry = PartialDayField(label=LABELS["expiry"])
    sex = forms.ChoiceField(
        label=LABELS["sex"],
        required=False,
        choices=SEXES,
        widget=forms.Select(attrs={"optional": False}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name not in self.fields:
                kind = (WORD if name in {"surname", "given_names"} else CODE).copy()
                if name == "document_type":
                    kind["autofocus"] = True
                self.fields[name] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=LIMITS[name],
                    widget=forms.TextInput(attrs=kind),
                )

    @property
    def page_fields(self) -> list[forms.BoundField]:
        """The fields of the document's page, in its order."""
        return [self[name] for name in LABELS]

    def presentation(
        self,
        chip: ChipPresented | None = None,
        seal: SealPresented | None = None,
        page: PagePresented | None = None,
    ) -> Presentation:
        """What the command takes."""
        told = self.cleaned_data
        return Presentation(
            direction=told["direction"],
            mrz=told["mrz"],
            typed=Identity(**{name: told[name] for name in LABELS}),
            plate=told["plate"],
            companions=told["companions"],
            route=told["route"],
            chip=chip,
            seal=seal,
            page=page,
        )


def empty_check(direction: str = "") -> CheckForm:
    """The form that waits for the next traveller."""
    chosen = direction if direction in words.DIRECTIONS else Direction.ENTRY.value
    return CheckForm(initial={"check": uuid4(), "direction": chosen})


def correcting(view: dict[str, Any], chip: UUID | None = None) -> CheckForm:
    """The form that lays what the page says over what was read."""
    who = dict(view["identity"])
    for name in ("birth", "expiry"):
        who[name] = ".".join(reversed(who[name].split("-")))
    told = {name: view[name] for name in ("direction", "mrz", "plate", "companions", "route")}
    return CheckForm(initial={**told, **who, "check": uuid4(), "chip": chip})


class ManyFilesField(forms.FileField):
    """Files of a chip: pairs of what each is and its octets."""

    def clean(self, value: Any, initial: Any = None) -> Any:
        found = {}
        for file in value or []:
            name = name_file(super().clean(file, initial).name)
            if not name:
                raise ValidationError(
                    _("%(name)s is no file of a chip: EF_SOD, EF_COM, DG1, DG2 …"),
                    params={"name": file.name},
                )
            if file.size > MAX_CHIP_FILE:
                raise ValidationError(_("The file is too large."))
            found[name] = file.read()
        if not found:
            raise ValidationError(_("Choose the files of the chip."))
        return list(found.items())


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ChipForm(forms.Form):
    """The files of a chip, and what else was read of the document."""

    chip = ManyFilesField(
        label=_("Files of the chip"), widget=ManyFiles(attrs={"multiple": True, "autofocus": True})
    )
    page = forms.FileField(
        label=_("Picture of the page"),
        required=False,
        help_text=_("JPEG or PNG: its zone is read, its portrait laid beside the chip's"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    portrait = forms.FileField(label=_("Portrait from the page"), required=False)
    mrz = forms.CharField(
        label=_("Machine-readable zone"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 46, "autocapitalize": "off", **CODE}),
    )
    direction = forms.TypedChoiceField(
        label=_("Direction"),
        choices=list(words.DIRECTIONS.items()),
        coerce=Direction,
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    """The decision on the traveller in front of the officer. The template writes its fields
    itself: the widgets' own templates cost more than the whole check.
    """

    crossing = forms.UUIDField()
    check = forms.UUIDField()
    decision = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in Decision], coerce=Decision
    )
    purpose = forms.TypedChoiceField(
        label=_("Purpose"),
        required=False,
        choices=list(words.PURPOSES.items()),
        coerce=Purpose,
        empty_value=Purpose.UNSTATED,
    )
    reason = forms.TypedChoiceField(
        label=_("Reason for referral"),
        required=False,
        choices=list(words.REFERRALS.items()),
        coerce=ReferralReason,
        empty_value=None,
    )
    note = forms.CharField(label=_("Note for second line"), required=False, max_length=500)

    def reasons(self, found: tuple[ReferralReason, ...]) -> tuple[ReferralReason, ...]:
        """The reason chosen, then those that the findings give."""
        chosen = self.cleaned_data["reason"]
        return tuple(dict.fromkeys([*([chosen] if chosen else []), *found]))


class InsideFilter(forms.Form):
    """Whom the list of those inside shall name."""

    days = forms.IntegerField(
        label=_("Longer than, days"),
        min_value=0,
        max_value=36_500,
        widget=forms.NumberInput(attrs={"autofocus": True}),
    )
    nationality = forms.CharField(
        label=_("Nationality"),
        max_length=3,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )

    def clean_nationality(self) -> str:
        return str(self.cleaned_data["nationality"]).upper()
