"""Taking over at the hub who may connect: after an enrolment, and at once after a revocation."""

import asyncio
import json
from typing import Any

from nats.errors import Error

from kordon.network.broker.client import Client, Way
from kordon.network.broker.server import ask

PATIENCE_S = 5.0


class NotTakenOver(Exception):
    """The hub did not answer, or refuses its new configuration; says why."""


async def take_over(way: Way, *, monitoring: str, revoked: bool) -> None:
    """Let the hub read ``users.conf`` again. Raises ``NotTakenOver``.

    ``way`` is that of the system user. A reload ends the connections of clients that may not
    connect any more, but not those of leaves (observed with 2.15.1): after a revocation all
    leaves are sent away, and those that still may are back within seconds.
    """
    client = Client()
    try:
        async with asyncio.timeout(PATIENCE_S):  # by itself the library tries for two minutes
            await client.connect(
                way.url,
                nkeys_seed_str=way.key.seed,
                inbox_prefix=way.inbox,
                tls=way.tls(),
                allow_reconnect=False,
            )
        leaves = await asyncio.to_thread(ask, monitoring, "/leafz")
        server = leaves["server_id"]
        await _request(client, f"$SYS.REQ.SERVER.{server}.RELOAD", {})
        for leaf in leaves.get("leafs") or [] if revoked else []:
            await _request(client, f"$SYS.REQ.SERVER.{server}.KICK", {"cid": leaf["id"]})
    except (OSError, Error, TimeoutError) as error:
        raise NotTakenOver(str(error) or type(error).__name__) from error
    finally:
        await client.close()


async def _request(client: Client, subject: str, asked: dict[str, Any]) -> None:
    answer = await client.request(subject, json.dumps(asked).encode(), timeout=PATIENCE_S)
    if refused := json.loads(answer.data).get("error"):
        raise NotTakenOver(str(refused.get("description", refused)))
