"""The one error of this part."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why an image is not looked at, stable for machines."""

    TOO_LARGE = "TOO_LARGE"
    """More octets, pixels or pixels of a side than this library is ready to decode."""
    TOO_SMALL = "TOO_SMALL"
    """So few pixels that no machine readable zone could be read on it."""
    NOT_AN_IMAGE = "NOT_AN_IMAGE"
    """No JPEG, PNG, TIFF, BMP or WebP file, or a broken one."""


class PageError(ValueError):
    """An image that cannot be looked at. `code` is one of `Code`, `text` one English sentence."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text

    def __reduce__(self) -> tuple[type[PageError], tuple[Code, str]]:
        return type(self), (self.code, self.text)
