"""What an edition would change against the one in force."""

from dataclasses import dataclass

from kordon.watchlist.lists import Profile
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.rows import fingerprint_of
from kordon.watchlist.sources import Parsed, to_line


@dataclass(frozen=True, kw_only=True)
class Difference:
    """References of entries; ``now`` is how many are in force before."""

    now: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def compare(profile: Profile, owner: str, parsed: Parsed) -> Difference:
    """New, changed and removed entries by reference."""
    rows = Alert.objects.filter(source=profile.list)
    known = dict(rows.values_list("source_ref", "fingerprint"))
    edition = Edition(category=profile.category, owner=owner, legal_basis=profile.legal_basis)
    now = {it.source_ref: fingerprint_of(edition, to_line(it)) for it in parsed.records}
    return Difference(
        now=len(known),
        new=tuple(ref for ref in now if ref not in known),
        changed=tuple(ref for ref in now if ref in known and known[ref] != now[ref]),
        removed=tuple(sorted(set(known) - set(now))),
    )
