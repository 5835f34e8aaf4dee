"""A verification as plain values, for machines and archives."""

from __future__ import annotations

from typing import Any

from kordon.lib.traveldocs.chip.certificates import Certificate
from kordon.lib.traveldocs.chip.outcome import Finding, Verification


def to_json(said: Verification) -> dict[str, Any]:
    """Everything a verification says but the zone; serial numbers are text, they may be long."""
    return {
        "outcome": str(said.outcome),
        "signed_at": None if said.signed_at is None else said.signed_at.isoformat(),
        "digests_hold": {str(number): good for number, good in said.digests_hold.items()},
        "findings": [_finding(each) for each in said.findings],
        "path": [certificate_to_json(each) for each in said.path],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "number": found.step.number,
        "step": str(found.step),
        "result": str(found.result),
        "code": str(found.code),
        "text": found.text,
        "group": found.group,
        "note": found.note,
    }


def certificate_to_json(each: Certificate) -> dict[str, Any]:
    """One certificate in a few words."""
    return {
        "subject": str(each.subject),
        "issuer": str(each.issuer),
        "serial": str(each.serial),
        "not_before": each.not_before.isoformat(),
        "not_after": each.not_after.isoformat(),
        "key": str(each.key),
        "fingerprint": each.fingerprint,
    }
