"""A reading as plain values for JSON."""

from typing import TypedDict

from kordon.lib.traveldocs.mrz import Reading


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
