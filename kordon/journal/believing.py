"""Whom a batch is believed from: who may send it, and the keys that may have signed it."""

from collections.abc import Sequence

from kordon.journal import identity, sealing, succession
from kordon.journal.channels import UP, is_post, read_by
from kordon.journal.fact import from_body
from kordon.journal.facts import HeadquartersKeyRotated, NodeState
from kordon.journal.nodes import all_keys_of, keys_of, state_of
from kordon.journal.wire import Batch, SignedHead


class Rejected(Exception):
    """A batch is not taken, wholly. ``code`` says why, ``held`` up to where the chain is held.

    ``names``: the kept files that must come first (``files_missing``).
    """

    def __init__(
        self, code: str, text: str = "", *, held: int = 0, names: tuple[str, ...] = ()
    ) -> None:
        super().__init__(text or code)
        self.code, self.held, self.names = code, held, names


class Forked(Rejected):
    """The sender signed another entry under a number that we hold. Both statements are proof."""

    def __init__(self, number: int, ours: SignedHead, theirs: SignedHead) -> None:
        super().__init__("fork", f"two entries are signed for number {number}", held=number)
        self.number, self.ours, self.theirs = number, ours, theirs


def keys_for(batch: Batch, *, restoring: bool) -> Sequence[str]:
    """The keys that may have signed the batch. Raises ``Rejected``."""
    me = identity.mine()
    if restoring:
        if batch.node != me.node:
            raise Rejected("not_ours", batch.node)
        return [me.public_key, *all_keys_of(me.node)]
    if batch.node == me.node:
        raise Rejected("ours", "nobody sends us what we recorded")
    state = state_of(batch.node)
    if state != NodeState.ENROLLED:
        raise Rejected(state or "unknown_node", f"{batch.node} is not believed")
    hq = identity.pinned()
    if is_post() and (hq is None or batch.node != hq.node):
        raise Rejected("not_headquarters", f"{batch.node} decides nothing here")
    allowed = read_by(me.node) if is_post() else (UP,)
    if batch.channel not in allowed:
        raise Rejected("wrong_channel", f"{batch.node} does not write {batch.channel} for us")
    return keys_of(batch.node)


def signers_of(batch: Batch, keys: Sequence[str]) -> Sequence[str]:
    """The keys that may have signed the head of the batch: these, or what follows them inside it.

    What follows a change of headquarters' key is signed with the new one and with no other.
    Raises ``Rejected``.
    """
    if (batch.node == identity.mine().node) is is_post():
        return keys  # a post's own, or a post's at headquarters: none of them tells of this
    for number, line in enumerate(batch.lines, 1):
        if line.kind != succession.ROTATED or line.text is None:
            continue
        it = _check_names_the_next(_read(line.text), batch.node)
        if it.before in keys:
            ends_on_it = number == len(batch.lines)
            kept = [key for key in keys if ends_on_it or key != it.before]
            keys = [it.public_key, *kept]
    return keys


def _check_names_the_next(it: HeadquartersKeyRotated, node: str) -> HeadquartersKeyRotated:
    """A change of headquarters' key that both keys have signed. Raises ``Rejected``."""
    if it.node != node:
        raise Rejected("bad_succession", f"{node} speaks of the key of another")
    try:
        return succession.check(it)
    except succession.BadSuccession as error:
        raise Rejected("bad_succession", str(error)) from error


def check_signed(signed: SignedHead, keys: Sequence[str]) -> None:
    """Raises ``Rejected`` unless one of the keys signed the head."""
    for key in keys:
        try:
            sealing.check_signature(signed.head, signed.signature, identity.public_key(key))
            return
        except ValueError:  # not this one; or no key at all, whoever enrolled it
            continue
    raise Rejected("bad_signature", "the head is signed by no key of this node")


def _read(text: str) -> HeadquartersKeyRotated:
    try:
        it: HeadquartersKeyRotated = from_body(succession.ROTATED, text.encode())
    except Exception as error:  # whatever a fact finds wrong with what somebody else wrote
        raise Rejected("bad_body", f"a body is no {succession.ROTATED}") from error
    return it
