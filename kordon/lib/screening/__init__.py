"""Screening: find the listed persons a traveller may be, and say why.

    index = Index.build([Listing("L1", ("ERIKSSON Anna",), ((1974, 8, 12),))])
    for candidate in index.search(Person(("ERIKSSON ANNA MARIA",), (1974, 8, 12))):
        print(candidate.score, [reason.text() for reason in candidate.reasons])

The values are light to import. `Index`, `compare_names`, `fold_name` and the folding live in
modules that are loaded when first named: numpy and numba take most of a second, which a page
without screening shall not wait for. Method, figures and limits: docs/screening.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .reasons import Reason
from .values import (
    THRESHOLD,
    BirthEvidence,
    Born,
    Candidate,
    IndexUnusable,
    Listing,
    Pair,
    Person,
)
from .weights import WEIGHTS, Weights

if TYPE_CHECKING:
    from .index import Index
    from .pairs import compare_names
    from .spans import Span, letter_spans
    from .tokens import fold_name

__all__ = [
    "THRESHOLD",
    "WEIGHTS",
    "BirthEvidence",
    "Born",
    "Candidate",
    "Index",
    "IndexUnusable",
    "Listing",
    "Pair",
    "Person",
    "Reason",
    "Span",
    "Weights",
    "compare_names",
    "fold_name",
    "letter_spans",
]

_LOADED_WHEN_NAMED = {
    "Index": ".index",
    "Span": ".spans",
    "compare_names": ".pairs",
    "fold_name": ".tokens",
    "letter_spans": ".spans",
}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LOADED_WHEN_NAMED[name], __name__), name)
    globals()[name] = value
    return value
