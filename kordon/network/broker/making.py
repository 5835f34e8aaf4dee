"""The keys and certificates of HQ and of a node, made where they are missing; certificates renewed.

HQ's folder: ``ca.key ca.crt`` (the authority), ``hub.key hub.crt`` (the server), ``desk.key
desk.crt desk.nk`` (HQ's application), ``system.nk`` (who may reload the server), ``screening.key
screening.crt screening.nk`` (HQ's processes that share screening, on more machines too).
A node's folder: ``node.key node.nk``, and what HQ gives it: ``node.crt ca.crt``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kordon.network.broker import keys, pki
from kordon.network.broker.keys import NKey

DESK, SYSTEM, NODE, SCREENING = "desk", "system", "node", "screening"


@dataclass(frozen=True)
class Asked:
    """What a node shows HQ to be let in: its public nkey and its certificate request."""

    node: str
    nkey: str
    request: str


@dataclass(frozen=True)
class HubKeys:
    desk: NKey
    system: NKey
    screening: NKey


def make_hub(folder: Path, names: Sequence[str]) -> HubKeys:
    """Everything HQ needs for its server to be reached under ``names``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = pki.make_authority(folder, names[0])
    server_key = pki.make_key(folder / "hub.key")
    if not (folder / "hub.crt").exists():
        (folder / "hub.crt").write_text(authority.sign_server(server_key, names))
    for who in (DESK, SCREENING):
        request = pki.request(pki.make_key(folder / f"{who}.key"), who)
        if not (folder / f"{who}.crt").exists():
            (folder / f"{who}.crt").write_text(authority.sign_node(request, who))
    return HubKeys(*(keys.make(folder / f"{who}.nk") for who in (DESK, SYSTEM, SCREENING)))


def renew_hub(folder: Path, at: datetime) -> list[str]:
    """New certificates for the same keys and names once two thirds of the old ones' time are over.

    Returns which. Where the authority itself is near its end, nothing is gained and none is made.
    """
    authority = pki.read_authority(folder)
    renewed = []
    for who in ("hub", DESK, SCREENING):
        file = folder / f"{who}.crt"
        if not file.exists():  # a hub set up before screening was shared
            continue
        old = file.read_text()
        if not pki.should_renew(old, at) or not authority.would_last_longer(old, at):
            continue
        key = pki.make_key(folder / f"{who}.key")
        if who != "hub":
            new = authority.sign_node(pki.request(key, who), who, at=at)
        else:
            new = authority.sign_server(key, pki.names_of(old), at=at)
        keys.replace_secret(file, new)
        renewed.append(who)
    return renewed


def ask(folder: Path, node: str) -> Asked:
    """A node's keys, and what it asks HQ for. Asking again asks for the same keys."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{NODE}.csr"
    if not file.exists():  # each signature is another one: who asks twice asks for the same
        keys.replace_secret(file, pki.request(pki.make_key(folder / f"{NODE}.key"), node))
    return Asked(node, keys.make(folder / f"{NODE}.nk").public, file.read_text())


def accept(folder: Path, *, certificate: str, authority: str) -> None:
    """Put down what HQ gave the node. Written anew when the certificate is renewed."""
    for name, text in (("ca.crt", authority), (f"{NODE}.crt", certificate)):
        keys.replace_secret(folder / name, text)
