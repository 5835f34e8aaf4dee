"""The seal of a check as the first line sees it: one card beside the findings."""

from typing import Any

from kordon.border import queries, words
from kordon.border.views.showing import read_seal
from kordon.lib.traveldocs.seal import JSONSeal, Seal


def seal_card(view: dict[str, Any], post: str) -> dict[str, Any] | None:
    """What the card draws; None where no seal was shown with the check."""
    if not read_seal(view):
        return None
    said = queries.seal_said(view["check"], post)
    return show_seal(said, queries.seal_kept(view["check"], post)) if said else None


def show_seal(said: dict[str, Any], kept: Seal | JSONSeal | None) -> dict[str, Any]:
    """Protocol and content in words, and what of the comparison is worth a look."""
    seal = words.say_seal(said)
    compared = seal["compared"]
    return seal | {
        "content": words.say_content(kept),
        "loud": [one for one in compared if one["code"] != "SAME"],
        "counts": [
            _counted(name, compared) for name in dict.fromkeys(one["against"] for one in compared)
        ],
    }


def _counted(name: str, compared: list[dict[str, Any]]) -> tuple[str, int, int]:
    """With what it was compared, how many fields are the same, and how many there are."""
    found = [one["code"] for one in compared if one["against"] == name]
    return name, found.count("SAME"), len(found)
