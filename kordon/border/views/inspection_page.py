"""What the pages of the second line show: queries in, plain values for templates out."""

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Identity, Level
from kordon.border.place import post_names
from kordon.border.queries import (
    InspectionView,
    MatchSeen,
    SetAside,
    Waiting,
    find_earlier_crossings,
    list_hit_messages,
)
from kordon.border.views import inspection_forms as ask
from kordon.border.views.beside import beside
from kordon.border.views.hit_forms import AnswerForm
from kordon.border.views.seal_showing import show_seal
from kordon.border.views.showing import show_past, show_portraits, with_post
from kordon.border.words import hits
from kordon.journal.actor import Actor

MOST_EARLIER = 50
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


def asked_lines(actor: Actor) -> list[dict[str, Any]]:
    """What owners of alerts asked this post and nobody answered."""
    if not actor.may("border.list_hit_messages"):
        return []
    return [
        {
            "id": one.pk,
            "crossing": crossing.pk,
            "name": f"{crossing.surname} {crossing.given_names}".strip(),
            "wish": hits.WISHES[one.wish],
            "text": one.text,
            "at": one.at,
            "by": f"{one.by_name}, {one.agency}",
        }
        for one, crossing in list_hit_messages(by=actor)
    ]


def _owner_says(view: InspectionView, actor: Actor, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """What owners of alerts asked about this traveller, with the form to answer."""
    may = actor.may("border.answer_hit_message")
    sent, which = asked.get("answer", (None, {}))
    return [
        {
            "id": one.pk,
            "wish": hits.WISHES[one.wish],
            "text": one.text,
            "at": one.at,
            "by": f"{one.by_name}, {one.agency}",
            "answer": one.answer,
            "answered_at": one.answered_at,
            "answered_by": one.answered_by_name,
            "form": sent
            if which.get("message") == one.pk
            else AnswerForm(auto_id=f"id_{one.pk}_%s")
            if may
            else None,
        }
        for one in view.messages
    ]


def page_of(view: InspectionView, actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """Everything ``inspection.html`` draws. ``asked`` holds forms that were sent and not taken."""
    may = _may(view, actor)
    matches = [_match(one, _form(view, one), may["may_judge"], asked) for one in view.matches]
    return {
        "case": view,
        "crossing": view.crossing,
        "direction_word": words.DIRECTIONS[view.crossing.direction],
        "status_word": words.STATUSES[view.crossing.status],
        "clock_level": CLOCK_LEVELS[view.clock.state],
        "clock_word": CLOCKS[view.clock.state],
        "reasons": [words.REFERRALS.get(code, code) for code in view.crossing.reasons],
        "findings": findings_of(view, post_names(actor)),
        "matches": matches,
        "chip": words.say_protocol(view.chip) if view.chip else None,
        "seal": show_seal(view.seal, view.seal_content) if view.seal else None,
        "cross_check": words.say_cross_check(view.cross_check, post_names(actor))
        if view.cross_check
        else None,
        "portraits": show_portraits(view.portraits),
        "judge_first": _judged_next(matches),
        "set_aside": [_ruled_out(one, asked) for one in view.set_aside],
        "may_readmit": may["may_judge"] and actor.may("watchlist.revoke_exclusion"),
        "said": _owner_says(view, actor, asked),
        "notes": view.notes,
        "evidence": view.evidence,
        "steps": [_step(one) for one in view.steps],
        "proposal": _proposal(view),
        "notices": [
            {
                "at": one.at,
                "language": one.language,
                "signature": words.SIGNATURES[one.signature],
                "by": one.by_name,
            }
            for one in view.notices
        ],
        **may,
        **_forms(view, may, asked),
    }


def findings_of(view: InspectionView, posts: dict[str, str]) -> list[Any]:
    """What stopped the traveller or asked for a look; what was fine is of no use here."""
    found = view.check.fact.findings if view.check else ()
    return [
        words.say_finding(with_post(asdict(one), posts))
        for one in found
        if one.level is not Level.FINE
    ]


def earlier_lines(view: InspectionView, actor: Actor) -> list[dict[str, Any]]:
    """Where this document and this person crossed before, this crossing left out."""
    row = view.crossing
    identity = Identity(**{field.name: getattr(row, field.name) for field in fields(Identity)})
    found = find_earlier_crossings(by=actor, identity=identity, limit=MOST_EARLIER)
    posts = post_names(actor)
    return [show_past(asdict(one), posts) for one in found if one.crossing != row.pk]


def _may(view: InspectionView, actor: Actor) -> dict[str, bool]:
    """Which parts of the page are open. The commands ask again; this only spares a refusal."""
    inspection, status = view.inspection, view.crossing.status
    is_open = inspection is not None and inspection.status == "open"
    mine = inspection is not None and inspection.inspector == actor.id
    proposed = inspection is not None and inspection.status == "proposed"
    own_proposal = inspection is not None and inspection.proposed_by == actor.id
    own_referral = view.crossing.officer == actor.id
    may_decide = proposed and not own_proposal and actor.may("border.conclude_inspection")
    return {
        "may_begin": status == "referred" and actor.may("border.begin_inspection"),
        "may_take_over": is_open and not mine and actor.may("border.take_over_inspection"),
        "may_note": is_open and actor.may("border.note_interview"),
        "may_photograph": is_open and actor.may("border.add_evidence"),
        "may_judge": is_open and actor.may("border.judge_match"),
        "may_propose": is_open
        and mine
        and not own_referral
        and actor.may("border.propose_conclusion"),
        "referred_oneself": is_open and mine and own_referral,
        "waits_for_second": proposed,
        "may_decide": may_decide,
        "may_flag": not view.crossing.protection
        and status != "undone"
        and actor.may("border.flag_protection"),
        "may_give_notice": status == "refused" and actor.may("border.issue_notice"),
        "may_look_back": actor.may("border.find_earlier_crossings"),
    }


FORMS: dict[str, tuple[type[forms.Form], str]] = {
    "take_over": (ask.ReasonForm, "may_take_over"),
    "interview": (ask.InterviewForm, "may_note"),
    "evidence": (ask.EvidenceForm, "may_photograph"),
    "protection": (ask.ProtectionForm, "may_flag"),
    "give_back": (ask.ReturnForm, "may_decide"),
    "notice": (ask.NoticeForm, "may_give_notice"),
    "propose": (ask.ProposeForm, "may_propose"),
}
"""Forms of the page, and what must be open for each to be drawn."""


def _forms(view: InspectionView, may: dict[str, bool], asked: dict[str, Any]) -> dict[str, Any]:
    """One form for each deed that is open: the one that was sent, or an empty one.

    One that was sent is drawn although its deed has been closed since: nobody loses words.
    """
    drawn: dict[str, Any] = {"print_form": ask.PrintForm(auto_id="id_print_%s")}
    for name, (form, needed) in FORMS.items():
        if name in asked:
            drawn[f"{name}_form"] = asked[name][0]
        elif may[needed]:
            drawn[f"{name}_form"] = _fresh(form, name, view)
    return drawn


def _fresh(form: type[forms.Form], name: str, view: InspectionView) -> forms.Form:
    more: dict[str, Any] = {"auto_id": f"id_{name}_%s"}
    if form is ask.ProposeForm:
        more["case"] = view
    if form is ask.ReturnForm and view.inspection:
        more["initial"] = {"proposal": view.inspection.proposal}
    return form(**more)


def _judged_next(matches: list[dict[str, Any]]) -> Any:
    """Where the key for judging leads: the first match not judged yet, else the first."""
    waiting = [one["id"] for one in matches if one["form"] and not one["judgement"]]
    judged = [one["id"] for one in matches if one["form"]]
    return next(iter(waiting + judged), None)


def _form(view: InspectionView, one: MatchSeen) -> Identity:
    """The traveller by the form of the identity that met the alert."""
    if view.check is None:
        return Identity()
    return view.check.fact.read if one.found.form == "read" else view.check.fact.identity


def _match(one: MatchSeen, who: Identity, may_judge: bool, asked: dict[str, Any]) -> dict[str, Any]:
    """A possible match side by side: what the document says, what the list says, and why."""
    sent, which = asked.get("judge", (None, {}))
    form = sent if which.get("match") == one.row.pk else None
    if form is None and may_judge:
        # Ids of the fields differ, since several of these forms stand on one page.
        form = ask.JudgeForm(auto_id=f"id_{one.row.pk}_%s")
    return {
        "id": one.row.pk,
        "kind": one.row.kind,
        "category": words.CATEGORIES.get(one.row.category, one.row.category),
        "action": words.ACTIONS.get(one.row.action, one.row.action),
        "owner": one.row.owner,
        "reference": one.row.reference,
        "instructions": one.found.instructions,
        "stops": one.row.strength == "stop",
        "beside": beside(one.found, who),
        "judgement": one.row.judgement,
        "judged": words.JUDGEMENTS[one.row.judgement] if one.row.judgement else "",
        "judged_by": one.row.judged_by_name,
        "judged_because": one.row.judged_because,
        "form": form,
    }


def _ruled_out(one: SetAside, asked: dict[str, Any]) -> dict[str, Any]:
    """A match that an earlier ruling keeps quiet: who ruled it, when, why."""
    sent, which = asked.get("readmit", (None, {}))
    return {
        "category": words.CATEGORIES.get(one.found.category, one.found.category),
        "listed_name": one.found.listed_name,
        "owner": one.found.owner,
        "reference": one.found.reference,
        "rulings": [
            {
                "id": it.id,
                "at": it.ruled_at,
                "by": ", ".join(part for part in (it.ruled_by, it.agency, it.post) if part),
                "reason": it.reason,
                "form": sent
                if which.get("exclusion") == it.id
                else ask.ReasonForm(auto_id=f"id_{it.id}_%s"),
            }
            for it in one.rulings
        ],
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
