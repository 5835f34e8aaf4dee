"""``kordon chip verify``: what a chip's files say, judged by lists at hand, without a node."""

import argparse
import sys
from collections.abc import Sequence

from kordon.node.chip import verifying


def main(arguments: Sequence[str]) -> None:
    """Leave with 0 where the document is verified, 3 where it is not verifiable, 1 else."""
    wishes = parser().parse_args(arguments)
    status: int = wishes.answer(wishes)
    if status:
        sys.exit(status)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon chip")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    verifying.add_parser(deeds)
    return parser
