"""Headquarters is to sign with another key. What comes of it for every node stands in the
journal's own facts (``journal.headquarters_key_rotated.v1``)."""

from kordon.journal.fact import fact


@fact("network.next_key_offered.v1", only_at_hq=True)
class NextKeyOffered:
    """At the machine of headquarters a key (Ed25519, hex) was made that is to follow its own."""

    public_key: str


@fact("network.next_key_approved.v1", only_at_hq=True)
class NextKeyApproved:
    """A person compared the fingerprint with what that machine shows. Two of them decide."""

    public_key: str


@fact("network.next_key_withdrawn.v1", only_at_hq=True)
class NextKeyWithdrawn:
    """The key that was offered follows nothing."""

    public_key: str
