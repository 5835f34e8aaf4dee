"""Every ``{{ form }}`` and ``{{ field.as_field_group }}`` in the look of the house.

``node`` sets ``FORM_RENDERER = "kordon.ui.forms.Renderer"``. Widgets get their classes here, so
that forms say nothing about looks. A field takes a key or a monospaced face by ordinary attributes:
``forms.TextInput(attrs={"class": "k-mono", "data-key": "/"})``.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

CLASSES = {
    "select.html": "form-select",
    "select_date.html": "form-select",
    "checkbox.html": "form-check-input",
    "checkbox_option.html": "form-check-input",
    "radio_option.html": "form-check-input",
    "hidden.html": "",
}
CHOICES = {"radio.html", "checkbox_select.html"}


class Renderer(DjangoTemplates):
    """Django's own widgets in the house's classes and field layout."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "ui/_field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if "widget" in context:
            if template_name.rsplit("/", 1)[-1] in CHOICES:
                template_name = "ui/forms/choices.html"
            dress(context["widget"])
        return super().render(template_name, context, request)


def dress(widget: dict[str, Any]) -> None:
    """Give a widget, and what it is made of, the class of its kind."""
    for part in widget.get("subwidgets", ()):
        dress(part)
    for _group, options, _index in widget.get("optgroups", ()):
        for option in options:
            if option["template_name"].endswith(("radio_option.html", "checkbox_option.html")):
                dress(option)
    kind = CLASSES.get(widget["template_name"].rsplit("/", 1)[-1], "form-control")
    attrs = widget["attrs"]
    if widget["template_name"].endswith("select.html") and attrs.get("multiple"):
        kind = "form-select"
    attrs["class"] = " ".join(filter(None, (kind, attrs.get("class", ""))))
    if not attrs["class"]:
        del attrs["class"]


def options(choices: Mapping[str, Any], chosen: str | None) -> SafeString:
    """The inside of a ``select``: its options, one of them chosen."""
    told = ((code, " selected" if code == chosen else "", name) for code, name in choices.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', told)


class DayInput(forms.TextInput):
    """A date as text: browsers' own date fields write 08/12/1974, which can be read two ways."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"placeholder": _("DD.MM.YYYY"), "inputmode": "numeric", "autocomplete": "off"}
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return value.strftime("%d.%m.%Y") if isinstance(value, date) else value


class DayField(forms.Field):
    """A date typed day first (``12.08.1974``, ``12 8 1974``, ``12081974``) or as ``1974-08-12``.

    Two-digit years are refused: a guess at the century has no place in a birth date.
    """

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write the day, the month and the year with four digits: 12.08.1974.")
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        year_first = re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", str(value))
        day_first = re.fullmatch(
            r"\s*(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4})\s*|\s*(\d\d)(\d\d)(\d{4})\s*", str(value)
        )
        found = year_first or day_first
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        numbers = [int(text) for text in found.groups() if text]
        try:
            return date(*(numbers if year_first else numbers[::-1]))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
