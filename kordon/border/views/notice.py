"""The refusal in writing: drawn as PDF, then recorded as given."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.queries import get_post
from kordon.border import commands, notices, queries
from kordon.border.place import place_of
from kordon.border.queries import InspectionView
from kordon.border.rules.inspecting import check_may_issue_notice
from kordon.border.views import inspection_forms as ask
from kordon.border.views.second_line import deed
from kordon.journal import files
from kordon.journal.actor import Actor
from kordon.ui import words as ui


@never_cache
@require_GET
@needs("border.issue_notice")
def notice(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The notice to print, in Russian and the language asked for."""
    view = queries.get_inspection(by=request.actor, crossing=crossing)
    content = _written(view, request.actor, request.GET.get("language", notices.ENGLISH))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="refusal-{str(crossing)[:8]}.pdf"'
    return answer


@deed("border.issue_notice", ask.NoticeForm, "notice", then="written")
def give_notice(request: SignedRequest, crossing: UUID, said: dict[str, Any]) -> str:
    """Record that it was given, and keep it as it was printed."""
    view = queries.get_inspection(by=request.actor, crossing=crossing)
    commands.issue_notice(
        by=request.actor,
        crossing=crossing,
        notice=said["notice"],
        language=said["language"],
        signature=said["signature"],
        file=files.keep(_written(view, request.actor, said["language"])),
    )
    return _("The written notice is recorded.")


def _written(view: InspectionView, actor: Actor, language: str) -> bytes:
    row, inspection = view.crossing, view.inspection
    check_may_issue_notice(row.status)
    assert inspection is not None
    assert inspection.concluded_at is not None, "a refusal has been concluded"
    post = get_post(by=actor, code=row.post)
    at = timezone.localtime(inspection.concluded_at, place_of(actor).zone)
    return notices.write_refusal(
        notices.Refusal(
            at=at,
            reference=f"{at:%Y-%m-%d}/{row.post}/{str(row.pk)[:8]}",
            authority=post.agency.name if post.agency else "",
            post=post.name,
            refused_at=f"{at:%d.%m.%Y %H:%M}",
            officer=inspection.proposed_by_name,
            second_officer=inspection.concluded_by_name,
            surname=row.surname,
            given_names=row.given_names,
            birth=ui.written(row.birth),
            sex=row.sex,
            nationality=ui.country(row.nationality),
            document=" ".join(filter(None, (row.document_type, row.issuer, row.number))),
            grounds=tuple((one["ground"], one["statement"]) for one in inspection.grounds),
            appeal=settings.KORDON_APPEAL,
        ),
        language,
    )
