"""What is handed in of a page at the booth: its picture."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Direction
from kordon.border.forms import CODE
from kordon.border.rules.page import MOST_OCTETS
from kordon.border.words.refusals import NO_PAGE


class PictureForm(forms.Form):
    """A picture of the page with the machine-readable zone."""

    image = forms.FileField(
        label=_("Picture of the page"),
        help_text=_("JPEG or PNG, scan or photograph: choose it, take it, or drop it here"),
        widget=forms.FileInput(
            attrs={
                "accept": "image/jpeg,image/png",
                "optional": False,
                "autofocus": True,
            }
        ),
    )
    plate = forms.CharField(
        label=_("Plate"), required=False, max_length=20, widget=forms.TextInput(attrs=CODE)
    )
    direction = forms.TypedChoiceField(
        label=_("Direction"),
        choices=list(words.DIRECTIONS.items()),
        coerce=Direction,
        widget=forms.RadioSelect,
    )

    def clean_image(self) -> Any:
        image = self.cleaned_data["image"]
        if image.size > MOST_OCTETS:
            raise ValidationError(NO_PAGE["too_large"])
        return image
