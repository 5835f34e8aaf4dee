"""Facts: what happened, said once, in words that will still be read in ten years."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, dataclass_transform

from pydantic import TypeAdapter

from kordon.journal import canonical

T = TypeVar("T")

KINDS: dict[str, type] = {}
LARGEST_BODY = 512 * 1024
"""Bytes of one fact. What is larger is a kept file that the fact names."""
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class NotToBeSaid(ValueError):
    """A fact that no other node could take: too large, or with a NUL, which PostgreSQL refuses."""


class Travels(StrEnum):
    """How far a fact goes, and so in which channel of its node's journal it lies.

    A reader who may see only part of a chain cannot verify it, hence one chain per audience.
    """

    HOME = "home"
    """Stays on the node where it was recorded."""
    HQ = "up"
    """Goes from a post to its headquarters."""
    POSTS = "all"
    """Goes from headquarters to every post."""
    PUBLIC = "public"
    """Goes to the public portal."""


@dataclass(frozen=True)
class PostOf:
    """Goes from headquarters to the one post whose code stands in this field of the fact."""

    field: str

    @property
    def name(self) -> str:
        return f"POST_OF({self.field})"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(
    kind: str,
    *,
    travels: Travels | PostOf = Travels.HQ,
    only_at_hq: bool = False,
    files: Iterable[str] = (),
) -> Callable[[type[T]], type[T]]:
    """Declare a frozen dataclass as a fact under a name that never changes.

    ``only_at_hq``: headquarters is the home of what it speaks of, so no post records it; what
    travels down is so by itself. ``files``: the fields that name kept files, which must have
    arrived before the fact is applied.
    """

    def declare(cls: type[T]) -> type[T]:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        made.kind, made.travels, made.file_fields = kind, travels, tuple(files)
        made.only_at_hq = only_at_hq or travels not in {Travels.HOME, Travels.HQ}
        if KINDS.setdefault(kind, made) is not made:
            raise TypeError(f"two facts are called {kind}")
        return cast(type[T], made)

    return declare


def files_of(what: Any) -> tuple[str, ...]:
    """The kept files the fact names and cannot be applied without."""
    named: list[str] = []
    for name in what.file_fields:
        value = getattr(what, name)
        named += [value] if isinstance(value, str) else list(value)
    return tuple(name for name in named if name)


def kind_of(fact_type: type) -> str:
    """The released name of a fact type. Raises ``TypeError`` if it is none."""
    kind: str | None = getattr(fact_type, "kind", None)
    if kind is None or KINDS.get(kind) is not fact_type:
        raise TypeError(f"{fact_type.__name__} is not declared with @fact")
    return kind


def to_body(what: Any) -> bytes:
    """The fact as canonical JSON (RFC 8785), the bytes that are hashed and stored.

    Raises ``NotToBeSaid``: refused here, or it would stop the stream of its node for good.
    """
    kind = kind_of(type(what))
    body = canonical.dumps(_adapter(kind).dump_python(what, mode="json"))
    if len(body) > LARGEST_BODY or has_nul(body):
        raise NotToBeSaid(f"{kind}: {len(body)} bytes")
    return body


def has_nul(body: bytes) -> bool:
    """Whether a string in this canonical JSON holds a NUL; ``\\\\u0000``, typed out, is none."""
    return b"\\u0000" in body and _NUL.search(body) is not None


def from_body(kind: str, body: bytes) -> Any:
    """The fact again. Raises ``KeyError`` for a kind this version does not know."""
    return _adapter(kind).validate_json(body)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])
