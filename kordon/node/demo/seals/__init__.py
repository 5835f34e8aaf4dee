"""Specimens of sealed visas, and the signer whom the demonstration believes.

The files beside this were made once by ``demo/tests/make_seals.py``; nobody has their keys.
"""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from kordon.border.rules.seal import SealPresented
from kordon.node.demo import cast
from kordon.node.demo.founding import seeder
from kordon.trust.commands import (
    approve_change_at_console,
    offer_certificates,
    offer_seal_signers,
)

FOLDER = Path(__file__).resolve().parent
CARDS = {card.key: card for card in (cast.SEAL, cast.SEAL_MOVED)}
GROUND = "Made up for the demonstration; Utopia is the state of specimens."


def believe_signer() -> None:
    """Put the signer of Utopia's visas and its authority into the trust store."""
    by = seeder()
    change = uuid5(NAMESPACE_URL, "kordon:demo:trust:seals:authority")
    file = ("seals-csca.cer", (FOLDER / "csca.cer").read_bytes())
    offer_certificates(by=by, change=change, source="bilateral", file=file, ground=GROUND)
    approve_change_at_console(by=by, change=change)
    change = uuid5(NAMESPACE_URL, "kordon:demo:trust:seals:signer")
    file = ("signer.cer", (FOLDER / "signer.cer").read_bytes())
    offer_seal_signers(by=by, change=change, file=file, ground=GROUND)
    approve_change_at_console(by=by, change=change)


def seal_of(key: str) -> SealPresented | None:
    """The seal of a specimen's visa with the visa's zone, if it has one."""
    if key not in CARDS:
        return None
    folder = FOLDER / key
    return SealPresented(
        octets=(folder / "seal.bin").read_bytes(), zone=(folder / "seal.txt").read_text()
    )
