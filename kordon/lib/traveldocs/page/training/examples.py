"""Characters as scanners and telephones see them, drawn to learn from."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kordon.lib.traveldocs.alphabet import ALPHABET
from kordon.lib.traveldocs.page.cells import HEIGHT, PITCH, WIDTH, Floats, normalised, sample
from kordon.lib.traveldocs.page.model import NOTHING

FONT = Path(__file__).with_name("OCRB.otf")
EMS_PER_PITCH = 60 / 43.375
"""Size of the typeface for a pitch of one; every character of it is as wide."""
LENGTH = 20
"""Characters in one line of examples."""
ALIKE = "0O0OQDU1ILTJ2Z5S8B6G<KVY"
"""Characters that are hard to tell from another; many lines have no others."""
FINE = 32
"""Pixels of a pitch where a line is first drawn."""


def typeface(pitch: float) -> ImageFont.FreeTypeFont:
    """OCR-B of which one character is `pitch` pixels wide."""
    return ImageFont.truetype(FONT, pitch * EMS_PER_PITCH, layout_engine=ImageFont.Layout.BASIC)


def examples(lines: int, chance: np.random.Generator) -> tuple[Floats, np.ndarray]:
    """Normalised windows (n, HEIGHT, WIDTH) and the class of each; n is about 32 x `lines`."""
    drawn = [_of_line(chance) for _ in range(lines)]
    return (
        np.concatenate([windows for windows, _ in drawn]),
        np.concatenate([classes for _, classes in drawn]),
    )


def _of_line(chance: np.random.Generator) -> tuple[Floats, np.ndarray]:
    text = chance.integers(0, len(ALPHABET), LENGTH)
    if chance.random() < 0.4:
        text = chance.choice([ALPHABET.index(each) for each in ALIKE], LENGTH)
    if chance.random() < 0.3:
        text[chance.integers(2, LENGTH) :] = ALPHABET.index("<")
    pitch = float(chance.uniform(8, 26))
    stretch = float(np.clip(chance.normal(1, 0.03), 0.92, 1.08))
    grey = _seen(_inked(text, stretch, chance), pitch, chance)
    # middle of each character, in pitches from the left; rows from the top
    middles = (np.arange(LENGTH) + 2.0).repeat(2)
    classes = text.repeat(2)
    across, down = _jitter(len(middles), chance)
    lost = chance.random(len(middles)) < 0.25
    sideways = chance.random(len(middles)) < 0.7
    off = chance.uniform(0.36, 0.5, len(middles)) * chance.choice((-1, 1), len(middles))
    away = chance.uniform(0.42, 1.0, len(middles)) * chance.choice((-1, 1), len(middles))
    across = np.where(lost & sideways, off, across)
    down = np.where(lost & ~sideways, away, down)
    classes = np.where(lost, NOTHING, classes)
    windows = _windows(grey, pitch, (middles + across, 1.5 + down), stretch, chance)
    blank = normalised(_blank(4, chance), 12.0)
    contrast = float(grey[round(pitch) : round(2 * pitch)].std())
    return (
        np.concatenate([normalised(windows, contrast), blank]),
        np.concatenate([classes, np.full(4, NOTHING)]),
    )


def _jitter(n: int, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return chance.uniform(-0.16, 0.16, n), chance.normal(0, 0.06, n).clip(-0.17, 0.17)


def _windows(
    grey: Floats,
    pitch: float,
    middles: tuple[np.ndarray, np.ndarray],
    stretch: float,
    chance: np.random.Generator,
) -> Floats:
    """Looked at with scale, slant and turn a little wrong, as a fitted line may be."""
    n = len(middles[0])
    rows = (np.arange(HEIGHT) - (HEIGHT - 1) / 2)[None, :, None] / PITCH
    columns = (np.arange(WIDTH) - (WIDTH - 1) / 2)[None, None, :] / PITCH
    wide = chance.normal(1, 0.03, (n, 1, 1)).clip(0.9, 1.1)
    high = chance.normal(1, 0.03, (n, 1, 1)).clip(0.9, 1.1)
    slant = chance.normal(0, 0.05, (n, 1, 1)).clip(-0.15, 0.15)
    turn = chance.normal(0, 0.03, (n, 1, 1)).clip(-0.09, 0.09)
    x = middles[0][:, None, None] + columns * wide + rows * slant
    y = middles[1][:, None, None] + rows * high + columns * turn
    return sample(grey, (x * pitch - 0.5).astype(np.float32), (y * pitch - 0.5).astype(np.float32))


def _inked(text: np.ndarray, stretch: float, chance: np.random.Generator) -> Image.Image:
    """The line in black on white, 3 pitches high, FINE pixels to the pitch."""
    size = FINE * chance.uniform(0.93, 1.06)
    face = typeface(size)
    image = Image.new("L", ((LENGTH + 4) * FINE, 3 * FINE), 255)
    pen = ImageDraw.Draw(image)
    top, bottom = face.getbbox("H")[1], face.getbbox("H")[3]
    for place, each in enumerate(text):
        left = (place + 2) * FINE - size / 2 + chance.normal(0, 0.02) * FINE
        above = 1.5 * FINE - (top + bottom) / 2 + chance.normal(0, 0.02) * FINE
        pen.text((left, above), ALPHABET[each], font=face, fill=0)
    image = image.resize(image.size)  # a copy whose strokes are made heavier or lighter
    weight = chance.choice(("same", "heavier", "heaviest", "lighter"), p=(0.45, 0.32, 0.08, 0.15))
    if weight == "lighter":
        image = image.filter(ImageFilter.MaxFilter(3))
    elif weight != "same":
        image = image.filter(ImageFilter.MinFilter(3 if weight == "heavier" else 5))
    if stretch != 1:
        middle, about = image.height / 2, 1 / stretch
        image = image.transform(
            image.size, Image.Transform.AFFINE, (1, 0, 0, 0, about, middle * (1 - about)),
            Image.Resampling.BILINEAR, fillcolor=255,
        )  # fmt: skip
    return image


def _seen(image: Image.Image, pitch: float, chance: np.random.Generator) -> Floats:
    """Blurred, made smaller, printed on a ground with a pattern, lit, with noise, as JPEG."""
    blur = chance.uniform(0, 0.13) * FINE
    image = image.filter(ImageFilter.GaussianBlur(blur))
    size = (round((LENGTH + 4) * pitch), round(3 * pitch))
    small = image.resize(
        size, Image.Resampling.BOX if pitch < FINE / 2 else Image.Resampling.BILINEAR
    )
    ink = 1 - np.asarray(small, np.float32) / 255
    ground, black = _ground(ink.shape, chance), chance.uniform(10, 80)
    ink = np.clip(ink * chance.uniform(0.75, 1.1), 0, 1)
    grey = ground * (1 - ink) + np.minimum(black, ground) * ink
    grey += chance.normal(0, 1, grey.shape) * chance.choice(
        (0, 4, 12, 24), p=(0.2, 0.35, 0.33, 0.12)
    )
    if chance.random() < 0.6:
        file = io.BytesIO()
        Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(
            file, "JPEG", quality=int(chance.integers(35, 90))
        )
        grey = np.asarray(Image.open(file), np.float32)
    return np.asarray(grey.clip(0, 255), np.float32)


def _ground(shape: tuple[int, ...], chance: np.random.Generator) -> Floats:
    """Paper with light from one side, a wavy pattern, and sometimes strokes of other print."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    level = chance.uniform(130, 245)
    ground = (
        level
        + chance.uniform(-50, 30) * columns / shape[1]
        + chance.uniform(-15, 15) * (rows / shape[0])
    )
    for _ in range(chance.integers(0, 3)):
        wave = rows * chance.uniform(-1, 1) + columns * chance.uniform(-0.6, 0.6)
        ground += chance.uniform(2, 16) * np.sin(wave + chance.uniform(0, 6))
    if chance.random() < 0.2:
        ground = ground * _overlaid(rows, columns, chance)
    if chance.random() < 0.25:
        ground = ground - _strokes(shape, chance)
    return np.asarray(ground.clip(105, 255), np.float32)


def _overlaid(rows: Floats, columns: Floats, chance: np.random.Generator) -> Floats:
    """The edge of a photograph, a shadow or a fold: darker on one side of a line."""
    way = chance.choice((0.0, np.pi / 2, -np.pi / 2, chance.uniform(-np.pi, np.pi)))
    along = (columns - chance.uniform(0, columns.max())) * np.cos(way)
    along += (rows - chance.uniform(0, rows.max())) * np.sin(way)
    side = 1 / (1 + np.exp(-np.clip(along * chance.uniform(0.3, 4), -30, 30)))
    return np.asarray(1 - (1 - chance.uniform(0.6, 0.9)) * side, np.float32)


def _strokes(shape: tuple[int, ...], chance: np.random.Generator) -> Floats:
    """Lines of other print across the ground."""
    extra = Image.new("L", (shape[1], shape[0]), 0)
    pen = ImageDraw.Draw(extra)
    for _ in range(chance.integers(1, 5)):
        ends = chance.uniform(0, 1, 4) * np.tile(extra.size, 2)
        darker, width = int(chance.integers(15, 70)), int(chance.integers(1, 4))
        pen.line([float(each) for each in ends], fill=darker, width=width)
    return np.asarray(extra, np.float32)


def _blank(n: int, chance: np.random.Generator) -> Floats:
    """Ground on which nothing is written."""
    whole = _ground((HEIGHT * 2, WIDTH * 2 * n), chance)
    whole += chance.normal(0, chance.uniform(1, 15), whole.shape).astype(np.float32)
    return np.stack([whole[:HEIGHT, WIDTH * 2 * i : WIDTH * 2 * i + WIDTH] for i in range(n)])
