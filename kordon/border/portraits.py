"""Portraits from chips and pages as browsers show them: JPEG, small, nothing hidden in it."""

from io import BytesIO

from PIL import Image, ImageOps

from kordon.lib.traveldocs.chip import ChipError, ChipFiles, read_dg2

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 4_000_000
SHOWN = (480, 640)
FORMATS = ("JPEG", "JPEG2000", "PNG")


def portrait_of(files: ChipFiles) -> bytes | None:
    """The first portrait in DG2 as JPEG; None where there is none that can be drawn."""
    try:
        found = read_dg2(files.groups.get(2, b""))
    except ChipError:
        return None
    return redraw(found[0].image)


def redraw(image: bytes) -> bytes | None:
    """An image of others decoded within bounds and drawn anew; None where that cannot be."""
    if not image or len(image) > LARGEST:
        return None
    try:
        with Image.open(BytesIO(image), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            turned = ImageOps.exif_transpose(opened).convert("RGB")
        turned.thumbnail(SHOWN)
        drawn = BytesIO()
        turned.save(drawn, "JPEG", quality=88)
    except Exception:  # noqa: BLE001  (decoders raise whatever they like on what others made)
        return None
    return drawn.getvalue()
