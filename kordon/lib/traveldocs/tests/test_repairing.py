"""A misread zone is repaired where there is one answer, and never claimed to be more than that."""

import json
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import (
    Format,
    Outcome,
    Proof,
    Reading,
    Verdict,
    check_digit,
    find_unseen,
    read_mrz,
    repair_mrz,
    repair_to_json,
    write_mrz,
)
from kordon.lib.traveldocs.alphabet import ALPHABET
from kordon.lib.traveldocs.formats import LAYOUTS
from kordon.lib.traveldocs.lookalikes import LOOKALIKES, UNSEEN, allowed_characters, unseen_twins
from kordon.lib.traveldocs.tests import specimens
from kordon.lib.traveldocs.tests.specimens import ON, changed
from kordon.lib.traveldocs.tests.test_writing import ON as WRITTEN_ON
from kordon.lib.traveldocs.tests.test_writing import documents

ZONES = [*specimens.ALL.values(), specimens.LONG_TD1, specimens.LONG_TD2]


def told(changes):
    return [(each.line, each.position, each.read, each.put, each.proof) for each in changes]


# What digits cannot see -------------------------------------------------------------------------


def test_the_unseen_pairs_are_those_that_no_digit_tells_apart():
    for one, other in combinations(ALPHABET, 2):
        same = all(check_digit("1" * at + one) == check_digit("1" * at + other) for at in range(3))
        alike = other in LOOKALIKES[one]
        assert alike is (one in LOOKALIKES[other])
        assert (frozenset((one, other)) in UNSEEN) is (same and alike)
    assert {frozenset(pair) for pair in ("6G", "1L", "0U", "<K")} <= UNSEEN


def test_a_change_with_an_unseen_twin_has_a_second_candidate():
    """So nothing that a digit cannot prove is ever the only answer."""
    for read in ALPHABET:
        for put in LOOKALIKES[read]:
            for twin in unseen_twins(put):
                assert twin == read or twin in LOOKALIKES[read]


@pytest.mark.parametrize("lines", ZONES)
def test_unseen_places_are_all_those_where_a_lookalike_passes(lines):
    reading = read_mrz(lines, on=ON)
    layout, flat = LAYOUTS[reading.format], "".join(lines)
    found = {(each.line, each.position): each.others for each in find_unseen(reading)}
    assert found
    passing = {}
    proven = {"number", "birth", "expiry", "personal", "optional", "optional_2"}
    for at in range(layout.size):
        if flat[at] == "<" and not flat[at - 1 : at + 2].strip("<"):
            continue  # a letter alone among fillers
        for other in LOOKALIKES[flat[at]]:
            place = (at // layout.width, at % layout.width)
            other_reading = read_mrz(changed(lines, *place, other), on=ON)
            if other_reading.format is not reading.format:
                continue
            fields = {
                name
                for name, field in other_reading.fields.items()
                if field.raw != reading.fields[name].raw and field.verdict is Verdict.OK
            }
            if other_reading.valid and fields & proven:
                passing[place[0] + 1, place[1] + 1] = passing.get((place[0] + 1, place[1] + 1), "")
                passing[place[0] + 1, place[1] + 1] += other
    assert found == passing


# One answer -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "row", "at", "read", "proof"),
    [
        (specimens.TD3, 1, 13, "T", Proof.CHECK_DIGIT),  # a letter in a date
        (specimens.TD3, 1, 21, "I", Proof.CHECK_DIGIT),
        (specimens.TD3, 1, 42, "I", Proof.CHECK_DIGIT),  # a letter for a check digit
        (specimens.TD3, 1, 43, "O", Proof.CHECK_DIGIT),
        (specimens.TD1, 1, 29, "G", Proof.CHECK_DIGIT),
        (specimens.TD3, 0, 4, "0", Proof.CODE_LIST),  # UT0
        (specimens.TD2, 1, 12, "0", Proof.CODE_LIST),
        (specimens.TD1, 0, 0, "1", Proof.POSITION),
        (specimens.TD3, 0, 10, "5", Proof.POSITION),  # ERIK5SON
        (specimens.LONG_TD1, 1, 0, "J", None),
    ],
)
def test_one_misread_character_is_repaired(lines, row, at, read, proof):
    misread = changed(lines, row, at, read)
    reading = read_mrz(misread, on=ON)
    repair = repair_mrz(reading)
    if proof is None:
        assert repair.outcome is Outcome.NOT_REPAIRABLE
        return
    assert repair.outcome is Outcome.REPAIRED
    assert told(repair.changes) == [(row + 1, at + 1, read, lines[row][at], proof)]
    assert repair.reading.lines == lines
    assert repair.reading.valid
    assert [each.code for each in repair.reading.warnings].count("REPAIRED") == 1
    assert reading.lines == misread
    assert not reading.valid
    assert repair.candidates == ()


def test_several_fields_are_repaired_together():
    lines = changed(changed(specimens.TD3, 1, 13, "T4O8I2"), 0, 2, "UT0")
    repair = repair_mrz(read_mrz(lines, on=ON))
    assert repair.reading.lines == specimens.TD3
    assert [each.field for each in repair.changes] == ["issuer", "birth", "birth", "birth"]


@pytest.mark.parametrize(
    ("lines", "row", "at", "read"),
    [
        (specimens.TD3, 1, 4, "O"),  # 9 is no lookalike of O: chance satisfies the digit
        (specimens.TD3, 1, 5, "O"),  # 0 or U
        (specimens.TD3, 1, 0, "I"),  # L or 1
        (specimens.TD3, 0, 12, "0"),  # O, D, Q or U in a name
        (specimens.LONG_TD2, 1, 2, "B"),
    ],
)
def test_two_answers_are_none(lines, row, at, read):
    repair = repair_mrz(read_mrz(changed(lines, row, at, read), on=ON))
    assert repair.outcome is Outcome.AMBIGUOUS
    assert repair.reading is None
    assert repair.changes == ()
    assert len(repair.candidates) != 1
    assert {each.proof for one in repair.candidates for each in one} <= {Proof.NONE}


def test_fewer_exchanges_do_not_make_an_answer_of_a_wrong_one():
    """Read `D` for `0` and `Z` for `2`: putting E for C would satisfy the digits by chance."""
    repair = repair_mrz(read_mrz(changed(specimens.TD3, 1, 5, "DZ"), on=ON))
    assert repair.outcome is Outcome.AMBIGUOUS
    assert len(repair.candidates) > 1


def test_too_many_candidates_are_not_told():
    lines = changed(specimens.TD3, 0, 5, "ER0K0S0N<<0NNA")
    repair = repair_mrz(read_mrz(lines, on=ON))
    assert (repair.outcome, repair.candidates) == (Outcome.AMBIGUOUS, ())


def test_a_name_that_is_mostly_misplaced_is_not_repaired():
    six, seven = (changed(specimens.TD3, 0, 5, "5" * many) for many in (6, 7))
    assert repair_mrz(read_mrz(six, on=ON)).reading.surname == "SSSSSSON"
    assert repair_mrz(read_mrz(seven, on=ON)).outcome is Outcome.NOT_REPAIRABLE


def test_half_a_character_is_no_trouble():
    lines = ("\ud800" * 44, "\ud800" * 44)
    reading = Reading(Format.TD3, lines, ON, False, (), LAYOUTS[Format.TD3])
    assert repair_mrz(reading).outcome is Outcome.NOT_REPAIRABLE
    lines = (specimens.TD3[0], specimens.TD3[1].replace("L8", "L\ud800").replace("Z", "2"))
    reading = Reading(Format.TD3, lines, ON, False, (), LAYOUTS[Format.TD3])
    looked_at(reading)


def test_a_sound_zone_and_an_unknown_one_are_left_alone():
    assert repair_mrz(read_mrz(specimens.TD3, on=ON)).outcome is Outcome.SOUND
    unknown = read_mrz("nothing", on=ON)
    assert repair_mrz(unknown).outcome is Outcome.NOT_REPAIRABLE
    assert find_unseen(unknown) == ()


def test_a_repair_is_plain_for_machines():
    repair = repair_mrz(read_mrz(changed(specimens.TD3, 1, 13, "T"), on=ON))
    assert json.loads(json.dumps(repair_to_json(repair))) == {
        "outcome": "REPAIRED",
        "lines": list(specimens.TD3),
        "changes": [
            {
                "field": "birth",
                "line": 2,
                "position": 14,
                "read": "T",
                "put": "7",
                "proof": "CHECK_DIGIT",
            }
        ],
        "candidates": [],
    }


# Whatever was written ---------------------------------------------------------------------------

COVERED = ("number", "birth", "expiry", "optional")


@settings(max_examples=400, deadline=None)
@given(documents(), st.data())
def test_what_digits_change_is_right_where_two_characters_were_misread(made, data):
    format, document = made
    lines = write_mrz(format, document)
    layout, flat = LAYOUTS[format], "".join(lines)
    span = getattr(layout, data.draw(st.sampled_from(COVERED)))
    places = [at for at in range(span.start, span.stop) if flat[at] != "<" and LOOKALIKES[flat[at]]]
    if not places:
        return
    misread = list(flat)
    for at in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        misread[at] = data.draw(st.sampled_from(LOOKALIKES[flat[at]]))
    repair = repair_mrz(read_mrz(layout.lines("".join(misread)), on=WRITTEN_ON))
    for change in repair.changes:
        at = (change.line - 1) * layout.width + change.position - 1
        assert change.put == flat[at]
        assert change.read == misread[at]
    if repair.reading is not None:
        left = zip(flat, "".join(repair.reading.lines), strict=True)
        assert all(frozenset(pair) in UNSEEN for pair in left if pair[0] != pair[1])


def looked_at(reading):
    repair = repair_mrz(reading)
    json.dumps(repair_to_json(repair))
    find_unseen(reading)
    assert (repair.reading is not None) is (repair.outcome is Outcome.REPAIRED)
    if repair.reading is None:
        return
    assert repair.reading.valid
    before, after = "".join(reading.lines), "".join(repair.reading.lines)
    allowed = allowed_characters(reading.format)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == len(repair.changes) > 0
    for at, (read, put) in enumerate(zip(before, after, strict=True)):
        assert read == put or (put in LOOKALIKES[read] and put in allowed[at])


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.lists(st.tuples(st.integers(0, 89), st.characters() | st.sampled_from(ALPHABET))),
)
def test_no_mutated_zone_makes_it_raise(lines, changes):
    characters = list("".join(lines))
    for at, put in changes:
        characters[at % len(characters)] = put
    looked_at(read_mrz("".join(characters), on=ON))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([72, 88, 90]), st.data(), st.dates())
def test_no_text_makes_it_raise(size, data, on):
    looked_at(
        read_mrz(data.draw(st.text(ALPHABET + "<<<0O1I", min_size=size, max_size=size)), on=on)
    )
    odd = data.draw(st.text(min_size=size, max_size=size))
    layout = next(each for each in LAYOUTS.values() if each.size == size)
    looked_at(Reading(layout.format, layout.lines(odd), on, False, (), layout))


@pytest.mark.parametrize("size", [72, 88, 90])
@pytest.mark.parametrize("text", ["0", "O", "I", "<K", "0O1I", "5S8B", "E", "V0"])
def test_hostile_zones_cost_little(size, text):
    reading = read_mrz((text * size)[:size], on=ON)
    before = time.process_time()
    repair_mrz(reading)
    assert time.process_time() - before < 1  # a bound against hangs, not a measurement


def test_a_reader_that_knows_its_doubts_narrows_the_search():
    lines = list(specimens.TD3)
    flat = "".join(lines)
    at = 44 + 1
    assert flat[at] == "8"
    misread = flat[:at] + "B" + flat[at + 1 :]
    reading = read_mrz([misread[:44], misread[44:]], on=ON)
    assert repair_mrz(reading).outcome is Outcome.AMBIGUOUS
    options = ["8D" if place == at else "" for place in range(88)]
    repair = repair_mrz(reading, options)
    assert (repair.outcome, "".join(repair.reading.lines)) == (Outcome.REPAIRED, flat)
    assert repair_mrz(reading, [""] * 88).outcome is Outcome.NOT_REPAIRABLE
    # options of another length are none
    assert repair_mrz(reading, ["8"]).outcome is Outcome.AMBIGUOUS
