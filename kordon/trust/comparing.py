"""What a list would change, state by state, before anybody approves it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Known:
    """Of a certificate what a comparison needs."""

    fingerprint: str
    state: str
    subject: str
    key_fingerprint: str


@dataclass(kw_only=True)
class StateChange:
    """One state: certificates that come and go; ``new_keys`` are keys it did not have before."""

    state: str
    added: list[Known] = field(default_factory=list)
    removed: list[Known] = field(default_factory=list)
    kept: int = 0
    new_keys: int = 0
    lost_keys: int = 0


def compare(now: Iterable[Known], then: Iterable[Known]) -> tuple[StateChange, ...]:
    """Every state of either side in the order of its code, those that stay as they are too."""
    before = {one.fingerprint: one for one in now}
    after = {one.fingerprint: one for one in then}
    states: dict[str, StateChange] = {}
    for one in [*before.values(), *after.values()]:
        states.setdefault(one.state, StateChange(state=one.state))
    for fingerprint, one in after.items():
        if fingerprint in before:
            states[one.state].kept += 1
        else:
            states[one.state].added.append(one)
    for fingerprint, one in before.items():
        if fingerprint not in after:
            states[one.state].removed.append(one)
    keys = _keys(before.values()), _keys(after.values())
    for code, state in states.items():
        state.new_keys = len(keys[1][code] - keys[0][code])
        state.lost_keys = len(keys[0][code] - keys[1][code])
    return tuple(states[code] for code in sorted(states))


def _keys(known: Iterable[Known]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in known:
        found[one.state].add(one.key_fingerprint or one.fingerprint)
    return found
