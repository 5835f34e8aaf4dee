"""Decoders of foreign pictures in a process of their own, within bounds of time and memory.

They are large and not ours: no picture can hold up or bring down the node.
"""

import os
import subprocess
import sys
import threading

MEMORY = 1024**3
"""Addresses that a decoder may take."""
LIMITS = f"""
import resource
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
"""


class TookTooLong(Exception):
    """The decoder did not end in time, or too many others were at work."""


def decode(
    program: str, octets: bytes, *arguments: str, patience: float, gate: threading.BoundedSemaphore
) -> bytes | None:
    """What a Python program prints that is given octets; None if it fails. ``patience`` in
    seconds; ``gate`` lets through as many at once as it was made for. Raises ``TookTooLong``.
    """
    if not gate.acquire(timeout=patience):
        raise TookTooLong
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", LIMITS + program, *arguments],
            input=octets,
            capture_output=True,
            timeout=patience,
            check=False,
            # Small matrices: more threads would only keep cores from other work.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    finally:
        gate.release()
    return None if done.returncode else done.stdout
