"""The files that the examples of the guides to chips, seals and pages are run with.

    python -m kordon.lib.traveldocs.tests.examples FOLDER

All are of Utopia; the keys are a test's and worth nothing.
"""

import argparse
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kordon.lib.traveldocs import Format
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import CSCA, GROUPS
from kordon.lib.traveldocs.page.training.pages import print_page
from kordon.lib.traveldocs.seal.images import write_image
from kordon.lib.traveldocs.seal.tests import specimens as s

ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
THUMB_MM = (14.2, 88 - 11, 22, 88 - 5)


def write_chip(folder: Path) -> None:
    publisher = CSCA.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
    _write(
        folder,
        {
            "EF_SOD.bin": CSCA.signer().sod(GROUPS),
            "EF_COM.bin": a.com(0x61, 0x75),
            "DG1.bin": GROUPS[1],
            "DG2.bin": GROUPS[2],
            "master.ml": a.master_list(publisher, [CSCA.certificate()]),
            "authority.crl": CSCA.revocation_list(5),
        },
    )


def write_seal(folder: Path) -> None:
    key = a.P256.pair(100).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(
        folder,
        {
            "visa.png": write_image(s.seal()),
            "authority.crt": s.CSCA.certificate(),
            "authority.crl": s.GOOD_LIST,
            "signer.crt": s.certificate().raw,
            "key.pem": key,
        },
    )


def write_page(folder: Path) -> None:
    image = print_page(Format.TD3, ZONE, np.random.default_rng(9303))
    image.save(folder / "passport.jpg", quality=85)
    image.paste(170, [round(each * image.width / 125) for each in THUMB_MM])
    image.save(folder / "covered.jpg", quality=85)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, octets in files.items():
        (folder / name).write_bytes(octets)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the files that the guides' examples read.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    folder = parser.parse_args().folder
    for guide, write in (("chip", write_chip), ("seal", write_seal), ("page", write_page)):
        (folder / guide).mkdir(parents=True, exist_ok=True)
        write(folder / guide)
        print(folder / guide)


if __name__ == "__main__":
    main()
