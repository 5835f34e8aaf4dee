"""A machine becomes a node: one person invites it, it shows its keys, two persons believe it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kordon.accounts.queries import get_post
from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import UP
from kordon.journal.command import command
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.models import ChainHead, Node, NodeKey
from kordon.journal.refusal import NotFound
from kordon.journal.writing import record
from kordon.network import rules
from kordon.network.enrolments import OPEN, WAITING, fingerprint_of, shown_by
from kordon.network.facts import (
    EnrolmentApproved,
    EnrolmentAsked,
    EnrolmentRejected,
    NodeInvited,
)
from kordon.network.models import Enrolment
from kordon.network.rules import EnrolmentState, Shown, _

HQ = "hq"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """``code`` is shown once; only its hash is kept."""

    enrolment: Enrolment
    code: str

    @property
    def spoken(self) -> str:
        return rules.spoken(self.enrolment.node, self.code)


@command(at_hq=True)
def enrol_headquarters(*, by: Actor) -> None:
    """Let headquarters believe itself: the first that every post will read. Once."""
    me = identity.mine()
    if settings.KORDON_KIND == HQ and not Node.objects.filter(name=me.node).exists():
        what = NodeEnrolled(
            node=me.node,
            node_kind=NodeKind.HQ,
            incarnation=me.incarnation,
            public_key=me.public_key,
        )
        record(what, by=by)


@command(at_hq=True)
def invite_node(*, by: Actor, enrolment: UUID, node: str, replaces: bool = False) -> Invitation:
    """Make a code with which a machine may ask to become the node of a post, for two days.

    ``replaces``: there is such a node, and its machine is dead or lost. Raises ``BadNodeName``,
    ``NoSuchNode``, ``NameInUse``, ``AlreadyInvited``.
    """
    _check_headquarters()
    _check_free(by, node, replaces)
    now = timezone.now()
    for row in Enrolment.objects.filter(node=node, state__in=OPEN):
        if row.state in WAITING or row.until > now:
            raise rules.AlreadyInvited(
                _("This node is invited already: reject that first, or enrol it.")
            )
    code = rules.new_code()
    invited = NodeInvited(
        enrolment=enrolment,
        node=node,
        code_hash=rules.hash_code(code),
        until=now + rules.CODE_LASTS,
        replaces=replaces,
    )
    record(invited, by=by)
    return Invitation(enrolment=Enrolment.objects.get(id=enrolment), code=code)


@command(at_hq=True)
def ask_enrolment(*, by: Actor, code: str, shown: Shown, address: str = "") -> Enrolment:
    """Ask with a code to become a node, showing the keys the node will have.

    Asked again with the same keys, the answer is the same: it may have been lost. Raises
    ``BadCode``, ``BadShown``, ``KeyInUse``.
    """
    _check_headquarters()
    rules.check_shown(shown)
    row = Enrolment.objects.filter(code_hash=rules.hash_code(code), node=shown.node).first()
    if row is not None and row.state in WAITING and shown_by(row) == shown:
        return row
    if row is None or row.state != EnrolmentState.INVITED or row.until < timezone.now():
        raise rules.BadCode(_("This code is not for this node, was used already, or is too old."))
    _check_keys_unused(shown)
    asked = EnrolmentAsked(
        enrolment=row.id,
        public_key=shown.public_key,
        nkey=shown.nkey,
        request=shown.request,
        address=address[:45],
    )
    record(asked, by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def approve_enrolment(*, by: Actor, enrolment: UUID, fingerprint: str) -> Enrolment:
    """Say that the machine at the post shows this fingerprint. The second to say so enrols it.

    Raises ``NotAsked``, ``WrongFingerprint``, ``SamePerson``, ``NameInUse``, ``KeyInUse``.
    """
    row = _waiting(enrolment)
    if rules.clean_code(fingerprint) != fingerprint_of(row):
        raise rules.WrongFingerprint(_("The machine that waits has another fingerprint."))
    rules.check_second(first=row.approved_by, by=by.id)
    second = row.state == EnrolmentState.APPROVED_ONCE
    record(EnrolmentApproved(enrolment=row.id, fingerprint=fingerprint_of(row)), by=by)
    if second:
        _check_free(by, row.node, row.replaces)
        _check_keys_unused(shown_by(row))
        enrolled = NodeEnrolled(
            node=row.node,
            node_kind=NodeKind.POST,
            incarnation=_next_incarnation(row.node),
            public_key=row.public_key,
            nkey=row.nkey,
        )
        record(enrolled, by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def reject_enrolment(*, by: Actor, enrolment: UUID, reason: str) -> None:
    """Turn a machine away, or make an unused code worthless. Raises ``NotAsked``."""
    row = Enrolment.objects.filter(id=enrolment, state__in=OPEN).first()
    if row is None:
        raise rules.NotAsked(_("This enrolment is decided already."))
    record(EnrolmentRejected(enrolment=row.id, reason=rules.check_reason(reason)), by=by)


def _waiting(enrolment: UUID) -> Enrolment:
    row = Enrolment.objects.filter(id=enrolment).first()
    if row is None:
        raise rules.NoSuchEnrolment(_("There is no such enrolment."))
    if row.state not in WAITING:
        raise rules.NotAsked(_("No machine waits for this decision."))
    return row


def _check_headquarters() -> None:
    if settings.KORDON_KIND != HQ:
        raise rules.NotHeadquarters(_("Nodes are enrolled at headquarters."))


def _check_free(by: Actor, node: str, replaces: bool) -> None:
    rules.check_name(node, identity.mine().node)
    try:
        closed = get_post(by=by, code=node).closed
    except NotFound:
        closed = True
    if closed:
        raise rules.NoSuchNode(_("A node bears the code of a post, and there is no such post."))
    if Node.objects.filter(name=node).exists() and not replaces:
        raise rules.NameInUse(
            _("There is a node of this name. If its machine is dead or lost, replace it.")
        )


def _check_keys_unused(shown: Shown) -> None:
    """A key speaks for one node, once. Raises ``KeyInUse``."""
    used = NodeKey.objects.filter(id=shown.public_key).exists()
    if shown.nkey:
        others = Node.objects.filter(nkey=shown.nkey)
        used = used or others.exists()
    if used:
        raise rules.KeyInUse(_("These keys are those of a node already: make new ones."))


def _next_incarnation(node: str) -> int:
    """One above every life this name has had."""
    enrolled = Node.objects.filter(name=node).values_list("incarnation", flat=True)
    spoken = ChainHead.objects.filter(node=node, channel=UP).values_list("incarnation", flat=True)
    return max([0, *enrolled, *spoken]) + 1
