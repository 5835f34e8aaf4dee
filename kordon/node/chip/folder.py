"""The files of a chip in a folder, whatever the tool that read them called them."""

import re
from pathlib import Path

from kordon.lib.traveldocs.chip import ChipFiles

LARGEST = 8 * 1024 * 1024
MOST_FILES = 200
COM = re.compile(r"(ef[._ -]?)?com")
SOD = re.compile(r"(ef[._ -]?)?sod")
GROUP = re.compile(r"(ef[._ -]?)?(dg|data_?group)[._ -]?0?([1-9]|1[0-6])")
ENDING = re.compile(r"\.(bin|der|dat|raw|tlv)$")


def read_folder(path: Path) -> ChipFiles:
    """``EF_COM.bin``, ``EF.SOD``, ``DG1.bin``, ``Datagroup1.bin`` …; other files are left alone.

    Raises ``OSError``, and ``ValueError`` for a file or a folder larger than any chip.
    """
    com = sod = None
    groups: dict[int, bytes] = {}
    for number, file in enumerate(sorted(path.iterdir())):
        if number == MOST_FILES:
            raise ValueError(f"{path} holds more than {MOST_FILES} files.")
        name = ENDING.sub("", file.name.lower())
        group = GROUP.fullmatch(name)
        if not (file.is_file() and (group or COM.fullmatch(name) or SOD.fullmatch(name))):
            continue
        content = read_file(file)
        if group:
            groups[int(group[3])] = content
        elif COM.fullmatch(name):
            com = content
        else:
            sod = content
    return ChipFiles(sod=sod, com=com, groups=groups)


def read_file(path: Path, limit: int = LARGEST) -> bytes:
    """A file no larger than ``limit``."""
    if path.stat().st_size > limit:
        raise ValueError(f"{path} is larger than {limit:,} bytes.")
    return path.read_bytes()
