"""XML read piece by piece: no document types, no entities, nothing fetched, bounded depth.

Elements are plain values with the line they began on; only one piece is in memory at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Only the exception: parsing itself is defused.
from xml.etree.ElementTree import ParseError  # nosec B405

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kordon.watchlist.sources.records import SourceError

MAX_DEPTH = 32
MAX_PARTS = 100_000
CHUNK = 64 * 1024


@dataclass
class Element:
    """``path`` holds the tags of its ancestors, outermost first."""

    tag: str
    line: int
    path: tuple[str, ...]
    attributes: dict[str, str]
    parts: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> list["Element"]:
        return [part for part in self.parts if part.tag == tag]

    def first(self, tag: str) -> str:
        """The text of the first part of this tag, or "" if there is none."""
        return next((part.text.strip() for part in self.parts if part.tag == tag), "")


class _Target:
    """Builds the wanted elements whole; of all others only their beginning is told."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._open: list[Element] = []
        self._path: list[str] = []
        self._parts = 0
        self.ready: list[Element] = []
        self.parser: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= MAX_DEPTH:
            raise SourceError("too_deep", "The XML is nested too deeply.")
        name = tag.rpartition("}")[2]
        line = self.parser.CurrentLineNumber
        element = Element(name, line, tuple(self._path), attributes)
        self._path.append(name)
        if self._open:
            self._parts += 1
            if self._parts > MAX_PARTS:
                raise SourceError("too_large", "One entry of the XML has too many parts.")
            self._open[-1].parts.append(element)
            self._open.append(element)
        elif name in self._wanted:
            self._parts = 0
            self._open.append(element)
        else:
            self.ready.append(element)

    def end(self, tag: str) -> None:
        self._path.pop()
        if self._open:
            done = self._open.pop()
            if not self._open:
                self.ready.append(done)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def close(self) -> None:
        """The framework asks for it."""


def walk(content: bytes, wanted: frozenset[str]) -> Iterator[Element]:
    """Every element outside the wanted ones as it begins (empty), the wanted ones whole.

    Raises ``SourceError`` for anything that is not well-formed, plain XML.
    """
    target = _Target(wanted)
    try:
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        target.parser = parser.parser
        for start in range(0, len(content), CHUNK):
            parser.feed(content[start : start + CHUNK])
            yield from _taken(target)
        parser.close()
        yield from _taken(target)
    except DefusedXmlException as error:
        raise SourceError(
            "unsafe_xml", "The XML declares a document type or entities; that is not accepted."
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise SourceError("bad_xml", f"The XML is damaged: {error}.") from error


def _taken(target: _Target) -> list[Element]:
    ready, target.ready = target.ready, []
    return ready
