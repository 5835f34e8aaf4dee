"""The key that is to follow headquarters' own, as far as people have decided about it."""

from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.network import facts
from kordon.network.models import NextKey
from kordon.network.rules import NextKeyState


@applies(facts.NextKeyOffered)
def next_key_offered(it: facts.NextKeyOffered, entry: Entry) -> None:
    NextKey.objects.create(
        public_key=it.public_key,
        state=NextKeyState.OFFERED.value,
        offered_by_name=entry.by_name,
        offered_at=entry.at,
    )


@applies(facts.NextKeyApproved)
def next_key_approved(it: facts.NextKeyApproved, entry: Entry) -> None:
    row = NextKey.objects.get(public_key=it.public_key)
    if row.state == NextKeyState.OFFERED:
        row.state = NextKeyState.APPROVED_ONCE.value
        row.approved_by, row.approved_by_name = entry.by, entry.by_name
        row.approved_at = entry.at
    else:
        row.state = NextKeyState.FOLLOWED.value
        row.decided_by_name, row.decided_at = entry.by_name, entry.at
    row.save()


@applies(facts.NextKeyWithdrawn)
def next_key_withdrawn(it: facts.NextKeyWithdrawn, entry: Entry) -> None:
    NextKey.objects.filter(public_key=it.public_key).update(
        state=NextKeyState.WITHDRAWN.value,
        decided_by_name=entry.by_name,
        decided_at=entry.at,
    )
