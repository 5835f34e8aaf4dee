"""What a post tells headquarters of itself every few seconds.

Rooms above add what they know with ``@reports``, in a module ``reports.py``:

    @reports("lists")
    def list_ages() -> dict[str, Any]: ...
"""

import json
import shutil
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone

from kordon import __version__
from kordon.journal import identity
from kordon.journal.channels import UP, read_by
from kordon.journal.receipts import acknowledged
from kordon.journal.sending import last_number

Report = Callable[[], Any]
REPORTS: dict[str, Report] = {}

log = structlog.get_logger("kordon.network")


def reports(name: str) -> Callable[[Report], Report]:
    """Add a value (JSON) under ``name`` to what this node tells headquarters."""

    def declare(func: Report) -> Report:
        if REPORTS.setdefault(name, func) is not func:
            raise TypeError(f"two reports are called {name}")
        return func

    return declare


def tell() -> bytes:
    """How this node is now."""
    me, hq = identity.mine(), identity.pinned()
    heads = {c: last_number(channel=c, node=hq.node) for c in read_by(me.node)} if hq else {}
    told = {
        "v": 1,
        "version": __version__,
        "at": timezone.now().isoformat(),
        "incarnation": me.incarnation,
        "heads": heads,
        "up": last_number(channel=UP),
        "acked": acknowledged(UP),
        "disk_free": shutil.disk_usage(settings.KORDON_HOME).free,
    }
    return json.dumps(
        told | {name: _ask(name, report) for name, report in REPORTS.items()}
    ).encode()


def _ask(name: str, report: Report) -> Any:
    try:
        return report()
    except Exception:  # one broken report must not silence the node
        log.exception("report_failed", report=name)
        return None
