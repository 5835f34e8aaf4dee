"""The world of a measured node: a post, and a machine that may check and record there.

Loaded only inside a temporary node.
"""

import json
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from kordon.accounts.commands import (
    define_role,
    enrol_machine,
    load_default_roles,
    register_agency,
    register_post,
)
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.facts import Mode, PostStatus
from kordon.border.facts import CrossingRecorded
from kordon.border.models import Crossing
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.fact import kind_of
from kordon.journal.models import Entry
from kordon.journal.reacting import SYSTEM
from kordon.journal.rebuilding import rebuild
from kordon.journal.verifying import verify

RIGHTS = (
    *("accounts.get_post", "accounts.list_lanes", "accounts.list_booths"),
    *("border.check_traveller", "border.record_mobile_crossing", "border.find_earlier_crossings"),
    *("watchlist.screen_traveller", "watchlist.find_document_alerts"),
    *("watchlist.find_vehicle_alerts", "watchlist.list_editions", "watchlist.list_ages"),
)


def found() -> str:
    """Roles, agency, post, machine; returns the machine's token."""
    by = Actor(id=SYSTEM, name="measure", rights=frozenset((*COMMANDS, *QUERIES)))
    load_default_roles(by=by)
    register_agency(by=by, agency="BORDER", name="Border Service")
    described = PostDescription(
        name="North Gate",
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.INTERNATIONAL,
        time_zone="Asia/Almaty",
    )
    register_post(by=by, post="NORTH", description=described)
    define_role(by=by, role="measuring", title="Measuring", description="", rights=RIGHTS)
    machine = enrol_machine(
        by=by,
        machine=uuid4(),
        name="Gate 1",
        agency="BORDER",
        role="measuring",
        until=timezone.localdate() + timedelta(days=1),
        post="NORTH",
    )
    return machine.token


def examine(acknowledged: list[str]) -> dict[str, Any]:
    """What a node that was killed still knows of the crossings it had acknowledged."""
    wanted = {UUID(each) for each in acknowledged}
    recorded = Counter(
        UUID(json.loads(bytes(entry.body.text))["crossing"])
        for entry in Entry.objects.filter(kind=kind_of(CrossingRecorded)).select_related("body")
    )
    rows = set(Crossing.objects.values_list("pk", flat=True))
    verdict = verify()
    return {
        "lost": len(wanted - recorded.keys()) + len(wanted - rows),
        "twice": sum(1 for times in recorded.values() if times > 1),
        "recorded": sum(recorded.values()),
        "entries": verdict.entries,
        "faults": [fault.text for fault in verdict.faults],
        "differing": list(rebuild().differing),
    }
