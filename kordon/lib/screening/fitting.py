"""Weights fitted again on what officers decided about candidates; reported, never put in force.

A decision says whether a candidate was the traveller; its findings are the reasons it was shown
with. The fit is a logistic regression on how often each finding stands in a decision, held to
the weights there are by a penalty: with few decisions little moves. Only candidates that were
shown are decided about, so the fit says nothing of travellers who raised none (Hastie,
Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., 4.4 and 3.4.1).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .weights import WEIGHTS, Weights

Array = NDArray[np.float64]

LEAST_DECISIONS = 20
"""Of each kind in each half: below, chance speaks louder than the decisions."""
STRAY = 1.0  # nats by which a weight may easily move
STRAY_OF_SHARE = 0.1  # `name_independence` is a share, not nats
STEPS = 40
FALSE_RATES = (0.01, 0.05, 0.1)
SHARE = "name_independence"
# Fields that a reason does not name by itself: how similar parts are found, not what they weigh.
NOT_FITTED = {
    "version", "name_written_so", "name_neighbours", "name_initial_at_most", "name_other_kind",
    "name_letters", "name_parts_from", "name_parts_beyond", SHARE,
}  # fmt: skip
_DIFFERING_BIRTHS = (
    "birth_differs", "birth_year_apart", "birth_same_year", "birth_two_digits", "birth_year_far",
)  # fmt: skip
_NEAR = 1 / 64


class TooFew(Exception):
    """Fewer decisions than a fit can rest on; says how many there are."""


@dataclass(frozen=True)
class Finding:
    """A reason of a candidate: its code, on which sides something stood, its weight in nats."""

    code: str
    weight: float
    given: bool = True
    listed: bool = True


@dataclass(frozen=True)
class Decision:
    """Whether a candidate was the traveller. Decisions of one ``group`` stay in one half."""

    group: str
    same: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Quality:
    """On decisions the weights were not fitted on. ``recall`` by share of the wrong candidates
    that score as high: of the right ones, how many score higher."""

    log_loss: float
    recall: dict[float, float]


@dataclass(frozen=True)
class Refit:
    """How many decisions there were (right ones), both sets of weights and how they do."""

    fitted_on: int
    fitted_on_same: int
    held_out: int
    held_out_same: int
    before: Quality
    after: Quality
    old: Weights
    new: Weights

    def moved(self) -> dict[str, tuple[float, float]]:
        """Weights that differ, old and new."""
        old, new = asdict(self.old), asdict(self.new)
        return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def refit(
    decisions: Sequence[Decision], *, seed: int, version: str, weights: Weights = WEIGHTS
) -> Refit:
    """Fit on one half of the decisions, by seed, and tell how that does on the other.

    Raises TooFew, and ValueError for a version that is none.
    """
    replace(weights, version=version)
    halves = ([], [])  # type: tuple[list[Decision], list[Decision]]
    for it in decisions:
        halves[_half(it.group, seed)].append(it)
    for half in halves:
        _check_enough(half)
    fields = _fields(halves[0], weights)
    rows, same, fixed = _rows(halves[0], fields, weights)
    old = np.array([_value(weights, field) for field in fields])
    new = _rounded(_fitted(rows, same, fixed, old, fields), fields)
    made = replace(weights, version=version, **dict(zip(fields, new.tolist(), strict=True)))
    other = _rows(halves[1], fields, weights)
    train = (rows, same, fixed)
    return Refit(
        fitted_on=len(halves[0]),
        fitted_on_same=int(same.sum()),
        held_out=len(halves[1]),
        held_out_same=int(other[1].sum()),
        before=_quality(train, other, old),
        after=_quality(train, other, new),
        old=weights,
        new=made,
    )


def field_of(finding: Finding, weights: Weights) -> str:
    """The weight that a finding shows; "" if it cannot be told."""
    code, known = finding.code, asdict(weights)
    if code == "name_part_missing":
        return f"{code}_given" if finding.given else f"{code}_listed"
    if code == "birth_differs" or code == "name_part_differs":
        names = _DIFFERING_BIRTHS if code == "birth_differs" else _starting(code, known)
        near = [n for n in names if n in known and abs(known[n] - finding.weight) <= _NEAR]
        return near[0] if near else ""
    if code in known:
        return code
    return SHARE if code.startswith("name_") and finding.weight > 0 else ""


def _starting(code: str, known: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in known if name.startswith(code))


def _half(group: str, seed: int) -> int:
    return hashlib.sha256(f"{seed}:{group}".encode()).digest()[0] & 1


def _check_enough(half: Sequence[Decision]) -> None:
    same = sum(it.same for it in half)
    if min(same, len(half) - same) < LEAST_DECISIONS:
        raise TooFew(
            f"{same} confirmed and {len(half) - same} rejected in one half of the decisions: "
            f"a fit needs {LEAST_DECISIONS} of each."
        )


def _fields(decisions: Sequence[Decision], weights: Weights) -> list[str]:
    found = {field_of(finding, weights) for it in decisions for finding in it.findings}
    return sorted(found - NOT_FITTED - {""}) + ([SHARE] if SHARE in found else [])


def _value(weights: Weights, field: str) -> float:
    return float(getattr(weights, field))


def _rows(
    decisions: Sequence[Decision], fields: list[str], weights: Weights
) -> tuple[Array, Array, Array]:
    """How often each field stands in each decision, which are right, what is not to be fitted.

    An agreement of names is a share of what it would weigh if parts were independent.
    """
    place = {field: at for at, field in enumerate(fields)}
    rows = np.zeros((len(decisions), len(fields)))
    fixed = np.zeros(len(decisions))
    for number, it in enumerate(decisions):
        for finding in it.findings:
            field = field_of(finding, weights)
            if field not in place:
                fixed[number] += finding.weight
            elif field == SHARE:
                rows[number, place[field]] += finding.weight / weights.name_independence
            else:
                rows[number, place[field]] += 1.0
    return rows, np.array([it.same for it in decisions], np.float64), fixed


def _fitted(rows: Array, same: Array, fixed: Array, old: Array, fields: list[str]) -> Array:
    """Newton's method, each step halved until it helps. The last parameter is the prior odds."""
    design = np.column_stack([rows, np.ones(len(rows))])
    strays = [STRAY_OF_SHARE if field == SHARE else STRAY for field in fields]
    hold = np.append(1.0 / np.square(strays), 1e-6)
    centre = np.append(old, 0.0)

    def cost(at: Array) -> float:
        held = 0.5 * np.sum(hold * np.square(at - centre))
        return float(np.sum(_losses(design @ at + fixed, same)) + held)

    at = np.append(old, _prior(rows @ old + fixed, same))
    for _ in range(STEPS):
        likely = _likely(design @ at + fixed)
        slope = design.T @ (likely - same) + hold * (at - centre)
        bend = (design * (likely * (1 - likely))[:, None]).T @ design + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-4 and cost(at - size * step) > cost(at):
            size /= 2
        at = at - size * step
        if np.abs(size * step).max() < 1e-6:
            break
    return at[:-1]


def _rounded(values: Array, fields: list[str]) -> Array:
    """Whole 64ths within what weights may be; the share stays one."""
    nats = np.clip(np.round(values * 64) / 64, -30.0, 30.0)
    share = np.clip(np.round(values, 3), 0.3, 1.0)
    return np.where(np.array([field == SHARE for field in fields], bool), share, nats)


def _quality(
    train: tuple[Array, Array, Array], other: tuple[Array, Array, Array], values: Array
) -> Quality:
    """Prior odds are learnt on the half the weights were fitted on, for both sets alike."""
    prior = _prior(train[0] @ values + train[2], train[1])
    scores, same = other[0] @ values + other[2], other[1] > 0
    loss = float(np.mean(_losses(scores + prior, other[1])))
    wrong = np.sort(scores[~same])[::-1]
    recall = {}
    for rate in FALSE_RATES:
        threshold = wrong[min(int(rate * len(wrong)), len(wrong) - 1)]
        recall[rate] = float(np.mean(scores[same] > threshold))
    return Quality(loss, recall)


def _prior(scores: Array, same: Array) -> float:
    """Log odds beside the scores that make the decisions likeliest; by halving."""
    low, high = -80.0, 80.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.sum(_likely(scores + middle)) < np.sum(same):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _likely(scores: Array) -> Array:
    likely: Array = 1.0 / (1.0 + np.exp(-np.clip(scores, -500, 500)))
    return likely


def _losses(scores: Array, same: Array) -> Array:
    losses: Array = np.logaddexp(0.0, np.where(same > 0, -scores, scores))
    return losses
