"""The second line: who waits, one traveller's inspection, and everything done in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, words
from kordon.border.place import place_of
from kordon.border.rules.refusals import ProposalChanged
from kordon.border.views import inspection_forms as ask
from kordon.border.views.hit_forms import AnswerForm
from kordon.border.views.inspection_page import asked_lines, earlier_lines, page_of, waiting_lines
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.watchlist import commands as watchlist

Deed = Callable[[SignedRequest, UUID, dict[str, Any]], str]
PAGE = "border/inspection.html"
BAD_FORM = 422


@never_cache
@require_GET
@needs("border.list_waiting")
def second_line(request: SignedRequest) -> HttpResponse:
    """The queue, longest first. Asked by htmx every few seconds, it draws the rows alone."""
    lines = waiting_lines(queries.list_waiting(by=request.actor), request.actor)
    template = "border/_queue.html" if _in_part(request) else "border/second_line.html"
    asked = asked_lines(request.actor)
    return render(request, template, {"lines": lines, "asked": asked, "numbered": True})


@never_cache
@require_GET
@needs("border.get_inspection")
def inspection(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """One traveller: what was found, what was done, what may be done next."""
    return _draw(request, crossing)


@never_cache
@require_GET
@needs("border.get_inspection")
def earlier(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """Every earlier crossing of the document and of the person, beside the inspection."""
    view = queries.get_inspection(by=request.actor, crossing=crossing)
    with timezone.override(place_of(request.actor).zone):
        past = earlier_lines(view, request.actor)
        if _in_part(request):
            return render(request, "border/_earlier.html", {"past": past})
        return render(request, PAGE, page_of(view, request.actor, {}) | {"past": past})


@never_cache
@require_GET
@needs("border.get_evidence")
def photo(request: SignedRequest, crossing: UUID, evidence: UUID) -> HttpResponse:
    """A photo of an inspection, as it was taken."""
    media_type, content = queries.get_evidence(by=request.actor, evidence=evidence)
    return HttpResponse(content, content_type=media_type)


def deed(right: str, form: type[forms.Form], name: str, *, then: str = "") -> Callable[[Deed], Any]:
    """A POST page: ask the form, do the deed, go back to the part of the page called ``then``.

    On a no, all that was typed is shown again, even where the page would no longer ask it.
    """

    def declare(do: Deed) -> Any:
        @never_cache
        @require_POST
        @needs(right)
        def page(request: SignedRequest, crossing: UUID, **which: UUID) -> HttpResponse:
            asked = _bound(form, name, request, crossing)
            try:
                if not asked.is_valid():
                    return _ask_again(request, crossing, name, (asked, which))
                said = do(request, crossing, {**asked.cleaned_data, **which, "form": asked})
            except NotPermitted:
                raise
            except Refusal as no:
                _tell(request, asked, words.say_refusal(no))
                return _ask_again(request, crossing, name, (asked, which), status=no.status)
            messages.success(request, said)
            place = f"#{then}" if then else ""
            return redirect(reverse("border:inspection", args=[crossing]) + place)

        page.__name__, page.__doc__ = do.__name__, do.__doc__
        return page

    return declare


def _bound(form: type[forms.Form], name: str, request: SignedRequest, crossing: UUID) -> forms.Form:
    more: dict[str, Any] = {"auto_id": f"id_{name}_%s"}
    if form is ask.ProposeForm:
        more["case"] = queries.get_inspection(by=request.actor, crossing=crossing)
    return form(request.POST, request.FILES, **more)


def _tell(request: HttpRequest, asked: forms.Form, no: str) -> None:
    """Say no where the eye is: in the form, or above the page where the form was one button."""
    if asked.visible_fields():
        asked.add_error(None, no)
    else:
        messages.error(request, no)


def _ask_again(
    request: SignedRequest,
    crossing: UUID,
    name: str,
    sent: tuple[forms.Form, dict[str, UUID]],
    *,
    status: int = 422,
) -> HttpResponse:
    asked, _which = sent
    visible = [field.name for field in asked.visible_fields()]
    wrong = [field for field in visible if field in asked.errors] or visible
    if wrong:
        asked.fields[wrong[0]].widget.attrs["autofocus"] = True
    elif status == BAD_FORM and asked.errors:
        messages.error(request, words.say_refusal(ProposalChanged("")))
    return _draw(request, crossing, status=status, asked={name: sent})


def _in_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _draw(
    request: SignedRequest,
    crossing: UUID,
    *,
    status: int = 200,
    asked: dict[str, Any] | None = None,
) -> HttpResponse:
    view = queries.get_inspection(by=request.actor, crossing=crossing)
    with timezone.override(place_of(request.actor).zone):
        return render(request, PAGE, page_of(view, request.actor, asked or {}), status=status)


@deed("border.begin_inspection", ask.EmptyForm, "begin")
def begin(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Take a waiting traveller."""
    commands.begin_inspection(by=request.actor, crossing=crossing)
    return _("You lead this inspection.")


@deed("border.take_over_inspection", ask.ReasonForm, "take_over")
def take_over(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Go on with an inspection that another officer began."""
    commands.take_over_inspection(by=request.actor, crossing=crossing, reason=said["reason"])
    return _("You lead this inspection now.")


@deed("border.note_interview", ask.InterviewForm, "interview", then="interviews")
def note(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Write down an interview."""
    commands.note_interview(
        by=request.actor,
        crossing=crossing,
        note=said["note"],
        text=said["text"],
        language=said["language"],
        interpreter=said["interpreter"],
    )
    return _("The interview is noted.")


@deed("border.add_evidence", ask.EvidenceForm, "evidence", then="photos")
def add_photo(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Keep a photo."""
    commands.add_evidence(
        by=request.actor,
        crossing=crossing,
        evidence=said["evidence"],
        content=said["photo"],
        caption=said["caption"],
    )
    return _("The photo is kept.")


@deed("border.judge_match", ask.JudgeForm, "judge", then="matches")
def judge(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Judge one possible match."""
    commands.judge_match(
        by=request.actor,
        crossing=crossing,
        match=said["match"],
        judgement=said["judgement"],
        reason=said["reason"],
    )
    return _("Judged: %(judgement)s.") % {"judgement": words.JUDGEMENTS[said["judgement"]]}


@deed("watchlist.revoke_exclusion", ask.ReasonForm, "readmit", then="set-aside")
def readmit(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Take back that this traveller is not the one an alert means."""
    exclusion, reason = said["exclusion"], said["reason"]
    watchlist.revoke_exclusion(by=request.actor, exclusion=exclusion, reason=reason)
    return _("Revoked. The alert is met again at the next check of this traveller.")


@deed("border.answer_hit_message", AnswerForm, "answer", then="owners")
def answer(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Answer the owner of an alert."""
    commands.answer_hit_message(by=request.actor, message=said["message"], text=said["text"])
    return _("Answered.")


@deed("border.flag_protection", ask.ProtectionForm, "protection")
def protect(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Set the protection flag; it blocks refusal."""
    commands.flag_protection(by=request.actor, crossing=crossing, words=said["words"])
    return _("The protection flag is set. This traveller cannot be refused.")


@deed("border.propose_conclusion", ask.ProposeForm, "propose")
def propose(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Say how it should end."""
    form: ask.ProposeForm = said["form"]
    commands.propose_conclusion(
        by=request.actor,
        crossing=crossing,
        proposal=said["proposal"],
        conclusion=form.conclusion(),
    )
    return _("Proposed. A second officer decides.")


@deed("border.return_conclusion", ask.ReturnForm, "give_back")
def give_back(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Not agree with a proposal."""
    commands.return_conclusion(
        by=request.actor, crossing=crossing, proposal=said["proposal"], reason=said["reason"]
    )
    return _("Returned. The inspection goes on.")


@deed("border.conclude_inspection", ask.DecideForm, "conclude")
def conclude(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Agree with a proposal."""
    row = commands.conclude_inspection(
        by=request.actor, crossing=crossing, proposal=said["proposal"]
    )
    return _("Concluded: %(status)s.") % {"status": words.STATUSES[row.status]}
