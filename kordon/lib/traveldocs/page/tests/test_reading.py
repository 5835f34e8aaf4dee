"""Pages drawn for the occasion are read, whichever way they lie; nothing doubtful is taken."""

import io

import numpy as np
import pytest
from PIL import Image

from kordon.lib.traveldocs import Format
from kordon.lib.traveldocs.page import Outcome, Support, read_page, to_json
from kordon.lib.traveldocs.page.training.pages import KINDS, SIZES, draw_page, print_page
from kordon.lib.traveldocs.page.training.persons import FORMATS, ON, zone


def saved(image, kind="PNG", **how):
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def a_page(seed, kind="scan", format=Format.TD3):
    return draw_page(np.random.default_rng(seed), kind, format)


@pytest.fixture(scope="module")
def plain():
    chance = np.random.default_rng(11)
    lines = zone(Format.TD3, chance)
    return lines, print_page(Format.TD3, lines, chance)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read(format):
    page = a_page(1, format=format)
    read = read_page(page.file, on=ON)
    assert (read.outcome, read.reading.format) == (Outcome.READ, format)
    assert read.reading.lines == page.lines
    assert read.doubts == ()
    assert "".join(each.character for each in read.characters) == "".join(page.lines)


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_damage_most_is_read_and_nothing_wrongly(kind):
    exact = 0
    for seed in range(3):
        page = a_page([seed, 7], kind, FORMATS[seed])
        read = read_page(page.file, on=ON)
        if read.reading is not None:
            assert read.reading.lines == page.lines
            exact += 1
    assert exact >= 2


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_page_may_lie_any_way(plain, turn):
    lines, image = plain
    read = read_page(saved(image.rotate(turn, expand=True)), on=ON)
    assert read.reading.lines == lines


def test_the_zone_is_where_it_is_said_to_be(plain):
    lines, image = plain
    width, height = image.size
    corners = read_page(saved(image), on=ON).corners
    per_mm = width / SIZES[Format.TD3][0]
    left, right = 6.5 * per_mm, (6.5 + 44 * 2.54) * per_mm
    top, bottom = height - 16.1 * per_mm, height - 6.7 * per_mm
    wanted = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert np.abs(np.array(corners) - np.array(wanted)).max() < per_mm
    turned = read_page(saved(image.rotate(180)), on=ON).corners
    assert np.abs(np.array(turned) - (np.array(image.size) - np.array(wanted))).max() < per_mm


def test_corners_are_in_pixels_of_the_file_however_large_it_is(plain):
    lines, image = plain
    small = read_page(saved(image), on=ON).corners
    large = read_page(saved(image.resize((3 * image.width, 3 * image.height))), on=ON).corners
    assert np.abs(np.array(large) / 3 - np.array(small)).max() < 4


def test_a_character_that_no_digit_covers_is_never_said_to_be_proven():
    page = a_page(2)
    for each in read_page(page.file, on=ON).characters:
        if each.field in ("surname", "issuer", "nationality", "document_code", "sex"):
            assert each.support is Support.MODEL


def test_the_portrait_is_cut_out_upright(plain):
    lines, image = plain
    for turn in (0, 90):
        portrait = read_page(saved(image.rotate(turn, expand=True)), on=ON).portrait
        grey = np.asarray(portrait.convert("L"), float)
        rows, columns = grey.shape
        assert rows > columns
        eyes = grey[round(rows * 0.35) : round(rows * 0.6), round(columns * 0.2) : -columns // 5]
        shoulders = grey[round(rows * 0.72) : round(rows * 0.9), columns // 4 : columns // 2]
        assert shoulders.mean() < 110 < eyes.mean()


def test_a_card_has_no_portrait_beside_its_zone_nor_has_a_zone_by_itself(plain):
    assert read_page(a_page(1, format=Format.TD1).file, on=ON).portrait is None
    _, image = plain
    alone = image.crop((0, round(image.height * 0.75), image.width, image.height))
    read = read_page(saved(alone), on=ON)
    assert (read.outcome, read.portrait) == (Outcome.READ, None)


def test_a_page_without_a_zone_has_none(plain):
    _, image = plain
    upper = image.crop((0, 0, image.width, round(image.height * 0.7)))
    assert read_page(saved(upper), on=ON).outcome is Outcome.NO_ZONE
    noise = np.random.default_rng(1).integers(0, 255, (600, 800)).astype(np.uint8)
    for other in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
        assert read_page(saved(Image.fromarray(other)), on=ON).outcome is Outcome.NO_ZONE


def test_what_is_covered_is_doubtful_or_refused_and_not_read(plain):
    """A thumb on the name; one on the number."""
    lines, image = plain
    per_mm = image.width / SIZES[Format.TD3][0]
    for row in (0, 1):
        covered = image.copy()
        middle = image.height - (8.2 + 6.35 * (1 - row)) * per_mm
        box = [round(each) for each in (26 * per_mm, middle - 3 * per_mm)]
        covered.paste(170, (*box, box[0] + round(4 * per_mm), box[1] + round(6 * per_mm)))
        read = read_page(saved(covered), on=ON)
        assert (read.outcome, read.reading) == (Outcome.NOT_READ, None)
        assert {each.line for each in read.doubts} == {row + 1}


def test_all_is_told_in_plain_values():
    page = a_page(3)
    said = to_json(read_page(page.file, on=ON))
    assert said["outcome"] == "READ"
    assert said["reading"]["lines"] == said["seen"] == list(page.lines)
    assert len(said["chances"]) == len(said["support"]) == 88
    assert said["doubts"] == said["changes"] == []


@pytest.mark.parametrize("kind", ["scan", "turned", "skew"])
def test_the_zone_is_cut_out_upright_and_can_be_read_again(kind):
    page = a_page([2, 5], kind)
    cut = read_page(page.file, on=ON).zone
    whole = Image.new("RGB", (cut.width + 120, cut.height + 200), "white")
    whole.paste(cut, (60, 100))
    assert read_page(saved(whole), on=ON).reading.lines == page.lines


def test_without_a_zone_none_is_cut_out():
    assert read_page(saved(Image.new("RGB", (600, 400), "white")), on=ON).zone is None
