"""Facts: what happened, said once, in words that will still be read in ten years."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from pydantic import TypeAdapter

from kordon.journal import canonical

T = TypeVar("T")

KINDS: dict[str, type] = {}


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


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: str, *, travels: Travels = Travels.HQ) -> Callable[[type[T]], type[T]]:
    """Declare a frozen dataclass as a fact under a name that never changes."""

    def declare(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        if KINDS.setdefault(kind, made) is not made:
            raise TypeError(f"two facts are called {kind}")
        made.kind, made.travels = kind, travels  # type: ignore[attr-defined]
        return made

    return declare


def kind_of(fact_type: type) -> str:
    """The released name of a fact type. Raises ``TypeError`` if it is none."""
    kind: str | None = getattr(fact_type, "kind", None)
    if kind is None or KINDS.get(kind) is not fact_type:
        raise TypeError(f"{fact_type.__name__} is not declared with @fact")
    return kind


def to_body(what: Any) -> bytes:
    """The fact as canonical JSON (RFC 8785), the bytes that are hashed and stored."""
    return canonical.dumps(_adapter(kind_of(type(what))).dump_python(what, mode="json"))


def from_body(kind: str, body: bytes) -> Any:
    """The fact again. Raises ``KeyError`` for a kind this version does not know."""
    return _adapter(kind).validate_json(body)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])
