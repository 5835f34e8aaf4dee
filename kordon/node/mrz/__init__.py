"""``kordon mrz``: machine readable zones read, written and spelled, without the framework."""

import argparse
import sys
from collections.abc import Sequence

from kordon.node.mrz import reading, transliterating, writing


def main(arguments: Sequence[str]) -> None:
    """Answer each input line in order; a line that is wrong costs no other line."""
    wishes = parser().parse_args(arguments)
    if not wishes.answer(wishes):
        sys.exit(1)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon mrz")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    reading.add_parser(deeds)
    writing.add_parser(deeds)
    transliterating.add_parser(deeds)
    return parser
