"""What people type when they decide about nodes."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kordon.journal.refusal import NotFound, NotPermitted, Refusal
from kordon.network import words


class InviteForm(forms.Form):
    node = forms.ChoiceField(label=_("Post"))
    replaces = forms.BooleanField(
        label=_("Its machine is dead or lost, and another one takes its place"), required=False
    )

    def __init__(self, *args: Any, posts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(code, f"{code}: {name}") for code, name in posts]
        self.fields["node"].choices = chosen  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Why. Several stand on one page, so each is given its own ``auto_id``."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def fill(form: forms.Form, deed: Callable[..., Any], **more: Any) -> Any:
    """Do ``deed`` with what was typed; None if the form or a rule says no (the form says why)."""
    if not form.is_valid():
        return None
    try:
        return deed(**form.cleaned_data, **more) or True
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
        return None
