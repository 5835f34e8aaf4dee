"""What may be asked of the trust store."""

from base64 import b64encode
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.channels import is_post
from kordon.journal.command import query
from kordon.journal.files import is_kept, read_kept
from kordon.trust import reading
from kordon.trust.believing import (
    SealSigner,
    TrustInForce,
    beliefs,
    listings,
    seal_signers,
    signers_among,
    trust_in_force,
)
from kordon.trust.comparing import Known, StateChange, compare
from kordon.trust.models import Certificate, Change, Distrusted, Revocations, Source, Version
from kordon.trust.records import Record, from_lines
from kordon.trust.rules import (
    DIRECT,
    SEALS,
    Belief,
    Kind,
    NoSuchCertificate,
    NoSuchChange,
    Policy,
    Status,
    check_signer,
)

__all__ = ["Belief", "TrustInForce", "trust_in_force"]


@dataclass(frozen=True, kw_only=True)
class StateLine:
    """One state in the store: how many certificates, and how many of them are believed."""

    state: str
    certificates: int
    anchors: int
    links: int
    left_out: int
    next_end: datetime | None


@dataclass(frozen=True, kw_only=True)
class StoreRead:
    """The store as a whole."""

    version: Version | None
    policy: Policy
    states: tuple[StateLine, ...]
    sources: tuple[tuple[Source, int], ...]
    revocations: tuple[Revocations, ...]
    distrusted: tuple[Distrusted, ...]
    seal_signers: tuple[SealSigner, ...]
    waiting: int


@dataclass(frozen=True, kw_only=True)
class CertificateRead:
    """One certificate: who lists it, how it stands there, whether it is believed."""

    row: Certificate
    belief: Belief
    listed: tuple[tuple[str, str], ...]
    pem: str = ""
    distrusted: Distrusted | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeRead:
    """A change with what it would do, as far as this node has the file."""

    row: Change
    states: tuple[StateChange, ...]
    broken: tuple[Record, ...]
    signers: tuple[SealSigner, ...]
    may_decide: bool
    elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What offering a list would ask for."""

    read: reading.ListRead
    states: tuple[StateChange, ...]
    new_signer: bool
    known: bool


@query
def list_states(*, by: Actor) -> StoreRead:
    """The trust store by state, its sources, revocation lists and version."""
    version = Version.objects.order_by("-number").first()
    counted = Counter(source for some in listings().values() for source, _ in some)
    return StoreRead(
        version=version,
        policy=Policy(**version.policy) if version else Policy(),
        states=_states(),
        sources=tuple((row, counted[row.name]) for row in Source.objects.order_by("name")),
        revocations=tuple(Revocations.objects.order_by("issuer")),
        distrusted=tuple(Distrusted.objects.order_by("state", "subject")),
        seal_signers=seal_signers(),
        waiting=Change.objects.filter(status=Status.PENDING).count(),
    )


def _states() -> tuple[StateLine, ...]:
    believed = beliefs()
    rows: dict[str, list[tuple[Belief, datetime]]] = defaultdict(list)
    for state, fingerprint, end in Certificate.objects.values_list(
        "state", "fingerprint", "not_after"
    ):
        if believed[fingerprint] is not Belief.SEAL_SIGNER:
            rows[state].append((believed[fingerprint], end))
    return tuple(_state_line(state, rows[state]) for state in sorted(rows))


def _state_line(state: str, rows: list[tuple[Belief, datetime]]) -> StateLine:
    counted = Counter(one for one, _ in rows)
    now = timezone.now()
    ends = [end for one, end in rows if one is Belief.ANCHOR and end > now]
    return StateLine(
        state=state,
        certificates=len(rows),
        anchors=counted[Belief.ANCHOR],
        links=counted[Belief.LINK],
        left_out=len(rows) - counted[Belief.ANCHOR] - counted[Belief.LINK],
        next_end=max(ends, default=None),
    )


@query
def get_state(*, by: Actor, state: str) -> tuple[CertificateRead, ...]:
    """Every certificate of a state, the latest first."""
    believed, listed = beliefs(), listings()
    rows = Certificate.objects.filter(state=state.upper()).order_by("-not_before", "fingerprint")
    return tuple(
        CertificateRead(
            row=row, belief=believed[row.fingerprint], listed=tuple(listed[row.fingerprint])
        )
        for row in rows
    )


@query
def get_certificate(*, by: Actor, fingerprint: str) -> CertificateRead:
    """One certificate with its PEM. Raises ``NoSuchCertificate``."""
    row = Certificate.objects.filter(pk=fingerprint).first()
    if row is None:
        raise NoSuchCertificate("There is no such certificate in the store.")
    text = b64encode(bytes(row.der)).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return CertificateRead(
        row=row,
        belief=beliefs()[fingerprint],
        listed=tuple(listings()[fingerprint]),
        pem="\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"]),
        distrusted=Distrusted.objects.filter(pk=row.key_fingerprint or fingerprint).first(),
    )


@query
def list_changes(*, by: Actor) -> QuerySet[Change]:
    """Everything that was ever asked for, newest first."""
    return Change.objects.order_by("-position")


@query
def get_change(*, by: Actor, change: UUID) -> ChangeRead:
    """A change with the difference it makes by state. Raises ``NoSuchChange``."""
    row = Change.objects.filter(pk=change).first()
    if row is None:
        raise NoSuchChange("There is no such change.")
    records = _records(row)
    waits = row.status == Status.PENDING
    return ChangeRead(
        row=row,
        states=_difference(row.about, records) if records and waits else (),
        broken=tuple(one for one in records if one.why),
        signers=signers_among(records) if waits and row.kind == Kind.SEAL_SIGNERS else (),
        may_decide=waits and row.asked_by != by.id,
        elsewhere=is_post(),
    )


@query
def preview_master_list(
    *, by: Actor, source: str, content: bytes, accept_signer: bool = False
) -> Preview:
    """What offering a list would ask for. Raises the refusals of ``offer_master_list``."""
    row = Source.objects.filter(pk=source).first()
    it = reading.read_list(content, before=row.signed_at if row else None, now=timezone.now())
    follows = row is not None and reading.follows(it, row.pin)
    return Preview(
        read=it,
        states=_difference(source, it.records),
        new_signer=check_signer(known=row is not None, follows=follows, accept=accept_signer),
        known=row is not None,
    )


def _records(row: Change) -> tuple[Record, ...]:
    name = str(row.said.get("records", ""))
    if not is_kept(name):
        return ()
    return tuple(from_lines(read_kept(name)))


def _difference(source: str, records: tuple[Record, ...]) -> tuple[StateChange, ...]:
    """A list replaces the one before; what comes by hand joins what is there."""
    listed = trust_in_force().listed_by(source)
    rows = Certificate.objects.filter(fingerprint__in=listed)
    columns = ("fingerprint", "state", "subject", "key_fingerprint")
    now = [Known(**dict(zip(columns, row, strict=True))) for row in rows.values_list(*columns)]
    then = [_known(one) for one in records]
    return compare(now, [*now, *then] if source in DIRECT | {SEALS} else then)


def _known(record: Record) -> Known:
    """A record as it is compared."""
    return Known(
        fingerprint=record.fingerprint,
        state=record.state,
        subject=record.subject,
        key_fingerprint=record.key_fingerprint,
    )
