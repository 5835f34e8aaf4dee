"""Headquarters and two posts on networks of their own: one wire is pulled out, and put in again.

Needs root and iproute2, because it makes network namespaces; everything lies in those, so nothing
of the machine's own network is touched, and all is gone when they are.
"""

import contextlib
import os
import shutil
import subprocess

import pytest

from kordon.measure.children import wait_for
from kordon.measure.country import Country, Post, enrol_all
from kordon.measure.home import temporary_home
from kordon.measure.hub import Hub
from kordon.measure.report import Report

MARK = f"kordon-{os.getpid()}"
SWITCH, HQ = f"{MARK}-switch", f"{MARK}-hq"
HERE = "10.93.0.1"
PATIENCE_S = 180.0
ENTRIES, APART, PER_S = 240, 120, 20


def ip(*words):
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"


def why_not():
    """Why no namespaces can be made here; empty if they can."""
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    if not shutil.which("ip"):
        return "iproute2 is not here"
    probe = f"{MARK}-probe"
    made = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True)
    subprocess.run(["ip", "netns", "del", probe], capture_output=True)
    return made.stderr.strip() if made.returncode else ""


class Wire:
    """From the namespace of a post, over the switch, to headquarters."""

    def __init__(self, space, own, hub):
        self.space, self.plug = space, f"to-{space.rpartition('-')[2]}"
        self.address = f"{HERE}:{hub.clients}"
        plug_in(space, self.plug, own)

    def cut(self, *, silent=True):
        ip("-n", SWITCH, "link", "set", self.plug, "down")

    def mend(self):
        ip("-n", SWITCH, "link", "set", self.plug, "up")


def plug_in(space, plug, address):
    ip("netns", "add", space)
    ip("-n", space, "link", "set", "lo", "up")
    wire = ("link", "add", "up0", "type", "veth", "peer", "name", plug)
    ip("-n", space, *wire, "netns", SWITCH)
    ip("-n", space, "addr", "add", f"{address}/24", "dev", "up0")
    ip("-n", space, "link", "set", "up0", "up")
    ip("-n", SWITCH, "link", "set", plug, "master", "br0")
    ip("-n", SWITCH, "link", "set", plug, "up")


@pytest.fixture
def switch():
    if reason := why_not():
        pytest.skip(f"NOTHING PROVED ABOUT NETWORKS: {reason}")
    try:
        ip("netns", "add", SWITCH)
        ip("-n", SWITCH, "link", "add", "br0", "type", "bridge")
        ip("-n", SWITCH, "link", "set", "br0", "up")
        yield
    finally:
        told = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True).stdout
        for space in (line.split()[0] for line in told.splitlines() if line.startswith(MARK)):
            subprocess.run(["ip", "netns", "del", space], check=False)


@pytest.fixture
def country(switch):
    with contextlib.ExitStack() as stack:

        def make(node, kind):
            return stack.enter_context(temporary_home(node=node, KORDON_KIND=kind))

        home = make("HQ", "hq")
        hub = Hub(home, names=(HERE, "localhost", "127.0.0.1"))
        plug_in(HQ, "to-hq", HERE)
        posts = []
        for last, name in enumerate(("NORTH", "SOUTH"), 2):
            space = f"{MARK}-{name.lower()}"
            wire = Wire(space, f"10.93.0.{last}", hub)
            inside = ("ip", "netns", "exec", space)
            posts.append(Post(name=name, home=make(name, "post"), line=wire, prefix=inside))
        heads = enrol_all(home, hub, posts)
        hub.write()
        made = Country(home, hub, posts, heads)
        made.office.prefix = ("ip", "netns", "exec", HQ)
        yield made


def test_a_post_whose_wire_is_pulled_out_goes_on_alone_and_completes_later(country):
    north, south = country.posts

    def until(holds, what):
        wait_for(holds, country.children, PATIENCE_S, what)

    with country.open(with_hub=True):
        country.begin(entries=ENTRIES, pace=PER_S, at_once=4, after=country.heads)
        until(lambda: min(north.acknowledged, south.acknowledged) > 20, "both are heard")
        north.line.cut()
        until(lambda: south.acknowledged >= APART and north.recorded >= APART, "one is heard")
        assert north.acknowledged < APART <= north.recorded
        north.line.mend()
        country.wait_until_done(ENTRIES, PATIENCE_S)
    report = Report(name="namespaces")
    country.compare(report, ENTRIES)
    assert report.missed == [], report.notes
    assert report.examined["entries at headquarters"] == 2 * ENTRIES
