"""What files of a chip are called by the tools that read them, and by their short identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kordon.lib.traveldocs.chip.contents import ChipFiles
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.tlv import MAX_FILE

COM, SOD = "COM", "SOD"
_GROUP = re.compile(r"(?:ef[._ -]?)?(?:dg|data[_ ]?group)[._ -]?0?([1-9]|1[0-6])", re.I)
_NAMED = re.compile(r"(?:ef[._ -]?)?(com|sod)", re.I)
_IDENTIFIER = re.compile(r"(?:ef[._ -]?)?01(0[1-9a-f]|10|1d|1e)", re.I)
_ENDING = re.compile(r"\.(bin|der|dat|raw|tlv)$", re.I)


def name_file(filename: str) -> str:
    """`COM`, `SOD`, `DG1` to `DG16`; empty for a file that is none of a chip.

    Understood are `EF_SOD.bin`, `EF.COM`, `DG1`, `dg02.bin`, `Datagroup14.bin`, `ef011D.bin`.
    """
    name = _ENDING.sub("", filename.replace("\\", "/").rsplit("/", 1)[-1].strip())
    if found := _NAMED.fullmatch(name):
        return found[1].upper()
    if found := _GROUP.fullmatch(name):
        return f"DG{int(found[1])}"
    if found := _IDENTIFIER.fullmatch(name):
        number = int(found[1], 16)
        return {0x1D: SOD, 0x1E: COM}.get(number, f"DG{number}")
    return ""


def chip_files(named: Iterable[tuple[str, bytes]]) -> ChipFiles:
    """The files of a chip from pairs of `COM`, `SOD`, `DG1` … and octets.

    Raises `ChipError` for a name that is none of these and for a file beyond 8 MiB.
    """
    found: dict[str, bytes] = {}
    for name, octets in named:
        if name_file(name) != name:
            raise ChipError(Code.READ_BAD_TLV, f"{name[:20]!r} is no file of a chip")
        if len(octets) > MAX_FILE:
            raise ChipError(Code.READ_TOO_LARGE, f"{name} is larger than 8 MiB")
        found[name] = octets
    groups = {int(name[2:]): octets for name, octets in found.items() if name.startswith("DG")}
    return ChipFiles(sod=found.get(SOD), com=found.get(COM), groups=groups)
