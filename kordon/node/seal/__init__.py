"""``kordon seal``: visible digital seals read, verified and made, without the framework."""

import argparse
import sys
from collections.abc import Sequence

from kordon.node.seal import reading, verifying, writing


def main(arguments: Sequence[str]) -> None:
    """Do one deed and leave with its exit code."""
    wishes = parser().parse_args(arguments)
    sys.exit(wishes.answer(wishes))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon seal")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    reading.add_parser(deeds)
    verifying.add_parser(deeds)
    writing.add_parser(deeds)
    return parser
