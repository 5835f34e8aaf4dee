"""A node signs with another key: its heads are signed anew, and the journal introduces the key."""

from kordon.journal import identity, sealing
from kordon.journal.actor import Actor
from kordon.journal.fact import from_body, kind_of
from kordon.journal.facts import NodeIntroduced
from kordon.journal.models import ChainHead, Entry
from kordon.journal.writing import record, signed_part, writing


def introduced_key() -> str:
    """The key of this node that its journal introduced last; empty if none."""
    ours = Entry.objects.filter(
        kind=kind_of(NodeIntroduced), node=identity.mine().node, body__isnull=False
    )
    last = ours.select_related("body").order_by("id").last()
    return from_body(last.kind, bytes(last.body.text)).public_key if last else ""


def sign_anew(*, by: Actor) -> None:
    """Sign our heads with the key we have now, and say that it is ours."""
    me = identity.mine()
    with writing():
        for head in ChainHead.objects.filter(node=me.node):
            head.signature = sealing.sign(signed_part(head), me.key)
            head.save()
        introduced = NodeIntroduced(
            node=me.node, incarnation=me.incarnation, public_key=me.public_key
        )
        record(introduced, by=by)
