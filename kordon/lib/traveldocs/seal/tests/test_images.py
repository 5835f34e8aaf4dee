"""Seals drawn, printed, photographed and read again."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from kordon.lib.traveldocs.seal import SealError
from kordon.lib.traveldocs.seal.images import (
    MAX_FILE,
    MAX_SIDE,
    Symbol,
    find_codes,
    read_image,
    write_image,
)
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.tests.test_vds_nc import GOOD as JSON

GOOD = s.seal()
SYMBOLS = pytest.mark.parametrize("symbol", Symbol)
LARGER = (8, 4)
"""Pixels of a module: as printed at 600 dots per inch, and as scanned at 300."""


def opened(data):
    return Image.open(io.BytesIO(data))


def file_of(image, format="PNG", **how):
    file = io.BytesIO()
    image.save(file, format, **how)
    return file.getvalue()


def page(symbol, octets=GOOD, scale=8, at=(150, 90)):
    """A grey page with lines of writing and the code on it."""
    code = opened(write_image(octets, symbol, scale=scale))
    paper = Image.new("L", (code.width + 400, code.height + 300), 225)
    draw = ImageDraw.Draw(paper)
    for line in range(10, paper.height, 28):
        draw.text((8, line), "V<UTOERIKSSON<<ANNA<MARIA<<<<" * 4, fill=90)
    paper.paste(code, at)
    return paper


def photographed(image, *, degrees=0.0, blur=0.0, size=1.0, noise=0):
    image = image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=225)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    image = image.resize((int(image.width * size), int(image.height * size)))
    if noise:
        grain = np.random.default_rng(7).normal(0, noise, (image.height, image.width))
        image = Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))
    return file_of(image, "JPEG", quality=80)


@SYMBOLS
@pytest.mark.parametrize("degrees", [0, 3, -7, 10, 45, 90, 183])
@pytest.mark.parametrize("blur", [0, 1, 2])
@pytest.mark.parametrize("size", [1, 0.5])
def test_printed_and_photographed(symbol, degrees, blur, size):
    found = read_image(photographed(page(symbol), degrees=degrees, blur=blur, size=size))
    assert (found.symbol, found.octets) == (symbol, GOOD)


@SYMBOLS
def test_noise_shade_and_a_slanting_look(symbol):
    assert read_image(photographed(page(symbol), degrees=5, noise=40)).octets == GOOD
    image = np.asarray(page(symbol)).astype(float)
    shade = np.linspace(0.45, 1.0, image.shape[1])
    dark = Image.fromarray((image * shade).astype(np.uint8))
    assert read_image(file_of(dark)).octets == GOOD
    wide, high = dark.size
    corners = (-40, -20, -10, high + 30, wide + 20, high + 10, wide + 60, -35)
    slanting = page(symbol).transform(dark.size, Image.Transform.QUAD, corners)
    assert read_image(file_of(slanting)).octets == GOOD


@SYMBOLS
def test_seals_in_json(symbol):
    found = read_image(photographed(page(symbol, JSON, 6), degrees=4, blur=1))
    assert found.octets == JSON


@SYMBOLS
def test_where_it_is(symbol):
    corners = read_image(file_of(page(symbol, at=(200, 100)))).corners
    code = opened(write_image(GOOD, symbol))
    assert len(corners) == 4
    for (x, y), (right, down) in zip(corners, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        edge = 32
        assert abs(x - (200 + edge + right * (code.width - 2 * edge))) < 20
        assert abs(y - (100 + edge + down * (code.height - 2 * edge))) < 20


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "1", "I;16", "CMYK"])
def test_images_in_other_colours(mode):
    image = opened(write_image(GOOD))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    elif mode in ("RGBA", "LA"):
        image = image.convert(mode)
        image.putalpha(image.convert("L").point(lambda value: 255 - value))
    else:
        image = image.convert(mode)
    assert read_image(file_of(image, "TIFF")).octets == GOOD


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_files(format):
    assert read_image(file_of(opened(write_image(GOOD)), format)).octets == GOOD


def refused(data, words):
    with pytest.raises(SealError, match=words) as error:
        read_image(data)
    assert error.value.code == "READ_ERROR"


def test_images_without_a_seal():
    refused(file_of(Image.new("L", (300, 300), 255)), "no bar code was found")
    other = write_image(b"https://example.org", Symbol.QR)
    refused(other, "none of 1 bar codes is a seal")
    assert [each.octets for each in find_codes(other)] == [b"https://example.org"]
    for data in (b"", b"GIF89a", b"%PDF-1.7", bytes(1000), file_of(Image.new("L", (9, 9)))[:40]):
        refused(data, "this is no seal and no image of one")
    refused(file_of(Image.new("L", (9, 9)), "GIF"), "this is no seal and no image of one")
    refused(bytes(MAX_FILE + 1), "larger than 32 MiB")
    refused(file_of(Image.new("1", (MAX_SIDE + 1, 1))), "20001")
    refused(file_of(Image.new("1", (8_000, 8_000))), "8000")


def test_a_file_cut_off():
    whole = file_of(page(Symbol.QR), "JPEG")
    refused(whole[: len(whole) // 3], "the image is broken or cut off")


def test_the_seal_is_taken_among_other_codes_and_two_seals_are_refused():
    paper = Image.new("L", (1400, 700), 255)
    paper.paste(opened(write_image(b"https://example.org", Symbol.QR)), (20, 20))
    paper.paste(opened(write_image(GOOD)), (600, 100))
    assert len(find_codes(file_of(paper))) == 2
    assert read_image(file_of(paper)).octets == GOOD
    paper.paste(opened(write_image(s.seal(s.PERMIT))), (20, 20))
    refused(file_of(paper), "2 seals")


def test_what_cannot_be_drawn():
    for octets, scale in ((bytes(3000), 8), (b"", 8), (GOOD, 0), (GOOD, 65)):
        for symbol in Symbol:
            with pytest.raises(SealError) as error:
                write_image(octets, symbol, scale=scale)
            assert error.value.code == "SYMBOL"
