"""A reading, and its repair, as plain values for JSON."""

from typing import TypedDict

from kordon.lib.traveldocs.mrz import Reading
from kordon.lib.traveldocs.repairing import Change, Repair


class PlainField(TypedDict):
    """One field."""

    raw: str
    value: str
    verdict: str
    check: str
    expected: str


class PlainWarning(TypedDict):
    """One remark."""

    code: str
    field: str
    text: str


class PlainReading(TypedDict):
    """One reading; `refused` names the fields whose verdict refuses."""

    format: str
    lines: list[str]
    valid: bool
    refused: list[str]
    fields: dict[str, PlainField]
    number_readings: list[str]
    births: list[str]
    name_truncated: bool
    warnings: list[PlainWarning]


def to_json(reading: Reading) -> PlainReading:
    """Plain strings, lists and dicts, ready for `json.dumps`."""
    return {
        "format": str(reading.format),
        "lines": list(reading.lines),
        "valid": reading.valid,
        "refused": list(reading.refusals),
        "fields": {
            name: {
                "raw": field.raw,
                "value": field.value,
                "verdict": str(field.verdict),
                "check": field.check,
                "expected": field.expected,
            }
            for name, field in reading.fields.items()
        },
        "number_readings": list(reading.number_readings),
        "births": [str(birth) for birth in reading.births],
        "name_truncated": reading.name_truncated,
        "warnings": [
            {"code": str(each.code), "field": each.field, "text": each.text}
            for each in reading.warnings
        ],
    }


class PlainChange(TypedDict):
    """One character put for another."""

    field: str
    line: int
    position: int
    read: str
    put: str
    proof: str


class PlainRepair(TypedDict):
    """What a repair came to; `lines` is empty unless there is exactly one answer."""

    outcome: str
    lines: list[str]
    changes: list[PlainChange]
    candidates: list[list[PlainChange]]


def repair_to_json(repair: Repair) -> PlainRepair:
    """Plain values of a repair."""
    return {
        "outcome": str(repair.outcome),
        "lines": [] if repair.reading is None else list(repair.reading.lines),
        "changes": [_change(each) for each in repair.changes],
        "candidates": [[_change(each) for each in one] for one in repair.candidates],
    }


def _change(change: Change) -> PlainChange:
    return {
        "field": change.field,
        "line": change.line,
        "position": change.position,
        "read": change.read,
        "put": change.put,
        "proof": str(change.proof),
    }
