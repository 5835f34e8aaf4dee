"""What other transports add to an enrolment: what a machine shows, what it is given for it.

At the machine ``@shows("nkey")`` and ``@shows("request")`` make the key that opens a broker and
the request for a certificate; at headquarters ``@gives("broker")`` says what a node is given, as
JSON; at the machine again ``@accepts("broker")`` puts it down in the node's folder. Each may be
asked more than once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kordon.network.models import Enrolment

F = TypeVar("F", bound=Callable[..., Any])

SHOWS: dict[str, Callable[[Path, str], str]] = {}
"""By field of ``EnrolmentAsked``: from the folder and the name of the node."""
GIVES: dict[str, Callable[[Enrolment], Any]] = {}
ACCEPTS: dict[str, Callable[[Path, Any], None]] = {}


def shows(name: str) -> Callable[[F], F]:
    return _into(SHOWS, name)


def gives(name: str) -> Callable[[F], F]:
    return _into(GIVES, name)


def accepts(name: str) -> Callable[[F], F]:
    return _into(ACCEPTS, name)


def show_all(home: Path, node: str) -> dict[str, str]:
    return {name: show(home, node) for name, show in SHOWS.items()}


def give_all(row: Enrolment) -> dict[str, Any]:
    return {name: give(row) for name, give in GIVES.items()}


def accept_all(home: Path, given: dict[str, Any]) -> None:
    """What nobody here knows of is left: it belongs to a transport of another version."""
    for name, accept in ACCEPTS.items():
        if name in given:
            accept(home, given[name])


def _into(place: dict[str, Callable[..., Any]], name: str) -> Callable[[F], F]:
    def declare(func: F) -> F:
        if place.setdefault(name, func) is not func:
            raise TypeError(f"{name} is added twice")
        return func

    return declare
