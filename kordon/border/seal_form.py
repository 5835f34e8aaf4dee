"""What is handed in of a seal at the booth."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.barcodes import LARGEST_IMAGE, LONGEST_TEXT
from kordon.border.facts import Direction
from kordon.border.forms import CODE
from kordon.border.rules.presenting import MAX_MRZ

ZONE = {"rows": 2, "cols": 46, "autocapitalize": "off", **CODE}


class SealForm(forms.Form):
    """A picture of a seal or its octets, and what is to be compared with it."""

    of = forms.UUIDField(required=False, widget=forms.HiddenInput)
    octets = forms.CharField(
        label=_("Bar code, as a reader types it"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Hexadecimal digits, base64 or JSON"),
        widget=forms.Textarea(attrs={**ZONE, "autofocus": True}),
    )
    image = forms.FileField(
        label=_("or its picture"),
        required=False,
        help_text=_("A scan or photograph with one DataMatrix, Aztec or QR code"),
        widget=forms.FileInput(attrs={"accept": "image/*", "optional": False}),
    )
    seal_zone = forms.CharField(
        label=_("Machine-readable zone of the visa or paper with the seal"),
        required=False,
        max_length=MAX_MRZ,
        widget=forms.Textarea(attrs=ZONE),
    )
    mrz = forms.CharField(
        label=_("Machine-readable zone of the passport"),
        required=False,
        max_length=MAX_MRZ,
        widget=forms.Textarea(attrs=ZONE),
    )
    direction = forms.TypedChoiceField(
        label=_("Direction"),
        choices=list(words.DIRECTIONS.items()),
        coerce=Direction,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """One of picture and octets, not both."""
        told = super().clean() or {}
        image, octets = told.get("image"), (told.get("octets") or "").strip()
        if not self.errors and bool(image) is bool(octets):
            raise ValidationError(
                _("Choose a picture of the seal, or let a reader type its bar code.")
            )
        if image and image.size > LARGEST_IMAGE:
            self.add_error("image", _("The file is too large."))
        return told
