"""Canonical JSON (RFC 8785): one value, one sequence of bytes.

The interpreter's own encoder writes strings, whole numbers, lists and objects with plain
keys exactly as the standard asks, ten times faster than an implementation in Python.
Everything else (fractions, keys beyond ASCII, numbers beyond 2⁵³) goes the long way.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

import rfc8785

LARGEST = 2**53 - 1
_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)
# What the encoder makes anew for each value, made once; absent where it is not written in C.
_write: Callable[[Any, int], Iterable[str]] | None = (
    json.encoder.c_make_encoder(  # type: ignore[attr-defined]
        *(None, _encoder.default, json.encoder.encode_basestring, None),
        *(_encoder.key_separator, _encoder.item_separator, True, False, True),
    )
    if json.encoder.c_make_encoder  # type: ignore[attr-defined]
    else None
)


def _encode(value: Any) -> str:
    return "".join(_write(value, 0)) if _write else _encoder.encode(value)


def dumps(value: Any) -> bytes:
    """The canonical bytes of a JSON value. Raises ``ValueError`` for what JSON cannot hold."""
    if is_plain(value):
        try:
            return _encode(value).encode()
        except UnicodeEncodeError:
            pass  # a lone surrogate: the long way says so in its own words
    return rfc8785.dumps(value)


def write_plain(value: Any) -> bytes:
    """The canonical bytes of what is known to be plain (``is_plain``): nothing is looked at."""
    return _encode(value).encode()


def is_canonical(text: str) -> bool:
    """Whether somebody else's JSON is written as RFC 8785 asks."""
    try:
        # What is plain comes out of the encoder as it must be, however it was written.
        return _encode(_plain_decoder.decode(text)) == text if text.isascii() else _is_same(text)
    except _NotPlain:
        return _is_same(text)
    except (ValueError, RecursionError):
        return False


def _is_same(text: str) -> bool:
    try:
        return dumps(json.loads(text)) == text.encode()
    except (ValueError, RecursionError):
        return False


class _NotPlain(Exception):
    """A number that the interpreter's encoder writes otherwise than the standard."""


def _refuse_number(digits: str) -> Any:
    raise _NotPlain(digits)


def _plain_number(digits: str) -> int:
    # Fifteen digits are below 2⁵³; "-0" is written 0.
    return int(digits) if len(digits) < 16 else _refuse_number(digits)


_plain_decoder = json.JSONDecoder(
    parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_plain_number
)


def is_plain(value: Any) -> bool:
    """Whether the interpreter's encoder writes it as RFC 8785 asks."""
    kind: type = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-LARGEST <= value <= LARGEST)
    if kind is dict:
        return all(
            type(key) is str and key.isascii() and is_plain(each) for key, each in value.items()
        )
    return (kind is list or kind is tuple) and all(map(is_plain, value))
