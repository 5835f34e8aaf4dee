"""Published vectors against what is right of them: zones, security objects, chips, seals.

They are no part of the repository: KORDON_VECTORS names their folder. What is absent is told as
skipped, with how many there were when this was written.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kordon.lib.traveldocs import (
    Format,
    MRZData,
    MRZError,
    Reading,
    Verdict,
    read_mrz,
    write_mrz,
)
from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Trust,
    Verification,
    read_certificate,
    read_revocation_list,
    verify_chip,
    verify_sod,
)
from kordon.lib.traveldocs.formats import LAYOUTS
from kordon.lib.traveldocs.seal import SealTrust, verify_seal
from kordon.measure.documents.reviewed import (
    CHIPS,
    NOT_WRITTEN,
    ON,
    SEALS,
    SEALS_NC,
    SECURITY_OBJECTS,
    ZONES,
    Judged,
    Right,
)

TAG_77 = b"\x77\x82"


@dataclass
class Tally:
    """How many were judged, what was judged otherwise than is right, what nobody reviewed yet."""

    judged: int = 0
    wrong: list[str] = field(default_factory=list)
    unreviewed: list[str] = field(default_factory=list)

    @property
    def right(self) -> int:
        return self.judged - len(self.wrong)

    def add(self, name: str, problem: str) -> None:
        """One more; `problem` is empty where it was judged rightly."""
        self.judged += 1
        if problem:
            self.wrong.append(f"{name}: {problem}")


def folder_of(files: Iterable[Path]) -> Path | None:
    """The folder that the user gave, or KORDON_VECTORS; None where there is none."""
    named = next(iter(files), None) or os.environ.get("KORDON_VECTORS")
    if named is None:
        return None
    folder = Path(named)
    inner = folder / "travel-documents"
    found = inner if inner.is_dir() else folder
    return found if found.is_dir() else None


def zones(folder: Path) -> list[dict[str, Any]]:
    """The rows of the corpus."""
    file = folder / "mrz" / "mrz_corpus.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def judge_zones(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Every row of the corpus by its own verdict, or by ours where we differ with a reason."""
    tally = Tally()
    for row in rows:
        tally.add(name_of(row), zone_problem(row))
    return tally


def name_of(row: Mapping[str, Any]) -> str:
    """By which a row is named in the tables of what is right."""
    return _beginning("|".join(row["lines"]).encode())


def zone_problem(row: Mapping[str, Any]) -> str:
    """What is told otherwise than is right; empty where nothing is.

    What we refuse beyond the digits of the corpus are characters and gaps, never another digit.
    """
    reading = read_mrz(row["lines"], on=ON)
    refused, right = frozenset(reading.refusals), ZONES.get(name_of(row))
    said = f"{reading.format}, {reading.valid}, {sorted(refused)}"
    if right is not None:
        return "" if (reading.valid, refused) == (right.valid, right.refused) else said
    if (reading.format, reading.valid) != (row["type"], row["all_ok"]):
        return said
    wrong = {field for field, good in row["checks"].items() if not good}
    beyond = {reading.fields[name].verdict for name in refused - wrong}
    same = wrong <= refused and beyond <= {Verdict.BAD_CHARACTER, Verdict.MISSING}
    return "" if same else said


def judge_writing(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Every valid zone of Doc 9303's five formats: written again from what was read, it is itself.

    Where the names were cut this says nothing of how we would cut them. Those that we refuse to
    write are in `NOT_WRITTEN`.
    """
    tally = Tally()
    for row in rows:
        reading = read_mrz(row["lines"], on=ON)
        if reading.valid and reading.format is not Format.FRA:
            tally.add(name_of(row), _writing_problem(reading, name_of(row)))
    return tally


def _writing_problem(reading: Reading, name: str) -> str:
    place = LAYOUTS[reading.format].personal_check
    over_nothing = "".join(reading.lines)[place] if place is not None else "<"
    document = MRZData(
        document_code=reading.document_code,
        issuer=reading.issuer,
        surname=reading.surname,
        given_names=reading.given_names,
        number=reading.number,
        nationality=reading.nationality,
        birth=reading.birth,
        sex=reading.sex,
        expiry=reading.expiry,
        optional=reading.optional,
        optional_2=reading.optional_2,
    )
    try:
        digit = over_nothing if over_nothing in "<0" else "<"
        written = write_mrz(reading.format, document, empty_check_digit=digit)
    except MRZError as error:
        return "" if NOT_WRITTEN.get(name, ("",))[0] == error.code else str(error)
    return "" if written == reading.lines and name not in NOT_WRITTEN else "|".join(written)


def judge_security_objects(
    folder: Path, trust: Trust, reviewed: Mapping[str, Right] = SECURITY_OBJECTS
) -> Tally:
    """Every EF.SOD by itself, wherever it lies; the whole chips with their groups."""
    tally = Tally()
    for path in _security_objects(folder / "emrtd"):
        data = path.read_bytes()
        bare = data[4:] if data.startswith(TAG_77) else data
        right = reviewed.get(_beginning(bare))
        if right is None:
            tally.unreviewed.append(path.name)
            continue
        tally.add(path.name, _chip_problem(verify_sod(data, trust, on=ON), right))
    for chip in CHIPS:
        inside = folder / "emrtd" / chip.folder
        if not inside.is_dir():
            continue
        groups = {number: (inside / name).read_bytes() for number, name in chip.groups.items()}
        sod, com = (inside / chip.sod).read_bytes(), (inside / chip.com).read_bytes()
        said = verify_chip(ChipFiles(sod=sod, com=com, groups=groups), trust, on=chip.on)
        tally.add(f"{chip.folder} {sorted(groups)}", _chip_problem(said, chip.right))
    return tally


def _security_objects(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.parent.name == "sod" or path.name in {"EF_SOD.bin"}):
            if path.suffix != ".json":
                yield path
        elif path.name == "ef011D.bin":
            yield path


def _chip_problem(said: Verification, right: Right) -> str:
    if (said.outcome, frozenset(said.codes)) == (right.outcome, right.codes):
        return ""
    return f"{said.outcome} {sorted(set(said.codes))}, not {right.outcome} {sorted(right.codes)}"


def judge_seals(folder: Path) -> Tally:
    """Every seal twice: its signers believed for what they signed, and for their states alone."""
    tally = Tally()
    certificates = [read_certificate(each.read_bytes()) for each in (folder / "vds").glob("*.crt")]
    also_for = {each.fingerprint: ("D", "UTO") for each in certificates}
    believing = SealTrust(believed=certificates, also_for=also_for)
    alone = SealTrust(believed=certificates)
    for path in sorted((folder / "vds").glob("*.hex")):
        right = SEALS.get(path.stem)
        if right is None:
            tally.unreviewed.append(path.name)
            continue
        octets = bytes.fromhex(path.read_text())
        problems = (
            _seal_problem(octets, believing, right.believed),
            _seal_problem(octets, alone, right.alone),
        )
        tally.add(path.stem, "; ".join(filter(None, problems)))
    return tally


def judge_seals_in_json(folder: Path) -> Tally:
    """Every VDS-NC, by the Australian authority without and with its revocation lists."""
    tally = Tally()
    paths = sorted((folder / "vds-nc").glob("*.json"))
    if not paths:
        return tally
    anchor = read_certificate((folder / "crl" / "au_cscaCertData.cer").read_bytes())
    lists = [
        read_revocation_list(each.read_bytes()) for each in sorted((folder / "crl").glob("*.crl"))
    ]
    trusted = [SealTrust(Trust([anchor], revocation_lists=some)) for some in ([], lists)]
    for path in paths:
        right = SEALS_NC.get(path.stem)
        if right is None:
            tally.unreviewed.append(path.name)
            continue
        octets = path.read_bytes()
        problems = (_seal_problem(octets, trust, right[0]) for trust in trusted)
        tally.add(path.stem, "; ".join(filter(None, problems)))
    return tally


def _seal_problem(octets: bytes, trust: SealTrust, right: Judged) -> str:
    said = verify_seal(octets, trust, on=ON)
    return "" if (said.outcome, said.status) == right else f"{said.outcome} {said.status}"


def _beginning(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:16]
