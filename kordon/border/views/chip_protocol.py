"""The protocol of a chip's verification for the second line: on the page, as JSON, as PDF."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import queries, words
from kordon.border.views.protocols import check_behind, file_of, headed, print_of
from kordon.journal.actor import Actor
from kordon.ui.words import written


@never_cache
@require_GET
@needs("border.get_chip_protocol")
def as_json(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol as it is recorded, for a file or another system."""
    return file_of(_protocol(request.actor, crossing), f"chip-{str(crossing)[:8]}")


@never_cache
@require_GET
@needs("border.get_chip_protocol")
def as_pdf(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol to print, in the officer's language."""
    said = _protocol(request.actor, crossing)
    return print_of(request.actor, said, _printed, f"chip-{str(crossing)[:8]}")


def _protocol(actor: Actor, crossing: UUID) -> dict[str, Any]:
    return queries.get_chip_protocol(by=actor, check=check_behind(actor, crossing))


def _printed(said: dict[str, Any]) -> dict[str, Any]:
    signed = written(datetime.fromisoformat(said["signed_at"])) if said["signed_at"] else "–"
    return words.say_protocol(said) | headed(
        said, _("Verification of a chip"), [[_("Signed"), signed]]
    )
