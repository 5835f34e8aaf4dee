"""The second line: who waits, one traveller's inspection, and everything done in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, words
from kordon.border.views import inspection_forms as ask
from kordon.border.views.inspection_page import page_of, waiting_lines
from kordon.journal.refusal import Refusal

Deed = Callable[[SignedRequest, UUID, dict[str, Any]], str]


@never_cache
@require_GET
@needs("border.list_waiting")
def second_line(request: SignedRequest) -> HttpResponse:
    """The queue, longest first. Asked by htmx every few seconds, it draws the rows alone."""
    lines = waiting_lines(queries.list_waiting(by=request.actor), request.actor)
    alone = request.headers.get("HX-Request") == "true"
    template = "border/_queue.html" if alone else "border/second_line.html"
    return render(request, template, {"lines": lines})


@never_cache
@require_GET
@needs("border.get_inspection")
def inspection(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """One traveller: what was found, what was done, what may be done next."""
    return _draw(request, crossing)


@never_cache
@require_GET
@needs("border.get_evidence")
def photo(request: SignedRequest, crossing: UUID, evidence: UUID) -> HttpResponse:
    """A photo of an inspection, as it was taken."""
    media_type, content = queries.get_evidence(by=request.actor, evidence=evidence)
    return HttpResponse(content, content_type=media_type)


def deed(right: str, form: type[forms.Form], name: str) -> Callable[[Deed], Any]:
    """A POST page: ask the form, do the deed, go back; on a no, show all that was typed again."""

    def declare(do: Deed) -> Any:
        @never_cache
        @require_POST
        @needs(right)
        def page(request: SignedRequest, crossing: UUID, **which: UUID) -> HttpResponse:
            asked = _bound(form, request, crossing)
            if not asked.is_valid():
                return _draw(request, crossing, status=422, **{name: (asked, which)})
            try:
                said = do(request, crossing, {**asked.cleaned_data, **which, "form": asked})
            except Refusal as no:
                messages.error(request, words.say_refusal(no))
                return _draw(request, crossing, status=no.status, **{name: (asked, which)})
            messages.success(request, said)
            return redirect("border:inspection", crossing)

        page.__name__, page.__doc__ = do.__name__, do.__doc__
        return page

    return declare


def _bound(form: type[forms.Form], request: SignedRequest, crossing: UUID) -> forms.Form:
    if form is ask.ProposeForm:
        case = queries.get_inspection(by=request.actor, crossing=crossing)
        return ask.ProposeForm(request.POST, case=case)
    return form(request.POST, request.FILES)


def _draw(request: HttpRequest, crossing: UUID, *, status: int = 200, **asked: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    view = queries.get_inspection(by=actor, crossing=crossing)
    return render(request, "border/inspection.html", page_of(view, actor, asked), status=status)


@deed("border.begin_inspection", forms.Form, "begin")
def begin(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Take a waiting traveller."""
    commands.begin_inspection(by=request.actor, crossing=crossing)
    return _("You lead this inspection.")


@deed("border.take_over_inspection", ask.ReasonForm, "take_over")
def take_over(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Go on with an inspection that another officer began."""
    commands.take_over_inspection(by=request.actor, crossing=crossing, reason=said["reason"])
    return _("You lead this inspection now.")


@deed("border.note_interview", ask.InterviewForm, "interview")
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


@deed("border.add_evidence", ask.EvidenceForm, "evidence")
def add_photo(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Keep a photo."""
    commands.add_evidence(
        by=request.actor,
        crossing=crossing,
        evidence=said["evidence"],
        content=said["photo"].read(),
        caption=said["caption"],
    )
    return _("The photo is kept.")


@deed("border.judge_match", ask.JudgeForm, "judge")
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
