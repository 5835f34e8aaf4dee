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

ALWAYS_SHOWN = ("match", "kind", "shown", "strength", "via")
SHOWN_IN_FULL = (*ALWAYS_SHOWN, "category", "action", "form", "listed_name", "reasons")


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
    said["matches"] = [_shown(match) for match in said["matches"] if match["seen_by_first_line"]]
    said["at"] = check.at.isoformat()
    said["may_admit"] = may_admit(fact.findings, fact.matches)
    said["reasons_to_refer"] = [reason.value for reason in reasons_to_refer(fact.findings)]
    return said


def _shown(match: dict[str, Any]) -> dict[str, Any]:
    """Words, no weights: those depend on how many others of the name are listed."""
    names = SHOWN_IN_FULL if match["shown"] == "full" else ALWAYS_SHOWN
    shown = {name: match[name] for name in names}
    if "reasons" in shown:
        shown["reasons"] = [
            {name: reason[name] for name in ("code", "given", "listed")}
            for reason in match["reasons"]
        ]
    return shown


@cache
def _plain() -> TypeAdapter[TravellerChecked]:
    return TypeAdapter(TravellerChecked)
