"""How a fact about the trust store becomes rows. Nothing is believed before it is approved."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from kordon.journal import canonical
from kordon.journal.fact import from_body, kind_of, to_body
from kordon.journal.files import read_kept
from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.trust.facts import (
    CertificatesOffered,
    ChangeApproved,
    ChangeReturned,
    DistrustProposed,
    MasterListOffered,
    PolicyProposed,
    RevocationListOffered,
    SealSignersOffered,
    WithdrawalProposed,
)
from kordon.trust.models import (
    Certificate,
    Change,
    Distrusted,
    Listing,
    Revocations,
    Source,
    Version,
)
from kordon.trust.records import Record, from_lines
from kordon.trust.rules import SEALS, Kind, Policy, Status

SHOWN_ONLY = ("fingerprint", "state", "subject", "issuer", "serial", "key", "key_fingerprint")


@applies(MasterListOffered)
def master_list_offered(it: MasterListOffered, entry: Entry) -> None:
    _asked(it, entry, Kind.MASTER_LIST, it.source)


@applies(CertificatesOffered)
def certificates_offered(it: CertificatesOffered, entry: Entry) -> None:
    _asked(it, entry, Kind.CERTIFICATES, it.source)


@applies(SealSignersOffered)
def seal_signers_offered(it: SealSignersOffered, entry: Entry) -> None:
    _asked(it, entry, Kind.SEAL_SIGNERS, SEALS)


@applies(RevocationListOffered)
def revocation_list_offered(it: RevocationListOffered, entry: Entry) -> None:
    _asked(it, entry, Kind.REVOCATION_LIST, it.issuer_key)


@applies(DistrustProposed)
def distrust_proposed(it: DistrustProposed, entry: Entry) -> None:
    _asked(it, entry, Kind.DISTRUST if it.distrust else Kind.TRUST_AGAIN, it.key)


@applies(WithdrawalProposed)
def withdrawal_proposed(it: WithdrawalProposed, entry: Entry) -> None:
    _asked(it, entry, Kind.WITHDRAWAL, it.source)


@applies(PolicyProposed)
def policy_proposed(it: PolicyProposed, entry: Entry) -> None:
    _asked(it, entry, Kind.POLICY, "policy")


@applies(ChangeApproved)
def change_approved(it: ChangeApproved, entry: Entry) -> None:
    change = Change.objects.get(pk=it.change)
    kind = Kind(change.kind)
    fact = from_body(kind_of(FACTS[kind]), canonical.dumps(change.said))
    DONE[kind](fact, entry)
    before = Version.objects.order_by("-number").first()
    policy = {"quorum": 1, "by_state": {}} if before is None else before.policy
    if isinstance(fact, PolicyProposed):
        policy = {"quorum": fact.quorum, "by_state": fact.by_state}
    version = _new_version(before.number + 1 if before else 1, policy, it.change, entry)
    _decided(
        it.change, entry, status=Status.APPROVED, alone=it.alone, reason=it.ground, version=version
    )


@applies(ChangeReturned)
def change_returned(it: ChangeReturned, entry: Entry) -> None:
    _decided(it.change, entry, status=Status.RETURNED, reason=it.reason)


def _asked(it: Any, entry: Entry, kind: Kind, about: str) -> None:
    Change.objects.create(
        id=it.change,
        position=entry.id,
        kind=kind,
        about=about,
        status=Status.PENDING,
        said=json.loads(to_body(it)),
        asked_by=entry.by,
        asked_by_name=entry.by_name,
        asked_at=entry.at,
    )


def _decided(change: UUID, entry: Entry, **columns: Any) -> None:
    Change.objects.filter(pk=change).update(
        decided_by_name=entry.by_name, decided_at=entry.at, **columns
    )


def _master_list(it: MasterListOffered, entry: Entry) -> None:
    Source.objects.update_or_create(
        name=it.source,
        defaults={
            "direct": False,
            "title": it.title,
            "signed_at": it.signed_at,
            "since": entry.at,
            "signer": it.signer,
            "pin": it.pin,
            "pin_subject": it.pin_subject,
            "pin_fingerprint": it.pin_fingerprint,
            "change": it.change,
        },
    )
    Listing.objects.filter(source=it.source).delete()
    _list(it.source, it.records)


def _certificates(it: CertificatesOffered, entry: Entry) -> None:
    Source.objects.update_or_create(
        name=it.source, defaults={"direct": True, "since": entry.at, "change": it.change}
    )
    _list(it.source, it.records)


def _seal_signers(it: SealSignersOffered, entry: Entry) -> None:
    """They join those that are there; one that is there already stands as it was offered last."""
    Source.objects.update_or_create(
        name=SEALS, defaults={"direct": True, "since": entry.at, "change": it.change}
    )
    found = list(from_lines(read_kept(it.records)))
    again = [one.fingerprint for one in found]
    Listing.objects.filter(source=SEALS, fingerprint__in=again).delete()
    _enter(SEALS, found)


def _list(source: str, records: str) -> None:
    """Let the source list these certificates; those that nobody lists any more go."""
    _enter(source, list(from_lines(read_kept(records))))


def _enter(source: str, found: list[Record]) -> None:
    known = set(Certificate.objects.values_list("fingerprint", flat=True))
    Certificate.objects.bulk_create(
        [_row(one) for one in found if one.fingerprint not in known], batch_size=200
    )
    listed = set(Listing.objects.filter(source=source).values_list("fingerprint", flat=True))
    Listing.objects.bulk_create(
        [
            Listing(source=source, fingerprint=one.fingerprint, standing=one.standing, why=one.why)
            for one in found
            if one.fingerprint not in listed
        ],
        batch_size=200,
    )
    _forget_unlisted()


def _row(it: Record) -> Certificate:
    columns = {name: getattr(it, name) for name in SHOWN_ONLY}
    return Certificate(not_before=it.not_before, not_after=it.not_after, der=it.der, **columns)


def _forget_unlisted() -> None:
    listed = Listing.objects.values("fingerprint")
    Certificate.objects.exclude(fingerprint__in=listed).delete()


def _revocation_list(it: RevocationListOffered, entry: Entry) -> None:
    Revocations.objects.update_or_create(
        issuer_key=it.issuer_key,
        defaults={
            "issuer": it.issuer,
            "content": it.content,
            "issued": it.issued,
            "next_due": it.next_due,
            "revoked": it.revoked,
            "since": entry.at,
        },
    )


def _distrust(it: DistrustProposed, entry: Entry) -> None:
    if not it.distrust:
        Distrusted.objects.filter(key=it.key).delete()
        return
    Distrusted.objects.update_or_create(
        key=it.key,
        defaults={
            "fingerprint": it.fingerprint,
            "subject": it.subject,
            "state": it.state,
            "reason": it.reason,
            "since": entry.at,
        },
    )


def _withdrawal(it: WithdrawalProposed, entry: Entry) -> None:
    Source.objects.filter(name=it.source).delete()
    Listing.objects.filter(source=it.source).delete()
    _forget_unlisted()


def _policy(it: PolicyProposed, entry: Entry) -> None:
    """It stands in the version."""


FACTS: dict[Kind, type] = {
    Kind.MASTER_LIST: MasterListOffered,
    Kind.CERTIFICATES: CertificatesOffered,
    Kind.SEAL_SIGNERS: SealSignersOffered,
    Kind.REVOCATION_LIST: RevocationListOffered,
    Kind.DISTRUST: DistrustProposed,
    Kind.TRUST_AGAIN: DistrustProposed,
    Kind.WITHDRAWAL: WithdrawalProposed,
    Kind.POLICY: PolicyProposed,
}
DONE: dict[Kind, Callable[[Any, Entry], None]] = {
    Kind.MASTER_LIST: _master_list,
    Kind.CERTIFICATES: _certificates,
    Kind.SEAL_SIGNERS: _seal_signers,
    Kind.REVOCATION_LIST: _revocation_list,
    Kind.DISTRUST: _distrust,
    Kind.TRUST_AGAIN: _distrust,
    Kind.WITHDRAWAL: _withdrawal,
    Kind.POLICY: _policy,
}


def _new_version(number: int, policy: dict[str, Any], change: UUID, entry: Entry) -> int:
    lists = Source.objects.filter(direct=False).order_by("signed_at")
    oldest = lists.values_list("signed_at", flat=True).first()
    version = Version.objects.create(
        number=number,
        digest=_digest(policy),
        at=entry.at,
        as_of=(oldest or entry.at).date(),
        policy=policy,
        change=change,
    )
    return version.number


def _digest(policy: dict[str, Any]) -> str:
    """Everything that decides what is believed, in one number; the same on every node."""
    listings = Listing.objects.values_list("source", "fingerprint", "standing")
    everything = {
        "listings": sorted(map(list, listings)),
        "distrusted": sorted(Distrusted.objects.values_list("key", flat=True)),
        "revocations": sorted(Revocations.objects.values_list("content", flat=True)),
        "policy": Policy(**policy).__dict__,
    }
    return hashlib.sha256(canonical.dumps(everything)).hexdigest()
