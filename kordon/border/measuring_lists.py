"""Entries of a list with how often each was met, for reports and for who keeps it."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Q

from kordon.border.models import PossibleMatch
from kordon.border.rules.excluding import EXCLUDED
from kordon.border.rules.quality import FAULTS, Entry, Met, faults_of
from kordon.watchlist.queries import tell_entries


def entries_of(owner: str, source: str) -> Iterator[Entry]:
    """Every alert in force of a list of an owner; an empty ``source`` are the own ones."""
    met = _met(owner)
    for it in tell_entries(owner, source):
        yield Entry(
            alert=it.alert,
            reference=it.reference,
            category=it.category,
            person=it.person,
            dated=it.dated,
            exact=it.exact,
            stale=it.stale,
            met=met.get(str(it.alert), Met()),
        )


def figures_of(owner: str, source: str) -> dict[str, int]:
    """Entries, each fault, and what became of judged matches."""
    counted: Counter[str] = Counter(dict.fromkeys(("entries", *FAULTS, "judged", "not_same"), 0))
    for entry in entries_of(owner, source):
        counted["entries"] += 1
        counted.update(faults_of(entry))
        counted["judged"] += entry.met.confirmed + entry.met.not_same
        counted["not_same"] += entry.met.not_same
    return dict(counted)


def _met(owner: str) -> dict[str, Met]:
    """Matches by alert. What is set aside by a ruling is not met."""
    rows = PossibleMatch.objects.filter(owner=owner).exclude(strength=EXCLUDED)
    counted = rows.values_list("alert").annotate(
        times=Count("id"),
        confirmed=Count("id", filter=Q(judgement="confirmed")),
        not_same=Count("id", filter=Q(judgement="not_same")),
    )
    return {
        str(alert): Met(times=times, confirmed=confirmed, not_same=not_same)
        for alert, times, confirmed, not_same in counted.order_by()
    }
