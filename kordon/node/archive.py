"""A backup as a file: an archive whose members are named, hashed and bounded.

The last member is the manifest: what kind of node, the signed heads of its chains, the hash of
every other member, and the node's signature over all that.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Self

from cryptography.exceptions import InvalidSignature

from kordon.journal import canonical, identity

MANIFEST = "manifest.json"
DATABASES = ("kordon.sqlite3", "kordon.pgdump")
_KEPT = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}")
# A name without a leading dot: neither hidden, nor "..".
_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,60}"
_HOME = re.compile(rf"home/(?:{_NAME}/)?{_NAME}")
LARGEST_MANIFEST = 256 * 1024**2
CHUNK = 1024 * 1024


class BadArchive(ValueError):
    """The file is no whole, unaltered backup; the text says what is wrong."""


def may_hold(name: str) -> bool:
    """Whether a member may be called so."""
    known = name in (MANIFEST, *DATABASES)
    return known or bool(_KEPT.fullmatch(name) or _HOME.fullmatch(name))


class Writer:
    """Adds members, then the manifest. The file has its name only once it is whole.

    Whatever breaks it off inside ``with`` leaves no file at all.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.draft = file, file.with_name(file.name + ".part")
        handle = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._raw = os.fdopen(handle, "wb")
        self._archive = tarfile.TarFile(fileobj=self._raw, mode="w")
        self.hashes: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # After ``finish`` there is no draft any more.
        with contextlib.suppress(OSError):
            self._raw.close()
        self.draft.unlink(missing_ok=True)

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as content:
            described = tarfile.TarInfo(name)
            described.size, described.mode = os.fstat(content.fileno()).st_size, 0o600
            hashing = _Hashing(content)
            self._archive.addfile(described, hashing)
        self.hashes[name] = hashing.hexdigest()

    def finish(self, manifest: dict[str, Any], key: identity.Identity) -> None:
        said = {**manifest, "hashes": self.hashes, "public_key": key.public_key}
        signature = key.key.sign(canonical.dumps(said)).hex()
        text = json.dumps({**said, "signature": signature}).encode()
        described = tarfile.TarInfo(MANIFEST)
        described.size, described.mode = len(text), 0o600
        self._archive.addfile(described, io.BytesIO(text))
        self._archive.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        os.replace(self.draft, self.file)
        sync_folder(self.file.parent)


def sync_folder(folder: Path) -> None:
    """Names are on disk only when their folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self._hash = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._hash.update(piece)
        return piece

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and return its manifest.

    Raises ``BadArchive`` unless every member is as the signed manifest says.
    """
    hashes: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(file, mode="r|") as archive:
            for member, content in _members(archive):
                if member.name == MANIFEST:
                    manifest = _read_manifest(content.read(LARGEST_MANIFEST))
                else:
                    hashes[member.name] = _place(folder / member.name, content)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadArchive(f"{file} is no whole backup: {error}") from error
    if manifest is None:
        raise BadArchive(f"{file} ends before its manifest: it is not whole.")
    if manifest["hashes"] != hashes:
        differing = set(manifest["hashes"].items()) ^ set(hashes.items())
        raise BadArchive(f"{sorted(differing)[0][0]} is not what was backed up.")
    return manifest


def _members(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in archive:
        if not may_hold(member.name):
            raise BadArchive(f"{member.name[:80]!r} does not belong in a backup.")
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise BadArchive(f"{member.name[:80]!r} is no plain file.")
        yield member, content


def _place(path: Path, content: IO[bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    hashed = hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while piece := content.read(CHUNK):
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return hashed.hexdigest()


def _read_manifest(text: bytes) -> dict[str, Any]:
    said = json.loads(text)
    if not isinstance(said, dict) or not isinstance(said.get("hashes"), dict):
        raise BadArchive("The manifest is none.")
    signature = bytes.fromhex(str(said.pop("signature", "")))
    try:
        identity.public_key(str(said.get("public_key"))).verify(signature, canonical.dumps(said))
    except (InvalidSignature, ValueError) as error:
        raise BadArchive("The manifest is not signed by the node it names.") from error
    return said
