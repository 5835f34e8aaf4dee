"""Bar codes of seals in images: DataMatrix, Aztec and QR codes, found and drawn.

Needs `zxing-cpp` and `Pillow`. A page may hold other bar codes; what is no seal is told too.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import zxingcpp
from PIL import Image, ImageFilter, UnidentifiedImageError

from kordon.lib.traveldocs.seal.errors import SealError, Status
from kordon.lib.traveldocs.seal.vds import MAGIC

MAX_FILE = 32 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""A page at 600 dots per inch has 35 million; a telephone takes 50."""
MAX_SIDE = 20_000
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
QUIET = 4
"""Modules of white around a drawn code."""
MAX_SCALE = 64


class Symbol(StrEnum):
    """Symbologies that Doc 9303-13 allows."""

    DATAMATRIX = "DataMatrix"
    AZTEC = "Aztec"
    QR = "QR"


_FORMATS = {
    Symbol.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Symbol.AZTEC: zxingcpp.BarcodeFormat.Aztec,
    Symbol.QR: zxingcpp.BarcodeFormat.QRCode,
}
_SYMBOLS = {each: symbol for symbol, each in _FORMATS.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """One bar code of an image."""

    symbol: Symbol
    octets: bytes = field(repr=False)
    corners: tuple[tuple[int, int], ...]
    """Four, in pixels of the image, clockwise from the upper left of the code."""

    @property
    def looks_like_seal(self) -> bool:
        return self.octets[:1] == bytes((MAGIC,)) or self.octets[:16].lstrip()[:1] == b"{"


def read_image(data: bytes) -> Found:
    """The one seal in an image file; raises SealError(READ_ERROR) where there is none or several.

    `data` are the octets of a PNG, JPEG, TIFF, BMP or WebP file.
    """
    found = find_codes(data)
    seals = {each.octets: each for each in found if each.looks_like_seal}
    if len(seals) > 1:
        raise SealError(Status.READ_ERROR, f"{len(seals)} seals in one image: cut one out")
    if seals:
        return next(iter(seals.values()))
    text = f"none of {len(found)} bar codes is a seal" if found else "no bar code was found"
    raise SealError(Status.READ_ERROR, f"{text} in the image")


def find_codes(data: bytes) -> tuple[Found, ...]:
    """Every DataMatrix, Aztec and QR code of an image file; raises SealError(READ_ERROR)."""
    grey = _opened(data)
    for tried, scale in _ways(grey):
        codes = zxingcpp.read_barcodes(tried, formats=_ALL)
        if codes:
            return tuple(_found(each, scale) for each in codes if each.valid)
    return ()


_ALL = zxingcpp.barcode_formats_from_str("DataMatrix|Aztec|QRCode")


def _ways(grey: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The image as it is, then made larger and smoother for codes of few pixels a module."""
    yield grey, 1.0
    if max(grey.size) <= 2_000:
        doubled = grey.resize((2 * grey.width, 2 * grey.height), Image.Resampling.BICUBIC)
        yield doubled, 2.0
        yield doubled.filter(ImageFilter.UnsharpMask(radius=3, percent=200, threshold=0)), 2.0
    yield grey.filter(ImageFilter.GaussianBlur(1)), 1.0


def _found(code: zxingcpp.Barcode, scale: float) -> Found:
    at = code.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return Found(
        symbol=_SYMBOLS[code.format],
        octets=bytes(code.bytes),
        corners=tuple((round(each.x / scale), round(each.y / scale)) for each in corners),
    )


def _opened(data: bytes) -> Image.Image:
    """The image in shades of grey on white; nothing is decoded before its size is known."""
    if len(data) > MAX_FILE:
        raise SealError(Status.READ_ERROR, "the image file is larger than 32 MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if max(image.size) > MAX_SIDE or image.width * image.height > MAX_PIXELS:
                raise SealError(Status.READ_ERROR, f"an image of {image.width} × {image.height}")
            if image.mode in ("RGBA", "LA", "PA", "P"):
                image = image.convert("RGBA")
                white = Image.new("RGBA", image.size, "white")
                image = Image.alpha_composite(white, image)
            return image.convert("L")
    except SealError:
        raise
    except UnidentifiedImageError:
        text = f"this is no seal and no image of one ({', '.join(FORMATS)})"
        raise SealError(Status.READ_ERROR, text) from None
    except Exception:  # decoders of foreign formats raise whatever they like
        text = "the image is broken or cut off, and cannot be decoded"
        raise SealError(Status.READ_ERROR, text) from None


def write_image(octets: bytes, symbol: Symbol = Symbol.DATAMATRIX, *, scale: int = 8) -> bytes:
    """The octets as a bar code, a PNG file; `scale` is the pixels of one module.

    Doc 9303-13 asks for modules of a third of a millimetre at least: 8 pixels at 600 dots per
    inch. Raises SealError(SYMBOL).
    """
    if not 1 <= scale <= MAX_SCALE:
        raise SealError("SYMBOL", f"a module of {scale} pixels")
    try:
        code = zxingcpp.create_barcode(octets, _FORMATS[symbol])
        drawn = zxingcpp.write_barcode_to_image(code, scale=scale, add_quiet_zones=False)
        image = Image.fromarray(drawn)
    except (ValueError, RuntimeError, TypeError):
        raise SealError("SYMBOL", f"{len(octets)} octets do not fit a {symbol} code") from None
    edge = QUIET * scale
    whole = Image.new("L", (image.width + 2 * edge, image.height + 2 * edge), 255)
    whole.paste(image, (edge, edge))
    file = io.BytesIO()
    whole.save(file, "PNG", dpi=(600, 600))
    return file.getvalue()
