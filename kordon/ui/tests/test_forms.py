"""Every field says its name, its help and its errors to everybody."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kordon.ui.forms import DayField, Renderer


class Trip(forms.Form):
    name = forms.CharField(help_text="As printed.")
    purpose = forms.ChoiceField(choices=[("a", "A")])
    sex = forms.ChoiceField(choices=[("F", "F")], widget=forms.RadioSelect)
    minor = forms.BooleanField(required=False)
    day = forms.SplitDateTimeField(required=False)
    photo = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def page(look) -> str:
    return str(Trip({"token": "t"}, renderer=Renderer()))


def test_widgets_wear_the_classes_of_the_house(page):
    assert 'id="id_name" class="form-control"' in page
    assert page.count("form-select") == 1
    assert page.count('class="form-check-input"') == 2
    assert page.count("form-control") == 4
    assert '<input type="hidden" name="token" value="t" id="id_token">' in page


def test_help_and_error_are_tied_to_their_field(page):
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert '<a href="#id_name">Name</a>' in page


@pytest.mark.parametrize(
    "text", ["12.08.1974", "12 8 1974", "12081974", "1974-08-12", "12/08/1974"]
)
def test_a_day_is_typed_day_first_or_as_iso(text):
    assert DayField().clean(text) == date(1974, 8, 12)


@pytest.mark.parametrize(
    "text", ["12.08.74", "31.02.1974", "08-1974", "tomorrow", "1974", "0" * 999]
)
def test_a_doubtful_day_is_asked_again(text):
    with pytest.raises(ValidationError, match="four digits"):
        DayField().clean(text)


def test_a_day_is_shown_as_it_is_typed(look):
    class Born(forms.Form):
        day = DayField(required=False)

    assert 'value="12.08.1974"' in str(Born(initial={"day": date(1974, 8, 12)}))
    assert DayField(required=False).clean("") is None
