"""What somebody may do with the trust store: ask for a change, decide about another's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.files import keep
from kordon.journal.writing import record, writing
from kordon.trust import reading, rules
from kordon.trust.believing import known_keys, trust_in_force
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
from kordon.trust.models import Certificate, Change, Distrusted, Listing, Revocations, Source
from kordon.trust.records import Record, shown, to_lines

AT_CONSOLE = "Approved by the operator at the console; no second officer looked."


@command(writes_late=True, at_hq=True)
def offer_master_list(
    *,
    by: Actor,
    change: UUID,
    source: str,
    title: str,
    file: tuple[str, bytes],
    accept_signer: bool = False,
) -> Change:
    """Read a signed list of authorities and lay it before a second officer.

    ``source`` is the short name of its publisher, ``file`` its name and content. Refused are a
    list whose signature does not hold, one signed earlier than the one in the store, and one of
    another signer, unless ``accept_signer``. The same ``change`` sent twice is one change.
    """
    if known := Change.objects.filter(pk=change).first():
        return known
    rules.check_source(source, title)
    _check_nothing_waits(source)
    row = Source.objects.filter(pk=source).first()
    filename, content = file
    it = reading.read_list(content, before=row.signed_at if row else None, now=timezone.now())
    new_signer = rules.check_signer(
        known=row is not None,
        follows=row is not None and reading.follows(it, row.pin),
        accept=accept_signer,
    )
    what = MasterListOffered(
        change=change,
        source=source,
        title=title.strip(),
        filename=shown(filename)[:200],
        original=keep(content),
        records=keep(to_lines(it.records)),
        signed_at=it.signed_at,
        signer=shown(it.listed.signer.subject),
        signer_fingerprint=it.listed.signer.fingerprint,
        pin=reading.pinned(it.pin),
        pin_subject=shown(it.pin.subject),
        pin_fingerprint=it.pin.fingerprint,
        new_signer=new_signer,
        counts=it.counts,
    )
    return _asked(what, by)


@command(writes_late=True, at_hq=True)
def offer_certificates(
    *, by: Actor, change: UUID, source: str, file: tuple[str, bytes], ground: str
) -> Change:
    """Lay certificates of authorities that came by hand before a second officer.

    ``source`` is ``own`` or ``bilateral``; ``ground`` says how they came and were compared.
    """
    if known := Change.objects.filter(pk=change).first():
        return known
    rules.check_direct_source(source)
    rules.check_why(ground, "ground")
    _check_nothing_waits(source)
    filename, content = file
    records = reading.read_certificates(content)
    _check_news(source, records)
    what = CertificatesOffered(
        change=change,
        source=source,
        filename=shown(filename)[:200],
        original=keep(content),
        records=keep(to_lines(records)),
        ground=ground.strip(),
        counts={"certificates": len(records)} | reading.count(records),
    )
    return _asked(what, by)


@command(writes_late=True, at_hq=True)
def offer_seal_signers(
    *, by: Actor, change: UUID, file: tuple[str, bytes], ground: str, alone: bool = False
) -> Change:
    """Lay certificates of signers of visible digital seals before a second officer.

    Each is believed where an authority of the store issued it; with ``alone`` by itself, for
    states whose authority is not known. ``ground`` says how they came and were compared.
    """
    if known := Change.objects.filter(pk=change).first():
        return known
    rules.check_why(ground, "ground")
    _check_nothing_waits(rules.SEALS)
    filename, content = file
    records = reading.read_seal_signers(content, alone=alone)
    listed = Listing.objects.filter(source=rules.SEALS)
    known_ones = set(listed.values_list("fingerprint", "standing"))
    if all((record.fingerprint, record.standing) in known_ones for record in records):
        raise rules.NothingNew(rules.ALL_KNOWN)
    what = SealSignersOffered(
        change=change,
        filename=shown(filename)[:200],
        original=keep(content),
        records=keep(to_lines(records)),
        ground=ground.strip(),
        alone=alone,
        counts={"certificates": len(records)},
    )
    return _asked(what, by)


@command(writes_late=True, at_hq=True)
def offer_revocation_list(*, by: Actor, change: UUID, file: tuple[str, bytes]) -> Change:
    """Lay a revocation list before a second officer. A trusted authority must have signed it."""
    if known := Change.objects.filter(pk=change).first():
        return known
    filename, content = file
    it, der = reading.read_revocations(content)
    signer = reading.signer_of(it, trust_in_force().anchors)
    if signer is None:
        raise rules.Unreadable("No authority that is trusted here signed this revocation list.")
    key = known_keys([signer])[0]
    _check_nothing_waits(key)
    _check_not_older(key, it.issued)
    what = RevocationListOffered(
        change=change,
        filename=shown(filename)[:200],
        content=keep(der),
        issuer=shown(it.issuer),
        issuer_key=key,
        issued=it.issued,
        next_due=it.next_due,
        revoked=len(it.revoked),
    )
    return _asked(what, by)


@command(at_hq=True)
def propose_distrust(
    *, by: Actor, change: UUID, fingerprint: str, distrust: bool = True, reason: str
) -> Change:
    """Ask that the key of a certificate be believed no more, or again; in every certificate."""
    if known := Change.objects.filter(pk=change).first():
        return known
    key, subject, state = _pointed_at(fingerprint)
    rules.check_why(reason)
    if Distrusted.objects.filter(pk=key).exists() is distrust:
        raise rules.NothingNew("That is so already.")
    _check_nothing_waits(key)
    what = DistrustProposed(
        change=change,
        key=key,
        fingerprint=fingerprint,
        subject=subject,
        state=state,
        distrust=distrust,
        reason=reason.strip(),
    )
    return _asked(what, by)


@command(at_hq=True)
def propose_withdrawal(*, by: Actor, change: UUID, source: str, reason: str) -> Change:
    """Ask that everything of one source go. Its signer is accepted anew when it comes again."""
    if known := Change.objects.filter(pk=change).first():
        return known
    if not Source.objects.filter(pk=source).exists():
        raise rules.NoSuchSource("There is no such source in the store.")
    rules.check_why(reason)
    _check_nothing_waits(source)
    return _asked(WithdrawalProposed(change=change, source=source, reason=reason.strip()), by)


@command(at_hq=True)
def propose_policy(*, by: Actor, change: UUID, policy: rules.Policy, reason: str) -> Change:
    """Ask for another number of lists in which an authority must stand to be believed."""
    if known := Change.objects.filter(pk=change).first():
        return known
    rules.check_policy(policy)
    rules.check_why(reason)
    _check_nothing_waits("policy")
    what = PolicyProposed(
        change=change,
        quorum=policy.quorum,
        by_state=dict(sorted(policy.by_state.items())),
        reason=reason.strip(),
    )
    return _asked(what, by)


@command(alone=True, at_hq=True)
def approve_change(*, by: Actor, change: UUID) -> Change:
    """Do what another officer asked for; the store has a new version from then on."""
    row = _waiting(change)
    rules.check_other_officer(asked_by=row.asked_by, deciding=by.id)
    record(ChangeApproved(change=change, alone=False, ground=""), by=by)
    row.refresh_from_db()
    return row


@command(alone=True, at_hq=True)
def approve_change_at_console(*, by: Actor, change: UUID) -> Change:
    """Do what was asked for without a second officer; the record says that nobody looked.

    For setting up a node, and for training, where there is no second officer yet.
    """
    row = _waiting(change)
    record(ChangeApproved(change=change, alone=True, ground=AT_CONSOLE), by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def return_change(*, by: Actor, change: UUID, reason: str) -> Change:
    """Not approve a change, and say why. Who asked for it may take it back this way too."""
    row = _waiting(change)
    rules.check_why(reason)
    record(ChangeReturned(change=change, reason=reason.strip()), by=by)
    row.refresh_from_db()
    return row


def _asked(what: Any, by: Actor) -> Change:
    with writing():
        record(what, by=by)
    return Change.objects.get(pk=what.change)


def _pointed_at(fingerprint: str) -> tuple[str, str, str]:
    """Key, subject and state of a certificate that is listed, or of one that is distrusted."""
    row = Certificate.objects.filter(pk=fingerprint).first()
    if row is not None:
        return row.key_fingerprint or row.fingerprint, row.subject, row.state
    gone = Distrusted.objects.filter(fingerprint=fingerprint).first()
    if gone is not None:
        return gone.key, gone.subject, gone.state
    raise rules.NoSuchCertificate("There is no such certificate in the store.")


def _waiting(change: UUID) -> Change:
    row = Change.objects.filter(pk=change).first()
    if row is None:
        raise rules.NoSuchChange("There is no such change.")
    rules.check_waits(row.status)
    return row


def _check_nothing_waits(about: str) -> None:
    waiting = Change.objects.filter(about=about, status=rules.Status.PENDING)
    rules.check_nothing_waits(waiting.exists())


def _check_news(source: str, records: Iterable[Record]) -> None:
    listed = trust_in_force().listed_by(source)
    if all(record.fingerprint in listed for record in records):
        raise rules.NothingNew(rules.ALL_KNOWN)


def _check_not_older(key: str, issued: datetime) -> None:
    row = Revocations.objects.filter(pk=key).first()
    if row is not None and row.issued >= issued:
        raise rules.OlderList(rules.NOT_LATER)
