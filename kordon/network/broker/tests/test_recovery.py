"""Servers killed and stores deleted in the middle of work: everything arrives, in order."""

import asyncio
import os
import signal
from collections.abc import Callable

import pytest

from kordon.network.broker.link import BrokerLink
from kordon.network.broker.tests.field import Field, again, until
from kordon.network.link import LinkDown

COUNT = 300


def once_and_in_order(taken: list[bytes]) -> list[bytes]:
    """What a journal makes of it: whatever it has already, it skips."""
    return list(dict.fromkeys(taken))


async def push_all(link: BrokerLink, batches: list[bytes]) -> None:
    """As an engine does, one by one: again and again until HQ has answered."""
    for batch in batches:
        await again(lambda batch=batch: link.push(batch), patience=120)


async def in_mid_load(field: Field, harm: Callable[[], None]) -> None:
    batches = [b"%06d" % number + bytes(2000) for number in range(COUNT)]
    async with field.serving(), field.linked("NORTH", answer_s=2.0) as link:
        pushing = asyncio.create_task(push_all(link, batches))
        await until(lambda: len(field.desk.taken.get("NORTH", [])) > COUNT // 5)
        await asyncio.to_thread(harm)
        assert not pushing.done()
        await asyncio.wait_for(pushing, 120)
        assert await link.pull("all", 0) == b""
    assert once_and_in_order(field.desk.taken["NORTH"]) == batches


def test_the_hub_is_killed(field: Field):
    field.leaf("NORTH")

    def harm() -> None:
        field.hub.kill()
        field.hub.start()

    asyncio.run(in_mid_load(field, harm))


def test_the_leaf_is_killed(field: Field):
    leaf = field.leaf("NORTH", "wss")

    def harm() -> None:
        leaf.kill()
        leaf.start()

    asyncio.run(in_mid_load(field, harm))


def test_the_store_is_deleted_under_the_running_hub(field: Field):
    field.leaf("NORTH")
    asyncio.run(in_mid_load(field, field.wipe_store))


def test_the_store_is_deleted_and_the_hub_killed(field: Field):
    field.leaf("NORTH")

    def harm() -> None:
        field.hub.kill()
        field.wipe_store()
        field.hub.start()

    asyncio.run(in_mid_load(field, harm))


def test_what_the_hub_took_to_its_grave_is_not_waited_for(field: Field):
    """A batch lies in the socket of a hub that is dead before it reads it."""
    field.leaf("NORTH")

    async def lose() -> None:
        async with field.serving(), field.linked("NORTH", answer_s=300) as link:
            await link.push(b"before")
            await until(lambda: link._hq_run)
            os.kill(field.hub.pid, signal.SIGSTOP)
            lost = asyncio.create_task(link.push(b"lost"))
            await asyncio.sleep(0)
            await link.client.flush()
            await asyncio.to_thread(field.hub.kill)
            await asyncio.to_thread(field.hub.start)
            with pytest.raises(LinkDown, match="started again"):
                await asyncio.wait_for(lost, 60)
            assert await again(lambda: link.push(b"sent again"))

    asyncio.run(lose())
    assert once_and_in_order(field.desk.taken["NORTH"]) == [b"before", b"sent again"]


@pytest.mark.parametrize("subject", ["STREAM.DELETE.UP", "CONSUMER.DELETE.UP.desk"])
def test_the_stream_or_its_reader_is_removed(field: Field, subject: str):
    async def remove() -> None:
        async with field.serving() as desk, field.linked("NORTH", answer_s=2.0) as link:
            assert await link.push(b"before")
            await desk.client.request(f"$JS.API.{subject}", b"", timeout=10)
            assert await again(lambda: link.push(b"after"))

    asyncio.run(remove())
    assert once_and_in_order(field.desk.taken["NORTH"]) == [b"before", b"after"]
