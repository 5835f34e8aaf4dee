"""The configuration of nats-server, at HQ and at a post, written from a few figures.

``hub.conf`` includes ``users.conf``, the list of who may connect: HQ's own keys and every
enrolled node with the rights of its name. That file alone changes when a node is enrolled or
revoked; the server takes it over at SIGHUP. All files are readable for their owner only.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kordon.network.broker.keys import NKey, check_public, replace_secret
from kordon.network.broker.subjects import may_hear, may_publish, may_share, word
from kordon.network.link import LARGEST_MESSAGE

ACCOUNT, SYSTEM_ACCOUNT, DOMAIN = "KORDON", "SYS", "hub"
HUB_FILE, USERS_FILE, LEAF_FILE = "hub.conf", "users.conf", "leaf.conf"
MEMORY_BYTES = 256 * 1024**2
# The default of 2 s is too short when all posts come back at once: who is turned away comes again.
HANDSHAKE_S = 15
PING = 'ping_interval: "5s"\nping_max: 2\nwrite_deadline: "10s"'


class BadConfiguration(ValueError):
    """What was asked for cannot be written, or would not be safe."""


@dataclass(frozen=True, kw_only=True)
class Hub:
    """HQ's server. Addresses are ``host:port``; an empty one is not listened on.

    ``store_bytes`` must lie below what the volume of ``store`` holds: a full disk wedges the
    store until the server is restarted, a full store only refuses.
    """

    folder: Path  # holds the keys and certificates, and takes the written files
    store: Path
    store_bytes: int
    clients: str = "127.0.0.1:4222"
    leaves: str = "0.0.0.0:7422"  # posts come from outside
    websocket: str = "0.0.0.0:443"
    monitoring: str = "127.0.0.1:8222"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A post's server: no store, only a line to HQ. ``hq``: ``tls://…`` or ``wss://…`` alike."""

    folder: Path
    node: str
    hq: Sequence[str]
    clients: str = "127.0.0.1:4222"
    monitoring: str = "127.0.0.1:8222"


def write_hub(hub: Hub) -> Path:
    """``hub.conf``, and a ``users.conf`` with HQ alone unless there is one already."""
    if not (hub.folder / USERS_FILE).exists():
        raise BadConfiguration("users.conf must be written first (write_users)")
    if not _is_loopback(hub.monitoring):
        # It tells who is connected from where, and asks nobody for a password.
        raise BadConfiguration("monitoring must stay on 127.0.0.1")
    path = hub.folder / HUB_FILE
    replace_secret(path, _hub_text(hub))
    return path


def write_users(
    folder: Path, *, desk: str, system: str, nodes: Mapping[str, str], screening: str = ""
) -> Path:
    """``users.conf``: public nkeys of HQ's desk, of HQ's system user, of nodes by name, and of
    those of HQ's processes that share screening.

    Raises ``BadKey``, ``BadNode``.
    """
    lines = [f"    {{ nkey: {check_public(desk)} }}"]
    if screening:
        lines.append(_allowed(check_public(screening), may_share(), may_share()))
    lines += [_user(node, check_public(nkey)) for node, nkey in sorted(nodes.items())]
    text = "\n".join(
        [
            f"{SYSTEM_ACCOUNT}: {{ users: [ {{ nkey: {check_public(system)} }} ] }}",
            f"{ACCOUNT}: {{",
            "  jetstream: enabled",
            "  users: [",
            ",\n".join(lines),
            "  ]",
            "}",
        ]
    )
    path = folder / USERS_FILE
    replace_secret(path, text + "\n")
    return path


def write_leaf(leaf: Leaf, key: NKey) -> Path:
    """``leaf.conf``. It holds the seed of the node's nkey, as nats-server wants it."""
    schemes = {url.partition("://")[0] for url in leaf.hq}
    if len(schemes) != 1 or not schemes <= {"tls", "wss"}:
        raise BadConfiguration("HQ is reached by tls:// or by wss:// addresses, not by both")
    path = leaf.folder / LEAF_FILE
    replace_secret(path, _leaf_text(leaf, key))
    return path


def _hub_text(hub: Hub) -> str:
    tls = _tls(hub.folder, "hub", verify=True)
    parts = [
        "server_name: hub",
        f"listen: {_quoted(hub.clients)}",
        f"http: {_quoted(hub.monitoring)}",
        f"max_payload: {LARGEST_MESSAGE}",
        PING,
        "jetstream {",
        f"  store_dir: {_quoted(str(hub.store))}",
        f"  domain: {DOMAIN}",
        f"  max_mem: {MEMORY_BYTES}",
        f"  max_file: {hub.store_bytes}",
        # The default loses what was acknowledged when the power fails (measured).
        "  sync_interval: always",
        "}",
        tls,
        f"accounts {{ include {_quoted(USERS_FILE)} }}",
        f"system_account: {SYSTEM_ACCOUNT}",
    ]
    if hub.leaves:
        parts += ["leafnodes {", f"  listen: {_quoted(hub.leaves)}", "  no_advertise: true"]
        parts += ["  compression: s2_auto", tls, "}"]
    if hub.websocket:
        parts += ["websocket {", f"  listen: {_quoted(hub.websocket)}", "  no_tls: false"]
        parts += [tls, "}"]
    return "\n".join(parts) + "\n"


def _leaf_text(leaf: Leaf, key: NKey) -> str:
    urls = ", ".join(_quoted(url) for url in leaf.hq)
    return "\n".join(
        [
            f"server_name: {_quoted(word(leaf.node))}",
            f"listen: {_quoted(leaf.clients)}",
            f"http: {_quoted(leaf.monitoring)}",
            f"max_payload: {LARGEST_MESSAGE}",
            PING,
            f"accounts {{ {ACCOUNT}: {{ users: [",
            _user(leaf.node, key.public),
            "] } }",
            "leafnodes {",
            '  reconnect: "1s"',
            "  remotes: [ {",
            f"    urls: [ {urls} ]",
            f"    account: {ACCOUNT}",
            f"    nkey: {key.seed}",
            "    compression: s2_auto",
            _tls(leaf.folder, "node", verify=False),
            "  } ]",
            "}",
            "",
        ]
    )


def _user(node: str, nkey: str) -> str:
    return _allowed(nkey, may_publish(node), may_hear(node))


def _allowed(nkey: str, publish: Sequence[str], hear: Sequence[str]) -> str:
    rights = (
        f"publish: {{ allow: {json.dumps(publish)} }}, subscribe: {{ allow: {json.dumps(hear)} }}"
    )
    return f"    {{ nkey: {nkey}, permissions: {{ {rights} }} }}"


def _tls(folder: Path, who: str, *, verify: bool) -> str:
    files = {"cert_file": f"{who}.crt", "key_file": f"{who}.key", "ca_file": "ca.crt"}
    lines = [f"{name}: {_quoted(str(folder / file))}" for name, file in files.items()]
    lines += [f"verify: {str(verify).lower()}", 'min_version: "1.2"', f"timeout: {HANDSHAKE_S}"]
    return f"  tls {{ {', '.join(lines)} }}"


def _is_loopback(address: str) -> bool:
    return address.rpartition(":")[0] in {"127.0.0.1", "localhost", "[::1]"}


def _quoted(text: str) -> str:
    if not text.isprintable() or set(text) & set('"\\'):
        raise BadConfiguration(f"{text!r} cannot stand in the configuration")
    return f'"{text}"'
