"""Pages of invented documents, drawn to scale, and what scanners and telephones make of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kordon.lib.traveldocs import Format
from kordon.lib.traveldocs.page.training.examples import typeface
from kordon.lib.traveldocs.page.training.persons import FORMATS, zone

PITCH_MM, SPACING_MM = 2.54, 6.35
SIZES = {
    Format.TD1: (85.6, 54.0),
    Format.TD2: (105.0, 74.0),
    Format.TD3: (125.0, 88.0),
    Format.MRVA: (120.0, 80.0),
    Format.MRVB: (105.0, 74.0),
}
"""Millimetres, Doc 9303-4 to 9303-7."""
_LEFT_MM = {Format.TD1: 4.5, Format.MRVA: 5.0, Format.TD3: 6.5}
_BOTTOM_MM = 8.2
"""From the lower edge to the middle of the last line."""
_WORDS = ("Surname", "Given names", "Nationality", "Date of birth", "Authority", "Remarks")


@dataclass(frozen=True, slots=True)
class Page:
    """One drawn page: the file, what is printed in its zone, what was done to it."""

    file: bytes
    format: Format
    lines: tuple[str, ...]
    kind: str
    portrait: bool
    """Whether a portrait is on it. Cards of TD1 have it on the other side."""


def draw_page(chance: np.random.Generator, kind: str = "", format: Format | None = None) -> Page:
    """A page of a fresh invented document; kind and format by chance where not given."""
    kind = kind or str(chance.choice(tuple(KINDS)))
    format = format or FORMATS[int(chance.integers(len(FORMATS)))]
    lines = zone(format, chance)
    image = KINDS[kind](print_page(format, lines, chance), chance)
    file = io.BytesIO()
    quality = 90 if kind == "scan" else int(chance.integers(50, 85))
    image.save(file, "JPEG", quality=quality)
    return Page(file.getvalue(), format, lines, kind, format is not Format.TD1)


def print_page(
    format: Format, lines: tuple[str, ...], chance: np.random.Generator, dpi: float = 300
) -> Image.Image:
    """The page as it was printed, upright and clean, in shades of grey."""
    per_mm = dpi / 25.4
    width, height = (round(each * per_mm) for each in SIZES[format])
    image = Image.fromarray(_paper(width, height, per_mm, chance))
    pen = ImageDraw.Draw(image)
    if format is Format.TD1:
        _words(pen, 6, 4 * per_mm, 7, per_mm)
    else:
        image.paste(_portrait(per_mm), (round(5 * per_mm), round(height - 64 * per_mm)))
        _words(pen, 0.4 * width, 6 * per_mm, round((height / per_mm - 34) / 7), per_mm)
    pitch = PITCH_MM * per_mm
    face, ink = typeface(pitch), int(chance.integers(15, 70))
    top, bottom = face.getbbox("H")[1], face.getbbox("H")[3]
    for row, line in enumerate(lines):
        middle = height - (_BOTTOM_MM + (len(lines) - 1 - row) * SPACING_MM) * per_mm
        for place, each in enumerate(line):
            left = (_LEFT_MM.get(format, 6.0) + place * PITCH_MM) * per_mm
            pen.text((left, middle - (top + bottom) / 2), each, font=face, fill=ink)
    return image


def _paper(width: int, height: int, per_mm: float, chance: np.random.Generator) -> np.ndarray:
    """A light ground with a pattern of fine waves."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) / per_mm
    paper = np.full((height, width), chance.uniform(200, 245), np.float32)
    for _ in range(3):
        bend = 2 * np.sin(rows * chance.uniform(0.1, 0.5) + chance.uniform(0, 6))
        wave = columns * chance.uniform(0.5, 4) + rows * chance.uniform(-4, 4) + bend
        paper += chance.uniform(2, 8) * np.sin(wave)
    return paper.clip(0, 255).astype(np.uint8)


def _portrait(per_mm: float) -> Image.Image:
    """A photograph of nobody: 30 x 38 mm."""
    image = Image.new("L", (round(30 * per_mm), round(38 * per_mm)), 170)
    pen = ImageDraw.Draw(image)
    pen.ellipse([each * per_mm for each in (0, 28, 30, 54)], fill=60)
    pen.ellipse([each * per_mm for each in (6, 5, 24, 29)], fill=130)
    for left in (10, 18):
        pen.ellipse([each * per_mm for each in (left, 14, left + 2, 16)], fill=40)
    return image


def _words(pen: ImageDraw.ImageDraw, left: float, top: float, rows: int, per_mm: float) -> None:
    label, value = (ImageFont.load_default(size * per_mm) for size in (1.8, 2.8))
    for row in range(max(0, min(rows, len(_WORDS)))):
        at = top + row * 7 * per_mm / (1.6 if left < 20 else 1)
        if left < 20 and row > 2:
            break
        pen.text((left, at), _WORDS[row], font=label, fill=90)
        if left >= 20:
            pen.text((left, at + 2.2 * per_mm), _WORDS[-row].upper(), font=value, fill=50)


def _scan(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page


def _skew(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return _laid(page, chance, turn=float(chance.uniform(-6, 6)))


def _turned(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    page = _laid(page, chance, turn=float(chance.uniform(-4, 4)))
    return page.rotate(90 * int(chance.integers(1, 4)), expand=True)


def _blur(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(float(chance.uniform(1.2, 2.6))))


def _coarse(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    share = float(chance.uniform(0.38, 0.6))
    size = (round(page.width * share), round(page.height * share))
    return page.resize(size, Image.Resampling.BICUBIC)


def _noise(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    grey = np.asarray(page, np.float32)
    noisy = grey + chance.normal(0, chance.uniform(12, 30), grey.shape)
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def _light(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    grey = np.asarray(page, np.float32)
    rows, columns = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]].astype(np.float32)
    way = chance.uniform(0, 6.3)
    along = columns / grey.shape[1] * np.cos(way) + rows / grey.shape[0] * np.sin(way)
    along = (along - along.min()) / (along.max() - along.min())
    lit = grey * (chance.uniform(0.3, 0.5) + chance.uniform(0.5, 0.8) * along)
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))


def _perspective(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return _laid(page, chance, turn=float(chance.uniform(-2, 2)), tilt=0.05)


def _phone(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """All of it at once, each a little less."""
    page = _laid(page, chance, turn=float(chance.uniform(-5, 5)), tilt=0.035, margin=0.15)
    page = _light(page, chance).filter(ImageFilter.GaussianBlur(float(chance.uniform(0.3, 1.4))))
    grey = np.asarray(page, np.float32)
    noisy = grey + chance.normal(0, chance.uniform(2, 10), grey.shape)
    page = Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
    return page.rotate(90 * int(chance.integers(0, 4)), expand=True)


def _laid(
    page: Image.Image,
    chance: np.random.Generator,
    *,
    turn: float = 0.0,
    tilt: float = 0.0,
    margin: float = 0.06,
) -> Image.Image:
    """On a desk, turned by degrees, its corners drawn in by up to `tilt` of the width."""
    width, height = page.size
    angle = np.deg2rad(turn)
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([width, height]) / 2
    corners = corners * (1 - chance.uniform(0, 2 * tilt, (4, 2))) @ turned.T
    corners -= corners.min(axis=0) - margin * width * chance.uniform(0.2, 1, 2)
    size = np.ceil(corners.max(axis=0) + margin * width * chance.uniform(0.2, 1, 2)).astype(int)
    desk = chance.normal(chance.uniform(40, 140), 6, (int(size[1]), int(size[0])))
    ground = Image.fromarray(desk.clip(0, 255).astype(np.uint8))
    way = _homography(corners, np.array([[0, 0], [width, 0], [width, height], [0, height]]))
    seen = page.transform(ground.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(
        ground.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR
    )
    return Image.composite(seen, ground, mask)


def _homography(of: np.ndarray, to: np.ndarray) -> list[float]:
    """The eight numbers by which Pillow finds points of the page from points of the image."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(of, to, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(wanted))]


KINDS: dict[str, Callable[[Image.Image, np.random.Generator], Image.Image]] = {
    "scan": _scan,
    "skew": _skew,
    "turned": _turned,
    "blur": _blur,
    "coarse": _coarse,
    "noise": _noise,
    "light": _light,
    "perspective": _perspective,
    "phone": _phone,
}
"""What is done to a page, by name."""
