"""``kordon seal read``."""

import argparse
from typing import Any

from kordon.lib.traveldocs.seal import SealError, read_seal, seal_to_json
from kordon.node.seal.given import add_seal, answer, end, seal_octets


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "read", description="Say what a seal says. Nothing is verified."
    )
    add_seal(parser)
    parser.set_defaults(answer=read)


def read(wishes: argparse.Namespace) -> int:
    try:
        told = seal_to_json(read_seal(seal_octets(wishes.seal)))
    except SealError as error:
        end(wishes, error.code, error.text)
    if wishes.json:
        answer(told)
        return 0
    print("\n".join(lines_of(told)))
    print("Nothing of this is verified.")
    return 0


def lines_of(told: dict[str, Any], below: str = "") -> list[str]:
    """A line for each value; what lies inside one is told by its path."""
    lines: list[str] = []
    for name, value in told.items():
        if isinstance(value, dict):
            lines += lines_of(value, f"{below}{name}.")
        elif value not in (None, "", []):
            text = str(value).replace("\n", " | ")
            lines.append(f"{below}{name}: {text if len(text) < 200 else text[:200] + ' …'}")
    return lines
