"""Signing our own heads again, after this node was given another key."""

from kordon.journal import identity, sealing
from kordon.journal.models import ChainHead
from kordon.journal.writing import signed_part, writing


def sign_heads_again() -> int:
    """Answer for all our chains with the key we have now. Returns how many there are.

    A chain that does not grow would else end for ever on a signature of the key before.
    """
    me = identity.mine()
    with writing():
        ours = list(ChainHead.objects.filter(node=me.node))
        for head in ours:
            head.signature = sealing.sign(signed_part(head), me.key)
            head.save()
    return len(ours)
