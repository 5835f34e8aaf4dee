"""What ``--trust`` and ``--signer`` name: authorities, signers, master lists, revocation lists."""

import base64
import re
from collections.abc import Iterable
from pathlib import Path

from kordon.lib.traveldocs.chip import (
    Certificate,
    ChipError,
    RevocationList,
    Trust,
    read_certificate,
    read_master_list,
    read_revocation_list,
)
from kordon.lib.traveldocs.seal import SealError, SealTrust
from kordon.node.seal.given import file_octets

SHORTEST = 8
"""Digits of a fingerprint that name a certificate."""
ARMOUR = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END ")


def trust_of(
    trusted: Iterable[Path], signers: Iterable[Path], also: Iterable[str], *, tests_too: bool
) -> SealTrust:
    """Raises SealError(FILE, SIGNER)."""
    found = _Found()
    for path in trusted:
        for each in _pieces(path):
            found.take(path, each)
    given = [read_one_certificate(path) for path in signers]
    anchors = Trust(found.authorities, links=given, revocation_lists=found.lists)
    return SealTrust(
        anchors,
        signers=given,
        believed=found.believed,
        also_for=_also_for((*given, *found.believed), also),
        tests_too=tests_too,
    )


def _also_for(signers: Iterable[Certificate], also: Iterable[str]) -> dict[str, list[str]]:
    """Fingerprint → states, of wishes that give the beginning of a fingerprint."""
    found: dict[str, list[str]] = {}
    wished = [each.lower().partition("=") for each in also]
    signers = list(signers)
    for beginning, _, state in wished:
        _check_wish(beginning, state, signers)
    for signer in signers:
        found[signer.fingerprint] = [
            state.upper()
            for beginning, _, state in wished
            if signer.fingerprint.startswith(beginning)
        ]
    return found


def _check_wish(beginning: str, state: str, signers: Iterable[Certificate]) -> None:
    """Raises SealError(SIGNER): a wish that would do nothing is a slip."""
    if len(beginning) < SHORTEST or not state:
        text = f"--also-for is written {SHORTEST} digits or more of a fingerprint, =, a state"
        raise SealError("SIGNER", text)
    if not any(each.fingerprint.startswith(beginning) for each in signers):
        raise SealError("SIGNER", f"--also-for {beginning}: no signer given has this fingerprint")


class _Found:
    """What the files of ``--trust`` hold, by what each is."""

    def __init__(self) -> None:
        self.authorities: list[Certificate] = []
        self.believed: list[Certificate] = []
        self.lists: list[RevocationList] = []

    def take(self, path: Path, data: bytes) -> None:
        try:
            certificate = read_certificate(data)
        except ChipError:
            self._take_list(path, data)
        else:
            (self.authorities if certificate.is_authority else self.believed).append(certificate)

    def _take_list(self, path: Path, data: bytes) -> None:
        try:
            self.lists.append(read_revocation_list(data))
        except ChipError:
            try:
                self.authorities += read_master_list(data).certificates
            except ChipError as error:
                text = f"{path}: no certificate, revocation list or master list: {error.text}"
                raise SealError("SIGNER", text) from None


def read_one_certificate(path: Path) -> Certificate:
    try:
        return read_certificate(_pieces(path)[0])
    except ChipError as error:
        raise SealError("SIGNER", f"{path}: no certificate: {error.text}") from None


def _pieces(path: Path) -> list[bytes]:
    """The file itself, or what its armour (PEM) holds."""
    data = file_octets(path)
    try:
        return [base64.b64decode(each) for each in ARMOUR.findall(data)] or [data]
    except ValueError:
        return [data]
