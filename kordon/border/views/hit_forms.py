"""What owners of hits type, and who answers them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kordon.border.facts import HitResult, Wish
from kordon.border.rules.hits import LONGEST, MOST_DAYS, Times
from kordon.border.rules.writing import MAX_TEXT
from kordon.border.views.inspection_forms import OnceField
from kordon.border.words import hits as words


class AcknowledgeForm(forms.Form):
    note = forms.CharField(
        label=_("What is being done"), required=False, max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class MessageForm(forms.Form):
    message = OnceField()
    wish = forms.TypedChoiceField(
        label=_("To the second line of the post"),
        choices=list(words.WISHES.items()),
        coerce=Wish,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In words"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


class CloseForm(forms.Form):
    result = forms.TypedChoiceField(
        label=_("What came of it"),
        choices=list(words.RESULTS.items()),
        coerce=HitResult,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What it rests on"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


def _minutes(label: object) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST)  # type: ignore[arg-type]


class TimesForm(forms.Form):
    """Minutes, each from the step before."""

    verify = _minutes(_("to judge, from the check"))
    acknowledge = _minutes(_("to acknowledge, from the report"))
    close = _minutes(_("to close, from the acknowledgement"))

    def times(self) -> Times:
        return Times(**self.cleaned_data)


class PolicyForm(forms.Form):
    days = forms.IntegerField(label=_("Days back; 0 for never"), min_value=0, max_value=MOST_DAYS)
    ground = forms.CharField(
        label=_("Legal ground"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
