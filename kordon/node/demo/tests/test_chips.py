"""The specimens with a chip are what the demonstration says of them."""

from datetime import date

import pytest

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import Trust, read_certificate, verify_chip
from kordon.node.chip.folder import read_folder
from kordon.node.demo import cast
from kordon.node.demo.chips import FOLDER


@pytest.mark.parametrize("card, outcome", [(cast.CHIP, "VERIFIED"), (cast.CHIP_CHANGED, "FAILED")])
def test_the_chip_is_of_its_card_and_signed_by_utopia(card, outcome):
    trust = Trust([read_certificate((FOLDER / "csca.cer").read_bytes())])
    zone = read_mrz(card.mrz, on=date(2026, 11, 1))
    said = verify_chip(read_folder(FOLDER / card.key), trust, on=date(2026, 11, 1), mrz=zone)
    assert said.outcome == outcome
    assert said.dg1.number == card.person.paper.number
