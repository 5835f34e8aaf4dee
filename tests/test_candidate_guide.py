"""The page that explains a candidate explains every finding there is, and stays one page."""

import re
from pathlib import Path

from kordon.lib.screening.reasons import CODES

GUIDES = Path(__file__).parent.parent / "docs" / "guides"
PAGE = (GUIDES / "candidate.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]


def test_every_finding_is_explained_and_none_that_is_not_there():
    explained = [code for row in ROWS for code in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(explained) == sorted(CODES)
    assert all(len(cell.strip()) for row in ROWS for cell in row.split("|")[1:-1])


def test_it_is_one_page_and_the_second_line_is_led_to_it():
    assert len(PAGE.splitlines()) <= 70
    assert "](candidate.md)" in (GUIDES / "second-line.md").read_text()
