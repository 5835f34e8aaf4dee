"""How what happened to the journal becomes what we know about it."""

from kordon.journal import facts, identity
from kordon.journal.facts import BodiesErased, NodeIntroduced, NodeState, PersonalDataRead
from kordon.journal.inserting import unsaved
from kordon.journal.models import Body, Entry, Erasure, Node, NodeKey, PersonalRead
from kordon.journal.writing import applies


@applies(NodeIntroduced)
def node_introduced(it: NodeIntroduced, entry: Entry) -> None:
    """The entry is the record; its key is read from there when chains are verified."""


@applies(PersonalDataRead, inserts=True)
def personal_data_read(it: PersonalDataRead, entry: Entry) -> list[PersonalRead]:
    columns = {
        "entry": entry.id,
        "at": entry.at,
        "by": entry.by,
        "by_name": entry.by_name,
        "agency": entry.agency,
        "post": entry.post,
        "query": it.query,
        "about": list(it.about),
        "found": it.found,
    }
    return [unsaved(PersonalRead, columns)]


@applies(BodiesErased)
def bodies_erased(it: BodiesErased, entry: Entry) -> None:
    """A node erases what it holds of its own chains: whoever captured a post must not reach what
    headquarters heard from it. Whoever else holds the bodies erases them by rules of its own."""
    Erasure.objects.create(
        node=entry.node, channel=it.channel, first=it.first, last=it.last, rule=it.rule
    )
    if entry.node != identity.mine().node:
        return
    Body.objects.filter(
        entry__node=entry.node, entry__channel=it.channel, entry__number__range=(it.first, it.last)
    ).delete()


@applies(facts.NodeEnrolled)
def node_enrolled(it: facts.NodeEnrolled, entry: Entry) -> None:
    _retire_keys(it.node, entry)
    NodeKey.objects.create(id=it.public_key, node=it.node, since=entry.at)
    described = {
        "kind": it.node_kind.value,
        "state": NodeState.ENROLLED.value,
        "incarnation": it.incarnation,
        "nkey": it.nkey,
        "enrolled_at": entry.at,
        "since": entry.at,
        "reason": "",
    }
    Node.objects.update_or_create(name=it.node, defaults=described)


@applies(facts.NodeKeyRotated)
def node_key_rotated(it: facts.NodeKeyRotated, entry: Entry) -> None:
    _retire_keys(it.node, entry)
    NodeKey.objects.create(id=it.public_key, node=it.node, since=entry.at)
    Node.objects.filter(name=it.node).update(nkey=it.nkey)


@applies(facts.HeadquartersKeyRotated)
def headquarters_key_rotated(it: facts.HeadquartersKeyRotated, entry: Entry) -> None:
    _retire_keys(it.node, entry)
    NodeKey.objects.create(id=it.public_key, node=it.node, since=entry.at)


@applies(facts.NodeRevoked)
def node_revoked(it: facts.NodeRevoked, entry: Entry) -> None:
    _retire_keys(it.node, entry)
    _set_state(it.node, NodeState.REVOKED, entry, it.reason)


@applies(facts.NodeQuarantined)
def node_quarantined(it: facts.NodeQuarantined, entry: Entry) -> None:
    reason = f"{it.channel} {it.number}: two signed heads"
    _set_state(it.node, NodeState.QUARANTINED, entry, reason)


@applies(facts.NodeReleased)
def node_released(it: facts.NodeReleased, entry: Entry) -> None:
    _set_state(it.node, NodeState.ENROLLED, entry, it.reason)


@applies(facts.NodeDecommissioned)
def node_decommissioned(it: facts.NodeDecommissioned, entry: Entry) -> None:
    _retire_keys(it.node, entry)
    _set_state(it.node, NodeState.DECOMMISSIONED, entry, it.reason)


def _set_state(node: str, state: NodeState, entry: Entry, reason: str) -> None:
    Node.objects.filter(name=node).update(state=state.value, since=entry.at, reason=reason[:300])


def _retire_keys(node: str, entry: Entry) -> None:
    NodeKey.objects.filter(node=node, retired_at=None).update(retired_at=entry.at)
