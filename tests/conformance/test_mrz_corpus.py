"""Every machine readable zone of the corpus gets the verdict it deserves.

The corpus (203 zones from public test suites, with machine-made verdicts) is no part of this
repository. KORDON_VECTORS names the folder that holds it; by default `../shared/data` beside it.
"""

import json
import os
from pathlib import Path

import pytest

from kordon.lib.traveldocs import Format, Verdict, check_digit, read_mrz
from kordon.measure.documents.reviewed import (
    NOT_9303,
    NOT_A_DATE,
    NOT_LETTERS,
    NOT_TD2,
    NOT_WRITTEN,
    ON,
    ZONES,
)
from kordon.measure.documents.vectors import judge_writing, name_of, zone_problem

HOME = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", HOME / ".." / "shared" / "data"))
CORPUS = VECTORS / "travel-documents" / "mrz" / "mrz_corpus.jsonl"
EXPECTED_ROWS = 203

ROWS = [json.loads(line) for line in CORPUS.read_text().splitlines()] if CORPUS.exists() else []
ABSENT = f"skipped: {EXPECTED_ROWS} rows, no corpus at {CORPUS}; KORDON_VECTORS names its folder"


def test_the_corpus_is_whole():
    if not ROWS:
        pytest.skip(ABSENT)
    assert len(ROWS) >= EXPECTED_ROWS
    assert {name_of(row) for row in ROWS} >= set(ZONES)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['type']}-{name_of(row)}" for row in ROWS])
def test_a_zone_gets_its_verdict(row):
    assert zone_problem(row) == ""


def test_every_valid_zone_is_written_again_byte_for_byte():
    if not ROWS:
        pytest.skip(ABSENT)
    tally = judge_writing(ROWS)
    assert tally.wrong == []
    assert tally.judged >= 120
    assert {name_of(row) for row in ROWS} >= set(NOT_WRITTEN)


@pytest.mark.parametrize("reason", [NOT_LETTERS, NOT_A_DATE, NOT_TD2, NOT_9303])
def test_every_difference_is_proven(reason):
    rows = [row for row in ROWS if name_of(row) in ZONES and ZONES[name_of(row)].why == reason]
    if not rows:
        pytest.skip(ABSENT)
    for row in rows:
        PROOFS[reason](row["lines"], read_mrz(row["lines"], on=ON))


def _letters_are_missing(lines, reading):
    assert not lines[0][2:5].replace("<", "").isalpha()
    assert reading.fields["issuer"].verdict is Verdict.BAD_CHARACTER


def _a_letter_hides_in_a_date(lines, reading):
    (name,) = reading.refusals
    field = reading.fields[name]
    assert field.verdict is Verdict.BAD_CHARACTER
    assert not field.raw.isdigit()
    assert field.check == field.expected == str(check_digit(field.raw))


def _the_card_proves_itself(lines, reading):
    """As TD2 its nationality would be no letters; by its own layout every digit holds."""
    first, second = lines
    assert not second[10:13].isalpha()
    assert int(second[12]) == check_digit(second[:12])
    assert int(second[33]) == check_digit(second[27:33])
    assert int(second[35]) == check_digit(first + second[:35])
    assert reading.format is Format.FRA


def _nothing_is_printed_to_check(lines, reading):
    first, second = lines
    assert first.startswith("PNRUS")
    assert second[21:28] == "<<<<<<<"
    assert int(second[43]) == check_digit(second[:10] + second[13:20] + second[21:43])
    assert reading.expiry is None
    assert "NATIONAL_LAYOUT" in {each.code for each in reading.warnings}


PROOFS = {
    NOT_LETTERS: _letters_are_missing,
    NOT_A_DATE: _a_letter_hides_in_a_date,
    NOT_TD2: _the_card_proves_itself,
    NOT_9303: _nothing_is_printed_to_check,
}
