"""What officers type at the second line."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Ground, GroundStated, Judgement, Outcome, Receiver, Signature
from kordon.border.notices import languages
from kordon.border.queries import InspectionView
from kordon.border.rules import photos
from kordon.border.rules.inspecting import GROUND_NEEDS, Needs, Proposal
from kordon.border.rules.refusals import PhotoTooLarge
from kordon.border.rules.writing import MAX_TEXT

Choices = list[tuple[str, Any]]


class OnceField(forms.UUIDField):
    """An id chosen when the form is drawn, so that a form sent twice is one deed."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=uuid4)


def _text(label: Any, *, rows: int = 3, required: bool = True, key: str = "") -> forms.CharField:
    attrs: dict[str, Any] = {"rows": rows}
    if key:
        attrs["data-key"] = key
    return forms.CharField(
        label=label,
        required=required,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs=attrs),
    )


def _choices(labels: dict[str, Any], *, empty: bool = False) -> Choices:
    return [*([("", "")] if empty else []), *labels.items()]


class EmptyForm(forms.Form):
    """Nothing to fill in: the deed says it all."""


class ReasonForm(forms.Form):
    """Why one takes over."""

    reason = _text(_("Reason"), rows=2)


class InterviewForm(forms.Form):
    note = OnceField()
    text = _text(_("Asked and said"), rows=4, key="F3")
    language = forms.CharField(label=_("Language"), required=False, max_length=40)
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=120)


class EvidenceForm(forms.Form):
    evidence = OnceField()
    photo = forms.FileField(
        label=_("Photo (JPEG, PNG or WebP, 8 MB at most)"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=200)

    def clean_photo(self) -> bytes:
        """The photo itself, read only when it is not too large to be one."""
        sent = self.cleaned_data["photo"]
        if sent.size > photos.MAX_PHOTO:
            raise ValidationError(words.say_refusal(PhotoTooLarge(sent.name)))
        content: bytes = sent.read()
        return content


class JudgeForm(forms.Form):
    judgement = forms.TypedChoiceField(
        label=_("Judgement"),
        choices=[(code, name) for code, name in words.JUDGEMENTS.items() if code],
        coerce=Judgement,
        widget=forms.RadioSelect,
    )
    reason = _text(_("What you compared"), rows=2)


class ProtectionForm(forms.Form):
    words = _text(_("In the traveller's own words"), rows=2)


class DecideForm(forms.Form):
    """The proposal the second officer saw."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)


class ReturnForm(DecideForm):
    reason = _text(_("Why you do not agree"), rows=2)


class PrintForm(forms.Form):
    """In which language, beside the office's own, a refusal is printed."""

    language = forms.ChoiceField(label=_("Second language"), choices=lambda: list(_readable()))


class NoticeForm(PrintForm):
    """That it was given, in the language it was printed in."""

    notice = OnceField()
    signature = forms.TypedChoiceField(
        label=_("Signature"), choices=_choices(words.SIGNATURES), coerce=Signature
    )


def _readable() -> Iterator[tuple[str, str]]:
    return ((code, name) for code, name in languages().items() if code != "ru")


class ProposeForm(forms.Form):
    """How it should end, and for a refusal every ground with what proves it."""

    proposal = OnceField()
    outcome = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=_choices(words.OUTCOMES),
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    receiver = forms.TypedChoiceField(
        label=_("Hand over to"),
        choices=_choices(words.RECEIVERS, empty=True),
        coerce=Receiver,
        empty_value=None,
        required=False,
    )
    statement = _text(_("Statement"), rows=2, required=False)

    def __init__(self, *args: Any, case: InspectionView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for ground in Ground:
            self._add_ground(ground)

    def _add_ground(self, ground: Ground) -> None:
        self.fields[f"ground_{ground}"] = forms.BooleanField(
            label=words.GROUNDS[ground], required=False
        )
        self.fields[f"said_{ground}"] = forms.CharField(
            label=_("Statement"), required=False, max_length=MAX_TEXT
        )
        if proofs := self._proofs(GROUND_NEEDS[ground]):
            self.fields[f"proof_{ground}"] = forms.ChoiceField(
                label=_("Proof"), required=False, choices=proofs
            )

    def _proofs(self, needed: Needs) -> Choices:
        if needed is Needs.PHOTO:
            found = [(str(one.pk), one.caption) for one in self.case.evidence]
        elif needed is Needs.INTERVIEW:
            found = [(str(one.pk), one.text[:60]) for one in self.case.notes]
        elif needed is Needs.CONFIRMED_MATCH:
            found = [
                (str(one.row.pk), one.found.listed_name or one.row.reference)
                for one in self.case.matches
                if one.row.judgement == Judgement.CONFIRMED
            ]
        else:
            return []
        return [("", "—"), *found]

    @property
    def grounds(self) -> Iterator[dict[str, Any]]:
        """The rows of the table of grounds, as the page draws them."""
        for ground in Ground:
            yield {
                "letter": ground.value,
                "box": self[f"ground_{ground}"],
                "said": self[f"said_{ground}"],
                "proof": self[f"proof_{ground}"] if f"proof_{ground}" in self.fields else None,
                "needs": words.NEEDS[GROUND_NEEDS[ground]],
            }

    def conclusion(self) -> Proposal:
        """The proposal as the command takes it."""
        said = self.cleaned_data
        refused = said["outcome"] is Outcome.REFUSE
        return Proposal(
            outcome=said["outcome"],
            grounds=tuple(self._stated()) if refused else (),
            receiver=said["receiver"] if said["outcome"] is Outcome.HAND_OVER else None,
            statement=said["statement"],
        )

    def _stated(self) -> Iterator[GroundStated]:
        said = self.cleaned_data
        for ground in Ground:
            if not said[f"ground_{ground}"]:
                continue
            proof = said.get(f"proof_{ground}") or None
            by_match = GROUND_NEEDS[ground] is Needs.CONFIRMED_MATCH
            yield GroundStated(
                ground=ground,
                statement=said[f"said_{ground}"].strip(),
                evidence=(UUID(proof),) if proof and not by_match else (),
                match=UUID(proof) if proof and by_match else None,
            )
