"""Headquarters with its hub and a post with its leaf, set up by the commands their people type."""

import os
import signal
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kordon.measure.home import free_port, temporary_home
from kordon.network.broker import pki
from kordon.network.broker.server import ask
from kordon.network.tests.machines import FIELD, enrol, kordon, machine

PATIENCE_S = 60.0


def ports(*names):
    return {name: f"127.0.0.1:{free_port()}" for name in names}


def configure(home, what, told, *words):
    options = [word for name, value in told.items() for word in (f"--{name}", value)]
    status, said = kordon(home, "network", "configure", what, *options, *words)
    assert status == 0, said


def server_of(configuration: Path) -> int:
    """The process id of the nats-server that was started with this file; 0 if none is."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"nats-server") and str(configuration).encode() in words:
                return int(process.name)
    return 0


def wait_until(holds):
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)


def test_a_post_is_in_touch_over_the_broker_through_its_death_until_it_is_revoked():
    with temporary_home(node="HQ", KORDON_KIND="hq") as hq, machine() as post:
        hq.call(f"{FIELD}:found")
        at_hub = ports("clients", "leaves", "websocket", "monitoring")
        configure(hq, "hub", at_hub, "--name", "localhost", "--store-gb", "1")
        with hq.serve() as office:
            enrol(post, hq, office)
            configure(post, "leaf", ports("clients", "monitoring"))
            with post.serve():
                took = post.call(f"{FIELD}:happen_and_be_told", count=3)
                assert min(took) < 1
                hq.call(f"{FIELD}:register_agency", agency="TAX")
                post.call(f"{FIELD}:await_agency", agency="TAX")

                hub = hq.folder / "network" / "hub.conf"
                before = server_of(hub)
                os.kill(before, signal.SIGKILL)
                post.call(f"{FIELD}:happen_and_be_told", count=3)
                assert server_of(hub) not in {0, before}

                kordon(hq, "network", "rotate-hq-key")
                key = hq.call(f"{FIELD}:approve_next_key")
                hq.call(f"{FIELD}:finish_next_key")
                post.call(f"{FIELD}:happen_and_be_told", count=3)
                post.call(f"{FIELD}:await_keys", node="HQ", key=key)

                told = at_hub["monitoring"]
                assert ask(told, "/leafz")["leafs"]
                hq.call(f"{FIELD}:revoke", node="AKSUU")
                wait_until(lambda: not ask(told, "/leafz").get("leafs"))
                post.call(f"{FIELD}:await_link", up=False)
                post.call(f"{FIELD}:happen", count=1)
            assert (post.call(f"{FIELD}:sign_ins"), hq.call(f"{FIELD}:sign_ins")) == (10, 9)
        wait_until(lambda: not server_of(hub))


def grow_old(folder, who):
    """Put a certificate of 300 days ago in the place of this one; it is for the same key."""
    authority, file = pki.read_authority(folder.hq), folder.of / f"{who}.crt"
    key, at = pki.make_key(folder.of / f"{who}.key"), datetime.now(UTC) - timedelta(days=300)
    if who == "hub":
        file.write_text(authority.sign_server(key, pki.names_of(file.read_text()), at=at))
    else:
        name = folder.name or who
        file.write_text(authority.sign_node(pki.request(key, name), name, at=at))
    return file


@dataclass
class Folder:
    hq: Path
    of: Path
    name: str = ""


def is_new(file):
    return pki.good_until(file.read_text()) > datetime.now(UTC) + timedelta(days=390)


def shown_at(address):
    """The certificate that the hub shows now, in DER; strangers see no more of it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    host, _, port = address.rpartition(":")
    line = socket.create_connection((host, int(port)), timeout=30)
    with line, context.wrap_socket(line) as secure:
        return secure.getpeercert(binary_form=True)


def test_certificates_that_are_near_their_end_are_renewed_while_all_are_in_touch():
    with temporary_home(node="HQ", KORDON_KIND="hq") as hq, machine() as post:
        hq.call(f"{FIELD}:found")
        at_hub = ports("clients", "leaves", "websocket", "monitoring")
        configure(hq, "hub", at_hub, "--name", "localhost", "--store-gb", "1")
        ours = Folder(hq.folder / "network", hq.folder / "network")
        own = [grow_old(ours, who) for who in ("hub", "desk")]
        with hq.serve() as office:
            wait_until(lambda: all(is_new(file) for file in own))
            wanted = ssl.PEM_cert_to_DER_cert(own[0].read_text())
            wait_until(lambda: shown_at(at_hub["websocket"]) == wanted)
            enrol(post, hq, office)
            configure(post, "leaf", ports("clients", "monitoring"))
            theirs = Folder(ours.hq, post.folder / "network", "AKSUU")
            file = grow_old(theirs, "node")
            with post.serve():
                wait_until(lambda: is_new(file))
                post.call(f"{FIELD}:happen_and_be_told", count=3)
                assert hq.call(f"{FIELD}:renewals") == ["node AKSUU"]
            with post.serve():  # and with nothing but the new one
                post.call(f"{FIELD}:happen_and_be_told", count=1)
                assert hq.call(f"{FIELD}:renewals") == ["node AKSUU"]
