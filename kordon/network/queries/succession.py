"""The key that is to follow that of headquarters."""

from dataclasses import dataclass

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.network import rules
from kordon.network.models import NextKey
from kordon.network.rules import NextKeyState


@dataclass(frozen=True, kw_only=True)
class NextKeyShown:
    """``fingerprint`` is what the machine of headquarters shows too."""

    row: NextKey
    fingerprint: str


@query
def get_next_key(*, by: Actor) -> NextKeyShown | None:
    """The key that waits for two persons, if one does."""
    waiting = (NextKeyState.OFFERED, NextKeyState.APPROVED_ONCE)
    row = NextKey.objects.filter(state__in=waiting).first()
    if row is None:
        return None
    print_ = rules.fingerprint_of_key(identity.mine().node, row.public_key)
    return NextKeyShown(row=row, fingerprint=print_)
