"""The comparison of sources in words: who says what, what it may mean, where to look."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kordon.ui import words as ui

TELLERS = {
    "CHIP": pgettext_lazy("teller", "chip"),
    "ZONE": pgettext_lazy("teller", "printed zone"),
    "SEAL": pgettext_lazy("teller", "seal"),
    "DETAILS": pgettext_lazy("teller", "chip, details (DG11)"),
    "TYPED": pgettext_lazy("teller", "typed from the page"),
    "EARLIER": pgettext_lazy("teller", "earlier crossing"),
}
HEADS: dict[str, Any] = {
    "NUMBER": _("The document number differs"),
    "NUMBER_LOOKALIKE": _("The document number differs in characters that look alike"),
    "DOCUMENT_CODE": _("The kind of document differs"),
    "ISSUER": _("The issuing state differs"),
    "NATIONALITY": _("The nationality differs"),
    "SURNAME": _("The surname differs"),
    "GIVEN_NAMES": _("The given names differ"),
    "NAME_ALIKE": _("A name is spelled otherwise"),
    "NAMES_EXCHANGED": _("Surname and given names are exchanged"),
    "NAMES_DIVIDED": _("The name is divided otherwise"),
    "GIVEN_NAMES_FEWER": _("There are fewer given names"),
    "NAME_NOT_COMPARED": _("The names could not be compared"),
    "BIRTH": _("The date of birth differs"),
    "BIRTH_EXCHANGED": _("Day and month of birth are exchanged"),
    "SEX": _("The sex differs"),
    "EXPIRY": _("The date of expiry differs"),
    "OTHER_DOCUMENT": _("Another document was shown"),
}
LETTERS = _(
    "Compare the name on the page letter by letter; look for scratched or reprinted letters."
)
LOOKS: dict[str, Any] = {
    "NUMBER": _(
        "Look at the number beside the portrait and perforated through the leaves: "
        "a leaf, a zone or a chip may be of another document."
    ),
    "NUMBER_LOOKALIKE": _(
        "Compare the number on the page character by character: 0 and O, 6 and G."
    ),
    "DOCUMENT_CODE": _("Look at the cover and the type printed on the page."),
    "ISSUER": _("Look at the cover and the issuing state on the page."),
    "NATIONALITY": _("Look at the nationality printed on the page."),
    "SURNAME": LETTERS,
    "GIVEN_NAMES": LETTERS,
    "NAME_ALIKE": _("Usual where a name was written from another script by two hands."),
    "NAMES_EXCHANGED": _("Look which one the page calls the surname."),
    "BIRTH": _("Look at the date of birth on the page, at its digits and their ground."),
    "BIRTH_EXCHANGED": _("Look at the date of birth on the page: day first, then month."),
    "SEX": _("Look at the sex printed on the page."),
    "EXPIRY": _("Look at the dates on the page, at their digits and their ground."),
}
TEXTS = {
    f"cross_{code.lower()}": _("%(head)s: %(one)s “%(ours)s”, %(other)s “%(theirs)s”.")
    for code in HEADS
}
WHY = {f"cross_{code.lower()}": text for code, text in LOOKS.items()}
SAME = {
    "SAME": _("the same"),
    "SPELLED_OTHERWISE": _("the same, in other letters"),
    "CUT": _("the same, cut off"),
    "PARTIAL": _("the same as far as it is known"),
}
WEIGHTS = {
    "GRAVE": pgettext_lazy("weight", "grave"),
    "LOOK": pgettext_lazy("weight", "look"),
    "NOTE": pgettext_lazy("weight", "note"),
}
BADGES = {"GRAVE": "k-stop", "LOOK": "k-look"}
FIELDS = {
    "number": _("Document number"),
    "document_code": _("Type"),
    "issuer": _("Issued by"),
    "nationality": _("Nationality"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "name": _("Name"),
    "birth": _("Date of birth"),
    "sex": _("Sex"),
    "expiry": _("Expires"),
}
_DATE = re.compile(r"(\d{4}|\?{4})-(\d\d|\?\?)-(\d\d|\?\?)")


def name_tellers(code: str, params: dict[str, str]) -> dict[str, Any]:
    """Parameters of a finding made ready: names of sources, dates as people write them."""
    other = str(TELLERS[params["other"]])
    if "at" in params:
        other = _crossed(params["at"], params.get("post", ""))
    return {
        "head": HEADS[code.removeprefix("cross_").upper()],
        "one": TELLERS[params["one"]],
        "ours": written(params["ours"]),
        "other": other,
        "theirs": written(params["theirs"]),
    }


def say_several(findings: list[dict[str, Any]]) -> tuple[str, list[tuple[str, str]]]:
    """Several differences of one level as one sentence, and a row for each."""
    rows = []
    for one in findings:
        told = name_tellers(one["code"], one["params"])
        values = now("%(one)s “%(ours)s”, %(other)s “%(theirs)s”") % told
        rows.append((str(told["head"]), values))
    text = now("Sources differ in %(count)d fields.") % {"count": len(findings)}
    return text, rows


def say_cross_check(said: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    """The whole comparison for pages and print. ``posts`` are names of posts by their codes."""
    return {
        "tellers": [str(TELLERS[one]) for one in said["tellers"]],
        "level": "stop" if any(one["weight"] == "GRAVE" for one in said["differences"]) else "",
        "differences": [_difference(one, posts) for one in said["differences"]],
        "agreements": [
            {
                "field": str(FIELDS[one["field"]]),
                "one": _told(one["one"], posts),
                "other": _told(one["other"], posts),
                "same": str(SAME[one["same"]]),
            }
            for one in said["agreements"]
        ],
    }


def _difference(one: dict[str, Any], posts: dict[str, str]) -> dict[str, Any]:
    return {
        "head": str(HEADS[one["code"]]),
        "code": one["code"],
        "look": str(LOOKS.get(one["code"], "")),
        "weight": str(WEIGHTS[one["weight"]]),
        "badge": BADGES.get(one["weight"], ""),
        "one": _told(one["one"], posts),
        "other": _told(one["other"], posts),
    }


def _told(it: dict[str, Any], posts: dict[str, str]) -> dict[str, str]:
    name = str(TELLERS[it["source"]])
    if it["at"]:
        name = _crossed(it["at"], posts.get(it["post"], it["post"]))
    return {"teller": name, "value": written(it["value"]) or "–"}


def _crossed(at: str, post: str) -> str:
    when = ui.moment(datetime.fromisoformat(at))
    return now("crossing at %(post)s, %(at)s") % {"post": post, "at": when}


def written(value: str) -> str:
    """A date as people write it; anything else as it is."""
    return str(ui.written(value)) if _DATE.fullmatch(value) else value
