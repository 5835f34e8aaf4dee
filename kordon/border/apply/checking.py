"""What the first line asks becomes rows."""

import json

from kordon.border import facts
from kordon.border.apply.hits import silent_hit
from kordon.border.models import (
    Check,
    ChipVerification,
    DocumentCrossCheck,
    Hit,
    PossibleMatch,
    SealVerification,
)
from kordon.journal.fact import to_body
from kordon.journal.models import Entry
from kordon.journal.writing import applies


@applies(facts.TravellerChecked, inserts=True)
def traveller_checked(
    it: facts.TravellerChecked, entry: Entry
) -> list[Check | PossibleMatch | Hit]:
    return [
        Check.of(it, entry),
        *(_match(it, found, entry) for found in it.matches),
        *(hit for found in it.matches for hit in silent_hit(it, found, entry)),
    ]


@applies(facts.ChipVerified)
def chip_verified(it: facts.ChipVerified, entry: Entry) -> None:
    _verified(ChipVerification, it, entry)


@applies(facts.SealVerified)
def seal_verified(it: facts.SealVerified, entry: Entry) -> None:
    _verified(SealVerification, it, entry)


@applies(facts.DocumentCrossChecked)
def document_cross_checked(it: facts.DocumentCrossChecked, entry: Entry) -> None:
    DocumentCrossCheck.objects.create(
        check_uuid=it.check, at=entry.at, post=entry.post, said=json.loads(to_body(it))
    )


@applies(facts.MatchesWeighed)
def matches_weighed(it: facts.MatchesWeighed, entry: Entry) -> None:
    """No row: it is asked for with the decisions that weights are fitted on, see ``judged``."""


def _verified(
    row: type[ChipVerification | SealVerification],
    it: facts.ChipVerified | facts.SealVerified,
    entry: Entry,
) -> None:
    row.objects.create(
        check_uuid=it.check,
        at=entry.at,
        post=entry.post,
        outcome=it.outcome,
        trust_version=it.trust_version,
        said=json.loads(to_body(it)),
    )


def _match(it: facts.TravellerChecked, found: facts.MatchFound, entry: Entry) -> PossibleMatch:
    return PossibleMatch(
        id=found.match,
        check_uuid=it.check,
        position=entry.id,
        at=entry.at,
        post=entry.post,
        booth=entry.booth,
        alert=found.alert,
        kind=found.kind,
        category=found.category,
        action=found.action,
        owner=found.owner,
        reference=found.reference,
        strength=found.strength,
        seen_by_first_line=found.seen_by_first_line,
        seen_by_second_line=found.seen_by_second_line,
    )
