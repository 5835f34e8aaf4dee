"""What people type and hand in on the pages of the trust store."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kordon.trust import words
from kordon.trust.rules import MOST_LISTS, Policy

CODE = {"class": "k-mono", "autocomplete": "off", "spellcheck": "false"}


class MasterListForm(forms.Form):
    """A signed list and what its publisher is called."""

    file = forms.FileField(label=_("File"), help_text=_("A master list, usually .ml or .mls"))
    source = forms.CharField(
        label=_("Short name of the publisher"),
        max_length=20,
        help_text=_("The same for every list of one publisher: DE, NL, ICAO."),
        widget=forms.TextInput(attrs=CODE),
    )
    title = forms.CharField(label=_("Title"), max_length=200)


class CertificatesForm(forms.Form):
    """Certificates of authorities by hand."""

    file = forms.FileField(label=_("File"), help_text=_("A certificate in DER, or several in PEM"))
    source = forms.ChoiceField(label=_("Whose"), choices=list(words.DIRECT.items()))
    ground = forms.CharField(
        label=_("How they came, and how they were compared"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SealSignersForm(forms.Form):
    """Certificates of signers of visible digital seals."""

    file = forms.FileField(label=_("File"), help_text=_("A certificate in DER, or several in PEM"))
    ground = forms.CharField(
        label=_("How they came, and how they were compared"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    alone = forms.BooleanField(
        label=_("Believe them by themselves"),
        required=False,
        help_text=_("Only where the state's authority cannot be had. Nobody can revoke them then."),
    )


class RevocationForm(forms.Form):
    """A revocation list of a trusted authority."""

    file = forms.FileField(label=_("File"), help_text=_("A revocation list in DER or PEM"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class PolicyForm(ReasonForm):
    """In how many lists an authority must stand."""

    quorum = forms.IntegerField(label=_("Number of lists"), min_value=1, max_value=MOST_LISTS)
    by_state = forms.CharField(
        label=_("Otherwise for these states"),
        required=False,
        max_length=2000,
        help_text=_("Two letters and a number, apart by commas: XA 2, XB 3"),
        widget=forms.TextInput(attrs=CODE),
    )
    field_order = ("quorum", "by_state", "reason")

    def clean_by_state(self) -> dict[str, int]:
        """``XA 2, XB 3`` as a mapping."""
        found: dict[str, int] = {}
        for part in str(self.cleaned_data["by_state"]).upper().split(","):
            if not part.strip():
                continue
            match = re.fullmatch(r"\s*([A-Z]{2})\s*[:=]?\s*(\d{1,2})\s*", part)
            if match is None:
                raise ValidationError(_("Two letters and a number, apart by commas: XA 2, XB 3"))
            found[match[1]] = int(match[2])
        return found

    def policy(self) -> Policy:
        """What the command takes."""
        told = self.cleaned_data
        return Policy(quorum=told["quorum"], by_state=told["by_state"])


def policy_form(policy: Policy) -> PolicyForm:
    """The form as the policy in force would fill it."""
    by_state: Any = ", ".join(f"{state} {n}" for state, n in sorted(policy.by_state.items()))
    return PolicyForm(initial={"quorum": policy.quorum, "by_state": by_state})
