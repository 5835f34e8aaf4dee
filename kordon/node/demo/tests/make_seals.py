"""Make the sealed visas of the demonstration's specimens anew.

    python -m kordon.node.demo.tests.make_seals

They are signed by a signer of Utopia whose keys are drawn here and kept nowhere.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from kordon.lib.traveldocs.chip import read_certificate
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import VISA, Duration, FileKey, Order, Signer, write_vds
from kordon.lib.traveldocs.seal.images import write_image
from kordon.node.demo import cast

FOLDER = Path(__file__).resolve().parents[1] / "seals"
ENDS = datetime(2045, 1, 1, tzinfo=UTC)
USE = "2.23.136.1.1.14.1"
SIGNED = date(2026, 1, 15)


def main() -> None:
    authority = a.Authority(a.P384, common="Utopia visa CSCA (demonstration)")
    (FOLDER / "csca.cer").write_bytes(authority.certificate(end=ENDS))
    made = authority.signer(
        a.P256, subject=a.name("VS"), serial=0x1A, end=ENDS, more=(a.extended_usage(USE),)
    )
    (FOLDER / "signer.cer").write_bytes(made.certificate())
    signer = Signer(FileKey(a.P256.pair(100)), read_certificate(made.certificate()))
    good = cast.visa_in(cast.SEAL, "V00900031")
    _write(cast.SEAL, good, "N00900031", signer)
    _write(cast.SEAL_MOVED, cast.visa_in(cast.FINE, "V00900032"), "N00900001", signer)


def _write(card: cast.Card, visa: cast.Card, passport: str, signer: Signer) -> None:
    """``card`` is the passport in which the visa lies, ``passport`` the one it was issued for."""
    folder = FOLDER / card.key
    folder.mkdir(parents=True, exist_ok=True)
    values = {
        "mrz_b": visa.mrz,
        "entries": 2,
        "stay": Duration(days=90),
        "passport_number": passport,
    }
    order = Order(VISA, issuer="UTO", values=values, issued=SIGNED, signed=SIGNED)
    octets = write_vds(order, signer)
    (folder / "seal.bin").write_bytes(octets)
    (folder / "seal.png").write_bytes(write_image(octets))
    (folder / "seal.txt").write_text(visa.mrz)
    (folder / "mrz.txt").write_text(card.mrz)


if __name__ == "__main__":
    main()
