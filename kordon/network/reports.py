"""What this room adds to the report of a post."""

import shutil
from typing import Any

from django.conf import settings

from kordon.journal import identity
from kordon.journal.channels import UP
from kordon.journal.models import Entry
from kordon.journal.receipts import acknowledged
from kordon.network import renewing, scratch
from kordon.network.reporting import reports


@reports("disk_total")
def disk_total() -> int:
    return shutil.disk_usage(settings.KORDON_HOME).total


@reports("stopped")
def stopped() -> str:
    """Why the exchange stands still; empty if it does not."""
    row = scratch.link_state()
    return row.stopped if row else ""


@reports("unsent_since")
def unsent_since() -> Any:
    """When the oldest entry was made that headquarters has not signed for."""
    me, next_one = identity.mine().node, acknowledged(UP) + 1
    first = Entry.objects.filter(node=me, channel=UP, number=next_one).values_list("at", flat=True)
    at = first.first()
    return at.isoformat() if at else None


@reports("certificate_until")
def certificate_until() -> str:
    """Until when the broker lets this post in by its certificate; empty if it has none."""
    until = renewing.ends_at()
    return until.isoformat() if until else ""
