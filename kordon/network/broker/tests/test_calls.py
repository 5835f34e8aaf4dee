"""Every call of the link through real servers: leaf, TLS, hub and back."""

import asyncio

import pytest

from kordon.network.broker.tests.field import Field, until
from kordon.network.link import LARGEST_BATCH, LARGEST_PIECE, LinkDown


@pytest.mark.parametrize("way", ["tls", "wss", "direct"])
def test_every_call_goes_there_and_back(field: Field, way: str):
    if way != "direct":
        field.leaf("SO.UTH", way)
    field.desk.channels["all"] = [b"first", b"second"]
    field.desk.files["name"] = bytes(300_000)

    async def calls() -> None:
        async with field.serving(), field.linked("SO.UTH") as link:
            assert await link.push(b"batch") == field.desk.receipt("SO.UTH", b"batch")
            assert await link.pull("all", 1) == b"second"
            assert await link.pull("all", 2) == b""
            assert len(await link.fetch("name", 0)) == LARGEST_PIECE
            assert await link.fetch("name", 300_000) == b""
            assert await link.offer("ours", 0, b"piece", False) == 5
            assert await link.offer("ours", 5, b"end", True) == 8
            assert await link.report(b"status") == b"heard status"

    asyncio.run(calls())
    assert field.desk.taken == {"SO.UTH": [b"batch"]}
    assert field.desk.offered == {"ours": b"pieceend"}
    assert field.desk.heard == [("SO.UTH", b"status")]


def test_pushes_under_way_together_arrive_in_order(field: Field):
    field.leaf("NORTH")
    batches = [f"batch {number}".encode() for number in range(200)]

    async def push() -> None:
        async with field.serving(threads=3), field.linked("NORTH") as link:
            answers = await asyncio.gather(*(link.push(batch) for batch in batches))
            assert answers == [field.desk.receipt("NORTH", batch) for batch in batches]

    asyncio.run(push())
    assert field.desk.taken["NORTH"] == batches


def test_the_largest_batch_fits(field: Field):
    field.leaf("NORTH")

    async def push() -> None:
        async with field.serving(), field.linked("NORTH") as link:
            await link.push(bytes(LARGEST_BATCH))
            with pytest.raises(ValueError):
                await link.push(bytes(LARGEST_BATCH + 1))

    asyncio.run(push())


def test_news_reach_those_they_are_for(field: Field):
    field.leaf("NORTH")
    field.leaf("SO.UTH", "wss")

    async def listen() -> None:
        async with (
            field.serving() as desk,
            field.linked("NORTH") as north,
            field.linked("SO.UTH") as south,
        ):
            for link in (north, south):
                await link.news(0.01)  # that of having connected
                assert not await link.news(0.01)
            await asyncio.to_thread(desk.tell, "post-NORTH")
            assert await north.news(30)
            assert not await south.news(0.1)
            desk.tell("all")
            assert await north.news(30)
            assert await south.news(30)

    asyncio.run(listen())


def test_without_hq_every_call_ends_in_link_down(field: Field):
    """Leaf and hub run, HQ's application does not: no answer, in time, and nothing piles up."""
    field.leaf("NORTH")

    async def call() -> None:
        async with field.serving(), field.linked("NORTH", answer_s=1.0) as link:
            field.desk.may_take.clear()
            with pytest.raises(LinkDown, match="no answer"):
                await link.push(b"batch")
            field.desk.may_take.set()
            await until(lambda: field.desk.taken.get("NORTH"))
            assert await link.push(b"again")  # HQ is heard, and heard again
        async with field.serving(), field.linked("NORTH", answer_s=1.0) as link:
            pass
        link = type(link)(field.node_way("NORTH"), "NORTH", answer_s=1.0)
        link.open()
        await until(lambda: link.connected)
        with pytest.raises(LinkDown, match="not reached"):
            await link.pull("all", 0)
        for _ in range(3):
            with pytest.raises(LinkDown):
                await link.push(b"unanswered")
        assert link.state.trouble
        assert link.state.heard is None
        await link.close()
        async with field.serving(), field.linked("NORTH") as link:
            await link.push(b"last")

    asyncio.run(call())
    # The first of the three lay in the store; the other two were not even sent.
    assert field.desk.taken["NORTH"] == [b"batch", b"again", b"unanswered", b"last"]


def test_a_bug_of_the_desk_ends_nothing_but_its_call(field: Field):
    field.desk.fails_at = b"poison"

    async def push() -> None:
        async with field.serving(), field.linked("NORTH") as link:
            with pytest.raises(LinkDown, match="HQ failed"):
                await link.push(b"poison")
            assert await link.push(b"sound")

    asyncio.run(push())
    assert field.desk.taken["NORTH"] == [b"sound"]
