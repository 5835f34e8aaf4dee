"""From what the model says of each character to what may be said of the page.

The model proposes; check digits, and what may stand where, decide. Where a digit is wrong, the
repair of the library is asked what the zone can have been. Its answer counts only if every
exchanged character was doubtful to the model, which held the other one possible, and if no second
answer is left. What no digit covers must be seen clearly, and so must each of two lookalikes
that every digit would take.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from kordon.lib.traveldocs.alphabet import ALPHABET, value_of
from kordon.lib.traveldocs.examine import Examination
from kordon.lib.traveldocs.formats import Layout, layout_of
from kordon.lib.traveldocs.lookalikes import LOOKALIKES, allowed_characters
from kordon.lib.traveldocs.mrz import Reading
from kordon.lib.traveldocs.page.cells import Floats
from kordon.lib.traveldocs.page.outcome import Character, Outcome, Support
from kordon.lib.traveldocs.page.places import field_places
from kordon.lib.traveldocs.repairing import Change, Proof, find_unseen, repair_mrz
from kordon.lib.traveldocs.verdicts import Verdict

SURE_BY_EYE = 0.8
"""The least chance of a character that nothing but the model supports."""
SURE_WITH_DIGIT = 0.4
"""The least chance of a character that a check digit supports."""
TWINS = 0.03
"""What the characters together may have, beside one, that its check digit would take as well."""
POSSIBLE = 0.005
"""The least chance of a character that a repair may put, and of one that is told."""
DOUBTED = 0.95
"""A repair may exchange a character of no more than this chance."""


class Decision(NamedTuple):
    """Outcome, the zone if it is believed, the zone as seen, all characters, what was changed."""

    outcome: Outcome
    reading: Reading | None
    seen: Reading
    characters: tuple[Character, ...]
    changes: tuple[Change, ...]


class _Look(NamedTuple):
    """What the model says, what may stand where, and how sure each character of the zone is."""

    said: Floats
    allowed: np.ndarray
    chances: np.ndarray


def decide(said: Floats, width: int, *, on: date) -> Decision | None:
    """What may be said of a zone of lines of `width`, None where its size is of no format.

    `said`: chances (n, 37) of every character at every place, in the order of ALPHABET.
    """
    layout = _layout(said, width)
    if layout is None:
        return None
    masked = _allowed(layout, said)
    flat = "".join(ALPHABET[at] for at in (said * masked + masked * 1e-9).argmax(axis=1))
    seen = _reading(layout, flat, on)
    chances = _chances(said, masked, flat)
    look = _Look(said, masked, chances)
    if seen.valid:
        characters = _characters(layout, seen, look, ())
        sure = all(each.support is not Support.NONE for each in characters)
        outcome = Outcome.READ if sure else Outcome.NOT_READ
        return Decision(outcome, seen if sure else None, seen, characters, ())
    repaired, changes = _repaired(seen, said, chances)
    if repaired is not None:
        characters = _characters(layout, repaired, look, changes)
        if all(each.support is not Support.NONE for each in characters):
            return Decision(Outcome.REPAIRED, repaired, seen, characters, changes)
    characters = _characters(layout, seen, look, ())
    return Decision(Outcome.NOT_READ, None, seen, characters, ())


def _layout(said: Floats, width: int) -> Layout | None:
    """By size and the first letters, as far as these can be seen."""
    letters = np.array([each.isalpha() for each in ALPHABET])
    first = ALPHABET[int(np.where(letters, said[0], -1).argmax())]
    rest = "".join(ALPHABET[at] for at in said[1:].argmax(axis=1))
    layout = layout_of(first + rest)
    return layout if layout is not None and layout.width == width else None


def _allowed(layout: Layout, said: Floats) -> np.ndarray:
    """Which characters may stand where; all of them in the name of a Russian internal passport,
    whose digits stand for letters."""
    allowed = np.array(
        [[each in place for each in ALPHABET] for place in allowed_characters(layout.format)]
    )
    if "".join(ALPHABET[at] for at in said[:5].argmax(axis=1)) == "PNRUS":
        allowed[layout.name] = True
    return allowed


def _reading(layout: Layout, flat: str, on: date) -> Reading:
    """Examined as it stands: what a camera saw was typed on no keyboard."""
    exam = Examination(layout, flat, on)
    return Reading(layout.format, layout.lines(flat), on, exam.valid, (), layout, exam)


def _chances(said: Floats, masked: np.ndarray, flat: str) -> np.ndarray:
    """How sure each character is: its lookalikes that may not stand there speak for it."""
    chances = np.empty(len(flat))
    for at, each in enumerate(flat):
        same = [ALPHABET.index(other) for other in LOOKALIKES[each]]
        spoken = sum(said[at, other] for other in same if not masked[at, other])
        chances[at] = said[at, ALPHABET.index(each)] + spoken
    return chances


def _repaired(
    seen: Reading, said: Floats, chances: np.ndarray
) -> tuple[Reading | None, tuple[Change, ...]]:
    """The one valid zone that the model holds possible, and what differs from what it saw.

    A single exchange that makes a digit hold is right but for characters of equal value: weights
    are prime to ten. Those are looked at like all others afterwards.
    """
    options = [
        _others(place, each) if chance <= DOUBTED else ""
        for place, each, chance in zip(said, "".join(seen.lines), chances, strict=True)
    ]
    repair = repair_mrz(seen, options)
    if repair.reading is None or any(
        each.proof is not Proof.CHECK_DIGIT for each in repair.changes
    ):
        return None, ()
    return repair.reading, repair.changes


def _characters(
    layout: Layout,
    reading: Reading,
    look: _Look,
    changes: tuple[Change, ...],
) -> tuple[Character, ...]:
    said, masked, chances = look
    flat, fields = "".join(reading.lines), reading.fields
    unseen = {(each.line, each.position) for each in find_unseen(reading)}
    exchanged = {(each.line, each.position) for each in changes}
    found = []
    for at, (field, covered) in enumerate(field_places(layout, flat)):
        line, position = at // layout.width + 1, at % layout.width + 1
        verdict = fields[field].verdict if field in fields else Verdict.UNCHECKED
        support = Support.NONE
        if covered and verdict is Verdict.OK:
            alone = _alone(said[at], masked[at], flat[at])
            clear = chances[at] >= SURE_WITH_DIGIT or (line, position) in exchanged
            if alone and clear:
                seen_by_digit = (line, position) not in unseen
                support = Support.CHECK_DIGIT if seen_by_digit else Support.MODEL
        elif chances[at] >= (DOUBTED if verdict.refuses else SURE_BY_EYE):
            support = Support.MODEL
        others = _others(said[at], flat[at])
        found.append(
            Character(
                line,
                position,
                field,
                flat[at],
                round(float(min(chances[at], 1)), 4),
                others,
                support,
            )
        )
    return tuple(found)


def _alone(said: Floats, allowed: np.ndarray, character: str) -> bool:
    """Whether the model rules out what no check digit could tell from this character."""
    twins = (value_of(character) % 10 == _VALUES) & allowed
    own = said[ALPHABET.index(character)]
    return bool(said[twins].sum() - own <= TWINS * max(float(own), POSSIBLE))


_VALUES = np.array([value_of(each) % 10 for each in ALPHABET])


def _others(said: Floats, character: str) -> str:
    order = said.argsort()[::-1][:6]
    return "".join(
        ALPHABET[at] for at in order if said[at] >= POSSIBLE and ALPHABET[at] != character
    )
