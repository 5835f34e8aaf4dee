"""How good the lists of one's own agency are: reports, and the entries that need work."""

from dataclasses import dataclass

from kordon.border.measuring_lists import entries_of
from kordon.border.models import QualityReport
from kordon.border.rules.quality import Entry, faults_of
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

SHOWN = 60
WORK = frozenset({"no_birth_date", "name_only", "stale", "always_false"})
"""What the owner can mend. That an entry was never met is counted only: most never are."""


@dataclass(frozen=True, kw_only=True)
class Poor:
    """An entry that needs work, and why."""

    entry: Entry
    faults: tuple[str, ...]


@query
def list_quality_reports(*, by: Actor) -> list[QualityReport]:
    """Reports on the lists of the actor's agency, newest first."""
    return list(QualityReport.objects.filter(owner=by.agency).order_by("-at", "list")[:SHOWN])


@query(personal=True)
def list_poor_entries(*, by: Actor, source: str) -> list[Poor]:
    """Every entry of a list of the actor's agency that needs work, the most false first."""
    found = []
    for entry in entries_of(by.agency, source):
        faults = tuple(faults_of(entry))
        if WORK.intersection(faults):
            found.append(Poor(entry=entry, faults=faults))
    note_read(f"list:{source or 'own'}", len(found))
    return sorted(found, key=lambda one: (-one.entry.met.not_same, one.entry.reference))
