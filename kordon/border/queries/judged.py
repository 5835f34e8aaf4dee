"""What officers decided about possible matches, and on which findings: nobody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from kordon.border.facts import Judgement
from kordon.border.models import Check, PossibleMatch
from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.lib.screening.reasons import Reason

CHUNK = 500


@dataclass(frozen=True)
class Judged:
    """One decision. ``reasons`` say on which side something stood, not what."""

    alert: str
    same: bool
    reasons: tuple[Reason, ...]


@query
def list_judged(*, by: Actor) -> list[Judged]:
    """Candidates found by name that an officer confirmed or rejected, with their findings.

    Names, dates and alerts' contents are left out: it is figures that are made of them.
    """
    decided = (Judgement.CONFIRMED, Judgement.NOT_SAME)
    rows = PossibleMatch.objects.filter(judgement__in=decided, kind="person").order_by("id")
    matches = list(rows.values_list("id", "check_uuid", "judgement"))
    return [
        judged
        for start in range(0, len(matches), CHUNK)
        for judged in _judged(matches[start : start + CHUNK])
    ]


def _judged(matches: list[tuple[UUID, UUID, str]]) -> Iterator[Judged]:
    checks = Check.objects.in_bulk({check for _, check, _ in matches})
    for match, check, judgement in matches:
        row = checks.get(check)
        for found in row.fact.matches if row else ():
            if found.match == match and found.via == "name":
                reasons = tuple(
                    Reason(it.code, "x" if it.given else "", "x" if it.listed else "", it.weight)
                    for it in found.reasons
                )
                yield Judged(str(found.alert), judgement == Judgement.CONFIRMED, reasons)
