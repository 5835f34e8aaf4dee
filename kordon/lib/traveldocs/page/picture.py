"""Opening image files within bounds: nothing is decoded before its size is known."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
from PIL import Image, UnidentifiedImageError

from kordon.lib.traveldocs.page.cells import Floats
from kordon.lib.traveldocs.page.errors import Code, PageError

MAX_OCTETS = 32 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""Of a JPEG file, which is decoded at a half or less; a telephone takes up to 50 million."""
MAX_WHOLE = 36_000_000
"""Of other files, which are decoded whole: a sheet of A4 at 600 dots per inch."""
MAX_BUFFERED = 10_000_000
"""Of files of which the decoder keeps the whole beside the picture: JPEG in several passes
(progressive), TIFF in pieces larger than LARGEST_PIECE."""
MAX_WEBP = 6_000_000
"""Of a WebP file, whose decoder keeps several."""
LARGEST_PIECE = 8_000_000
MAX_SIDE = 20_000
LEAST_SIDE = 150
LARGEST = 2600
"""Pixels of the longer side with which an image is read; a larger one is made smaller. A passport
that fills it then has 530 dots per inch."""
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """An opened image, no longer than LARGEST: `colour` for cutting, `grey` for reading."""

    colour: Image.Image
    grey: Floats
    """Rows and columns; 0 black to 255 white."""
    shrunk: float
    """Pixels of the file in one pixel of this picture."""

    def coarse(self, longest: int) -> tuple[Floats, float]:
        """The same with a longer side of about `longest`, and its pixels in one of that."""
        scale = max(self.grey.shape) / longest
        size = (max(1, round(self.colour.width / scale)), max(1, round(self.colour.height / scale)))
        way = Image.Resampling.BOX if scale > 1 else Image.Resampling.BICUBIC
        whole = Image.fromarray(self.grey.astype(np.uint8))
        return np.asarray(whole.resize(size, way), np.float32), scale


def open_picture(octets: bytes) -> Picture:
    """Decode an image file. Raises PageError and nothing else.

    Transparent places are white; of a file of several images the first is taken. A turned
    photograph is left as it lies: reading finds out by itself.
    """
    if len(octets) > MAX_OCTETS:
        raise PageError(Code.TOO_LARGE, f"the file is larger than {MAX_OCTETS >> 20} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # size is judged here, by our own bounds
            return _opened(octets)
    except PageError:
        raise
    except Image.DecompressionBombError as error:
        raise PageError(Code.TOO_LARGE, str(error)) from None
    except UnidentifiedImageError:
        raise PageError(Code.NOT_AN_IMAGE, "no JPEG, PNG, TIFF, BMP or WebP image") from None
    except Exception:  # decoders of foreign files raise whatever they like
        text = "the image is broken or cut off, and cannot be decoded"
        raise PageError(Code.NOT_AN_IMAGE, text) from None


def _opened(octets: bytes) -> Picture:
    colour, longest = _decoded(octets)
    if max(colour.size) > LARGEST:
        less = max(colour.size) / LARGEST
        size = (max(1, round(colour.width / less)), max(1, round(colour.height / less)))
        colour = colour.resize(size, Image.Resampling.BOX)
    grey = np.asarray(colour.convert("L"), np.float32)
    return Picture(colour, grey, longest / max(colour.size))


def _decoded(octets: bytes) -> tuple[Image.Image, int]:
    """The image as `_plain` gives it, less than twice LARGEST, and the longer side of the file."""
    image: Image.Image = Image.open(io.BytesIO(octets), formats=FORMATS)
    width, height = image.size
    if max(width, height) > MAX_SIDE or width * height > _most_pixels(image, octets):
        raise PageError(Code.TOO_LARGE, f"an image of {width} x {height} pixels")
    if min(width, height) < LEAST_SIDE:
        raise PageError(Code.TOO_SMALL, f"an image of {width} x {height} pixels")
    share = max(width, height) / LARGEST
    if share > 1:  # a JPEG is decoded at a half, a quarter or an eighth where that is enough
        image.draft(None, (round(width / share), round(height / share)))
    factor = int(max(image.size) / LARGEST)
    return (_reduced(image, factor) if factor > 1 else _plain(image)), max(width, height)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Made smaller in strips, so that no second image of the whole size is ever made."""
    width, height = image.size
    rows = factor * _STRIP
    whole: Image.Image | None = None
    for top in range(0, height, rows):
        strip = _plain(image.crop((0, top, width, min(top + rows, height)))).reduce(factor)
        if whole is None:
            whole = Image.new(strip.mode, (strip.width, -(-height // factor)))
        whole.paste(strip, (0, top // factor))
    assert whole is not None, "no image is without rows"
    return whole


_STRIP = 64
"""Rows of what comes out, made at once."""


def _most_pixels(image: Image.Image, octets: bytes) -> int:
    """How many pixels may be decoded within a bounded memory, by what the decoder keeps."""
    if image.format == "JPEG":
        return MAX_BUFFERED if _in_passes(octets) else MAX_PIXELS
    if image.format == "WEBP":
        return MAX_WEBP
    return MAX_BUFFERED if _largest_piece(image) > LARGEST_PIECE else MAX_WHOLE


def _in_passes(octets: bytes) -> bool:
    """Whether a JPEG comes in several passes, for which a decoder keeps all coefficients."""
    at, components = 2, 0
    while at + 10 < len(octets) and octets[at] == 0xFF:
        marker, length = octets[at + 1], int.from_bytes(octets[at + 2 : at + 4], "big")
        if marker in (0xC2, 0xC6, 0xCA, 0xCE):
            return True
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            components = octets[at + 9]
        if marker == 0xDA:
            return octets[at + 4] < components
        at += 1 if marker == 0xFF else 2 + length
    return True  # cannot be told


def _largest_piece(image: Image.Image) -> int:
    """Pixels of one strip or tile of a TIFF, which is unpacked at once; 0 for other files."""
    tags = getattr(image, "tag_v2", None)
    if tags is None:
        return 0
    if _TILE_WIDTH in tags:
        return int(tags[_TILE_WIDTH]) * int(tags.get(_TILE_HEIGHT, image.height))
    return image.width * min(int(tags.get(_ROWS, image.height)), image.height)


_ROWS, _TILE_WIDTH, _TILE_HEIGHT = 278, 322, 323
"""Tags of TIFF: rows of a strip, sides of a tile."""


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB of eight bits; sixteen-bit scans keep their upper eight."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        return Image.fromarray((np.asarray(image).clip(0, 65535) // 256).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layers = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    if image.mode in ("L", "RGB"):
        return image  # a conversion would be a copy
    return image.convert("L" if image.mode == "1" else "RGB")
