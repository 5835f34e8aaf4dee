"""Alerts as pages show them: plain dicts with words and formatted values."""

from typing import Any

from django.utils.translation import gettext as _

from kordon.journal.queries import Line
from kordon.ui.words import country, moment, written
from kordon.watchlist import words
from kordon.watchlist.asking import AlertLine, AlertRead
from kordon.watchlist.categories import RULES, Shown
from kordon.watchlist.excluding import Ruling
from kordon.watchlist.particulars import Particulars
from kordon.watchlist.rehearsing import Figures, expect
from kordon.watchlist.sources import Document, Kind


def show_line(line: AlertLine) -> dict[str, Any]:
    """One line of a table."""
    return {
        "id": line.id,
        "name": line.name or _("without a name"),
        "kind": words.KINDS[line.kind],
        "category": words.CATEGORIES[line.category],
        "status": words.STATUSES[line.status],
        "badge": words.STATUS_BADGES.get(line.status, ""),
        "waiting": words.WAITING.get(line.waiting, ""),
        "pending": line.status == "pending",
        "owner": line.owner,
        "source": line.source,
        "reference": line.reference,
        "born": line.born,
        "ends": written(line.ends) if line.ends else "",
        "low_quality": line.low_quality,
        "asked_by": line.asked_by_name,
        "asked_at": moment(line.asked_at) if line.asked_at else "",
        "own_asking": line.own_asking,
    }


def show_alert(it: AlertRead) -> dict[str, Any]:
    """An alert as a readable document."""
    rule = RULES[it.line.category]
    return {
        **show_line(it.line),
        "action": words.ACTIONS[rule.action],
        "seen": seen_by(it),
        "particulars": show_particulars(it.particulars),
        "birth_ranges": [f"{first}–{last}" for first, last in it.birth_ranges],
        "instructions": it.particulars.instructions,
        "remarks": it.particulars.remarks,
        "programme": it.programme,
        "notes": it.notes,
        "legal_basis": it.particulars.legal_basis,
        "case_reference": it.particulars.case_reference,
        "proportionality": it.particulars.proportionality,
        "valid_from": written(it.valid_from) if it.valid_from else "",
        "valid_until": written(it.particulars.valid_until) if it.particulars.valid_until else "",
        "review_on": written(it.review_on) if it.review_on else "",
        "approved_by": it.approved_by_name,
        "proposed": show_particulars(it.proposed) if it.proposed else [],
        "proposed_review_on": written(it.proposed_review_on) if it.proposed_review_on else "",
        "proposed_reason": it.proposed_reason,
        "history": [show_deed(line) for line in it.history],
        "edition": it.edition,
    }


def seen_by(it: AlertRead) -> list[str]:
    """Who may see this, in sentences."""
    shown = RULES[it.line.category].shown
    second = (
        _("The second line does not see it either; it is recorded for the owner only.")
        if shown is Shown.NOTHING
        else _("The second line sees what it needs to compare, and what to do.")
    )
    return [
        str(words.SHOWN[shown]),
        second,
        _("Officers of %(owner)s who hold the right see and maintain it.")
        % {"owner": it.line.owner},
        _("Who may see the alerts of all agencies sees it too. Every reading is logged."),
    ]


def show_particulars(it: Particulars) -> list[tuple[str, list[str]]]:
    """Label and values, those that are there."""
    names = [_with_quality(name.text, words.QUALITIES[name.quality]) for name in it.names]
    rows: list[tuple[str, list[str]]] = [
        (_("Category"), [str(words.CATEGORIES[it.category])]),
        (_("Names"), names),
        (_("Date of birth"), [written(_zeros_unknown(birth)) for birth in it.births]),
        (_("Sex"), [str(words.SEXES[it.sex])] if it.sex else []),
        (_("Nationality"), [country(code) for code in it.nationalities]),
        (_("Places"), list(it.places)),
        (_("Documents"), [_document(d.type, d.number, d.issuer) for d in it.documents]),
        (_("Number plate"), [f"{it.plate} {it.plate_country}".strip()] if it.plate else []),
    ]
    return [(label, values) for label, values in rows if values]


def show_deed(line: Line) -> dict[str, str]:
    """One line of a history: when, who, what, and why if it was said."""
    what = line.what
    why = getattr(what, "reason", "") or getattr(what, "assessment", "")
    return {
        "at": moment(line.at),
        "deed": str(words.DEEDS.get(line.kind, line.kind)),
        "who": ", ".join(part for part in (line.by_name, line.agency, line.post) if part),
        "why": why or getattr(what, "ground", ""),
    }


def show_ruling(it: Ruling) -> dict[str, Any]:
    """Who was ruled not to be the one meant: whom it is about, who ruled it, whether it holds."""
    where = ", ".join(part for part in (it.ruled_by, it.agency, it.post) if part)
    return {
        "id": it.id,
        "name": it.name or _("a traveller of another post"),
        "document": it.document.replace("/", " "),
        "born": written(it.birth) if it.birth else "",
        "ruled": f"{moment(it.ruled_at)} · {where}",
        "reason": it.reason,
        "holds": it.revoked_at is None and not it.outdated,
        "outdated": it.revoked_at is None and it.outdated,
        "revoked": moment(it.revoked_at) if it.revoked_at else "",
        "revoked_by": it.revoked_by,
        "revoked_because": it.revoked_because,
    }


def show_rehearsal(said: dict[str, int] | None) -> dict[str, Any] | None:
    """Whom an edition would have stopped: per 10,000 travellers, with how sure that is."""
    if said is None:
        return None
    figures = Figures(**said)
    lines = [
        (_("Stopped in the booth"), figures.stops),
        (_("Sent to the second line by a weak match"), figures.referrals),
        (_("Recorded silently"), figures.silent),
    ]
    return {
        "figures": figures,
        "sampled": figures.entries < figures.of_entries,
        "lines": [(word, count, expect(count, figures)) for word, count in lines],
    }


def _with_quality(text: str, quality: Any) -> str:
    return f"{text} ({quality})" if quality else text


def _document(type: str, number: str, issuer: str) -> str:
    return f"{words.DOCUMENT_TYPES.get(type, type)} {number} {issuer}".strip()


def _zeros_unknown(birth: tuple[int, int, int]) -> str:
    year, month, day = birth
    parts = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else ""]
    return "-".join(part for part in parts if part)


def show_record(kind: Kind, names: list[str], documents: tuple[Document, ...], plate: str) -> str:
    """A record of a list in a few words."""
    if kind is Kind.PERSON:
        return names[0] if names else ""
    return f"{documents[0].issuer} {documents[0].number}".strip() if documents else plate
