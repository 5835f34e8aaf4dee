"""The roles a node begins with, read from ``roles.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

ADMINISTRATOR = "system_administrator"
"""The role of the first person."""
EVERYBODY = "everybody"
"""What every person who is signed in may do about themselves, whatever their postings."""
VISITOR = "visitor"
"""What somebody may do who is not signed in yet."""
NODE = "node"
"""What a node may do that asks headquarters over the network."""
CONSOLE = "console"
"""What only the person at the console may do."""
OFFICERS_ONLY = "officers_only"
"""What the person at the console may not do: it is for an officer at a post."""


@dataclass(frozen=True, kw_only=True)
class DefaultRole:
    code: str
    title: str
    description: str
    rights: frozenset[str]
    gives: tuple[str, ...]


@cache
def default_roles() -> tuple[DefaultRole, ...]:
    """The roles that ``kordon init`` records, in the order of the file."""
    return tuple(
        DefaultRole(
            code=code,
            title=role["title"],
            description=" ".join(role["description"].split()),
            rights=_rights(role["rights"]),
            gives=tuple(role.get("gives", ())),
        )
        for code, role in _file()["role"].items()
    )


@cache
def fixed_rights(name: str) -> frozenset[str]:
    """The rights of one of the names above, which no fact changes."""
    return _rights(_file()[name]["rights"])


@cache
def named_rights() -> frozenset[str]:
    """Every right that the file names."""
    fixed = (fixed_rights(name) for name in (EVERYBODY, VISITOR, NODE, CONSOLE))
    return frozenset().union(*fixed, *(role.rights for role in default_roles()))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resources.files("kordon.accounts").joinpath("roles.toml").read_text())


def _rights(by_app: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(f"{app}.{name}" for app, names in by_app.items() for name in names)
