"""Opening image files within bounds: nothing is decoded before its size is known."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
from PIL import Image

from kordon.lib.traveldocs.page.cells import Floats
from kordon.lib.traveldocs.page.errors import Code, PageError

MAX_OCTETS = 32 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""Of a JPEG file, which is decoded at a half or less; a telephone takes up to 50 million."""
MAX_WHOLE = 36_000_000
"""Of other files, which are decoded whole: a sheet of A4 at 600 dots per inch."""
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
    except Exception as error:  # decoders of foreign files raise whatever they like
        text = f"no image that can be read: {type(error).__name__}"
        raise PageError(Code.NOT_AN_IMAGE, text) from None


def _opened(octets: bytes) -> Picture:
    image: Image.Image = Image.open(io.BytesIO(octets), formats=FORMATS)
    width, height = image.size
    most = MAX_PIXELS if image.format == "JPEG" else MAX_WHOLE
    if max(width, height) > MAX_SIDE or width * height > most:
        raise PageError(Code.TOO_LARGE, f"an image of {width} x {height} pixels")
    if min(width, height) < LEAST_SIDE:
        raise PageError(Code.TOO_SMALL, f"an image of {width} x {height} pixels")
    share = max(width, height) / LARGEST
    if share > 1:  # a JPEG is decoded at a half, a quarter or an eighth where that is enough
        image.draft(None, (round(width / share), round(height / share)))
        if image.mode in ("L", "RGB", "RGBA", "LA", "CMYK", "YCbCr"):
            image = image.reduce(max(1, int(max(image.size) / LARGEST)))
    colour = _plain(image)
    if max(colour.size) > LARGEST:
        less = max(colour.size) / LARGEST
        size = (max(1, round(colour.width / less)), max(1, round(colour.height / less)))
        colour = colour.resize(size, Image.Resampling.BOX)
    grey = np.asarray(colour.convert("L"), np.float32)
    return Picture(colour, grey, max(width, height) / max(colour.size))


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB of eight bits; sixteen-bit scans keep their upper eight."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        return Image.fromarray((np.asarray(image).clip(0, 65535) // 256).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layers = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
