"""Who may connect changes while everybody else works on."""

import asyncio

import pytest

from kordon.network.broker.admission import NotTakenOver, take_over
from kordon.network.broker.tests.field import Field, again, until
from kordon.network.link import LinkDown

SOON_S = 60.0  # what is promised for a revocation


def joined(field: Field) -> set[str]:
    return {leaf["name"] for leaf in field.hub.leaves()}


@pytest.mark.parametrize("scheme", ["tls", "wss", "direct"])
def test_a_revoked_node_is_sent_away_and_others_stay(field: Field, scheme: str):
    if scheme != "direct":
        field.leaf("NORTH", scheme)
    field.leaf("SO.UTH")

    async def revoke() -> None:
        way, monitoring = field.system_way(), field.hub_conf.monitoring
        async with (
            field.serving(),
            field.linked("NORTH", answer_s=1.0) as north,
            field.linked("SO.UTH") as south,
        ):
            assert await north.push(b"allowed")
            del field.nkeys["NORTH"]
            field.write_users()
            await take_over(way, monitoring=monitoring, revoked=True)
            await until(lambda: "NORTH" not in joined(field), SOON_S)
            await until(lambda: "authentication error" in field.hub.log.read_text(), SOON_S)
            with pytest.raises(LinkDown):
                await north.push(b"refused")
            with pytest.raises(LinkDown):
                await north.pull("all", 0)
            assert await again(lambda: south.push(b"still here"))

    asyncio.run(revoke())
    assert field.desk.taken["NORTH"] == [b"allowed"]


def test_an_enrolled_node_is_let_in_without_a_restart(field: Field):
    async def enrol() -> None:
        async with field.serving(), field.linked("NORTH") as north:
            field.nkeys["EAST"] = field.enrol("EAST")
            field.write_users()
            await take_over(field.system_way(), monitoring=field.hub_conf.monitoring, revoked=False)
            async with field.linked("EAST") as east:
                assert await east.push(b"new here")
            assert north.connected

    asyncio.run(enrol())
    assert field.desk.taken["EAST"] == [b"new here"]


def test_the_same_at_a_hangup_signal(field: Field):
    async def enrol() -> None:
        async with field.serving():
            field.nkeys["EAST"] = field.enrol("EAST")
            field.write_users()
            field.hub.reload()
            async with field.linked("EAST") as east:
                assert await east.push(b"new here")

    asyncio.run(enrol())


def test_users_that_cannot_be_read_leave_the_old_ones_in_force(field: Field):
    async def spoil() -> None:
        async with field.serving(), field.linked("NORTH") as north:
            (field.hq / "users.conf").write_text("KORDON: {")
            with pytest.raises(NotTakenOver):
                await take_over(
                    field.system_way(), monitoring=field.hub_conf.monitoring, revoked=False
                )
            assert await north.push(b"as before")

    asyncio.run(spoil())


def test_a_hub_that_is_away_is_said(field: Field):
    field.hub.stop()
    with pytest.raises(NotTakenOver):
        asyncio.run(
            take_over(field.system_way(), monitoring=field.hub_conf.monitoring, revoked=False)
        )
