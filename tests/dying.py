"""Child processes that die, without a word to anybody, before each of their steps on disk."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEAD = 137
_STEPS = ("open", "os.", "shutil.")


def dies_before(step: int, within: Path, deed: Callable[[], object]) -> bool:
    """Do the deed in a child that ends before its n-th step in a folder; whether it did.

    Steps are what Python audits: opening, making, renaming, removing, listing.
    """
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, about: tuple[Any, ...]) -> None:
            if event.startswith(_STEPS) and any(str(within) in str(each) for each in about):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(DEAD)

        sys.addaudithook(count)
        try:
            deed()
        finally:
            os._exit(1 if sys.exc_info()[0] else 0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, DEAD}, f"the process ended with {code}"
    return code == DEAD
