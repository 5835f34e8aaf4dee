"""``kordon seal write``."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from kordon.lib.traveldocs.seal import (
    KINDS,
    Coding,
    Duration,
    Key,
    Kind,
    Order,
    SealError,
    Signer,
    Value,
    kind_named,
    read_key,
    write_vds,
    write_vds_nc,
)
from kordon.lib.traveldocs.seal.images import Symbol, write_image
from kordon.lib.traveldocs.seal.pkcs11 import open_key
from kordon.node.saying import day
from kordon.node.seal.given import answer, end, file_octets
from kordon.node.seal.trusted import read_one_certificate

LARGEST_INPUT = 100_000
SHAPES = {
    Coding.MRZ_A: "a zone of two lines, | between them",
    Coding.MRZ_B: "a zone of two lines, | between them",
    Coding.MRZ_TD2: "a zone of two lines, | between them",
    Coding.NUMBER: "a number",
    Coding.DURATION: '{"days": 90}, months, years',
    Coding.DATE: "2026-11-26",
    Coding.MOMENT: "2026-11-26T08:15+05:00",
    Coding.OCTETS: "hexadecimal digits",
}
PIN, PASSWORD = "KORDON_SEAL_PIN", "KORDON_SEAL_PASSWORD"  # nosec B105  (names of settings)


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "write",
        description="Make and sign a seal. Standard input is a JSON object of what it says, by "
        'the names of the kind\'s features; dates as 2026-11-26, stay as {"days": 90}.',
    )
    parser.add_argument(
        "--kinds", action=ListKinds, nargs=0, help="list the kinds with what each may say, and end"
    )
    parser.add_argument(
        "--kind", required=True, help="VISA, STAMP, PERMIT, … or the type of a seal in JSON: icao.…"
    )
    parser.add_argument("--issuer", required=True, help="issuing state, as in a zone")
    parser.add_argument(
        "--certificate", type=Path, required=True, help="the signer's certificate, DER or PEM"
    )
    parser.add_argument(
        "--key", metavar="FILE", type=Path, help=f"private key in PEM; its password in {PASSWORD}"
    )
    parser.add_argument(
        "--module", metavar="LIBRARY", help=f"of a token (PKCS#11) instead; its PIN in {PIN}"
    )
    parser.add_argument("--token", metavar="LABEL", help="the token's label")
    parser.add_argument("--label", help="the label of the key in the token")
    parser.add_argument(
        "--issued", type=day, default=date.today(), help="day of issue of the document (today)"
    )
    parser.add_argument("--signed", type=day, default=date.today(), help="day of signing (today)")
    parser.add_argument("--header", type=int, choices=(3, 4), default=4, help="version (4)")
    parser.add_argument("--image", metavar="FILE", type=Path, help="draw the bar code, a PNG file")
    parser.add_argument(
        "--symbol",
        choices=[str(each) for each in Symbol],
        default="DataMatrix",
        help="(DataMatrix)",
    )
    parser.add_argument("--scale", type=int, default=8, help="pixels of one module (8)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(answer=write)


class ListKinds(argparse.Action):
    """As ``--help`` does, it answers before anything that is needed is missed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        for kind in KINDS.values():
            answer(
                {
                    "kind": kind.name,
                    "title": kind.title,
                    "required": _names(kind, required=True),
                    "optional": _names(kind, required=False),
                }
            )
        parser.exit()


def _names(kind: Kind, *, required: bool) -> dict[str, str]:
    """Names of features with how each is written in JSON."""
    return {
        each.name: SHAPES.get(each.coding, "text")
        for each in kind.features
        if each.required is required
    }


def write(wishes: argparse.Namespace) -> int:
    try:
        said = _said()
        with _key(wishes) as key:
            signer = Signer(key, read_one_certificate(wishes.certificate))
            octets = _made(wishes, said, signer)
        if wishes.image is not None:
            _draw(wishes, octets)
    except SealError as error:
        end(wishes, error.code, error.text)
    is_json = octets.startswith(b"{")
    if wishes.json:
        answer({"seal": octets.decode() if is_json else octets.hex(), "octets": len(octets)})
    else:
        print(octets.decode() if is_json else octets.hex())
    return 0


def _made(wishes: argparse.Namespace, said: dict[str, Any], signer: Signer) -> bytes:
    if wishes.kind.startswith("icao."):
        return write_vds_nc(wishes.kind, wishes.issuer, said, signer)
    kind = kind_named(wishes.kind)
    order = Order(
        kind=kind,
        issuer=wishes.issuer,
        values={name: _value(kind, name, value) for name, value in said.items()},
        issued=wishes.issued,
        signed=wishes.signed,
        version=wishes.header,
    )
    return write_vds(order, signer)


def _draw(wishes: argparse.Namespace, octets: bytes) -> None:
    image = write_image(octets, Symbol(wishes.symbol), scale=wishes.scale)
    try:
        wishes.image.write_bytes(image)
    except OSError as error:
        text = f"{wishes.image}: {(error.strerror or str(error)).lower()}"
        raise SealError("SYMBOL", text) from None


@contextmanager
def _key(wishes: argparse.Namespace) -> Iterator[Key]:
    """The private key, from a file or in a token."""
    if wishes.key is not None:
        password = os.environ.get(PASSWORD)
        yield read_key(file_octets(wishes.key), password.encode() if password else None)
    elif wishes.module and wishes.token and wishes.label:
        pin = os.environ.get(PIN, "")
        with open_key(wishes.module, token=wishes.token, key=wishes.label, pin=pin) as key:
            yield key
    else:
        text = "name a key: --key FILE, or --module, --token and --label"
        raise SealError("SIGNER", text)


def _said() -> dict[str, Any]:
    """The JSON object on standard input."""
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise SealError("VALUE", "more on standard input than any seal holds")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise SealError("VALUE", "what stands on standard input is no JSON object")
    return found


def _whole(number: Any) -> int:
    """Half a day of stay is a slip, not a day less."""
    if type(number) is not int:
        raise TypeError(number)
    return number


def _value(kind: Kind, name: str, value: Any) -> Value:
    """A value of JSON as the feature has it; what does not fit is refused when it is written."""
    feature = kind.by_name.get(name)
    try:
        match feature and feature.coding:
            case Coding.DATE:
                return date.fromisoformat(value)
            case Coding.MOMENT:
                return datetime.fromisoformat(value)
            case Coding.DURATION:
                return Duration(**{part: _whole(number) for part, number in value.items()})
            case Coding.OCTETS:
                return bytes.fromhex(value)
            case _:
                return value  # type: ignore[no-any-return]
    except (ValueError, TypeError, AttributeError):
        raise SealError("VALUE", f"{name}: {json.dumps(value)[:60]} cannot be written") from None
