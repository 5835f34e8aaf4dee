"""What may be said of a zone, from chances given by hand."""

import numpy as np
import pytest

from kordon.lib.traveldocs.alphabet import ALPHABET
from kordon.lib.traveldocs.page.deciding import decide
from kordon.lib.traveldocs.page.outcome import Outcome, Support
from kordon.lib.traveldocs.page.training.persons import ON

LINES = (
    "PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)


def flat(lines=LINES):
    return "".join(lines)


def chances(text, changes=()):
    """Sure of every character, but for (place, {character: chance})."""
    said = np.full((len(text), len(ALPHABET)), 1e-5, np.float32)
    for place, each in enumerate(text):
        said[place, ALPHABET.index(each)] = 0.99
    for place, given in changes:
        said[place] = 1e-5
        for character, chance in given.items():
            said[place, ALPHABET.index(character)] = chance
    return said


def decided(*changes, text=None):
    return decide(chances(text or flat(), changes), 44, on=ON)


def only_doubt(decision):
    (doubt,) = (each for each in decision.characters if each.support is Support.NONE)
    return doubt


def test_a_clear_valid_zone_is_read():
    decision = decided()
    assert (decision.outcome, decision.reading.lines) == (Outcome.READ, LINES)


@pytest.mark.parametrize("place", [0, 3, 6, 30, 44 + 11, 44 + 20])
def test_what_no_digit_covers_must_be_clear(place):
    each = flat()[place]
    decision = decided((place, {each: 0.75, "X" if each != "X" else "Y": 0.2}))
    assert (decision.outcome, decision.reading) == (Outcome.NOT_READ, None)
    doubt = only_doubt(decision)
    assert (doubt.line, doubt.position) == (place // 44 + 1, place % 44 + 1)


def test_a_digit_settles_what_it_can_see():
    """8 or B in the number: the digit holds with 8 alone."""
    decision = decided((45, {"8": 0.6, "B": 0.4}))
    assert decision.outcome is Outcome.READ
    assert decision.characters[45].support is Support.CHECK_DIGIT


def test_a_digit_does_not_settle_what_it_cannot_see():
    """L or 1 in the number: the digit holds with both."""
    decision = decided((44, {"L": 0.85, "1": 0.15}))
    assert decision.outcome is Outcome.NOT_READ
    assert only_doubt(decision).others == "1"
    # nor with two that do not even look alike
    assert decided((44, {"L": 0.85, "V": 0.15})).outcome is Outcome.NOT_READ
    clear = decided()
    assert clear.characters[44].support is Support.MODEL


def test_a_doubtful_character_is_repaired_where_one_answer_is_left():
    decision = decided((45, {"B": 0.6, "8": 0.4}))
    assert (decision.outcome, decision.reading.lines) == (Outcome.REPAIRED, LINES)
    (change,) = decision.changes
    assert (change.line, change.position, change.read, change.put) == (2, 2, "B", "8")
    assert decision.seen.lines[1][1] == "B"


def test_what_the_model_is_sure_of_is_never_exchanged():
    decision = decided((45, {"B": 0.99, "8": 0.008}))
    assert (decision.outcome, decision.reading, decision.changes) == (Outcome.NOT_READ, None, ())


def test_what_the_model_rules_out_is_never_put():
    decision = decided((45, {"B": 0.7, "D": 0.3}))
    assert (decision.outcome, decision.reading) == (Outcome.NOT_READ, None)


def test_two_answers_are_none():
    """B at one place or 5 at the other: each would make the digit of the number hold."""
    text = list(flat())
    text[44:53] = "S898902CB"
    decision = decided((44, {"S": 0.5, "5": 0.4}), (52, {"B": 0.5, "8": 0.4}), text="".join(text))
    assert decision.reading is None


def test_a_lookalike_that_may_not_stand_there_speaks_for_the_other():
    decision = decided((4, {"0": 0.7, "O": 0.29}))
    assert (decision.outcome, decision.reading.issuer) == (Outcome.READ, "UTO")
    assert decided((4, {"8": 0.7, "O": 0.29})).outcome is Outcome.NOT_READ


def test_keyboards_play_no_part():
    """Exchanging Y and Z would make a typed zone valid; what was seen is not typed."""
    text = flat().replace("ZE184226B", "YE184226B")
    decision = decided(text=text)
    assert decision.outcome is Outcome.NOT_READ
    assert decision.seen.lines[1][28] == "Y"


def test_a_size_of_no_format_is_nothing():
    assert decide(chances("A" * 60), 30, on=ON) is None
    assert decide(chances("A" * 88), 30, on=ON) is None
