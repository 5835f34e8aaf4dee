"""The specimens with a sealed visa are what the demonstration says of them."""

from datetime import date

import pytest

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import Trust, read_certificate
from kordon.lib.traveldocs.seal import SealTrust, verify_seal
from kordon.lib.traveldocs.seal.images import read_image
from kordon.node.demo import cast
from kordon.node.demo.seals import FOLDER, seal_of

ON = date(2026, 11, 1)


@pytest.mark.parametrize("card, status", [
    (cast.SEAL, "VALID"), (cast.SEAL_MOVED, "SEAL_PASSPORT_MISMATCH"),
])  # fmt: skip
def test_the_seal_is_of_its_card_and_signed_by_utopia(card, status):
    csca, signer = (
        read_certificate((FOLDER / name).read_bytes()) for name in ("csca.cer", "signer.cer")
    )
    trust = SealTrust(Trust([csca]), signers=[signer])
    it = seal_of(card.key)
    said = verify_seal(
        it.octets,
        trust,
        on=ON,
        document=read_mrz(it.zone, on=ON),
        passport=read_mrz(card.mrz, on=ON),
    )
    assert said.status == status
    assert read_image((FOLDER / card.key / "seal.png").read_bytes()).octets == it.octets


@pytest.mark.parametrize("card", [cast.SEAL, cast.SEAL_MOVED])
def test_beside_the_seal_lies_the_passport_for_the_simulated_reader(card):
    assert (FOLDER / card.key / "mrz.txt").read_text() == card.mrz
