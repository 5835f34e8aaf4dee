"""At its bounds a picture is read within 256 MiB: measured in a process of its own."""

import io
import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from kordon.lib.traveldocs.page import Code, PageError, read_page
from kordon.lib.traveldocs.page.picture import (
    MAX_BUFFERED,
    MAX_OCTETS,
    MAX_PIXELS,
    MAX_WEBP,
    MAX_WHOLE,
)
from kordon.lib.traveldocs.page.training.pages import draw_page
from kordon.lib.traveldocs.page.training.persons import ON

MOST_KIB = 256 * 1024
READING = """
import sys
from datetime import date
from pathlib import Path
from kordon.lib.traveldocs.page import PageError, read_page
try:
    read_page(Path(sys.argv[1]).read_bytes(), on=date(2026, 1, 1))
except PageError as error:
    print("REFUSED", error)
print(Path("/proc/self/status").read_text())
"""
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def page(pixels, mode="RGB"):
    """A drawn page enlarged to so many pixels, under grain that does not compress."""
    image = Image.open(io.BytesIO(draw_page(np.random.default_rng(3), "scan").file))
    larger = (pixels / (image.width * image.height)) ** 0.5
    size = (int(image.width * larger), int(image.height * larger))
    grain = np.random.default_rng(3).integers(0, 12, (size[1] // 2 + 1, size[0] // 2 + 1))
    grain = np.repeat(np.repeat(grain.astype(np.uint8), 2, axis=0), 2, axis=1)
    image = image.convert("RGB").resize(size, Image.Resampling.BILINEAR)
    channels = [
        Image.fromarray(np.asarray(band) // 20 * 20 + grain[: size[1], : size[0]])
        for band in image.split()
    ]
    return Image.merge("RGB", channels).convert(mode)


def file(pixels, kind, mode="RGB", **more):
    written = io.BytesIO()
    page(pixels, mode).save(written, kind, **more)
    return written.getvalue()


CASES = {
    "a large photograph": (MAX_PIXELS, "JPEG", "RGB", {"quality": 80}),
    "a photograph in passes": (
        MAX_BUFFERED, "JPEG", "RGB", {"quality": 80, "progressive": True, "subsampling": 0},
    ),
    "a scan of A4": (MAX_WHOLE, "PNG", "RGB", {"compress_level": 1}),
    "a scan with transparency": (MAX_WHOLE, "PNG", "LA", {"compress_level": 1}),
    "a scan of colours by number": (MAX_WHOLE, "PNG", "P", {"compress_level": 1}),
    "a scan in strips": (MAX_WHOLE, "TIFF", "RGB", {"compression": "jpeg"}),
    "WebP without loss": (MAX_WEBP, "WEBP", "RGBA", {"lossless": True, "method": 0}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells the peak of a process")
def test_at_the_bounds_it_is_read_within_256_mib(name, tmp_path):
    pixels, kind, mode, more = CASES[name]
    octets = file(pixels, kind, mode, **more)
    assert len(octets) <= MAX_OCTETS, f"{len(octets) >> 20} MiB"
    path = tmp_path / "page"
    path.write_bytes(octets)
    told = subprocess.run(
        [sys.executable, "-c", READING, path], capture_output=True, text=True, check=True
    ).stdout
    assert "REFUSED" not in told
    # Not RUSAGE of the child: the kernel lets it begin with the peak of this process.
    peak = PEAK.search(told)
    assert peak is not None
    assert int(peak[1]) <= MOST_KIB, f"{name}: {int(peak[1]) >> 10} MiB"


@pytest.mark.parametrize(
    "pixels, kind, more",
    [
        (MAX_BUFFERED, "JPEG", {"progressive": True}),
        (MAX_BUFFERED, "TIFF", {"compression": "tiff_lzw", "tiffinfo": {278: 20_000}}),
        (MAX_WEBP, "WEBP", {}),
    ],
)
def test_what_its_decoder_would_keep_several_times_is_refused_earlier(pixels, kind, more):
    octets = file(int(pixels * 1.05), kind, "L", **more)
    with pytest.raises(PageError) as refused:
        read_page(octets, on=ON)
    assert refused.value.code is Code.TOO_LARGE


def test_a_large_page_is_read_as_well_as_a_small_one():
    small = read_page(draw_page(np.random.default_rng(3), "scan").file, on=ON)
    assert small.reading is not None
    for mode, kind in (("P", "PNG"), ("RGB", "JPEG")):
        large = read_page(file(MAX_WHOLE // 2, kind, mode), on=ON)
        assert large.reading is not None
        assert large.reading.lines == small.reading.lines
