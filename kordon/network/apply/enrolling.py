"""Enrolments and releases, as far as they have come."""

from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.network import facts
from kordon.network.models import Enrolment, Release
from kordon.network.rules import EnrolmentState


@applies(facts.NodeInvited)
def node_invited(it: facts.NodeInvited, entry: Entry) -> None:
    Enrolment.objects.create(
        id=it.enrolment,
        node=it.node,
        code_hash=it.code_hash,
        state=EnrolmentState.INVITED.value,
        invited_by=entry.by,
        invited_by_name=entry.by_name,
        invited_at=entry.at,
        until=it.until,
        replaces=it.replaces,
    )


@applies(facts.EnrolmentAsked)
def enrolment_asked(it: facts.EnrolmentAsked, entry: Entry) -> None:
    Enrolment.objects.filter(id=it.enrolment).update(
        state=EnrolmentState.ASKED.value,
        asked_at=entry.at,
        public_key=it.public_key,
        nkey=it.nkey,
        request=it.request,
        address=it.address,
    )


@applies(facts.EnrolmentApproved)
def enrolment_approved(it: facts.EnrolmentApproved, entry: Entry) -> None:
    row = Enrolment.objects.get(id=it.enrolment)
    if row.state == EnrolmentState.ASKED:
        row.state = EnrolmentState.APPROVED_ONCE.value
        row.approved_by, row.approved_by_name = entry.by, entry.by_name
        row.approved_at = entry.at
    else:
        row.state = EnrolmentState.ENROLLED.value
        row.decided_by_name, row.decided_at = entry.by_name, entry.at
    row.save()


@applies(facts.EnrolmentRejected)
def enrolment_rejected(it: facts.EnrolmentRejected, entry: Entry) -> None:
    Enrolment.objects.filter(id=it.enrolment).update(
        state=EnrolmentState.REJECTED.value,
        decided_by_name=entry.by_name,
        decided_at=entry.at,
        reason=it.reason,
    )


@applies(facts.ReleaseApproved)
def release_approved(it: facts.ReleaseApproved, entry: Entry) -> None:
    described = {
        "quarantined_at": it.quarantined_at,
        "approved_by": entry.by,
        "approved_by_name": entry.by_name,
        "approved_at": entry.at,
        "reason": it.reason,
    }
    Release.objects.update_or_create(node=it.node, defaults=described)
