"""What a post may not do, tried with its own keys: as a client of HQ, and through a leaf of its
own making that holds it back from nothing."""

import asyncio
import re
import socket
import ssl
from pathlib import Path

import pytest
from nats.aio.msg import Msg

from kordon.network.broker import making
from kordon.network.broker.client import Client, Way
from kordon.network.broker.link import BrokerLink
from kordon.network.broker.tests.field import Field, until
from kordon.network.link import LinkDown

API = (
    "STREAM.INFO.UP",
    "STREAM.LIST",
    "STREAM.NAMES",
    "STREAM.CREATE.OURS",
    "STREAM.UPDATE.UP",
    "STREAM.PURGE.UP",
    "STREAM.DELETE.UP",
    "STREAM.MSG.GET.UP",
    "STREAM.MSG.DELETE.UP",
    "STREAM.SNAPSHOT.UP",
    "CONSUMER.CREATE.UP",
    "CONSUMER.CREATE.UP.ours",
    "CONSUMER.DURABLE.CREATE.UP.ours",
    "CONSUMER.INFO.UP.desk",
    "CONSUMER.DELETE.UP.desk",
    "CONSUMER.MSG.NEXT.UP.desk",
    "DIRECT.GET.UP",
    "DIRECT.GET.LAST.UP.x",
    "INFO",
)
FORBIDDEN = (
    "up.SO~UTH.j",
    "up._hq.probe",
    "ctl.up.SO~UTH.report",
    "live.all.news",
    "live.all.beat",
    "live.SO~UTH.ack",
    "live.SO~UTH.news",
    "live.NORTH.ack",
    "_INBOX_SO~UTH.x",
    "_INBOX_hq.x",
    "hq.screen",
    "_INBOX__screen.x",
    "$JS.ACK.UP.desk.1.1.1.1.0",
    "$SYS.REQ.SERVER.PING",
    "$SRV.PING",
    "$KV.x.y",
    *(f"$JS.API.{call}" for call in API),
    *(f"$JS.hub.API.{call}" for call in API),
)
FORGED = b"forged"
OVERHEARD = (
    ">",
    "up.>",
    "up.*.j",
    "ctl.>",
    "live.>",
    "live.SO~UTH.>",
    "live.*.ack",
    "_INBOX_SO~UTH.>",
    "_INBOX_hq.>",
    "hq.screen",
    "hq.>",
    "_INBOX__screen.>",
    "_INBOX.>",
    "*.*.*",
    "$JS.>",
    "$SYS.>",
)


async def connected(way: Way) -> Client:
    async def unmoved(error: Exception) -> None: ...

    client = Client()
    await client.connect(
        way.url,
        nkeys_seed_str=way.key.seed,
        inbox_prefix=way.inbox,
        tls=way.tls(),
        error_cb=unmoved,
    )
    return client


def lawless(field: Field, route: str) -> Way:
    """NORTH's own keys, with nothing of ours between them and HQ."""
    if route == "direct":
        return field.node_way("NORTH")
    server = field.leaf("NORTH", route)
    conf = server.configuration
    conf.write_text(re.sub(r", permissions: \{.*\}(?= \}$)", "", conf.read_text(), flags=re.M))
    assert "permissions" not in conf.read_text()
    server.restart()
    return field.node_way("NORTH")


async def leaf_is_joined(field: Field, route: str, client: Client) -> None:
    """What is published reaches HQ: else everything would seem forbidden."""
    witness = await connected(field.desk_way())
    seen: list[str] = []

    async def see(message: Msg) -> None:
        seen.append(message.subject)

    await witness.subscribe("up.NORTH.hello", cb=see)
    await witness.flush()

    async def knock() -> None:
        while not seen:
            await client.publish("up.NORTH.hello", b"")
            await asyncio.sleep(0.05)

    await asyncio.wait_for(knock(), 60)
    await witness.close()


@pytest.mark.parametrize("route", ["direct", "tls", "wss"])
def test_nothing_forbidden_can_be_published(field: Field, route: str):
    async def attack() -> None:
        seen: set[str] = set()
        answered: list[str] = []

        async def see(message: Msg) -> None:
            if message.data == FORGED:  # and not what HQ's application says itself
                seen.add(message.subject)

        async def hear(message: Msg) -> None:
            # Its own leaf says that nobody is there; that is no answer.
            if (message.headers or {}).get("Status") != "503":
                answered.append(message.subject)

        async with field.serving():
            witness = await connected(field.desk_way())
            client = await connected(lawless(field, route))
            await leaf_is_joined(field, route, client)
            for subject in (*FORBIDDEN, "up.NORTH.end"):
                await witness.subscribe(subject, cb=see)
            # Not flush(): its ping overtakes subscriptions that are still to be sent.
            await witness.request("$JS.API.CONSUMER.NAMES.UP", b"", timeout=30)
            await client.subscribe("_INBOX_NORTH.>", cb=hear)
            for number, subject in enumerate(FORBIDDEN):
                await client.publish(subject, FORGED, reply=f"_INBOX_NORTH.{number}")
            await client.publish("up.NORTH.end", FORGED, reply="_INBOX_NORTH.end")
            await until(lambda: "up.NORTH.end" in seen and "_INBOX_NORTH.end" in answered)
            assert seen == {"up.NORTH.end"}
            assert set(answered) == {"_INBOX_NORTH.end"}
            # The same by HQ itself is seen: the witness is not blind.
            for subject in FORBIDDEN:
                if "PURGE" not in subject and "DELETE" not in subject:
                    await witness.publish(subject, FORGED)
            harmless = {s for s in FORBIDDEN if s.startswith(("up", "ctl", "live", "_INBOX", "hq"))}
            await until(lambda: harmless <= seen)
            await client.close()
            await witness.close()

    asyncio.run(attack())


@pytest.mark.parametrize("route", ["direct", "tls", "wss"])
def test_nothing_of_others_can_be_overheard(field: Field, route: str):
    async def listen() -> None:
        heard: list[str] = []

        async def hear(message: Msg) -> None:
            heard.append(message.subject)

        async with field.serving() as desk, field.linked("SO.UTH") as south:
            client = await connected(lawless(field, route))
            await leaf_is_joined(field, route, client)
            for subject in OVERHEARD:
                await client.subscribe(subject, cb=hear)
            own: list[str] = []

            async def hear_own(message: Msg) -> None:
                own.append(message.subject)

            await client.subscribe("live.NORTH.>", cb=hear_own)

            async def told() -> None:
                own.clear()
                while not own:
                    desk.tell("post-NORTH")
                    await asyncio.sleep(0.05)

            await asyncio.wait_for(told(), 60)  # so that its wishes have reached HQ
            await south.push(b"secret")
            await south.report(b"secret")
            desk.tell("post-SO.UTH")
            assert await south.news(30)
            await asyncio.wait_for(told(), 60)
            # Its own leaf shows it what it says itself; of HQ and others it hears nothing.
            foreign = {s for s in heard if not s.startswith(("live.NORTH.", "$SYS.", "$LDS."))}
            assert foreign == set()
            await client.close()

    asyncio.run(listen())


def test_hq_writes_nowhere_on_a_posts_behalf(field: Field):
    """The subject for the answer is the post's to choose; with HQ's rights it must not count."""

    async def attack() -> None:
        async with field.serving(), field.linked("NORTH") as north:
            client = await connected(field.node_way("NORTH"))
            for wanted in (
                "up.SO~UTH.j",
                "ctl.up.SO~UTH.report",
                "live.SO~UTH.ack",
                "live.all.news",
            ):
                await client.publish("ctl.up.NORTH.report", b'{"id":"1"}\nforged', reply=wanted)
                await client.publish("up.NORTH.j", b'{"id":"1"}\nmine', reply=wanted)
            await client.flush()
            assert await north.push(b"end")
            assert await north.report(b"end")
            await client.close()

    asyncio.run(attack())
    assert set(field.desk.taken) == {"NORTH"}
    assert field.desk.heard == [("NORTH", b"end")]


def test_messages_that_are_none_of_ours_end_nothing(field: Field):
    async def attack() -> None:
        async with field.serving(), field.linked("NORTH") as north:
            client = await connected(field.node_way("NORTH"))
            for body in (
                b"",
                b"\n",
                b"[]\n",
                b"{}\n",
                b'{"id":7}\n',
                bytes(9000),
                b"[" * 400 + b"\n",
            ):
                await client.publish("up.NORTH.j", body)
                await client.publish("up.NORTH.other", body)
                for call in ("pull", "fetch", "offer", "report", "nothing"):
                    await client.publish(f"ctl.up.NORTH.{call}", body, reply="_INBOX_NORTH.x")
            for header in (b"NATS/1.0 \xff\xfe\xfd\r\n\r\n", b"NATS/1.0\r\n\xff: \xff\r\n\r\n"):
                size = len(header)
                for to in (b"up.NORTH.j", b"ctl.up.NORTH.report"):
                    await client._send_command(
                        b"HPUB %s %d %d\r\n%s\r\n" % (to, size, size, header)
                    )
            await client.flush()
            assert await north.push(b"end")
            assert await north.report(b"end")
            await client.close()

    asyncio.run(attack())
    assert field.desk.taken == {"NORTH": [b"end"]}


def spoil(folder: Path, what: str, field: Field) -> None:
    if what == "key":
        (folder / "node.nk").unlink()
        making.ask(folder, "NORTH")
    elif what == "certificate":
        other = Field(folder / "elsewhere", ("NORTH",))
        for name in ("node.crt", "node.key"):
            (folder / name).write_text((other.folder / "NORTH" / name).read_text())


@pytest.mark.parametrize("scheme", ["tls", "wss"])
@pytest.mark.parametrize(
    "what, said",
    [
        ("key", "authentication error"),
        ("certificate", "TLS.* handshake error"),
        ("no certificate", "TLS.* handshake error"),
    ],
)
def test_a_stranger_is_not_let_in(field: Field, scheme: str, what: str, said: str):
    spoil(field.folder / "NORTH", what, field)
    server = field.leaf("NORTH", scheme)
    if what == "no certificate":
        conf = server.configuration
        conf.write_text(re.sub(r'cert_file: "[^"]*", key_file: "[^"]*", ', "", conf.read_text()))
        server.restart()
        server.stop()
        field.hub.stop()
        field.hub.log.unlink()
        field.hub.start()
        server.start()
    asyncio.run(until(lambda: re.search(said, field.hub.log.read_text())))
    assert [leaf for leaf in field.hub.leaves() if leaf["name"] == "NORTH"] == []


def test_a_client_with_an_unknown_key_is_refused(field: Field):
    spoil(field.folder / "NORTH", "key", field)

    async def knock() -> None:
        link = BrokerLink(field.node_way("NORTH"), "NORTH")
        link.open()
        await until(lambda: "authentication error" in field.hub.log.read_text())
        await until(lambda: "uthorization" in link.trouble)
        with pytest.raises(LinkDown):
            await link.push(b"batch")
        await link.close()

    asyncio.run(knock())


def spoken_over(context: ssl.SSLContext, plain: socket.socket) -> bytes:
    """What the server says to somebody who has no certificate."""
    try:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            tls.sendall(b"PING\r\n")
            return tls.recv(4096)
    except OSError:
        return b""


@pytest.mark.parametrize("door", ["clients", "websocket"])
def test_a_client_without_certificate_is_refused(field: Field, door: str):
    host, _, number = getattr(field.hub_conf, door).rpartition(":")
    context = ssl.create_default_context(cafile=field.hq / "ca.crt")
    with socket.create_connection((host, int(number)), timeout=30) as plain:
        if door == "clients":
            assert plain.recv(4096).startswith(b"INFO ")
        assert not spoken_over(context, plain)
    asyncio.run(until(lambda: "TLS handshake error" in field.hub.log.read_text()))
