"""Certificates of authorities as lines of a kept file: what posts get, and rows are made of."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from kordon.journal import canonical
from kordon.lib.traveldocs.chip import Assessed, Certificate, ChipError, key_fingerprint

LONGEST_NAME = 500


@dataclass(frozen=True, kw_only=True)
class Record:
    """One certificate: what is shown of it, how it stands among its list, and its octets."""

    fingerprint: str
    state: str
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    key: str
    key_fingerprint: str
    standing: str
    why: str
    der: bytes


def record_of(it: Assessed) -> Record:
    """What is kept of an assessed certificate."""
    certificate = it.certificate
    return Record(
        fingerprint=certificate.fingerprint,
        state=_state(certificate.country),
        subject=shown(certificate.subject),
        issuer=shown(certificate.issuer),
        serial=f"{certificate.serial:x}"[:80],
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        key=key_word(certificate),
        key_fingerprint=key_fingerprint(certificate),
        standing=str(it.standing),
        why=it.why[:300],
        der=certificate.raw,
    )


def shown(name: object) -> str:
    """A name as others wrote it, bounded, and without what no database keeps."""
    return "".join(each if each.isprintable() else "?" for each in str(name))[:LONGEST_NAME]


def _state(country: str) -> str:
    """Two letters, or question marks where a certificate names no state."""
    return country if len(country) == 2 and country.isascii() and country.isalpha() else "??"


def key_word(certificate: Certificate) -> str:
    """``RSA 4096``, ``brainpoolP384r1``; a dash where the key cannot be used."""
    return "–" if isinstance(certificate.key, ChipError) else str(certificate.key)


def to_lines(records: Iterable[Record]) -> bytes:
    """Canonical JSON, one certificate a line, each certificate once, in a fixed order."""
    once = {record.fingerprint: record for record in records}
    return b"".join(
        canonical.dumps(_plain(once[fingerprint])) + b"\n" for fingerprint in sorted(once)
    )


def from_lines(lines: bytes) -> Iterator[Record]:
    """What ``to_lines`` wrote."""
    for line in lines.splitlines():
        told = json.loads(line)
        moments = {name: datetime.fromisoformat(told[name]) for name in ("not_before", "not_after")}
        yield Record(**(told | moments | {"der": b64decode(told["der"])}))


def _plain(record: Record) -> dict[str, str]:
    told = asdict(record)
    return told | {
        "not_before": record.not_before.isoformat(),
        "not_after": record.not_after.isoformat(),
        "der": b64encode(record.der).decode(),
    }
