"""What is allowed with the trust store, and whom it believes. Plain values in and out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kordon.journal.refusal import NotFound, Refusal
from kordon.lib.traveldocs.chip import Standing

LONGEST_TEXT = 2000
MOST_LISTS = 50
NOT_LATER = "The list in the store was signed later than this one, or it is the same."
ALL_KNOWN = "Every certificate of this file is in the store already."
AHEAD = timedelta(days=1)
"""How far the day of signing may lie ahead: clocks differ, no list comes from tomorrow."""


class Kind(StrEnum):
    """What a change asks for."""

    MASTER_LIST = "master_list"
    CERTIFICATES = "certificates"
    SEAL_SIGNERS = "seal_signers"
    REVOCATION_LIST = "revocation_list"
    DISTRUST = "distrust"
    TRUST_AGAIN = "trust_again"
    WITHDRAWAL = "withdrawal"
    POLICY = "policy"


class Status(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"


OWN, BILATERAL = "own", "bilateral"
DIRECT = frozenset({OWN, BILATERAL})
"""Sources by hand: what stands in them is believed whatever the lists say."""
SEALS = "seals"
"""The source of signers of seals. No authority is ever believed because it stands there."""
SIGNER, SIGNER_ALONE = "SIGNER", "SIGNER_ALONE"
"""How a signer of seals stands there: where an authority issued it, or by itself."""


class Incomplete(Refusal):
    """Something is missing or cannot be; ``field`` is where."""

    code = "trust_incomplete"
    status = 422

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class NoSuchChange(NotFound):
    code = "no_such_change"


class NoSuchCertificate(NotFound):
    code = "no_such_certificate"


class NoSuchSource(NotFound):
    code = "no_such_source"


class Unreadable(Refusal):
    """The file is not what it should be, or a signature on it does not hold."""

    code = "trust_file_refused"
    status = 422


class OlderList(Refusal):
    """The store never goes back in time by itself."""

    code = "older_list"


class OtherSigner(Refusal):
    """Another authority signed than the one that two officers accepted."""

    code = "other_signer"


class NothingNew(Refusal):
    code = "nothing_new"


class AlreadyWaits(Refusal):
    code = "already_waits"


class AlreadyDecided(Refusal):
    code = "already_decided"


class SameOfficer(Refusal):
    """Two persons: nobody approves what they asked for themselves."""

    code = "same_officer"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """In how many lists an authority must stand to be believed.

    One is the default: each list was accepted with its signer by two officers, and a node with
    one list could otherwise verify nothing. ``by_state`` holds two-letter codes.
    """

    quorum: int = 1
    by_state: Mapping[str, int] = field(default_factory=dict)

    def of(self, state: str) -> int:
        return self.by_state.get(state, self.quorum)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A certificate with what decides whether it is believed.

    ``signs_seals``: no source of authorities lists it, only that of signers of seals.
    """

    standing: str
    state: str
    lists: int
    direct: bool
    distrusted: bool
    signs_seals: bool = False


class Belief(StrEnum):
    """What a certificate is to us."""

    ANCHOR = "anchor"
    LINK = "link"
    """Believed where an anchor's key signed it."""
    SEAL_SIGNER = "seal_signer"
    """Signs seals, and vouches for no other certificate."""
    TOO_FEW_LISTS = "too_few_lists"
    DISTRUSTED = "distrusted"
    UNUSABLE = "unusable"


def belief(it: Listed, policy: Policy) -> Belief:
    """Whether a certificate is believed, and as what."""
    if it.distrusted:
        return Belief.DISTRUSTED
    if it.signs_seals:
        return Belief.SEAL_SIGNER
    if it.standing in {Standing.WRONG_SIGNATURE, Standing.UNUSABLE}:
        return Belief.UNUSABLE
    if it.direct:
        return Belief.ANCHOR
    if it.standing != Standing.SELF_SIGNED:
        return Belief.LINK
    return Belief.ANCHOR if it.lists >= policy.of(it.state) else Belief.TOO_FEW_LISTS


def check_source(source: str, title: str) -> None:
    """The short name of a publisher: letters and digits, none of our own words."""
    if not (1 <= len(source) <= 20 and source.replace("-", "").isalnum() and source.isascii()):
        raise Incomplete("source", "The short name has up to 20 letters and digits.")
    if source.lower() in DIRECT | {SEALS}:
        raise Incomplete("source", "This name stands for certificates that came by hand.")
    if not title.strip() or len(title) > 200:
        raise Incomplete("title", "The title is missing, or longer than 200 characters.")


def check_signed_at(
    signed_at: datetime | None, *, before: datetime | None, now: datetime
) -> datetime:
    """The moment of signing orders the lists of a publisher. Never backwards."""
    if signed_at is None:
        raise Unreadable("The list does not say when it was signed, so it cannot be put in order.")
    if signed_at > now + AHEAD:
        raise Unreadable("The list says that it was signed in the future.")
    if before is not None and signed_at <= before:
        raise OlderList(NOT_LATER)
    return signed_at


def check_signer_then(not_before: datetime, not_after: datetime, signed_at: datetime) -> None:
    """Whoever signs must be valid at that moment."""
    if not not_before <= signed_at <= not_after:
        raise Unreadable("The certificate of the signer was not valid when the list was signed.")


def check_signer(*, known: bool, follows: bool, accept: bool) -> bool:
    """Whether this signer is new here. One that does not follow the accepted one is said so."""
    if follows:
        return False
    if known and not accept:
        raise OtherSigner(
            "Another authority signed this list than the one accepted for it. "
            "If the publisher has announced that, say so and import again."
        )
    return True


def check_direct_source(source: str) -> None:
    if source not in DIRECT:
        raise Incomplete("source", "Certificates by hand are the own state's, or bilateral.")


def check_usable(standings: Iterable[str]) -> None:
    """What comes by hand is looked at one by one: nothing in it may be broken."""
    found = list(standings)
    if not found:
        raise Unreadable("There is no certificate in this file.")
    if {Standing.WRONG_SIGNATURE, Standing.UNUSABLE} & set(found):
        raise Unreadable("A certificate in this file cannot be used, or its signature is wrong.")


def check_signs_seals(*, authority: bool, usable: bool) -> None:
    """An authority never comes in by the door of signers, where nobody looks at lists."""
    if authority:
        raise Unreadable("A certificate in this file is one of an authority, not of a signer.")
    if not usable:
        raise Unreadable("The key of a certificate in this file cannot sign seals.")


def check_why(text: str, field: str = "reason") -> None:
    if len(text.strip()) < 3:
        raise Incomplete(field, "Say why.")
    if len(text) > LONGEST_TEXT:
        raise Incomplete(field, f"At most {LONGEST_TEXT} characters.")


def check_policy(policy: Policy) -> None:
    """At least one list; states by two letters."""
    for state, quorum in [("", policy.quorum), *policy.by_state.items()]:
        if not 1 <= quorum <= MOST_LISTS:
            raise Incomplete("quorum", "The number of lists lies between 1 and 50.")
        if state and not (len(state) == 2 and state.isascii() and state.isupper()):
            raise Incomplete("by_state", "A state is written in two capital letters.")
    if len(policy.by_state) > 300:
        raise Incomplete("by_state", "A state is written in two capital letters.")


def check_nothing_waits(waits: bool) -> None:
    """One thing at a time about one source or key."""
    if waits:
        raise AlreadyWaits("A change of this already waits for a second officer.")


def check_waits(status: str) -> None:
    if status != Status.PENDING:
        raise AlreadyDecided("This change has been decided about.")


def check_other_officer(*, asked_by: UUID, deciding: UUID) -> None:
    if asked_by == deciding:
        raise SameOfficer("Another officer must approve what you asked for.")
