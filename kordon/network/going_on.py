"""When a restored headquarters may record again: once no post holds an entry that it lost."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from kordon.journal import identity
from kordon.journal.channels import read_by
from kordon.journal.facts import NodeKind, NodeState
from kordon.journal.models import Node
from kordon.journal.sending import last_number
from kordon.network.scratch import NodeStatus


def nodes_not_heard() -> list[str]:
    """Enrolled posts that have not said since the restore how far they hold our chains,
    or that still hold more of them than we do."""
    awaiting = Path(settings.KORDON_HOME) / identity.AWAITING_FILE
    since = datetime.fromtimestamp(awaiting.stat().st_mtime, tz=UTC)
    posts = Node.objects.filter(kind=NodeKind.POST, state=NodeState.ENROLLED)
    return [node for node in posts.values_list("name", flat=True) if not _is_even(node, since)]


def go_on() -> None:
    """Let this headquarters record again."""
    identity.stop_awaiting(Path(settings.KORDON_HOME))


def _is_even(node: str, since: datetime) -> bool:
    status = NodeStatus.objects.filter(node=node).first()
    if status is None or status.heard_at is None or status.heard_at < since:
        return False
    heads = status.told.get("heads") or {}
    return all(last_number(channel=c) >= heads.get(c, 0) for c in read_by(node))
