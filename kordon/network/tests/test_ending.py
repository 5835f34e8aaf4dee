"""Tasks end, also those that miss that they were cancelled."""

import asyncio

from kordon.network import ending


def test_a_task_that_misses_a_cancellation_is_cancelled_again(monkeypatch):
    monkeypatch.setattr(ending, "AGAIN_S", 0.01)
    missed = []

    async def stubborn() -> None:
        while len(missed) < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                missed.append(1)
        await asyncio.sleep(60)

    async def try_it() -> None:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        await ending.end(task)
        assert task.cancelled()

    asyncio.run(asyncio.wait_for(try_it(), 30))
    assert len(missed) == 2


def test_what_a_task_raised_is_not_heard_again():
    async def broken() -> None:
        raise ZeroDivisionError

    async def try_it() -> None:
        task = asyncio.create_task(broken())
        await asyncio.sleep(0)
        await ending.end(task)

    asyncio.run(try_it())
