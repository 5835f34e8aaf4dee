"""Ending tasks for certain."""

import asyncio
from typing import Any

AGAIN_S = 5.0  # cleaning up may take a moment, and is not to be interrupted


async def end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel tasks until they have ended; what they raise is not heard.

    Once is not enough: until Python 3.12 a task that waits with ``asyncio.wait_for``, as the
    broker's library does, goes on if what it waits for comes in the moment of the cancellation.
    """
    while pending := {task for task in tasks if not task.done()}:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
