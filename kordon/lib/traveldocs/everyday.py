"""The short way for the everyday document.

`plainly_valid` says yes only where the full examination would find no refusing field; on anything
unusual it says nothing and the full examination decides. So it can be fast without being clever.

All check digits come from one walk: every checked piece is summed once by its three weight
positions, and the composite digit reuses these sums with the weights moved along.
"""

from typing import NamedTuple

from kordon.lib.traveldocs.alphabet import ALLOWED, NAME_CHARACTERS, VALUES, WEIGHTS, sum_of
from kordon.lib.traveldocs.formats import ISSUER, LAYOUTS, Layout
from kordon.lib.traveldocs.states import PRINTED

_NONE = -1


class _Piece(NamedTuple):
    """Characters summed together: where, their check digit (or -1), weights in the composite."""

    first: slice
    second: slice
    third: slice
    check: int
    weights: tuple[int, int, int]
    check_weight: int
    may_be_empty: bool


class _Plan(NamedTuple):
    """What to look at in one format."""

    pieces: tuple[_Piece, ...]
    number: slice
    long_number_check: int
    optional: slice
    composite_check: int
    name: slice
    name_start: int
    number_start: int
    sex: int
    nationality: slice
    birth_year: slice
    birth_day: slice
    expiry_year: slice
    expiry_day: slice


def _piece(layout: Layout, span: slice, check: int, *, may_be_empty: bool = False) -> _Piece:
    start, stop = span.start, span.stop
    at = _place_in_composite(layout, start)
    weights = tuple(WEIGHTS[(at + step) % 3] for step in range(3)) if at >= 0 else (0, 0, 0)
    after = at + stop - start
    return _Piece(
        slice(start, stop, 3),
        slice(start + 1, stop, 3),
        slice(start + 2, stop, 3),
        check,
        (weights[0], weights[1], weights[2]),
        WEIGHTS[after % 3] if at >= 0 and check >= 0 else 0,
        may_be_empty,
    )


def _place_in_composite(layout: Layout, position: int) -> int:
    """How many characters the composite digit has covered before this position; -1 if not it."""
    before = 0
    for span in layout.composite:
        if span.start <= position < span.stop:
            return int(before + position - span.start)
        before += span.stop - span.start
    return _NONE


def _plan(layout: Layout) -> _Plan | None:
    if layout.expiry is None or layout.nationality is None:
        return None
    pieces = [
        _piece(layout, layout.number, layout.number_check),
        _piece(layout, layout.birth, layout.birth_check),
        _piece(layout, layout.expiry, layout.expiry_check),
    ]
    if layout.composite_check is not None:
        personal = _NONE if layout.personal_check is None else layout.personal_check
        pieces += [
            _piece(layout, span, personal, may_be_empty=True)
            for span in (layout.optional, layout.optional_2)
            if span is not None
        ]
    birth, expiry = layout.birth.start, layout.expiry.start
    return _Plan(
        tuple(pieces),
        layout.number,
        layout.number_check if layout.long_number > 9 else _NONE,
        layout.optional or slice(0, 0),
        _NONE if layout.composite_check is None else layout.composite_check,
        layout.name,
        layout.name.start,
        layout.number.start,
        layout.sex,
        layout.nationality,
        slice(birth, birth + 2),
        slice(birth + 2, birth + 6),
        slice(expiry, expiry + 2),
        slice(expiry + 2, expiry + 6),
    )


_PLANS: dict[int, _Plan | None] = {id(each): _plan(each) for each in LAYOUTS.values()}

_DAYS = frozenset(
    b"%02d%02d" % (month, day)
    for month in range(1, 13)
    for day in range(1, 29 if month == 2 else 31 if month in (4, 6, 9, 11) else 32)
)
"""MMDD that exist in every year."""
_YEARS = frozenset(b"%02d" % year for year in range(100))
_LETTERS = frozenset(NAME_CHARACTERS[:26])
_CODE_LETTERS = frozenset(b"ACIPV")
_SEXES = frozenset(b"MF<")
_FILLER = ord("<")


def plainly_valid(layout: Layout, flat: str, raw: bytes) -> bool:
    """Whether an everyday document is beyond doubt valid; False says nothing yet."""
    plan = _PLANS[id(layout)]
    return bool(
        plan is not None
        and not raw.translate(None, ALLOWED)
        and not raw[plan.name].translate(None, NAME_CHARACTERS)
        and raw[plan.birth_day] in _DAYS
        and raw[plan.birth_year] in _YEARS
        and raw[plan.expiry_day] in _DAYS
        and raw[plan.expiry_year] in _YEARS
        and raw[plan.sex] in _SEXES
        and raw[0] in _CODE_LETTERS
        and (raw[1] in _LETTERS or raw[1] == _FILLER)
        and (raw[plan.name_start] in _LETTERS or raw[plan.name].strip(b"<"))
        and raw[plan.number_start] != _FILLER
        and (flat[ISSUER] in PRINTED or flat[ISSUER].isalpha())
        and (flat[plan.nationality] in PRINTED or flat[plan.nationality].isalpha())
        and _digits_hold(plan, raw)
    )


def _digits_hold(plan: _Plan, raw: bytes) -> bool:
    """Whether every check digit is the computed one."""
    values = raw.translate(VALUES)
    total = 0
    for first, second, third, check, weights, check_weight, may_be_empty in plan.pieces:
        a, b, c = sum(values[first]), sum(values[second]), sum(values[third])
        if check >= 0:
            printed = raw[check]
            if (7 * a + 3 * b + c) % 10 + 48 != printed and not (
                printed == _FILLER
                and ((may_be_empty and a + b + c == 0) or _runs_on(plan, raw, check))
            ):
                return False
            total += check_weight * values[check]
        total += weights[0] * a + weights[1] * b + weights[2] * c
    return plan.composite_check < 0 or total % 10 + 48 == raw[plan.composite_check]


def _runs_on(plan: _Plan, raw: bytes, check: int) -> bool:
    """Whether this is the filler after nine characters of a longer number that proves itself."""
    extension, end, _ = raw[plan.optional].partition(b"<")
    if check != plan.long_number_check or not end or len(extension) < 2:
        return False
    start = raw[plan.number]
    return _FILLER not in start and sum_of(start + extension[:-1]) + 48 == extension[-1]
