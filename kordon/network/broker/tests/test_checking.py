"""HQ refuses a hub that would lose what it has acknowledged, whatever the file says."""

import asyncio
import json

import pytest

from kordon.network.broker.checking import UnsafeBroker, check_stream, server_faults
from kordon.network.broker.desk import BrokerDesk
from kordon.network.broker.store import Store
from kordon.network.broker.tests.field import Field, until
from kordon.network.broker.tests.test_rights import connected

GOOD = {"sync_always": True, "max_storage": 1000, "store_dir": "/nonexistent"}


def serve(field: Field) -> None:
    desk = BrokerDesk(field.desk_way(), field.desk, monitoring=field.hub_conf.monitoring)
    asyncio.run(asyncio.wait_for(desk.run(), 60))


def restarted_with(field: Field, old: str, new: str) -> None:
    path = field.hub.configuration
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    field.hub.restart()


@pytest.mark.parametrize("interval", ['"2m"', '"1s"'])
def test_a_server_that_does_not_write_at_once_is_refused(field: Field, interval: str):
    restarted_with(field, "sync_interval: always", f"sync_interval: {interval}")
    with pytest.raises(UnsafeBroker, match="sync_interval is not always"):
        serve(field)


def test_a_store_larger_than_its_volume_is_refused(field: Field):
    restarted_with(field, f"max_file: {field.hub_conf.store_bytes}", f"max_file: {2**60}")
    with pytest.raises(UnsafeBroker, match="larger than the volume"):
        serve(field)


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"discard": "old"}, "drops old messages"),
        ({"storage": "memory"}, "not kept in files"),
        ({"max_bytes": -1}, "max_bytes is not set"),
    ],
)
def test_a_stream_that_somebody_else_made_is_refused(field: Field, wrong: dict, said: str):
    stream = {
        "name": "UP",
        "subjects": ["up.*.>"],
        "storage": "file",
        "discard": "new",
        "retention": "workqueue",
        "max_bytes": 1_000_000,
    } | wrong

    async def make() -> None:
        client = await connected(field.desk_way())
        made = await client.request("$JS.API.STREAM.CREATE.UP", json.dumps(stream).encode())
        assert "error" not in json.loads(made.data)
        await client.close()

    asyncio.run(make())
    with pytest.raises(UnsafeBroker, match=said):
        serve(field)


def test_the_stream_we_make_passes(field: Field):
    async def make() -> None:
        client = await connected(field.desk_way())
        store = Store(client, monitoring=field.hub_conf.monitoring, arrived=lambda _: None)
        await store.prepare(anew=False)
        await store.prepare(anew=True)
        await store.probe()
        await client.close()

    asyncio.run(make())


def test_the_check_is_made_again_when_the_server_comes_back_with_other_settings(field: Field):
    async def change() -> None:
        desk = BrokerDesk(field.desk_way(), field.desk, monitoring=field.hub_conf.monitoring)
        running = asyncio.create_task(desk.run())
        await until(lambda: not desk.store_trouble)
        await asyncio.to_thread(restarted_with, field, "always", '"2m"')
        with pytest.raises(UnsafeBroker):
            await asyncio.wait_for(running, 60)

    asyncio.run(change())


def test_every_fault_is_named():
    assert server_faults(GOOD) == []
    assert len(server_faults(GOOD | {"sync_always": False, "max_storage": 0})) == 2
    assert server_faults({}) == ["JetStream is not enabled"]
    with pytest.raises(UnsafeBroker, match="before it has written"):
        check_stream(
            {"storage": "file", "discard": "new", "max_bytes": 5, "persist_mode": "async"}, room=9
        )
