"""What people type on the pages of accounts."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kordon.accounts import words
from kordon.accounts.rules import Said, TryLater, WeakPassword
from kordon.journal.refusal import Refusal
from kordon.ui.forms import DayField

T = TypeVar("T")
Choices = Iterable[tuple[str, Any]]


def fill(form: forms.Form, deed: Callable[..., T], **more: Any) -> T | None:
    """Do ``deed`` with what was typed; None if the form or a rule says no (the form says why)."""
    if not form.is_valid():
        return None
    try:
        return deed(**form.cleaned_data, **more)
    except Refusal as refusal:
        for sentence in sentences(refusal):
            form.add_error(None, sentence)
        return None


def sentences(refusal: Refusal) -> list[str]:
    """A refusal in the reader's words."""
    if isinstance(refusal, TryLater):
        return [
            gettext("Too many wrong passwords. Try again in %(seconds)s seconds.")
            % {"seconds": refusal.seconds}
        ]
    if isinstance(refusal, WeakPassword):
        return [gettext(reason) for reason in refusal.reasons]
    if isinstance(refusal, Said):
        return [f"{gettext(refusal.text)} {refusal.about}".strip()]
    return [gettext(str(refusal))]


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, **more})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=256)


class SignInForm(forms.Form):
    login = forms.CharField(
        label=_("Login"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = _password(_("Password"), "current-password")


class UnlockForm(forms.Form):
    password = _password(_("Password"), "current-password", autofocus=True)


class PasswordForm(forms.Form):
    old = _password(_("Password until now, or one-time code"), "current-password", autofocus=True)
    new = _password(_("New password"), "new-password")
    again = _password(_("New password once more"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = _(
            "At least 12 characters. A sentence is easier to remember than signs."
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("new") != typed.pop("again", None):
            self.add_error("again", gettext("The two new passwords differ."))
        return typed


class _AgencyChoice(forms.Form):
    """``agency`` among those that take part."""

    agency = forms.ChoiceField(label=_("Agency"))

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class DescriptionForm(forms.Form):
    """What may change about a person."""

    name = forms.CharField(label=_("Name"), max_length=120)
    service_number = forms.CharField(label=_("Service number"), max_length=32, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )


class PersonForm(_AgencyChoice, DescriptionForm):
    login = forms.CharField(
        label=_("Login"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    person = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ["name", "login", "agency", "service_number", "language"]


class PeopleFilter(forms.Form):
    words = forms.CharField(
        label=_("Name, login or service number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    post = forms.ChoiceField(label=_("Post"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(
        self, *args: Any, agencies: Choices, posts: Choices, roles: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("agency", agencies), ("post", posts), ("role", roles)):
            self.fields[name].choices = [("", _("All")), *found]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PostingForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    post = forms.ChoiceField(label=_("Post"), required=False)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False)
    posting = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, roles: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]
        self.fields["post"].choices = [("", _("Everywhere")), *posts]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    role = forms.CharField(
        label=_("Short name"),
        max_length=48,
        help_text=_("Small Latin letters and underscores; it does not change later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rights = forms.MultipleChoiceField(
        label=_("Rights"), required=False, widget=forms.CheckboxSelectMultiple
    )
    gives = forms.MultipleChoiceField(
        label=_("Roles it may give to others without holding them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, rights: Choices, roles: Choices, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = list(rights)  # type: ignore[attr-defined]
        self.fields["gives"].choices = list(roles)  # type: ignore[attr-defined]
        if fixed:
            self.fields["role"].disabled = True


class AgencyForm(forms.Form):
    agency = forms.CharField(
        label=_("Code"), max_length=32, widget=forms.TextInput(attrs={"class": "k-mono"})
    )
    name = forms.CharField(label=_("Name"), max_length=200)


class PostForm(_AgencyChoice):
    post = forms.CharField(
        label=_("Code"), max_length=32, widget=forms.TextInput(attrs={"class": "k-mono"})
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    mode = forms.ChoiceField(label=_("Mode"), choices=words.choices(words.MODES))
    status = forms.ChoiceField(label=_("Who may cross"), choices=words.choices(words.STATUSES))
    neighbour = forms.CharField(
        label=_("State on the other side"),
        max_length=3,
        required=False,
        help_text=_("Code of three letters as in passports."),
    )
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    time_zone = forms.CharField(label=_("Time zone"), max_length=64, initial=settings.TIME_ZONE)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    opening_hours = forms.CharField(label=_("Opening hours"), max_length=200, required=False)
    seasonal = forms.BooleanField(label=_("Open in season only"), required=False)
    joint_control = forms.BooleanField(label=_("Joint control"), required=False)
    field_order = ["post", "name", "agency"]

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            self.fields["post"].disabled = True


class LaneForm(forms.Form):
    lane = forms.CharField(label=_("Lane"), max_length=32)
    lane_class = forms.ChoiceField(label=_("Class"), choices=words.choices(words.LANE_CLASSES))
    direction = forms.ChoiceField(label=_("Direction"), choices=words.choices(words.DIRECTIONS))


class BoothForm(forms.Form):
    booth = forms.CharField(label=_("Booth"), max_length=32)
    lane = forms.ChoiceField(label=_("Lane"), required=False)

    def __init__(self, *args: Any, lanes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = [("", _("None")), *lanes]  # type: ignore[attr-defined]


class MachineForm(_AgencyChoice):
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"))
    post = forms.ChoiceField(label=_("Post"), required=False)
    until = DayField(label=_("Last day"))
    machine = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ["name", "agency", "role", "post", "until"]

    def __init__(self, *args: Any, roles: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]
        self.fields["post"].choices = [("", _("None")), *posts]  # type: ignore[attr-defined]


class UntilForm(forms.Form):
    until = DayField(label=_("Last day"))


class ReadsFilter(forms.Form):
    """The access log, narrowed down."""

    name = forms.CharField(label=_("Who"), required=False, max_length=120)
    about = forms.CharField(
        label=_("About whom or what"),
        required=False,
        max_length=120,
        help_text=_("As it stands in the list, in whole or in part: a document, an alert."),
    )
    question = forms.CharField(label=_("Question"), required=False, max_length=80)
    post = forms.CharField(label=_("Post"), required=False, max_length=32)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)


class SignInsFilter(forms.Form):
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("All")), *words.choices(words.SIGN_INS)]
    )
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
