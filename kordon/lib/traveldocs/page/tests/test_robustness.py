"""Whatever the octets: an outcome or PageError, within bounds."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kordon.lib.traveldocs.page import Code, Outcome, PageError, read_page
from kordon.lib.traveldocs.page import picture as pictures
from kordon.lib.traveldocs.page.picture import FORMATS, LARGEST, open_picture
from kordon.lib.traveldocs.page.training.pages import draw_page
from kordon.lib.traveldocs.page.training.persons import ON


def files():
    small = Image.open(io.BytesIO(draw_page(np.random.default_rng(1), "scan").file))
    small = small.resize((240, 180))
    for kind in FORMATS:
        file = io.BytesIO()
        small.save(file, kind)
        yield file.getvalue()


WHOLE = tuple(files())


def opened(octets):
    """Whether it is an image; whatever else is raised fails the test."""
    try:
        open_picture(octets)
    except PageError:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 20_000),
)
def test_no_broken_image_raises_anything_else(octets, changes, cut):
    broken = bytearray(octets)
    for at, put in changes:
        broken[at % len(broken)] = put
    opened(bytes(broken))
    opened(bytes(broken[: cut % len(broken)]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_octets_raise_anything_else(octets):
    assert not opened(octets)


@settings(max_examples=6, deadline=None)
@given(
    st.tuples(st.integers(150, 400), st.integers(150, 400)),
    st.sampled_from(["noise", "stripes", "squares"]),
    st.integers(0, 1000),
)
def test_no_picture_raises_anything_and_none_is_read(size, kind, seed):
    chance = np.random.default_rng(seed)
    grey = chance.integers(0, 256, size).astype(np.uint8)
    if kind != "noise":
        every = int(chance.integers(4, 40))
        across = np.arange(size[1]) // every % 2
        down = np.arange(size[0])[:, None] // every % 2
        grey = ((across ^ down if kind == "squares" else across + 0 * down) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    assert read_page(file.getvalue(), on=ON).reading is None


def test_every_format_is_opened():
    for octets in WHOLE:
        assert open_picture(octets).grey.shape == (180, 240)


def png_that_says(width, height):
    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((60_000, 60_000), Code.TOO_LARGE),
        ((20_001, 200), Code.TOO_LARGE),
        ((6_001, 6_000), Code.TOO_LARGE),
        ((4_000, 149), Code.TOO_SMALL),
    ],
)
def test_a_size_beyond_the_bounds_is_refused_before_anything_is_decoded(size, code, monkeypatch):
    def decoded(image):
        raise AssertionError("the image was decoded")

    monkeypatch.setattr(pictures, "_plain", decoded)
    with pytest.raises(PageError) as refused:
        read_page(png_that_says(*size), on=ON)
    assert refused.value.code is code


def test_a_file_beyond_the_bounds_is_refused():
    with pytest.raises(PageError) as refused:
        read_page(bytes(pictures.MAX_OCTETS + 1), on=ON)
    assert refused.value.code is Code.TOO_LARGE


def test_a_format_that_is_not_listed_is_refused():
    file = io.BytesIO()
    Image.new("L", (300, 300)).save(file, "GIF")
    with pytest.raises(PageError) as refused:
        read_page(file.getvalue(), on=ON)
    assert refused.value.code is Code.NOT_AN_IMAGE


def test_a_large_image_is_made_smaller_before_it_is_looked_at():
    file = io.BytesIO()
    Image.new("L", (9_000, 6_000), 200).save(file, "JPEG")
    picture = open_picture(file.getvalue())
    assert max(picture.grey.shape) <= LARGEST
    assert picture.shrunk == pytest.approx(9_000 / max(picture.grey.shape))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_depth_of_colour_is_read(mode):
    page = draw_page(np.random.default_rng(4), "scan")
    image = Image.open(io.BytesIO(page.file))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image, np.uint16) * 257)
    else:
        image = image.convert(mode)
    file = io.BytesIO()
    image.save(file, "PNG")
    read = read_page(file.getvalue(), on=ON)
    if mode == "1":  # dithered: only that nothing is taken for what it is not
        assert read.reading is None or read.reading.lines == page.lines
    else:
        assert (read.outcome, read.reading.lines) == (Outcome.READ, page.lines)
