"""DG2: the portraits as image files (Doc 9303-10, 4.7.2; ISO/IEC 19794-5 and 39794-5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.groups import read_group
from kordon.lib.traveldocs.chip.tlv import MAX_DEPTH, Node, read_node

_TEMPLATES, _TEMPLATE = 0x7F61, 0x7F60
_RECORDS = (0x5F2E, 0x7F2E)
_MAGIC = b"FAC\x00"
_HEADER = struct.Struct(">4s4sIH")
_FACE = struct.Struct(">IHBBB3sH3s3s")
_IMAGE = struct.Struct(">BBHHBBHH")
_FEATURE_POINT = 8

MAX_IMAGES = 16
MAX_SIDE_BY_SIDE, MAX_SEARCHED = 64, 512
"""Nodes of a record of ISO/IEC 39794-5 that are looked at."""


class ImageFormat(StrEnum):
    """What the octets of an image are, by their beginning."""

    JPEG = "JPEG"
    JP2 = "JP2"
    """JPEG 2000 in its file format."""
    J2K = "J2K"
    """A bare JPEG 2000 codestream."""

    @property
    def media_type(self) -> str:
        return {"JPEG": "image/jpeg", "JP2": "image/jp2", "J2K": "image/j2c"}[self.value]


_BEGINNINGS = {
    b"\xff\xd8\xff": ImageFormat.JPEG,
    b"\x00\x00\x00\x0cjP  \r\n\x87\n": ImageFormat.JP2,
    b"\xff\x4f\xff\x51": ImageFormat.J2K,
}


@dataclass(frozen=True, slots=True)
class FaceImage:
    """One portrait. Width and height are as the record says; None where it does not."""

    format: ImageFormat
    image: bytes = field(repr=False)
    standard: str
    """`19794-5` or `39794-5`."""
    width: int | None = None
    height: int | None = None
    feature_points: int = 0


def read_dg2(data: bytes) -> tuple[FaceImage, ...]:
    """The portraits in DG2, at least one; raises `ChipError`."""
    found: list[FaceImage] = []
    for record in _records(read_group(data, 2)):
        found += _faces(record)
        if len(found) > MAX_IMAGES:
            raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_IMAGES} portraits")
    if not found:
        raise ChipError(Code.DG_PARSE, "DG2 holds no portrait")
    return tuple(found)


def _records(node: Node) -> Iterator[Node]:
    """The biometric data blocks inside group template and templates."""
    for group in islice(node, MAX_IMAGES):
        for template in islice(group, MAX_IMAGES + 1) if group.tag == _TEMPLATES else ():
            for each in islice(template, MAX_IMAGES) if template.tag == _TEMPLATE else ():
                if each.tag in _RECORDS:
                    yield each


def _faces(record: Node) -> list[FaceImage]:
    value = record.value
    if value[:4] == _MAGIC:
        return _faces_of_2005(value)
    image = _image_inside(read_node(value) if record.tag == 0x5F2E else record)
    if image is None:
        raise ChipError(Code.DG_PARSE, "a record that is neither ISO 19794-5 nor 39794-5")
    return [FaceImage(_format(image), image, "39794-5")]


def _faces_of_2005(value: bytes) -> list[FaceImage]:
    """ISO/IEC 19794-5:2005, 5: header, then for each face its features and its image."""
    try:
        _, _, _, number = _HEADER.unpack_from(value)
        if not 1 <= number <= MAX_IMAGES:
            raise ChipError(Code.DG_PARSE, f"{number} portraits in one record")
        at, found = _HEADER.size, []
        for _ in range(number):
            face, size = _face_of_2005(value, at)
            found.append(face)
            at += size
    except struct.error:
        raise ChipError(Code.DG_PARSE, "the facial record is cut off") from None
    return found


def _face_of_2005(value: bytes, at: int) -> tuple[FaceImage, int]:
    size, points, *_ = _FACE.unpack_from(value, at)
    image_at = at + _FACE.size + points * _FEATURE_POINT
    _, _, width, height, *_ = _IMAGE.unpack_from(value, image_at)
    begin, end = image_at + _IMAGE.size, at + size
    if not begin < end <= len(value):
        raise ChipError(Code.DG_PARSE, f"a portrait of {size} octets in {len(value) - at}")
    image = value[begin:end]
    return FaceImage(_format(image), image, "19794-5", width, height, points), size


def _image_inside(record: Node) -> bytes | None:
    """The representation data of ISO/IEC 39794-5: the first value that begins as an image does."""
    waiting = [record]
    for _ in range(MAX_SEARCHED):
        if not waiting:
            break
        node = waiting.pop()
        if not node.is_constructed:
            if _known_format(node.value):
                return node.value
        elif node.depth < MAX_DEPTH:
            waiting += reversed(list(islice(node, MAX_SIDE_BY_SIDE)))
    return None


def _known_format(image: bytes) -> ImageFormat | None:
    return next((kind for begin, kind in _BEGINNINGS.items() if image.startswith(begin)), None)


def _format(image: bytes) -> ImageFormat:
    found = _known_format(image)
    if found is None:
        raise ChipError(Code.DG_PARSE, f"an image that begins with {image[:4].hex()}")
    return found
