"""An index as files: one file of arrays named by its content, and `meta.json` that points to it.

`meta.json` is the switch: it is replaced by rename after the content is safely on disk, so a
crash at any step leaves the old index or the new one, never a mixture. One writer at a time.
Readers map the content file and keep serving it even after it has been replaced.
"""

import hashlib
import json
import mmap
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import stamp_of
from .shape import Context, Holdings, Lists, Names, Rows, Texts, Vocabulary
from .values import IndexUnusable

# What decides how an index looks: another fold table makes another index.
_SOURCES = (
    "tables.py", "traditions.py", "palladius.py", "folding.py", "tokens.py", "keys.py",
    "similarity.py", "evidence.py", "marks.py", "spelling.py", "shape.py", "building.py",
    "storing.py",
)  # fmt: skip
VERSION = stamp_of(_SOURCES)[:16]
Array = NDArray[Any]
_META = "meta.json"
_PART = ".part"
_ALIGN = 64
_TRIES = 3
_LIST_GROUPS = {"vocabulary": Vocabulary, "rows": Rows, "names": Names, "context": Context}


def save(holdings: Holdings, path: Path) -> None:
    """Write an index into the folder `path` (made if absent), replacing the one there."""
    arrays = {
        f"{group_name}.{name}": array
        for group_name, group in _groups(holdings)
        for name, array in group._asdict().items()
    }
    save_arrays(arrays, holdings.size, path, VERSION)


def load(path: Path) -> Holdings:
    """Map the index in the folder `path`. Raises IndexUnusable; checks every byte first."""
    arrays, count = load_arrays(path, VERSION)
    lists = Lists(*(_group(name, kind, arrays) for name, kind in _LIST_GROUPS.items()))
    return Holdings(lists, _group("texts", Texts, arrays), count)


def save_arrays(arrays: Mapping[str, Array], count: int, path: Path, version: str) -> None:
    """Write named one-dimensional arrays into a folder, replacing what it held at once."""
    path.mkdir(parents=True, exist_ok=True)
    written = path / f"{os.getpid()}{_PART}"
    digest, places = _write_content(arrays, written)
    meta = {"version": version, "count": count, "arrays": places}
    meta["sha256"] = _seal(digest, meta)
    content = path / f"{meta['sha256']}.index"
    written.replace(content)
    _write(path / f"{_META}{_PART}", json.dumps(meta, indent=1).encode())
    (path / f"{_META}{_PART}").replace(path / _META)
    _sync_folder(path)
    for old in [*path.glob("*.index"), *path.glob("*" + _PART)]:
        if old != content:
            old.unlink(missing_ok=True)


def load_arrays(path: Path, version: str) -> tuple[dict[str, Array], int]:
    """Map what `save_arrays` wrote, and its count. Raises IndexUnusable."""
    for _ in range(_TRIES):
        meta = _read_meta(path, version)
        try:
            return _map(meta, path / f"{meta.get('sha256')}.index"), meta["count"]
        except FileNotFoundError:  # replaced between reading the one and the other
            continue
    raise IndexUnusable(f"{path}: the file of arrays is missing")


def _write_content(arrays: Mapping[str, Array], target: Path) -> tuple[Any, dict[str, Any]]:
    digest, places, at = hashlib.sha256(), {}, 0
    with target.open("wb") as out:
        for name, array in arrays.items():
            places[name] = [at, array.dtype.str, len(array)]
            for piece in (array.view(np.uint8).data, bytes(-array.nbytes % _ALIGN)):
                out.write(piece)
                digest.update(piece)
                at += len(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest, places


def _seal(digest: Any, meta: dict[str, Any]) -> str:
    """SHA-256 of the arrays and of what `meta.json` says about them."""
    digest.update(json.dumps([meta.get(key) for key in ("version", "count", "arrays")]).encode())
    seal: str = digest.hexdigest()
    return seal


def _groups(holdings: Holdings) -> Iterator[tuple[str, Any]]:
    yield from holdings.lists._asdict().items()
    yield "texts", holdings.texts


def _write(target: Path, content: bytes) -> None:
    with target.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read_meta(path: Path, version: str) -> dict[str, Any]:
    try:
        meta = json.loads((path / _META).read_bytes())
    except FileNotFoundError:
        raise IndexUnusable(f"{path}: there is no index") from None
    except (OSError, ValueError) as problem:
        raise IndexUnusable(f"{path}: {_META} cannot be read: {problem}") from None
    if not isinstance(meta, dict) or meta.get("version") != version:
        found = meta.get("version") if isinstance(meta, dict) else None
        raise IndexUnusable(f"{path}: written by another version ({found}, not {version})")
    return meta


def _map(meta: dict[str, Any], content: Path) -> dict[str, Array]:
    with content.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    if _seal(hashlib.sha256(mapped), meta) != meta.get("sha256"):
        raise IndexUnusable(f"{content.parent}: the index is damaged")
    return {
        name: np.frombuffer(mapped, np.dtype(kind), length, at)
        for name, (at, kind, length) in meta["arrays"].items()
    }


def _group(name: str, kind: Any, arrays: dict[str, Any]) -> Any:
    return kind(*(arrays[f"{name}.{field}"] for field in kind._fields))
