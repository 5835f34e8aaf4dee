"""Traveller and listing side by side, letter by letter, with what each agreement is worth."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kordon.border import words
from kordon.border.facts import Identity, MatchFound, MatchReason
from kordon.lib.screening import letter_spans
from kordon.ui.words import country
from kordon.watchlist.queries import Written, tell_written

SAME, SOUND, DIFFERS = "same", "sound", "differs"
# Nats from which an agreement speaks for or against strongly: a birth date, a rare name.
STRONG, ANY = 4.0, 0.05
WORTH = {
    "strong_for": _("speaks strongly for it"),
    "for": _("speaks for it"),
    "nothing": _("says little"),
    "against": _("speaks against it"),
    "strong_against": _("speaks strongly against it"),
}
SIGNS = {"strong_for": "▲▲", "for": "▲", "nothing": "–", "against": "▼", "strong_against": "▼▼"}
SURE_NUMBER = _("The number is the listed one.")
WEAK_NUMBER = _("The number is easily confused with the listed one, or its issuer is not known.")
QUALITIES = {"weak": _("weak alias"), "original_script": _("original script")}


@dataclass(frozen=True)
class Piece:
    """Some letters, and how they agree with those of the other side."""

    text: str
    how: str


def beside(found: MatchFound, who: Identity) -> dict[str, Any]:
    """Everything ``border/_beside.html`` draws of one possible match."""
    listed = tell_written(found.alert)
    return {
        "given_name": f"{who.surname} {who.given_names}".strip(),
        "listed_name": found.listed_name,
        "alias": _alias(found, listed),
        "main_name": _main(found, listed),
        "rows": [*_by_number(found, who, listed), *(_row(reason) for reason in found.reasons)],
    }


def _alias(found: MatchFound, listed: Written) -> dict[str, Any] | None:
    """Which of the listed names was met, where there are several."""
    for place, (text, quality) in enumerate(listed.names, 1):
        if text == found.listed_name:
            return {
                "place": place,
                "of": len(listed.names),
                "quality": QUALITIES.get(quality, ""),
            }
    return None


def _main(found: MatchFound, listed: Written) -> str:
    first = listed.names[0][0] if listed.names else ""
    return first if first != found.listed_name else ""


def _row(reason: MatchReason) -> dict[str, Any]:
    given, listed = _pieces(reason)
    worth = _worth(reason.weight)
    return {
        "text": words.say_reason(asdict(reason)),
        "worth": WORTH[worth],
        "sign": SIGNS[worth],
        "against": worth.endswith("against"),
        "given": given,
        "listed": listed,
    }


def _pieces(reason: MatchReason) -> tuple[list[Piece], list[Piece]]:
    if reason.code.startswith("birth_"):
        return _dates(reason.given, reason.listed)
    if reason.code.startswith("nationality_"):
        return _whole(_countries(reason.given), _countries(reason.listed), reason.code)
    if reason.code.startswith("sex_"):
        return _whole(reason.given, reason.listed, reason.code)
    if reason.code in ("name_weak_alias", "name_parts_go_together"):
        return [], [Piece(reason.listed, SAME)]
    return _letters(reason.given, reason.listed)


def _letters(given: str, listed: str) -> tuple[list[Piece], list[Piece]]:
    """Spelling against spelling. A part that stands on one side only is marked whole."""
    spans = letter_spans(given, listed)
    return (
        [Piece(span.given, span.agreement) for span in spans if span.given],
        [Piece(span.listed, span.agreement) for span in spans if span.listed],
    )


def _dates(given: str, listed: str) -> tuple[list[Piece], list[Piece]]:
    """Day, month and year each against its like; exchanged day and month are alike."""
    a, b = _parts(given), _parts(listed)
    swapped = a[1:] == b[1:][::-1] and a[0] == b[0] and a != b
    how = [SOUND if swapped and at else SAME if x == y else DIFFERS for at, (x, y) in _both(a, b)]
    return _date(given, a, how), _date(listed, b, how)


def _both(a: list[str], b: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate(zip(a, b, strict=True))


def _parts(text: str) -> list[str]:
    """Year, month, day; empty where unknown."""
    parts = text.split("-") if text else []
    return [*parts, "", "", ""][:3]


def _date(text: str, parts: list[str], how: list[str]) -> list[Piece]:
    """Day, month, year with a point between, as they are written in the region."""
    if not text:
        return []
    known = [(part, how[at]) for at, part in enumerate(parts) if part][::-1]
    pieces = []
    for at, (part, agreement) in enumerate(known):
        pieces += [Piece(".", SAME)] if at else []
        pieces.append(Piece(part, agreement))
    return pieces


def _whole(given: str, listed: str, code: str) -> tuple[list[Piece], list[Piece]]:
    how = SAME if code.endswith("_same") else DIFFERS
    return [Piece(given, how)], [Piece(listed, how)]


def _countries(codes: str) -> str:
    return ", ".join(country(code.strip()) for code in codes.split(",") if code.strip())


def _by_number(found: MatchFound, who: Identity, listed: Written) -> Iterator[dict[str, Any]]:
    """What was met by its number: the document or the plate, sign by sign."""
    if found.via == "document":
        numbers = [number for _issuer, number in listed.documents]
        near = min(numbers, key=lambda it: _apart(who.number, it), default="")
        yield _numbers(who.number, near, sure=found.strength == "stop")
    elif found.via == "plate":
        yield _numbers("", listed.plate, sure=True)


def _numbers(given: str, listed: str, *, sure: bool) -> dict[str, Any]:
    a, b = _signs(given, listed)
    worth = "strong_for" if sure else "for"
    text = SURE_NUMBER if sure else WEAK_NUMBER
    return {
        "text": text,
        "worth": WORTH[worth],
        "sign": SIGNS[worth],
        "against": False,
        "given": a,
        "listed": b,
    }


def _signs(given: str, listed: str) -> tuple[list[Piece], list[Piece]]:
    if not given or len(given) != len(listed):
        return [Piece(given, SAME)] if given else [], [Piece(listed, SAME)] if listed else []
    pairs = [(x, y, SAME if x == y else SOUND) for x, y in zip(given, listed, strict=True)]
    return [Piece(x, how) for x, _y, how in pairs], [Piece(y, how) for _x, y, how in pairs]


def _apart(a: str, b: str) -> int:
    return abs(len(a) - len(b)) * 50 + sum(x != y for x, y in zip(a, b, strict=False))


def _worth(weight: float) -> str:
    if abs(weight) < ANY:
        return "nothing"
    side = "for" if weight > 0 else "against"
    return f"strong_{side}" if abs(weight) >= STRONG else side
