"""Real publications are read whole, where they are at hand.

KORDON_VECTORS names the folder that holds ``watchlists/``; by default ../shared/data beside
the repository.
"""

import os
from pathlib import Path

import pytest

from kordon.watchlist.sources import Parsed, from_lines, pack, read, to_lines

ROOT = Path(__file__).parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", ROOT.parent / "shared" / "data"))
LISTS = VECTORS / "watchlists"
pytestmark = pytest.mark.skipif(
    not LISTS.is_dir(),
    reason=f"NO LISTS TO READ: set KORDON_VECTORS (looked in {VECTORS})",
)


def whole(parsed: Parsed) -> Parsed:
    counted = len(parsed.records) + parsed.bad_rows
    assert parsed.rows == counted + sum(parsed.skipped.values()) + sum(parsed.joined.values())
    again = {record.source_ref: record for record in from_lines(to_lines(parsed.records))}
    assert again == {record.source_ref: record for record in parsed.records}
    return parsed


def test_the_consolidated_list_of_the_un():
    parsed = whole(read("un", (LISTS / "UN_consolidated_2025.xml").read_bytes()))
    assert (len(parsed.records), parsed.bad_rows) == (684, 0)
    assert parsed.skipped == {"organisation": 193}
    assert sum(bool(r.births or r.birth_ranges) for r in parsed.records) >= 650
    assert sum(bool(r.nationalities) for r in parsed.records) >= 610
    notes = [note for record in parsed.records for note in record.notes]
    assert len(notes) <= 5, notes


def test_the_sdn_list_of_ofac():
    """Its three files are of different days: aliases of later entries are bad rows."""
    files = {path.name: path.read_bytes() for path in (LISTS / "ofac").glob("*.csv")}
    parsed = whole(read("ofac", pack(files)))
    assert len(parsed.records) == 3845
    assert {row.code for row in parsed.bad} == {"orphan"}
    assert sum(bool(r.births or r.birth_ranges) for r in parsed.records) >= 3600
    assert [note for record in parsed.records for note in record.notes] == []


def test_the_sdn_file_alone():
    parsed = whole(read("ofac", (LISTS / "ofac" / "sdn.csv").read_bytes()))
    assert (len(parsed.records), parsed.bad_rows) == (3845, 0)
