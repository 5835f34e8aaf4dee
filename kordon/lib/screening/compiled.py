"""One way to compile a kernel: no GIL, cached on disk, and stale caches never used.

A kernel counts no references either: it reads and fills arrays that its caller holds. Counting
those of every slice took longer than comparing two words. Those that Python calls, or that make
arrays, do count: numba then takes arrays over from Python fifty times as fast.

The cache goes to NUMBA_CACHE_DIR if that is set before the first import, else next to the
source. Numba watches only the file a function stands in; our kernels call each other across
files, so every cache entry is stamped with the content of all of them instead.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])
SOURCES = (
    "tables.py", "shape.py", "keys.py", "similarity.py", "weights.py", "scale.py", "evidence.py",
    "rarity.py", "bounding.py", "remembering.py", "finding.py", "gathering.py", "aligning.py",
    "lettering.py", "joining.py", "matching.py",
)  # fmt: skip


def stamp_of(names: Iterable[str]) -> str:
    """SHA-256 of the content of modules of this package."""
    here = Path(__file__).parent
    return hashlib.sha256(b"\0".join((here / name).read_bytes() for name in names)).hexdigest()


STAMP = stamp_of(SOURCES)


def compiled(function: _Kernel) -> _Kernel:
    """Compile a kernel that other kernels call. It must make no array."""
    return _compiled(function, _nrt=False)


def entrance(function: _Kernel) -> _Kernel:
    """Compile a kernel that Python calls; the work is done by those it calls."""
    return _compiled(function)


def _compiled(function: _Kernel, **options: Any) -> _Kernel:
    """Compiled on first call, or loaded from the disk cache."""
    njit: Any = numba.njit
    dispatcher: Any = njit(nogil=True, cache=True, **options)(function)
    dispatcher._cache._cache_file._source_stamp = STAMP
    return cast(_Kernel, dispatcher)
