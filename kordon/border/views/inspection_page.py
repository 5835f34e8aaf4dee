"""What the pages of the second line show: queries in, plain values for templates out."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Level
from kordon.border.queries import InspectionView, MatchSeen, Waiting
from kordon.border.views import inspection_forms as ask
from kordon.journal.actor import Actor

CLOCK_LEVELS = {"running": "note", "alarm": "look", "escalated": "stop"}
CLOCKS = {
    "running": _("within time"),
    "alarm": _("too long"),
    "escalated": _("far too long"),
}


def waiting_lines(waiting: list[Waiting], actor: Actor) -> list[dict[str, Any]]:
    """The queue as rows: who, why, how long, and with whom."""
    return [
        {
            "id": one.crossing.pk,
            "surname": one.crossing.surname,
            "given_names": one.crossing.given_names,
            "nationality": one.crossing.nationality,
            "birth": one.crossing.birth,
            "protection": one.crossing.protection,
            "reasons": [words.REFERRALS.get(code, code) for code in one.crossing.reasons],
            "waited": one.clock.waited,
            "clock": one.clock.state,
            "clock_word": CLOCKS[one.clock.state],
            "inspector": one.inspection.inspector_name if one.inspection else "",
            "mine": bool(one.inspection and one.inspection.inspector == actor.id),
            "proposed": bool(one.inspection and one.inspection.status == "proposed"),
        }
        for one in waiting
    ]


def page_of(view: InspectionView, actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """Everything ``inspection.html`` draws. ``asked`` holds forms that were sent and not taken."""
    return {
        "case": view,
        "crossing": view.crossing,
        "status_word": words.STATUSES[view.crossing.status],
        "clock_level": CLOCK_LEVELS[view.clock.state],
        "clock_word": CLOCKS[view.clock.state],
        "reasons": [words.REFERRALS.get(code, code) for code in view.crossing.reasons],
        "findings": _findings(view),
        "matches": [_match(one, asked) for one in view.matches],
        "notes": view.notes,
        "evidence": view.evidence,
        "steps": [_step(one) for one in view.steps],
        "proposal": _proposal(view),
        "notices": [
            {"at": one.at, "signature": words.SIGNATURES[one.signature], "by": one.by_name}
            for one in view.notices
        ],
        **_may(view, actor),
        **_forms(view, asked),
    }


def _findings(view: InspectionView) -> list[Any]:
    """What stopped the traveller or asked for a look; what was fine is of no use here."""
    found = view.check.fact.findings if view.check else ()
    return [words.say_finding(asdict(one)) for one in found if one.level is not Level.FINE]


def _may(view: InspectionView, actor: Actor) -> dict[str, bool]:
    """Which parts of the page are open. The commands ask again; this only spares a refusal."""
    inspection = view.inspection
    status = view.crossing.status
    is_open = status == "in_inspection" and inspection is not None and inspection.status == "open"
    mine = inspection is not None and inspection.inspector == actor.id
    proposed = inspection is not None and inspection.status == "proposed"
    return {
        "may_begin": status == "referred" and actor.may("border.begin_inspection"),
        "may_take_over": is_open and not mine and actor.may("border.take_over_inspection"),
        "may_work": is_open and actor.may("border.note_interview"),
        "may_propose": is_open and mine and actor.may("border.propose_conclusion"),
        "waits_for_second": proposed,
        "may_decide": proposed
        and inspection is not None
        and inspection.proposed_by != actor.id
        and actor.may("border.conclude_inspection"),
        "may_flag": not view.crossing.protection
        and status != "undone"
        and actor.may("border.flag_protection"),
        "may_give_notice": status == "refused" and actor.may("border.issue_notice"),
    }


def _forms(view: InspectionView, asked: dict[str, Any]) -> dict[str, Any]:
    """One form for each deed: the one that was sent, or an empty one."""
    fresh: dict[str, Any] = {
        "take_over": ask.ReasonForm,
        "interview": ask.InterviewForm,
        "evidence": ask.EvidenceForm,
        "protection": ask.ProtectionForm,
        "give_back": ask.ReturnForm,
        "notice": ask.NoticeForm,
    }
    forms = {name: asked[name][0] if name in asked else made() for name, made in fresh.items()}
    if view.inspection and view.inspection.proposal and "give_back" not in asked:
        forms["give_back"] = ask.ReturnForm(initial={"proposal": view.inspection.proposal})
    forms["propose"] = asked["propose"][0] if "propose" in asked else ask.ProposeForm(case=view)
    return {f"{name}_form": form for name, form in forms.items()}


def _match(one: MatchSeen, asked: dict[str, Any]) -> dict[str, Any]:
    """A possible match side by side: what the document says, what the list says, and why."""
    sent, which = asked.get("judge", (None, {}))
    form = sent if which.get("match") == one.row.pk else None
    return {
        "id": one.row.pk,
        "kind": one.row.kind,
        "category": words.CATEGORIES.get(one.row.category, one.row.category),
        "action": words.ACTIONS.get(one.row.action, one.row.action),
        "owner": one.row.owner,
        "reference": one.row.reference,
        "listed_name": one.found.listed_name,
        "instructions": one.found.instructions,
        "stops": one.row.strength == "stop",
        "reasons": [
            {"text": words.say_reason(asdict(it)), "given": it.given, "listed": it.listed}
            for it in one.found.reasons
        ],
        "judgement": one.row.judgement,
        "judged": words.JUDGEMENTS[one.row.judgement] if one.row.judgement else "",
        "judged_by": one.row.judged_by_name,
        "judged_because": one.row.judged_because,
        # Ids of the fields differ, since several of these forms stand on one page.
        "form": form or ask.JudgeForm(auto_id=f"id_{one.row.pk}_%s"),
    }


def _step(step: Any) -> dict[str, Any]:
    said = dict(step.params)
    tail = said.get("reason") or said.get("caption") or said.get("words") or ""
    if "judgement" in said:
        tail = words.JUDGEMENTS[said["judgement"]]
    if "outcome" in said:
        tail = words.OUTCOMES.get(said["outcome"], "")
    if "signature" in said:
        tail = words.SIGNATURES.get(said["signature"], "")
    return {"at": step.at, "by": step.by_name, "deed": words.DEEDS[step.deed], "said": tail}


def _proposal(view: InspectionView) -> dict[str, Any] | None:
    """What is proposed or was decided, in words."""
    inspection = view.inspection
    if inspection is None or not inspection.outcome:
        return None
    return {
        "id": inspection.proposal,
        "outcome": words.OUTCOMES[inspection.outcome],
        "receiver": words.RECEIVERS.get(inspection.receiver, ""),
        "statement": inspection.statement,
        "grounds": [
            {
                "letter": one["ground"],
                "name": words.GROUNDS[one["ground"]],
                "said": one["statement"],
            }
            for one in inspection.grounds
        ],
        "by": inspection.proposed_by_name,
        "at": inspection.proposed_at,
        "decided_by": inspection.concluded_by_name,
        "decided_at": inspection.concluded_at,
    }
