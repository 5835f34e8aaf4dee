"""A check as the first line may see it."""

from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from kordon.border.facts import TravellerChecked
from kordon.border.models import Check
from kordon.border.rules import refusals as no
from kordon.border.rules.deciding import may_admit, reasons_to_refer
from kordon.border.rules.keys import document_key
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

SHOWN_OF_MATCH = ("match", "kind", "category", "action", "strength", "form", "name", "reasons")


@query(personal=True)
def get_check(*, by: Actor, check: UUID) -> dict[str, Any]:
    """A check of one's own post, as the first line sees it."""
    row = Check.objects.filter(pk=check, post=by.post).first()
    if row is None:
        raise no.CheckNotFound("There is no such check at your post.")
    who = row.fact.identity
    note_read(f"document:{document_key(who.issuer, who.number)}")
    return first_line_view(row)


def first_line_view(check: Check) -> dict[str, Any]:
    """Plain values for the page and the API: identical to the byte whether or not an alert
    was met that the first line must not see.

    Nothing in it may be computed from such a match.
    """
    fact = check.fact
    said: dict[str, Any] = _plain().dump_python(fact, mode="json")
    said["matches"] = [
        {name: match[name] for name in SHOWN_OF_MATCH}
        for match in said["matches"]
        if match["seen_by_first_line"]
    ]
    said["at"] = check.at.isoformat()
    said["may_admit"] = may_admit(fact.findings, fact.matches)
    said["reasons_to_refer"] = [reason.value for reason in reasons_to_refer(fact.findings)]
    return said


@cache
def _plain() -> TypeAdapter[TravellerChecked]:
    return TypeAdapter(TravellerChecked)
