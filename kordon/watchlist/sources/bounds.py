"""How much of a foreign file is read, and how text out of it is made safe to keep."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from kordon.watchlist.sources.records import BadRow, SourceError

MEGABYTE = 1024 * 1024
EXCERPT = 200


@dataclass(frozen=True, kw_only=True)
class Options:
    """Bounds, and for tables how their columns are to be understood.

    ``columns`` maps our field names to the header's; empty means: guess. ``kind`` is what
    the rows of a table are; ``encoding`` and ``delimiter`` are found out when empty.
    """

    max_bytes: int = 200 * MEGABYTE
    max_rows: int = 2_000_000
    max_field: int = 20_000
    max_row_bytes: int = MEGABYTE
    max_ratio: int = 200
    max_members: int = 2_000
    max_bad_listed: int = 10_000
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str = "person"
    encoding: str = ""
    delimiter: str = ""
    day_first: bool = True


class BadRows:
    """Collects bad rows; the first are kept word for word, all are counted."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.kept: list[BadRow] = []
        self.count = 0

    def add(self, line: int, code: str, text: str, excerpt: str, file: str = "") -> None:
        self.count += 1
        if len(self.kept) < self._limit:
            self.kept.append(BadRow(line, code, text, clean(excerpt, EXCERPT), file))


# C0 and C1 controls break databases and terminals, lone surrogates break UTF-8,
# direction marks hide what a name says.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")


def clean(text: str, limit: int) -> str:
    """One line of NFC text without controls, at most ``limit`` characters."""
    kept = _SPACE.sub(" ", _UNSAFE.sub(" ", text[: limit * 2])).strip()
    return unicodedata.normalize("NFC", kept)[:limit]


def check_size(content: bytes, options: Options) -> None:
    """Raises ``SourceError`` if the file is empty or longer than the bound."""
    if len(content) > options.max_bytes:
        raise SourceError("too_large", f"The file is larger than {options.max_bytes:,} bytes.")
    if not content.strip():
        raise SourceError("empty", "The file is empty.")


def unzip(content: bytes, options: Options) -> dict[str, bytes]:
    """Every member of an archive, read within bounds of number, size and ratio."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members, options)
            return {m.filename: _read_member(archive, m, options) for m in members if m.file_size}
    except SourceError:
        raise
    # zipfile lets many kinds of exception through on a damaged archive.
    except Exception as error:
        raise SourceError("bad_archive", "The archive is damaged and cannot be opened.") from error


def _check_members(members: list[zipfile.ZipInfo], options: Options) -> None:
    if len(members) > options.max_members:
        raise SourceError("too_many_members", "The archive holds too many files.")
    if len({member.filename for member in members}) != len(members):
        raise SourceError("bad_archive", "The archive holds two files of one name.")
    if sum(member.file_size for member in members) > options.max_bytes:
        raise SourceError("too_large", "The archive unpacks to more than is allowed.")
    for member in members:
        if member.file_size > MEGABYTE and (
            member.file_size > options.max_ratio * max(member.compress_size, 1)
        ):
            raise SourceError("suspicious_ratio", "The archive unpacks to far more than it holds.")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, options: Options) -> bytes:
    """The stated size is only a claim: never read past it."""
    with archive.open(member) as stream:
        content = stream.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise SourceError("bad_archive", "A file in the archive is longer than it states.")
    return content
