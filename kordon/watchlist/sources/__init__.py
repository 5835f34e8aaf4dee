"""Reading watchlists other people publish: formats in, plain records out. No framework.

``read(format, content)`` returns a ``Parsed``; the only exception it raises is
``SourceError``. Every row of the input is a record, a bad row with line and reason,
counted as skipped (no person, document or vehicle), or joined to another row's record.
"""

from collections.abc import Callable, Mapping
from typing import IO

from kordon.watchlist.sources.bounds import Options, check_size
from kordon.watchlist.sources.ftm import read_ftm
from kordon.watchlist.sources.ofac import pack, read_ofac
from kordon.watchlist.sources.opensanctions import read_opensanctions
from kordon.watchlist.sources.records import (
    BadRow,
    Birth,
    Document,
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
    bad_from_lines,
    bad_to_lines,
    from_lines,
    to_line,
    to_lines,
)
from kordon.watchlist.sources.table import FIELDS, read_header, read_table
from kordon.watchlist.sources.un import read_un

__all__ = [
    "FIELDS",
    "FORMATS",
    "BadRow",
    "Birth",
    "Document",
    "Kind",
    "Name",
    "Options",
    "Parsed",
    "Quality",
    "SourceError",
    "SourceRecord",
    "bad_from_lines",
    "bad_to_lines",
    "from_lines",
    "pack",
    "read",
    "read_header",
    "to_line",
    "to_lines",
]

FORMATS: Mapping[str, Callable[[bytes, Options], Parsed]] = {
    "un": read_un,
    "ofac": read_ofac,
    "opensanctions": read_opensanctions,
    "ftm": read_ftm,
    "table": read_table,
}


def read(format: str, source: bytes | IO[bytes], options: Options | None = None) -> Parsed:
    """Read a whole edition in one of ``FORMATS``.

    ``source`` is the file's content or an open binary file. Nothing but ``SourceError``
    is raised, whatever the input; memory and time grow with its bounded size only.
    """
    options = options or Options()
    if format not in FORMATS:
        raise SourceError("unknown_format", f"There is no format {format!r}.")
    if not isinstance(source, bytes):
        source = source.read(options.max_bytes + 1)
    check_size(source, options)
    try:
        return FORMATS[format](source, options)
    except SourceError:
        raise
    # The outermost boundary of foreign data: what no reader foresaw is still a bad file.
    except (Exception, RecursionError) as error:
        raise SourceError("unreadable", f"The file cannot be read: {error!r:.200}.") from error
