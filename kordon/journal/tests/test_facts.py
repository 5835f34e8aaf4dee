"""A fact written is the fact read, and its bytes do not depend on who wrote them."""

import dataclasses
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kordon.journal.fact import KINDS, fact, from_body, kind_of, to_body
from kordon.journal.facts import PersonalDataRead


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"


@pytest.fixture(scope="module")
def sample():
    """A fact of every type of value that facts hold, known to this module only."""

    @dataclasses.dataclass(frozen=True)
    class Part:
        code: str
        weight: int

    @fact("test.sample_made.v1")
    class SampleMade:
        thing: UUID
        text: str
        on: date
        at: datetime
        found: int
        share: float
        verdict: Verdict
        parts: tuple[Part, ...]
        note: str | None = None

    SampleMade.Part = Part
    yield SampleMade
    del KINDS["test.sample_made.v1"]


# Canonical JSON (RFC 8785) holds integers to 2**53 and no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
REAL = st.floats(allow_nan=False, allow_infinity=False)


@given(
    thing=st.uuids(),
    text=TEXT,
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    found=WHOLE,
    share=REAL,
    verdict=st.sampled_from(Verdict),
    parts=st.lists(st.tuples(TEXT, WHOLE), max_size=3),
    note=st.none() | TEXT,
)
def test_a_fact_is_read_as_it_was_written(sample, parts, **values):
    it = sample(parts=tuple(sample.Part(*part) for part in parts), **values)
    body = to_body(it)
    assert from_body(it.kind, body) == it
    assert to_body(from_body(it.kind, body)) == body


def test_what_is_no_fact_is_not_written():
    @dataclasses.dataclass
    class NoFact:
        found: int

    with pytest.raises(TypeError, match="not declared with @fact"):
        to_body(NoFact(1))


def test_two_facts_of_one_name_are_refused():
    with pytest.raises(TypeError, match="two facts"):

        @fact("journal.personal_data_read.v1")
        class Impostor:
            found: int

    assert KINDS["journal.personal_data_read.v1"] is PersonalDataRead


def test_an_unknown_kind_is_said_to_be_unknown():
    with pytest.raises(KeyError):
        from_body("journal.not_yet_known.v9", b"{}")


def test_the_kind_is_the_released_name():
    assert kind_of(PersonalDataRead) == "journal.personal_data_read.v1"
