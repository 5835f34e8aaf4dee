"""``kordon network``: write what nats-server is started with; give headquarters another key."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from kordon.accounts.queries import get_operator
from kordon.journal import identity
from kordon.network import commands, rules, succeeding
from kordon.network.broker import enrolling, keys, making, server, wiring, writing_conf
from kordon.network.broker.subjects import BadNode
from kordon.network.broker.writing_conf import BadConfiguration, Hub, Leaf
from kordon.network.joining import LINK_FILE

OURSELVES = ("localhost", "127.0.0.1")
GIGABYTE = 1024**3
STORE_GB = 8
SHARE = 0.8  # of the volume, at most


class Command(BaseCommand):
    help = "Set up the broker that joins posts with HQ; give HQ another key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
        rotate = deeds.add_parser("rotate-hq-key", help="give HQ another key to sign with")
        rotate.add_argument("--withdraw", action="store_true", help="let no key follow after all")
        rotate.add_argument("--json", action="store_true", help="one JSON object")
        configure = deeds.add_parser("configure", help="write keys and configuration")
        kinds = configure.add_subparsers(dest="kind", required=True, metavar="hub or leaf")
        hub = kinds.add_parser("hub", help="of HQ's server")
        hub.add_argument(
            "--name",
            action="append",
            required=True,
            metavar="HOST",
            help="name or address posts reach HQ by; may be repeated",
        )
        hub.add_argument("--store", type=Path, metavar="FOLDER", help="folder of its store")
        hub.add_argument("--store-gb", type=int, metavar="N", help=f"its size (usual: {STORE_GB})")
        hub.add_argument("--leaves", default=Hub.leaves, metavar="ADDRESS", help="for posts, TLS")
        hub.add_argument(
            "--websocket", default=Hub.websocket, metavar="ADDRESS", help="for posts, wss://"
        )
        leaf = kinds.add_parser("leaf", help="of a post's server")
        leaf.add_argument(
            "--hq",
            action="append",
            metavar="URL",
            help="wss://… or tls://… address of HQ, if it is another than HQ said at enrolment",
        )
        for part in (hub, leaf):
            part.add_argument("--clients", default=Hub.clients, metavar="ADDRESS", help="for us")
            part.add_argument(
                "--monitoring", default=Hub.monitoring, metavar="ADDRESS", help="on loopback only"
            )
            part.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, deed: str, kind: str = "", **wishes: Any) -> None:
        folder = wiring.folder()
        try:
            if deed == "rotate-hq-key":
                told = self._rotate(withdraw=wishes["withdraw"])
            else:
                told = getattr(self, f"_{kind}")(folder, **wishes)
        except (BadConfiguration, BadNode, server.NoServer, server.NotStarted) as error:
            raise CommandError(str(error)) from error
        if wishes["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name}: {value}")

    def _rotate(self, *, withdraw: bool) -> dict[str, str]:
        """Make the key, or show how far it has come: two persons decide, on the page."""
        me, by = identity.mine(), get_operator()
        succeeding.finish()
        if withdraw:
            commands.withdraw_next_key(by=by)
            return {"key": me.public_key, "next": "none: it was withdrawn"}
        row = commands.offer_next_key(by=by)
        return {
            "key": me.public_key,
            "next": row.public_key,
            "fingerprint": rules.fingerprint_of_key(me.node, row.public_key),
            "approved by": row.approved_by_name or "nobody yet",
            "now": "make a backup; then two persons approve it: Nodes, Enrolments",
        }

    def _hub(self, folder: Path, **wishes: Any) -> dict[str, str]:
        made = making.make_hub(folder, [*wishes["name"], *OURSELVES])
        if not (folder / writing_conf.USERS_FILE).exists():
            public = {name: key.public for name, key in vars(made).items()}
            writing_conf.write_users(folder, nodes={}, **public)
        store = (wishes["store"] or folder / "store").absolute()
        hub = Hub(
            folder=folder,
            store=store,
            store_bytes=_room(store, wishes["store_gb"]),
            **{name: wishes[name] for name in ("clients", "leaves", "websocket", "monitoring")},
        )
        path = writing_conf.write_hub(hub)
        server.check(path)
        enrolling.write_reached(folder, _reached(hub, wishes["name"]))
        _write_down(folder, f"tls://localhost:{hub.clients.rpartition(':')[2]}", hub.monitoring)
        return {"configuration": str(path), "store": str(store), "bytes": str(hub.store_bytes)}

    def _leaf(self, folder: Path, **wishes: Any) -> dict[str, str]:
        node = identity.mine().node
        asked = making.ask(folder, node)
        told = {"node": node, "nkey": asked.nkey}
        if not all((folder / name).exists() for name in (f"{making.NODE}.crt", "ca.crt")):
            # The keys are made: HQ signs the request when the post is enrolled.
            return told | {"request": asked.request, "configuration": "after enrolment"}
        leaf = Leaf(
            folder=folder,
            node=node,
            hq=wishes["hq"] or _usual_way(folder),
            clients=wishes["clients"],
            monitoring=wishes["monitoring"],
        )
        enrolling.write_reached(folder, list(leaf.hq))
        path = writing_conf.write_leaf(leaf, keys.read(folder / f"{making.NODE}.nk"))
        server.check(path)
        _write_down(folder, f"nats://{leaf.clients}", leaf.monitoring)
        identity.write_private(Path(settings.KORDON_HOME) / LINK_FILE, f"nats://{leaf.clients}")
        return told | {"configuration": str(path)}


def _reached(hub: Hub, names: list[str]) -> list[str]:
    """Where posts reach the hub. WebSocket first: its port is open where others are not."""
    ways = (("wss", hub.websocket), ("tls", hub.leaves))
    return [
        f"{scheme}://{name}:{at.rpartition(':')[2]}" for scheme, at in ways if at for name in names
    ]


def _usual_way(folder: Path) -> list[str]:
    """What HQ said at enrolment, over WebSocket if it can be."""
    said = enrolling.reached(folder)
    wss = [url for url in said if url.startswith("wss://")]
    return wss or said


def _write_down(folder: Path, url: str, monitoring: str) -> None:
    """For the settings: where our server is reached."""
    keys.replace_secret(folder / "broker", url)
    keys.replace_secret(folder / "monitoring", monitoring)


def _room(store: Path, wished_gb: int | None) -> int:
    """Bytes of the store: as wished if the volume allows it, else what it allows."""
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    most = int(shutil.disk_usage(store).total * SHARE)
    if wished_gb is not None and wished_gb * GIGABYTE > most:
        raise BadConfiguration(
            f"a store of {wished_gb} GB does not leave a fifth of its volume free "
            f"({most // GIGABYTE} GB at most): a full disk wedges it"
        )
    return (wished_gb or min(STORE_GB, most // GIGABYTE) or 1) * GIGABYTE
