"""What officers decided about possible matches, and on which findings: nobody's name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from kordon.border.facts import Judgement, MatchesWeighed
from kordon.border.models import Check, PossibleMatch
from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.journal.fact import kind_of
from kordon.journal.models import Body
from kordon.lib.screening.reasons import Reason

CHUNK = 500


@dataclass(frozen=True)
class Judged:
    """One decision. ``reasons`` say on which side something stood, not what; ``weights`` is the
    version of the weights they were shown with, empty where nothing says it."""

    alert: str
    same: bool
    reasons: tuple[Reason, ...]
    weights: str


@query
def list_judged(*, by: Actor) -> list[Judged]:
    """Candidates found by name that an officer confirmed or rejected, with their findings.

    Names, dates and alerts' contents are left out: it is figures that are made of them.
    """
    decided = (Judgement.CONFIRMED, Judgement.NOT_SAME)
    rows = PossibleMatch.objects.filter(judgement__in=decided, kind="person").order_by("id")
    matches = list(rows.values_list("id", "check_uuid", "judgement"))
    weighed = _weights_by_check()
    return [
        judged
        for start in range(0, len(matches), CHUNK)
        for judged in _judged(matches[start : start + CHUNK], weighed)
    ]


def _weights_by_check() -> dict[str, str]:
    rows = Body.objects.filter(entry__kind=kind_of(MatchesWeighed)).values_list("text", flat=True)
    said = (json.loads(bytes(text)) for text in rows.iterator(chunk_size=CHUNK))
    return {it["check"]: it["weights"] for it in said}


def _judged(matches: list[tuple[UUID, UUID, str]], weighed: dict[str, str]) -> Iterator[Judged]:
    checks = Check.objects.in_bulk({check for _, check, _ in matches})
    for match, check, judgement in matches:
        row = checks.get(check)
        for found in row.fact.matches if row else ():
            if found.match == match and found.via == "name":
                reasons = tuple(
                    Reason(it.code, "x" if it.given else "", "x" if it.listed else "", it.weight)
                    for it in found.reasons
                )
                same, weights = judgement == Judgement.CONFIRMED, weighed.get(str(check), "")
                yield Judged(str(found.alert), same, reasons, weights)
