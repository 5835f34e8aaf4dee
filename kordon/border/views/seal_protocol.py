"""The protocol of a seal's verification for the second line: as JSON, as PDF."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import queries, words
from kordon.border.views.protocols import check_behind, file_of, headed, print_of
from kordon.journal.actor import Actor


@never_cache
@require_GET
@needs("border.get_seal_protocol")
def as_json(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol as it is recorded, for a file or another system."""
    return file_of(_protocol(request.actor, crossing), f"seal-{str(crossing)[:8]}")


@never_cache
@require_GET
@needs("border.get_seal_protocol")
def as_pdf(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol to print, in the officer's language."""
    said = _protocol(request.actor, crossing)
    return print_of(request.actor, said, _printed, f"seal-{str(crossing)[:8]}")


def _protocol(actor: Actor, crossing: UUID) -> dict[str, Any]:
    return queries.get_seal_protocol(by=actor, check=check_behind(actor, crossing))


def _printed(said: dict[str, Any]) -> dict[str, Any]:
    seal = words.say_seal(said)
    facts = [
        [pgettext("document", "Seal"), f"{seal['kind']}, {seal['issuer']}"],
        [_("Signer"), seal["signer"]],
        [_("Signed"), seal["signed"]],
    ]
    answers = [
        {
            "name": f"{one['field']} ({one['against']})",
            "text": "" if one["code"] == "SAME" else f"{one['in_seal']} / {one['in_zone']}",
            "outcome": one["same"],
            "code": "",
        }
        for one in seal["compared"]
    ]
    return (
        seal
        | {"answers": answers, "digests": [[pgettext("document", "Seal"), said["digest"]]]}
        | headed(said, _("Verification of a seal"), facts)
    )
