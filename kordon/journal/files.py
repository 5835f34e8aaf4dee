"""Large things: files named by their hash. A fact carries the name, the file the content."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from kordon.journal.refusal import Refusal


class FileMissing(Refusal):
    """A fact names a file that is not here, or is not what its name says."""

    code = "file_missing"


def keep(content: bytes) -> str:
    """Store ``content`` for good and return its name (SHA-256, hex). Twice is once."""
    name = hashlib.sha256(content).hexdigest()
    path = _path(name)
    if path.exists():
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    _sync_folder(path.parent)
    return name


def read_kept(name: str) -> bytes:
    """The content of this name. Raises ``FileMissing`` if it is absent or altered."""
    try:
        content = _path(name).read_bytes()
    except (FileNotFoundError, ValueError) as error:
        raise FileMissing(name) from error
    if hashlib.sha256(content).hexdigest() != name:
        raise FileMissing(f"{name} is not what its name says")
    return content


def is_kept(name: str) -> bool:
    """Whether a file of this name is here; what it holds is checked when it is read."""
    return is_name(name) and _path(name).exists()


def is_name(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _path(name: str) -> Path:
    if not is_name(name):
        raise ValueError(f"{name!r} is not the name of a kept file")
    return Path(settings.KORDON_HOME) / "files" / name[:2] / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
