"""What the running server says of itself, against what we rely on.

A configuration file says what somebody wanted. Only the server knows what is in force.
"""

import shutil
from pathlib import Path
from typing import Any

from kordon.network.broker.server import ask
from kordon.network.link import LARGEST_MESSAGE

# A block of the stream that is begun, and the files of its reader.
ROOM_NEEDED = 2 * LARGEST_MESSAGE


class UnsafeBroker(Exception):
    """The hub runs with settings under which it would lose or drop; names each of them."""


def check_server(monitoring: str) -> dict[str, Any]:
    """The store's settings as the server tells them. Raises ``UnsafeBroker``, ``OSError``."""
    told = ask(monitoring, "/jsz?config=1")
    config: dict[str, Any] = told.get("config") or {}
    _refuse(server_faults(config))
    return config


def check_stream(config: dict[str, Any], *, room: int) -> None:
    """Raises ``UnsafeBroker``. ``room``: bytes the server may use for all its streams."""
    _refuse(stream_faults(config, room))


def is_full(folder: Path) -> bool:
    """Whether the disk under the store has no room for another message. The server does not say
    so: it writes no more, answers nothing, and stays so until it is restarted."""
    try:
        return shutil.disk_usage(folder).free < ROOM_NEEDED
    except OSError:
        return False


def server_faults(config: dict[str, Any]) -> list[str]:
    if not config:
        return ["JetStream is not enabled"]
    faults = []
    if config.get("sync_always") is not True:
        faults.append("sync_interval is not always: what is acknowledged is lost in a power cut")
    room, store = int(config.get("max_storage", 0)), Path(config.get("store_dir", ""))
    if room <= 0:
        faults.append("max_file is not set")
    elif store.is_dir() and room >= shutil.disk_usage(store).total:
        faults.append("max_file is larger than the volume: a full disk wedges the store")
    return faults


def stream_faults(config: dict[str, Any], room: int) -> list[str]:
    faults = []
    if config.get("storage") != "file":
        faults.append("the stream is not kept in files")
    if config.get("discard") != "new":
        faults.append("the full stream drops old messages instead of refusing new ones")
    if not 0 < int(config.get("max_bytes", -1)) <= room:
        faults.append("max_bytes is not set, or larger than max_file")
    if config.get("persist_mode") == "async":
        faults.append("the stream acknowledges before it has written")
    return faults


def _refuse(faults: list[str]) -> None:
    if faults:
        raise UnsafeBroker("The broker is not safe to use: " + "; ".join(faults) + ".")
