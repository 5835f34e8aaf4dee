"""A check made ready for the page: plain words, nothing left to work out in a template."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kordon.border import words
from kordon.ui.words import country, moment, written


def show_check(view: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    """Everything the decide state draws. ``posts`` are the names of posts by their codes."""
    said = list(_said(view, posts))
    return {
        "view": view,
        "who": _traveller(view),
        "loud": [one for one in said if one["level"] != "fine"],
        "quiet": [one for one in said if one["level"] == "fine"],
        "lamps": [words.say_source(one) for one in view["sources"]],
        "earlier": _earlier(view, posts),
    }


def read_chip(view: dict[str, Any]) -> bool:
    """Whether a chip was read with this check."""
    return any(one["source"] == "chip" and one["why"] != "no_reader" for one in view["sources"])


def read_any(view: dict[str, Any]) -> bool:
    """Whether a chip, a seal or a picture of the page was read with this check."""
    return read_chip(view) or read_seal(view) or read_page(view)


FROM_PICTURE = {"zone_from_picture", "zone_confirmed", "page_portrait"}


def read_page(view: dict[str, Any]) -> bool:
    """Whether a picture of the page was read with this check."""
    return any(one["code"] in FROM_PICTURE for one in view["findings"])


def has_face(view: dict[str, Any]) -> bool:
    """Whether there may be portraits of this check."""
    return read_chip(view) or read_page(view)


def read_seal(view: dict[str, Any]) -> bool:
    """Whether a seal was shown with this check."""
    return any(one["source"] == "seal" and one["why"] != "no_seal" for one in view["sources"])


def show_portraits(kept: tuple[str, ...]) -> list[dict[str, Any]]:
    """The portraits that are there, the chip's first, so that two faces lie side by side."""
    said = {
        "chip": (_("From the chip"), _("Portrait from the chip")),
        "page": (_("From the page"), _("Portrait from the page")),
    }
    return [{"which": which, "label": said[which][0], "alt": said[which][1]} for which in kept]


def _traveller(view: dict[str, Any]) -> dict[str, Any]:
    who, typed = view["identity"], {one["field"] for one in view["corrections"]}
    if not view["format"]:
        typed = {name for name, value in who.items() if value}
    rows = [
        ("number", _("Document"), f"{who['document_type']} {who['number']}".strip(), "mono"),
        ("issuer", _("Issued by"), _state(who["issuer"]), ""),
        ("nationality", _("Nationality"), _state(who["nationality"]), ""),
        ("birth", _("Born"), written(who["birth"]), ""),
        ("sex", _("Sex"), who["sex"] or "–", ""),
        ("expiry", _("Expires"), written(who["expiry"]) or "–", ""),
    ]
    return {
        "surname": who["surname"],
        "given_names": who["given_names"],
        "name_typed": bool(typed & {"surname", "given_names"}),
        "rows": [
            {"label": label, "value": value, "mono": face == "mono", "typed": name in typed}
            for name, label, value, face in rows
        ],
        "format": view["format"],
    }


def _state(code: str) -> str:
    name = country(code)
    return f"{name} ({code})" if code and name != code else code or "–"


MOST_BY_ITSELF = 2
"""Differences between sources of one level that stand alone; more are told together."""


def _said(view: dict[str, Any], posts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every finding in words; where whole documents differ not each field as a card of its own."""
    together = {
        level: found
        for level in ("stop", "look", "note")
        if len(found := [one for one in view["findings"] if _differs(one, level)]) > MOST_BY_ITSELF
    }
    for one in view["findings"]:
        if not _differs(one, one["level"]) or one["level"] not in together:
            yield _finding(one, view["matches"], posts)
        elif found := together[one["level"]]:
            text, rows = words.say_several([with_post(each, posts) for each in found])
            yield _finding(one, [], posts) | {"text": text, "evidence": rows}
            found.clear()


def _differs(finding: dict[str, Any], level: str) -> bool:
    return bool(finding["source"] == "cross_check" and finding["level"] == level)


def with_post(finding: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    """With the name of the post for its code."""
    params = finding["params"]
    if "post" not in params:
        return finding
    return finding | {"params": params | {"post": posts.get(params["post"], params["post"])}}


def _finding(
    finding: dict[str, Any], matches: list[dict[str, Any]], posts: dict[str, str]
) -> dict[str, Any]:
    said = words.say_finding(with_post(finding, posts))
    match = next((one for one in matches if one["match"] == finding["params"].get("match")), None)
    return {
        "level": said.level,
        "text": said.text,
        "why": said.why,
        "do": said.do,
        "evidence": _evidence(match) if match else [],
    }


def _evidence(match: dict[str, Any]) -> list[tuple[str, str]]:
    """What speaks for and against, sentence by sentence; never a bare score."""
    if not match.get("listed_name") and not match.get("reasons"):
        return []
    rows = [(_("On the list"), match["listed_name"])] if match["listed_name"] else []
    if match["form"] == "typed":
        rows.append((_("Met by"), _("what was typed")))
    heads = {
        "name": _("Name"),
        "birth": _("Birth"),
        "nationality": _("Nationality"),
        "sex": _("Sex"),
    }
    for kind, head in heads.items():
        said = [
            words.say_reason(one) for one in match["reasons"] if one["code"].startswith(f"{kind}_")
        ]
        if said:
            rows.append((head, " ".join(said)))
    return rows


def _earlier(view: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    earlier = view["earlier"]
    last = earlier["last"][0] if earlier["last"] else None
    return {
        "same_document": earlier["same_document"],
        "same_person": earlier["same_person"],
        "last": show_past(last, posts) if last else None,
    }


def show_past(one: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    """One earlier crossing as a line of a table."""
    return {
        "at": moment_of(one["crossed_at"]),
        "direction": words.DIRECTIONS[one["direction"]],
        "post": posts.get(one["post"], one["post"]),
        "status": words.STATUSES[one["status"]],
        "document": one["document"],
        "same_document": one["same_document"],
    }


def moment_of(value: Any) -> str:
    """A time, or its ISO text, in words."""
    return moment(datetime.fromisoformat(value) if isinstance(value, str) else value)
