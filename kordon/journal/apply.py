"""How what happened to the journal becomes what we know about it."""

from kordon.journal.facts import BodiesErased, NodeIntroduced, PersonalDataRead
from kordon.journal.models import Body, Entry, Erasure, PersonalRead
from kordon.journal.writing import applies


@applies(NodeIntroduced)
def node_introduced(it: NodeIntroduced, entry: Entry) -> None:
    """The entry is the record; its key is read from there when chains are verified."""


@applies(PersonalDataRead, inserts=True)
def personal_data_read(it: PersonalDataRead, entry: Entry) -> list[PersonalRead]:
    row = PersonalRead(
        entry=entry.id,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        agency=entry.agency,
        post=entry.post,
        query=it.query,
        about=list(it.about),
        found=it.found,
    )
    return [row]


@applies(BodiesErased)
def bodies_erased(it: BodiesErased, entry: Entry) -> None:
    Erasure.objects.create(channel=it.channel, first=it.first, last=it.last, rule=it.rule)
    Body.objects.filter(
        entry__node=entry.node, entry__channel=it.channel, entry__number__range=(it.first, it.last)
    ).delete()
