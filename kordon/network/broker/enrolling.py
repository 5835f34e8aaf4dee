"""What an enrolment adds for the broker: the machine's nkey and request, HQ's certificate.

HQ writes down where posts reach its broker (``reached.json``) when it is set up; an enrolled post
is told, and is set up itself by ``kordon network configure leaf`` without being told more.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from kordon.network.additions import accepts, gives, shows
from kordon.network.broker import keys, making, pki, wiring, writing_conf
from kordon.network.broker.keys import BadKey
from kordon.network.broker.subjects import BadNode
from kordon.network.models import Enrolment

REACHED_FILE = "reached.json"
MOST_ADDRESSES, LONGEST = 20, 16 * 1024

log = structlog.get_logger("kordon.network")


@shows("nkey")
def show_nkey(home: Path, node: str) -> str:
    return making.ask(home / wiring.FOLDER, node).nkey


@shows("request")
def show_request(home: Path, node: str) -> str:
    return making.ask(home / wiring.FOLDER, node).request


@gives("broker")
def give(row: Enrolment) -> dict[str, Any]:
    """A certificate and where the broker is; nothing where there is none, or for no request."""
    if not row.nkey or not row.request:
        return {}
    try:
        return sign(row.node, row.request)
    except (pki.BadRequest, BadNode) as error:
        log.warning("certificate_not_signed", node=row.node, error=str(error))
        return {}


def sign(node: str, request: str) -> dict[str, Any]:
    """The same for a request of this node. Raises ``BadRequest``, ``BadNode``."""
    folder = wiring.folder()
    if not (folder / writing_conf.HUB_FILE).exists():
        return {}
    authority = pki.read_authority(folder)
    certificate = authority.sign_node(request, node)
    return {"certificate": certificate, "authority": authority.pem, "reached": reached(folder)}


@accepts("broker")
def accept(home: Path, given: Any) -> None:
    """Put down what HQ gave. What is no such thing is left: the line over HTTPS goes on."""
    told = given if isinstance(given, dict) else {}
    texts = [told.get(name) for name in ("certificate", "authority")]
    certificate, authority = (text if isinstance(text, str) else "" for text in texts)
    if not certificate or not authority or len(certificate) + len(authority) > LONGEST:
        return
    folder = home / wiring.FOLDER
    making.accept(folder, certificate=certificate, authority=authority)
    said = told.get("reached")
    write_reached(folder, [str(url)[:200] for url in said] if isinstance(said, list) else [])


def reached(folder: Path) -> list[str]:
    """The addresses of HQ's broker, as far as they are known here."""
    try:
        return [str(url) for url in json.loads((folder / REACHED_FILE).read_text())]
    except FileNotFoundError:
        return []


def write_reached(folder: Path, urls: list[str]) -> None:
    keys.replace_secret(folder / REACHED_FILE, json.dumps(urls[:MOST_ADDRESSES]))


def write_users(nodes: Mapping[str, str]) -> None:
    """Let in HQ and these nodes, by their nkeys. A key that is none lets nobody in."""
    folder = wiring.folder()
    desk, system = (keys.read(folder / f"{who}.nk").public for who in (making.DESK, making.SYSTEM))
    shared = folder / f"{making.SCREENING}.nk"
    screening = keys.read(shared).public if shared.exists() else ""
    sound = dict(_sound(nodes))
    writing_conf.write_users(folder, desk=desk, system=system, nodes=sound, screening=screening)


def _sound(nodes: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for node, nkey in nodes.items():
        try:
            found.append((node, keys.check_public(nkey)))
        except BadKey as error:
            log.warning("not_let_in", node=node, error=str(error))
    return found
