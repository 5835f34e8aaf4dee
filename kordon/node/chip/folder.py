"""The files of a chip in a folder, whatever the tool that read them called them."""

from collections.abc import Iterator
from pathlib import Path

from kordon.lib.traveldocs.chip import ChipFiles, chip_files, name_file

LARGEST = 8 * 1024 * 1024
MOST_FILES = 200


def read_folder(path: Path) -> ChipFiles:
    """The files of a chip; other files are left alone.

    Raises ``OSError``, and ``ValueError`` for a file or a folder larger than any chip.
    """
    return chip_files(list_folder(path))


def list_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    """``COM``, ``SOD``, ``DG1`` … with their octets."""
    for number, file in enumerate(sorted(path.iterdir())):
        if number == MOST_FILES:
            raise ValueError(f"{path} holds more than {MOST_FILES} files.")
        if (name := name_file(file.name)) and file.is_file():
            yield name, read_file(file)


def read_file(path: Path, limit: int = LARGEST) -> bytes:
    """A file no larger than ``limit``."""
    with path.open("rb") as file:  # a device tells no size
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{path} is larger than {limit:,} bytes.")
    return content
