"""Seals and verdicts as plain values, for machines and archives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kordon.lib.traveldocs.chip.as_json import certificate_to_json
from kordon.lib.traveldocs.seal.codings import Duration, Value
from kordon.lib.traveldocs.seal.outcome import Verdict
from kordon.lib.traveldocs.seal.vds import Seal
from kordon.lib.traveldocs.seal.vds_nc import JSONSeal


def seal_to_json(seal: Seal | JSONSeal) -> dict[str, Any]:
    """Everything a seal says; octets in hexadecimal digits, dates as 2026-11-26."""
    if isinstance(seal, JSONSeal):
        return {
            "build": "VDS-NC",
            "type": seal.type,
            "version": seal.version,
            "issuer": seal.issuer,
            "message": dict(seal.message),
            "algorithm": seal.algorithm,
            "certificate": certificate_to_json(seal.certificate),
            "signature": seal.signature.hex(),
        }
    header = seal.header
    return {
        "build": "VDS",
        "version": header.version,
        "kind": None if seal.kind is None else seal.kind.name,
        "kind_octets": bytes(header.kind_octets).hex(),
        "issuer": header.issuer,
        "signer": header.signer,
        "reference": header.reference,
        "issued": header.issued.isoformat(),
        "signed": header.signed.isoformat(),
        "values": values_to_json(seal.values),
        "unknown": {str(tag): octets.hex() for tag, octets in seal.unknown.items()},
        "flaws": list(seal.flaws),
        "signature": seal.signature.hex(),
    }


def values_to_json(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        parts = {"days": value.days, "months": value.months, "years": value.years}
        return parts | {"meaning": value.meaning}
    return value


def verdict_to_json(said: Verdict) -> dict[str, Any]:
    """The whole protocol."""
    return {
        "outcome": str(said.outcome),
        "status": str(said.status),
        "signed_on": None if said.signed_on is None else said.signed_on.isoformat(),
        "findings": [
            {
                "number": each.step.number,
                "step": str(each.step),
                "result": str(each.result),
                "status": str(each.status),
                "text": each.text,
            }
            for each in said.findings
        ],
        "compared": [
            {
                "against": str(each.against),
                "field": each.field,
                "same": str(each.same),
                "in_seal": each.in_seal,
                "in_zone": each.in_zone,
            }
            for each in said.compared
        ],
        "path": [certificate_to_json(each) for each in said.path],
        "seal": None if said.seal is None else seal_to_json(said.seal),
    }
