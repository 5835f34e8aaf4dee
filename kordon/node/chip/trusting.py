"""Trust from files at hand: master lists, certificates, revocation lists, folders of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kordon.lib.traveldocs.chip import (
    Certificate,
    ChipError,
    Code,
    RevocationList,
    Standing,
    Trust,
    assess,
    read_certificate,
    read_master_list,
    read_revocation_list,
    unpack,
)
from kordon.node.chip.folder import read_file

LARGEST_LIST = 32 * 1024 * 1024


@dataclass
class Gathered:
    """What the files held. ``refused`` are files that were not taken, with the reason."""

    certificates: list[Certificate] = field(default_factory=list)
    revocation_lists: list[RevocationList] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def trust(self) -> Trust:
        """Self-signed certificates that hold are anchors, all others links."""
        judged = assess(dict.fromkeys(self.certificates))
        anchors = [one.certificate for one in judged if one.standing is Standing.SELF_SIGNED]
        links = [
            one.certificate
            for one in judged
            if one.standing in {Standing.LINKED, Standing.ISSUER_UNKNOWN}
        ]
        return Trust(anchors, links=links, revocation_lists=self.revocation_lists)


def gather(paths: Sequence[Path]) -> Gathered:
    """Read every file. One that is not what it should be is told, and the others are taken."""
    found = Gathered()
    for path in _files(paths):
        try:
            _take(read_file(path, LARGEST_LIST), found)
        except ValueError as error:  # a ChipError is one
            found.refused.append((str(path), str(error)))
    return found


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file())
        else:
            yield path


def _take(content: bytes, found: Gathered) -> None:
    for label, der in unpack(content):
        if label == "CERTIFICATE":
            found.certificates.append(read_certificate(der))
        elif label == "X509 CRL":
            found.revocation_lists.append(read_revocation_list(der))
        elif not label:
            _take_der(der, found)


def _take_der(der: bytes, found: Gathered) -> None:
    """A master list, a certificate or a revocation list: whichever it can be read as."""
    try:
        found.certificates += read_master_list(der).certificates
    except ChipError as error:
        if error.code != Code.LIST_NOT_CMS:
            raise
    else:
        return
    try:
        found.certificates.append(read_certificate(der))
    except ChipError:
        found.revocation_lists.append(read_revocation_list(der))
