"""Every address of the node, and the right it declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from ninja.operation import Operation, PathView

UNDECLARED = "undeclared"
SAMPLES: dict[str, Any] = {
    "UUIDConverter": UUID(int=7),
    "UUIDStrConverter": UUID(int=7),
    "IntConverter": 7,
    "SlugConverter": "auditor",
    "StringConverter": "NORTH",
    "PathConverter": "a/b",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """``right`` is None for what is public, ``undeclared`` where nobody said."""

    name: str
    url: str
    right: str | None
    api: bool


def addresses() -> list[Address]:
    """All pages and operations the node answers."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda address: address.name)


def declared_rights() -> set[str]:
    return {address.right for address in addresses() if address.right} - {UNDECLARED}


def _walk(patterns: list[Any], space: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (space, pattern.namespace)))
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield from _addresses_of(pattern, space)


def _addresses_of(pattern: URLPattern, space: str) -> Iterator[Address]:
    converters = pattern.pattern.converters
    samples = {name: SAMPLES[type(each).__name__] for name, each in converters.items()}
    view = getattr(pattern.callback, "__self__", None) or _path_view(pattern)
    if isinstance(view, PathView):
        route = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(samples[m[1]]), str(pattern.pattern))
        for operation in view.operations:
            for method in operation.methods:
                url, right = f"/api/v1/{route}", right_of(operation)
                yield Address(name=f"{method} {url}", url=url, right=right, api=True)
        return
    full = ":".join(filter(None, (space, pattern.name)))
    if full == "api:api-root":  # django-ninja's own, answers 404 to everybody
        return
    right = getattr(pattern.callback, "right", UNDECLARED)
    yield Address(name=full, url=reverse(full, kwargs=samples), right=right, api=False)


def _path_view(pattern: URLPattern) -> Any:
    """django-ninja closes over its path view."""
    for cell in getattr(pattern.callback, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            return cell.cell_contents
    return None


def right_of(operation: Operation) -> str | None:
    """The right an operation names: ``x-right``, or its id with the first ``_`` as the point."""
    extra = operation.openapi_extra or {}
    if "x-right" in extra:
        return str(extra["x-right"])
    if operation.operation_id and "_" in operation.operation_id:
        return operation.operation_id.replace("_", ".", 1)
    return UNDECLARED
