"""What people type on the pages of the watchlist."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kordon.ui.forms import DayField
from kordon.watchlist import words
from kordon.watchlist.asking import Filter, written_birth
from kordon.watchlist.categories import RULES
from kordon.watchlist.lists import KNOWN, Profile
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.sources import FIELDS, Kind, Options, Quality
from kordon.watchlist.sources.births import read_birth
from kordon.watchlist.sources.countries import to_alpha3

LINES = {"rows": 3}


def _lines(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs=LINES)
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=widget, max_length=8000
    )


class FilterForm(forms.Form):
    """The list's filter; kept in the address, so that it can be saved and sent."""

    text = forms.CharField(
        label=_("Name, number, plate or reference"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    kind = forms.ChoiceField(
        label=_("About"), required=False, choices=words.choices(words.KINDS, _("Anything"))
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=words.choices(words.CATEGORIES, _("Any"))
    )
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=words.choices(words.STATUSES, _("Any"))
    )
    source = forms.ChoiceField(label=_("From"), required=False)
    ending = forms.BooleanField(label=_("Ends within four months"), required=False)

    def __init__(self, *args: Any, lists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["optional"] = False  # nothing here is asked for: do not say so
        own = [("", _("Anywhere")), ("own", _("Agencies' own alerts"))]
        self.fields["source"].choices = [*own, *lists]  # type: ignore[attr-defined]

    def filter(self, page: int) -> Filter:
        """What was chosen; a field that cannot be understood says so and filters nothing."""
        self.is_valid()
        return Filter(page=page, **(self.cleaned_data if self.is_bound else {}))


class AlertForm(forms.Form):
    """An alert as its owner writes it. Fields that do not concern its kind are left out."""

    category = forms.ChoiceField(label=_("Category"))
    names = _lines(_("Names"), _("One per line, in any script; the main one first."))
    weak_names = _lines(_("Weak aliases"), _("One per line: nicknames that fit many people."))
    births = forms.CharField(
        label=_("Date of birth"),
        required=False,
        max_length=200,
        help_text=_("12.08.1974, 08.1974 or 1974. Several apart by commas."),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=words.choices(words.SEXES))
    nationalities = forms.CharField(
        label=_("Nationality"),
        required=False,
        max_length=200,
        help_text=_("Country or three-letter code. Several apart by commas."),
    )
    places = _lines(_("Places"), _("Of birth, of living. One per line."))
    documents = _lines(
        _("Documents"), _("One per line: issuing state and number, for example KGZ AC1234567.")
    )
    plate = forms.CharField(
        label=_("Number plate"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "k-mono"}),
    )
    plate_country = forms.CharField(label=_("State of the plate"), required=False, max_length=60)
    low_quality = forms.BooleanField(
        label=_("Low quality: a name is all there is"),
        required=False,
        help_text=_("It never stops anybody by itself; the second line looks."),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500)
    case_reference = forms.CharField(label=_("Reference of the case"), max_length=200)
    proportionality = forms.CharField(
        label=_("Why the alert is proportionate"),
        widget=forms.Textarea(attrs=LINES),
        max_length=4000,
    )
    review_on = DayField(
        label=_("Review on"),
        required=False,
        help_text=_("Empty: as late as the category allows."),
    )
    valid_until = DayField(label=_("Valid until"), required=False)
    instructions = _lines(_("Instructions for the second line"))
    remarks = _lines(_("Remarks"))
    reason = forms.CharField(
        label=_("Why it changes"), widget=forms.Textarea(attrs=LINES), max_length=4000
    )

    LEFT_OUT = {
        Kind.PERSON: ("plate", "plate_country"),
        Kind.DOCUMENT: (
            "names", "weak_names", "births", "sex", "nationalities", "places", "low_quality",
            "plate", "plate_country",
        ),
        Kind.VEHICLE: (
            "names", "weak_names", "births", "sex", "nationalities", "places", "documents",
            "low_quality",
        ),
    }  # fmt: skip

    def __init__(self, *args: Any, kind: Kind, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in self.LEFT_OUT[kind]:
            del self.fields[name]
        del self.fields["review_on" if changing else "reason"]
        allowed = [c for c in Category if kind in RULES[c].kinds]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (c.value, words.CATEGORIES[c.value]) for c in allowed
        ]

    def clean_births(self) -> tuple[tuple[int, int, int], ...]:
        births = []
        for text in _parts(self.cleaned_data["births"]):
            born = read_birth(text)
            if born is None or born.birth is None:
                raise ValidationError(gettext("“%s” is not understood as a date.") % text)
            births.append(born.birth)
        return tuple(births)

    def clean_nationalities(self) -> tuple[str, ...]:
        return tuple(_state(text) for text in _parts(self.cleaned_data["nationalities"]))

    def clean_plate_country(self) -> str:
        text = self.cleaned_data["plate_country"].strip()
        return _state(text) if text else ""

    def clean_documents(self) -> tuple[DocumentGiven, ...]:
        documents = []
        for line in _rows(self.cleaned_data["documents"]):
            issuer, _space, number = line.partition(" ")
            if not number.strip():
                raise ValidationError(
                    gettext("Write the issuing state before the number: “%s”.") % line
                )
            documents.append(DocumentGiven(number.strip()[:60], _state(issuer)))
        return tuple(documents)

    def clean_names(self) -> tuple[str, ...]:
        return tuple(name[:300] for name in _rows(self.cleaned_data["names"]))

    def clean_weak_names(self) -> tuple[str, ...]:
        return tuple(name[:300] for name in _rows(self.cleaned_data["weak_names"]))

    def particulars(self) -> Particulars:
        """What was typed, as the commands take it."""
        typed = self.cleaned_data
        names = [NameGiven(text) for text in typed.get("names", ())]
        names += [NameGiven(text, Quality.WEAK) for text in typed.get("weak_names", ())]
        return Particulars(
            kind=self.kind,
            category=Category(typed["category"]),
            names=tuple(names),
            births=typed.get("births", ()),
            sex=typed.get("sex", ""),
            nationalities=typed.get("nationalities", ()),
            places=tuple(_rows(typed.get("places", ""))),
            documents=typed.get("documents", ()),
            plate=typed.get("plate", ""),
            plate_country=typed.get("plate_country", ""),
            **{
                name: typed[name]
                for name in (
                    "legal_basis", "case_reference", "proportionality", "valid_until",
                    "instructions", "remarks",
                )
            },
        )  # fmt: skip

    @staticmethod
    def initial_of(it: Particulars, *, low_quality: bool) -> dict[str, Any]:
        """An alert as it would have been typed."""
        weak = [n.text for n in it.names if n.quality is Quality.WEAK]
        return {
            "category": it.category.value,
            "names": "\n".join(n.text for n in it.names if n.quality is not Quality.WEAK),
            "weak_names": "\n".join(weak),
            "births": ", ".join(written_birth(birth) for birth in it.births),
            "sex": it.sex,
            "nationalities": ", ".join(it.nationalities),
            "places": "\n".join(it.places),
            "documents": "\n".join(f"{d.issuer} {d.number}" for d in it.documents),
            "plate": it.plate,
            "plate_country": it.plate_country,
            "low_quality": low_quality,
            "legal_basis": it.legal_basis,
            "case_reference": it.case_reference,
            "proportionality": it.proportionality,
            "valid_until": it.valid_until,
            "instructions": it.instructions,
            "remarks": it.remarks,
        }


class ExtendForm(forms.Form):
    review_on = DayField(label=_("New review date"))
    valid_until = DayField(label=_("Valid until"), required=False)
    assessment = forms.CharField(
        label=_("Assessment of this alert: why it is still needed"),
        widget=forms.Textarea(attrs=LINES),
        max_length=4000,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )


class SaveFilterForm(forms.Form):
    name = forms.CharField(label=_("Save this filter as"), max_length=60)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)


class ProfileForm(forms.Form):
    """Which list a file is an edition of, and what its entries mean."""

    format = forms.ChoiceField(label=_("Format"), choices=words.choices(words.FORMATS))
    list = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        label=_("List"),
        required=False,
        help_text=_("A short name, the same for every edition. Empty: the usual one."),
    )
    title = forms.CharField(label=_("Title of the list"), required=False, max_length=200)
    category = forms.ChoiceField(
        label=_("Category of its entries"),
        required=False,
        choices=words.choices(words.CATEGORIES, _("The usual one of this format")),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=500)
    legal_review = forms.CharField(
        label=_("Legal review"),
        required=False,
        max_length=500,
        help_text=_("Who reviewed that entries may lead to an arrest. Needed for arrest only."),
    )
    kind = forms.ChoiceField(
        label=_("Rows of a table are"), required=False, choices=words.choices(words.KINDS)
    )

    def profile(self) -> Profile:
        """The known list of this format, with what was typed in its place."""
        typed = self.cleaned_data
        usual = KNOWN[typed["format"]]
        return Profile(
            format=usual.format,
            list=typed["list"] or usual.list,
            title=typed["title"] or (usual.title if not typed["list"] else typed["list"]),
            category=Category(typed["category"] or usual.category),
            legal_basis=typed["legal_basis"] or usual.legal_basis,
            legal_review=typed["legal_review"],
        )


class ImportForm(ProfileForm):
    file = forms.FileField(label=_("File"))
    field_order = ("file", "format")


class ColumnsForm(forms.Form):
    """Which column of a table is which of our fields."""

    def __init__(self, *args: Any, header: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", "—"), *((cell, cell) for cell in dict.fromkeys(header) if cell)]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=words.FIELDS[field],
                required=False,
                choices=columns,
                widget=forms.Select(attrs={"optional": False}),
            )

    def columns(self) -> dict[str, str]:
        """The fields that were given a column."""
        return {field: column for field, column in self.cleaned_data.items() if column}


def options_of(wishes: dict[str, Any]) -> Options:
    """How a staged upload is to be read."""
    return Options(kind=wishes.get("kind") or "person", columns=wishes.get("columns") or {})


def _rows(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _state(text: str) -> str:
    code = to_alpha3(text)
    if not code and len(text) == 3 and text.isascii() and text.isalpha():
        return text.upper()  # codes of Doc 9303 that are no country: UTO, UNO, XOM
    if not code:
        raise ValidationError(gettext("“%s” is not known as a country.") % text)
    return code
