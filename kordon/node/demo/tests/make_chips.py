"""Make the chips of the demonstration's specimens anew.

    python -m kordon.node.demo.tests.make_chips

They are signed by an authority of Utopia whose keys are drawn here and kept nowhere: nobody can
sign another document in its name. The portrait is drawn, of nobody.
"""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.node.demo import cast

FOLDER = Path(__file__).resolve().parents[1] / "chips"
ENDS = datetime(2045, 1, 1, tzinfo=UTC)


def portrait(hair: str, kind: str) -> bytes:
    """A head and shoulders in flat colours."""
    drawn = Image.new("RGB", (240, 320), "#dfe5ea")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((20, 230, 220, 460), fill="#4a6274")
    pen.rectangle((98, 190, 142, 260), fill="#d8b08c")
    pen.ellipse((58, 40, 182, 190), fill=hair)
    pen.ellipse((70, 70, 170, 215), fill="#e3bd9a")
    for left in (92, 132):
        pen.ellipse((left, 128, left + 16, 138), fill="#33383d")
    pen.arc((100, 160, 140, 190), 20, 160, fill="#8d5a4a", width=3)
    held = BytesIO()
    drawn.save(held, kind, quality=80) if kind == "JPEG" else drawn.save(held, kind)
    return held.getvalue()


def main() -> None:
    authority = a.Authority(a.P384, common="Utopia CSCA (demonstration)")
    certificate = authority.certificate(end=ENDS)
    (FOLDER / "csca.cer").write_bytes(certificate)
    for card, kind in ((cast.CHIP, "JPEG2000"), (cast.CHIP_CHANGED, "JPEG")):
        groups = {
            1: a.dg1(card.mrz.replace("\n", "").encode()),
            2: a.dg2(a.face(portrait("#3b2a20", kind))),
        }
        signer = authority.signer(a.P256, end=ENDS - timedelta(days=30))
        _write(FOLDER / card.key, signer.sod(groups), groups, changed=card is cast.CHIP_CHANGED)


def _write(folder: Path, sod: bytes, groups: dict[int, bytes], *, changed: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "EF_SOD.bin").write_bytes(sod)
    (folder / "EF_COM.bin").write_bytes(a.com(0x61, 0x75))
    if changed:
        groups = groups | {2: a.dg2(a.face(portrait("#b8862f", "JPEG")))}
    for number, content in groups.items():
        (folder / f"DG{number}.bin").write_bytes(content)


if __name__ == "__main__":
    main()
