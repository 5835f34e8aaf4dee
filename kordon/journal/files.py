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


def read_piece(name: str, offset: int, size: int) -> bytes:
    """Up to ``size`` bytes from ``offset`` on; empty at the end. Raises ``FileMissing``."""
    try:
        with _path(name).open("rb") as file:
            file.seek(offset)
            return file.read(size)
    except (FileNotFoundError, ValueError) as error:
        raise FileMissing(name) from error


def add_piece(name: str, offset: int, piece: bytes, *, last: bool, limit: int) -> int:
    """Take the next piece of a file that comes in pieces. Returns how many bytes are here.

    A piece that does not begin where the last one ended is not taken: the sender goes on from
    what is returned, after a broken line too. What is not what its name says once it is whole,
    or grows beyond ``limit``, is thrown away, and 0 returned. Raises ``ValueError`` for no name.
    """
    whole, part = _path(name), _path(name).with_suffix(".part")
    if whole.exists():
        return whole.stat().st_size
    part.parent.mkdir(parents=True, exist_ok=True)
    here = part.stat().st_size if part.exists() else 0
    if offset != here:
        return here
    if here + len(piece) > limit:
        part.unlink(missing_ok=True)
        return 0
    with part.open("ab") as file:
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return _finish(part, whole, name) if last else here + len(piece)


def awaited(name: str) -> int:
    """How many bytes of a file that comes in pieces are here already."""
    part = _path(name).with_suffix(".part")
    return part.stat().st_size if part.exists() else 0


def _finish(part: Path, whole: Path, name: str) -> int:
    with part.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != name:
            part.unlink()
            return 0
    os.replace(part, whole)
    _sync_folder(whole.parent)
    return whole.stat().st_size


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
