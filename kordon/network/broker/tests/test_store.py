"""The stream: holds what is not answered, refuses when it is full, and says so."""

import asyncio
import json

import pytest

from kordon.network.broker.tests.field import Field, again, until
from kordon.network.link import LinkDown


async def stream(desk) -> dict:
    answer = await desk.client.request("$JS.API.STREAM.INFO.UP", b"", timeout=30)
    return json.loads(answer.data)


def test_what_is_answered_is_removed(field: Field):
    async def push() -> None:
        async with field.serving() as desk, field.linked("NORTH") as link:
            for number in range(20):
                await link.push(b"%d" % number)

            async def emptied() -> None:
                while (await stream(desk))["state"]["first_seq"] <= 20:
                    await asyncio.sleep(0.1)

            await asyncio.wait_for(emptied(), 60)

    asyncio.run(push())


def test_a_full_store_is_said_on_both_sides_and_heals(field: Field):
    """HQ's application takes nothing; a post goes on sending until the store refuses."""

    async def fill() -> None:
        async with field.serving() as desk, field.linked("NORTH", answer_s=60) as link:
            field.desk.may_take.clear()
            pushes = [asyncio.create_task(link.push(bytes(900_000))) for _ in range(80)]
            gathered = asyncio.gather(*pushes, return_exceptions=True)
            await until(lambda: "does not take it" in link.state.trouble)
            await until(lambda: "full" in desk.store_trouble)
            field.desk.may_take.set()
            done = await gathered
            refused = [outcome for outcome in done if isinstance(outcome, LinkDown)]
            assert refused
            assert "maximum bytes exceeded" in str(refused[-1])
            await until(lambda: not desk.store_trouble)
            assert await again(lambda: link.push(b"there is room"))

    asyncio.run(fill())


def test_hq_that_comes_back_goes_on_where_it_was(field: Field):
    async def leave() -> None:
        async with field.serving(), field.linked("NORTH", answer_s=1.0) as link:
            await link.push(b"one")
        link = type(link)(field.node_way("NORTH"), "NORTH", answer_s=1.0)
        link.open()
        await until(lambda: link.connected)
        with pytest.raises(LinkDown):
            await link.push(b"two")  # lies in the store
        async with field.serving():
            await until(lambda: field.desk.taken["NORTH"] == [b"one", b"two"])
            assert await again(lambda: link.push(b"three"))
        await link.close()

    asyncio.run(leave())
    assert field.desk.taken["NORTH"] == [b"one", b"two", b"three"]
