"""What this machine has to test with."""

import os
import shutil
from pathlib import Path


def chromium_here() -> str | None:
    """The Chromium of this machine: ``KORDON_CHROMIUM``, else the system's."""
    wished = os.environ.get("KORDON_CHROMIUM")
    found = [wished] if wished else [shutil.which(n) for n in ("chromium", "chromium-browser")]
    return next((path for path in found if path and Path(path).exists()), None)


SOFTHSM = os.environ.get("KORDON_SOFTHSM", "/usr/lib/softhsm/libsofthsm2.so")
"""The library of a token in software, where Debian puts it."""


def softhsm_here() -> bool:
    return Path(SOFTHSM).exists() and shutil.which("softhsm2-util") is not None
