"""Published master lists: whose signature holds, which keys load, which certificates verify."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kordon.lib.traveldocs.chip import (
    Certificate,
    ChipError,
    Code,
    MasterList,
    Standing,
    assess,
    read_master_list,
)
from kordon.lib.traveldocs.chip.asn1 import INTEGER, SEQUENCE, SET, Members
from kordon.lib.traveldocs.chip.certificates import certificate_of
from kordon.lib.traveldocs.chip.master_list import MAX_LIST
from kordon.lib.traveldocs.chip.signed import read_signed_data
from kordon.lib.traveldocs.chip.tlv import read_node


@dataclass(frozen=True)
class Listed:
    """One list: `found` is None where it is refused, and then `certificates` are read only to ask
    of each whose key signed it. Nothing in a refused list is believed."""

    name: str
    found: MasterList | None
    certificates: tuple[Certificate, ...]
    unreadable: int
    refusal: Code | None = None

    @property
    def keys(self) -> int:
        return sum(not isinstance(each.key, ChipError) for each in self.certificates)

    @property
    def verified(self) -> int:
        """Certificates that a key of this list, or one enclosed beside it, signed."""
        among = self.found.enclosed if self.found else ()
        return sum(each.holds for each in assess(self.certificates, among=among))


@dataclass(frozen=True)
class Union:
    """Every distinct certificate of several lists."""

    total: int
    verified: int
    others: tuple[str, ...] = field(repr=False)
    """Those that did not, with the reason."""


def read_lists(folder: Path) -> list[Listed]:
    return [_read(path) for path in sorted((folder / "masterlists").glob("*.ml"))]


def _read(path: Path) -> Listed:
    data = path.read_bytes()
    try:
        found = read_master_list(data)
    except ChipError as error:
        certificates = tuple(_certificates_of(data))
        return Listed(path.name, None, certificates, 0, error.code)
    return Listed(path.name, found, found.certificates, len(found.unreadable))


def _certificates_of(data: bytes) -> list[Certificate]:
    """The certificates of a list whose signature nobody asks for; none where it is no list."""
    try:
        signed = read_signed_data(read_node(data, limit=MAX_LIST), not_cms=Code.LIST_NOT_CMS)
        members = Members(read_node(signed.content, limit=MAX_LIST), "master list")
        members.take(INTEGER)
        return [certificate_of(each) for each in members.take(SET, SEQUENCE)]
    except ChipError:
        return []


def unite(lists: Iterable[Listed]) -> Union:
    """Each distinct certificate by its own key and those of all others."""
    lists = list(lists)
    every = {each.raw: each for listed in lists for each in listed.certificates}
    enclosed = [each for listed in lists if listed.found for each in listed.found.enclosed]
    assessed = assess(every.values(), among=enclosed)
    others = tuple(
        f"{each.certificate.subject}, from {each.certificate.not_before:%Y-%m-%d}: "
        f"{_reason(each.standing, each.why)}"
        for each in assessed
        if not each.holds
    )
    return Union(len(assessed), len(assessed) - len(others), others)


def _reason(standing: Standing, why: str) -> str:
    return f"{standing}, {why}"
