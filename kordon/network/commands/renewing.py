"""A node is given another certificate for the key it was enrolled with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.fact import kind_of
from kordon.journal.facts import NodeState
from kordon.journal.models import Entry, Node
from kordon.journal.writing import record
from kordon.network import rules
from kordon.network.broker import enrolling, pki
from kordon.network.facts import CertificateRenewed
from kordon.network.rules import _

NOT_BEFORE = timedelta(minutes=10)
"""After the last: enough for an answer that was lost, and nobody fills the journal with it."""


@command(at_hq=True)
def renew_certificate(*, by: Actor, node: str, request: str) -> dict[str, Any]:
    """What the node is given, as at its enrolment: for this node, by its name, and no other.

    Raises ``NoSuchNode`` for one that is not enrolled, ``BadShown``, ``TooSoon``, ``NoBroker``.
    """
    row = Node.objects.filter(name=node, state=NodeState.ENROLLED).exclude(nkey="").first()
    if row is None:
        raise rules.NoSuchNode(_("There is no such node."))
    ours = Entry.objects.filter(kind=kind_of(CertificateRenewed), by=by.id)
    last = ours.order_by("-id").values_list("at", flat=True).first()
    if last is not None and timezone.now() - last < NOT_BEFORE:
        raise rules.TooSoon(_("This node was given a certificate minutes ago."))
    try:
        given = enrolling.sign(row.name, request)
    except ValueError as error:
        raise rules.BadShown(_("What the machine shows are no keys.")) from error
    if not given:
        raise rules.NoBroker(_("This headquarters has no broker."))
    record(CertificateRenewed(node=node, until=pki.good_until(given["certificate"])), by=by)
    return given
