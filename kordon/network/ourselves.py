"""What is wrong with headquarters itself, seen by every process of it.

The broker's store is watched in the process of the worker, and pages are drawn in others; the
database may be what is broken. So an empty file says what is wrong with the store, as another
does of the database's disk (``journal.fulldisk``).
"""

import shutil
import time

from django.conf import settings
from django.utils import timezone

from kordon.journal.channels import is_headquarters
from kordon.journal.fulldisk import full_since
from kordon.network import renewing
from kordon.network.broker import wiring
from kordon.network.broker.desk import FULL, LOST
from kordon.network.rules import Trouble, find_troubles_of_headquarters

FILES = {FULL: "store.full", LOST: "store.lost"}
RESTART_S = 15.0
"""A store that is lost for so long may just be starting again."""


def troubles_of_headquarters() -> tuple[Trouble, ...]:
    """What is wrong here now, without asking the database; nothing at any other node."""
    if not is_headquarters():
        return ()
    disk, now = shutil.disk_usage(settings.KORDON_HOME), timezone.now()
    until, authority = renewing.ends_at(), renewing.authority_ends_at()
    return find_troubles_of_headquarters(
        database_full=full_since() is not None,
        store=_store_trouble(),
        free=disk.free,
        total=disk.total,
        certificate=until - now if until else None,
        authority=authority - now if authority else None,
    )


def note_store(code: str) -> None:
    """What is wrong with the broker's store: ``FULL``, ``LOST``, or nothing."""
    for each, name in FILES.items():
        file = wiring.folder() / name
        if each != code:
            file.unlink(missing_ok=True)
        elif not file.exists():
            file.touch()


def _store_trouble() -> str:
    for code, name in FILES.items():
        try:
            since = (wiring.folder() / name).stat().st_mtime
        except FileNotFoundError:
            continue
        if code != LOST or time.time() - since > RESTART_S:
            return code
    return ""
