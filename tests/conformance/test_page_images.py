"""Pages drawn by others than our own generator: 56 images in seven degradations.

They are no part of this repository. KORDON_VECTORS names the folder that holds them; by default
`../shared/data` beside it. On their cards (TD1) a box and words overlap the first line.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from kordon.lib.traveldocs.page import Outcome, read_page

HOME = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", HOME / ".." / "shared" / "data"))
IMAGES = VECTORS / "travel-documents" / "images" / "synthetic"
EXPECTED, LEAST_READ = 56, 48
ON = date(2026, 11, 22)


def test_most_are_read_and_none_wrongly():
    if not (IMAGES / "truth.json").exists():
        pytest.skip(
            f"skipped: {EXPECTED} images, none at {IMAGES}; KORDON_VECTORS names the folder"
        )
    truth = json.loads((IMAGES / "truth.json").read_text())
    assert len(truth) >= EXPECTED
    read = 0
    for each in truth:
        page = read_page((IMAGES / each["file"]).read_bytes(), on=ON)
        assert page.outcome is not Outcome.NO_ZONE, each["file"]
        if page.reading is not None:
            assert list(page.reading.lines) == each["mrz"], each["file"]
            read += 1
    assert read >= LEAST_READ
