"""Every fact ever released is still read, and its bytes are still the same bytes.

``golden/facts/<kind>.json`` holds one body of each. A fact that changes its meaning gets a
new kind; these files are added, never edited.
"""

import json
from pathlib import Path

import pytest
import rfc8785

from kordon.journal.fact import KINDS, from_body, to_body

GOLDEN = Path(__file__).parent / "golden" / "facts"
RELEASED = sorted(path.name.removesuffix(".json") for path in GOLDEN.glob("*.json"))


def test_every_kind_has_its_golden_fact():
    assert sorted(set(KINDS) - set(RELEASED)) == []


def test_no_kind_was_ever_taken_back():
    assert sorted(set(RELEASED) - set(KINDS)) == []


@pytest.mark.parametrize("kind", RELEASED)
def test_it_is_read_and_written_again_to_the_byte(kind):
    body = rfc8785.dumps(json.loads((GOLDEN / f"{kind}.json").read_text())["body"])
    it = from_body(kind, body)
    assert type(it) is KINDS[kind]
    assert to_body(it) == body
