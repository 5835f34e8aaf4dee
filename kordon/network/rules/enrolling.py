"""Who becomes a node, and who decides it."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kordon.journal import canonical
from kordon.journal.refusal import NotFound, Refusal

CODE_LASTS = timedelta(hours=48)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which are mistaken for one another; five bits a letter."""
CODE_GROUPS, PRINT_GROUPS, GROUP = 4, 5, 4
LARGEST_REQUEST = 16 * 1024
LONGEST_REASON = 300

# A dot would be a boundary in the subjects of the broker.
_NAME = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,31}")
_SPOKEN = re.compile(r"([A-Z0-9][A-Z0-9_-]{0,31})-((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})")
_KEY = re.compile(r"[0-9a-f]{64}")
_NKEY = re.compile(r"(U[A-Z2-7]{55})?")


def _(text: str) -> str:
    """Mark for translation; pages translate when they show it."""
    return text


class EnrolmentState(StrEnum):
    """How far a machine has come on its way to become a node."""

    INVITED = "invited"
    ASKED = "asked"
    APPROVED_ONCE = "approved_once"
    ENROLLED = "enrolled"
    REJECTED = "rejected"


class NotHeadquarters(Refusal):
    code = "not_headquarters"


class NoSuchEnrolment(NotFound):
    code = "no_such_enrolment"


class NoSuchNode(NotFound):
    code = "no_such_node"


class BadNodeName(Refusal):
    code = "bad_node_name"
    status = 422


class NameInUse(Refusal):
    """There is a node of this name already, and nobody said that its machine is replaced."""

    code = "name_in_use"


class AlreadyInvited(Refusal):
    code = "already_invited"


class BadCode(Refusal):
    """Not a code, or one that is spent, too old, or for another node: which, nobody is told."""

    code = "bad_code"
    status = 403


class BadShown(Refusal):
    """What a machine shows is no key, or no request for a certificate."""

    code = "bad_keys"
    status = 422


class KeyInUse(Refusal):
    code = "key_in_use"


class NotAsked(Refusal):
    """Nobody waits for this decision: it was made, or the machine has not shown itself."""

    code = "not_asked"


class WrongFingerprint(Refusal):
    code = "wrong_fingerprint"


class SamePerson(Refusal):
    """Two persons decide."""

    code = "same_person"
    status = 403


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422


class NothingDecided(Refusal):
    """The node is in that state already."""

    code = "nothing_decided"


class NotQuarantined(Refusal):
    code = "not_quarantined"


class NotYetHeld(Refusal):
    """The node told of entries that are not here."""

    code = "not_yet_held"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a machine shows of itself: see ``EnrolmentAsked``."""

    node: str
    public_key: str
    nkey: str = ""
    request: str = ""


def new_code() -> str:
    """A code of 80 random bits: ``K7QM-2RXA-9TVC-HW4E``. Guessing it in 48 hours is hopeless."""
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_GROUPS * GROUP))
    return _grouped(letters)


def clean_code(typed: str) -> str:
    """A code however it was typed: small letters, spaces, no hyphens."""
    return _grouped("".join(typed.upper().replace("-", "").split()))


def spoken(node: str, code: str) -> str:
    """Name and code in one, as it is given to whoever goes to the post."""
    return f"{node}-{code}"


def split_spoken(text: str) -> tuple[str, str]:
    """Name and code again. Raises ``BadCode``."""
    found = _SPOKEN.fullmatch(text.strip().upper())
    if found is None:
        raise BadCode(_("A code is the node's name and four groups: AKSUU-K7QM-2RXA-9TVC-HW4E."))
    return found[1], found[2]


def hash_code(code: str) -> str:
    """SHA-256 suffices for 80 random bits that are worth nothing after two days."""
    return hashlib.sha256(clean_code(code).encode()).hexdigest()


def fingerprint(shown: Shown, *, hq: str, hq_key: str) -> str:
    """What is read aloud at both ends: 100 bits over both ends' keys.

    Whoever stood between them would have shown each another key, and both other letters.
    """
    said = {"what": "kordon-enrolment-v1", "hq": hq, "hq_key": hq_key, **vars(shown)}
    return grouped_print(hashlib.sha256(canonical.dumps(said)).digest())


def grouped_print(digest: bytes) -> str:
    """The first 100 bits as letters and digits that nobody mistakes for one another."""
    letters = base64.b32encode(digest).decode()[: PRINT_GROUPS * GROUP]
    return _grouped(letters.translate(_PLAIN))


def check_name(node: str, hq: str) -> None:
    """Raises ``BadNodeName``."""
    if not _NAME.fullmatch(node) or node == hq:
        raise BadNodeName(
            _("A node's name has 1 to 32 capital letters, digits, hyphens or underscores.")
        )


def check_shown(shown: Shown) -> None:
    """Raises ``BadShown``."""
    well = _KEY.fullmatch(shown.public_key) and _NKEY.fullmatch(shown.nkey)
    if not well or len(shown.request) > LARGEST_REQUEST or "\x00" in shown.request:
        raise BadShown(_("What the machine shows are no keys."))
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(shown.public_key))
    except ValueError as error:
        raise BadShown(_("What the machine shows are no keys.")) from error


def check_second(*, first: UUID | None, by: UUID) -> None:
    """Raises ``SamePerson``."""
    if first == by:
        raise SamePerson(_("You have approved this already; now another person decides."))


def check_reason(text: str) -> str:
    """A reason on one line. Raises ``ReasonMissing``."""
    reason = " ".join(text.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonMissing(_("A reason is needed, of at most 300 characters."))
    return reason


_PLAIN = str.maketrans("IO", "89")
"""Base32 writes I and O, but neither 8 nor 9."""


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
