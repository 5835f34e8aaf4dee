"""What the proofs of replication do harm with, and whether they would see it."""

import asyncio
import contextlib
import socket
import threading
import time

import pytest

from kordon.journal.channels import UP
from kordon.journal.models import Entry
from kordon.measure import counting, ends
from kordon.measure.nodes import Nodes
from kordon.measure.relay import Pace, Relay
from kordon.measure.unruly import UnrulyLink
from kordon.network.link import LinkDown

PATIENCE_S = 30.0


@pytest.fixture
def echo():
    """The port of a server that says everything back."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=say_back, args=server.accept()[:1]).start()

        def say_back(there):
            with contextlib.suppress(OSError), there:
                while said := there.recv(100):
                    there.sendall(said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def connect(relay):
    return socket.create_connection(("127.0.0.1", relay.port), timeout=PATIENCE_S)


def ask(line, text=b"hello"):
    line.sendall(text)
    return line.recv(100)


def is_dead(line):
    with contextlib.suppress(ConnectionError):
        return line.recv(100) == b""
    return True


def test_a_line_passes_on_until_it_is_cut_and_again_when_it_is_mended(echo):
    with Relay(echo) as relay, connect(relay) as line:
        assert ask(line) == b"hello"
        relay.cut()
        assert is_dead(line)
        with contextlib.suppress(ConnectionError), connect(relay) as refused:
            assert is_dead(refused)
        relay.mend()
        with connect(relay) as whole:
            assert ask(whole) == b"hello"


def test_a_silent_cut_lets_nothing_through_and_breaks_nothing_before_it_is_mended(echo):
    with Relay(echo) as relay, connect(relay) as line:
        assert ask(line) == b"hello"
        relay.cut(silent=True)
        line.settimeout(0.3)
        with pytest.raises(TimeoutError):
            ask(line)
        line.settimeout(PATIENCE_S)
        relay.mend()
        assert is_dead(line)
        with connect(relay) as whole:
            assert ask(whole) == b"hello"


def test_a_slow_line_takes_its_time_and_keeps_the_order(echo):
    pace = Pace(bits_per_s=400_000, delay_s=0.05)
    sent = bytes(range(250)) * 40
    with Relay(echo, pace=pace) as relay, connect(relay) as line:
        begun = time.monotonic()
        line.sendall(sent)
        back = b""
        while len(back) < len(sent):
            back += line.recv(len(sent))
        took = time.monotonic() - begun
        assert back == sent
        assert relay.carried == [len(sent), len(sent)]
        assert took >= 8 * len(sent) / pace.bits_per_s + 2 * pace.delay_s


def test_connections_share_a_slow_line(echo):
    pace = Pace(bits_per_s=400_000, delay_s=0.0)
    with Relay(echo, pace=pace) as relay, connect(relay) as one, connect(relay) as other:
        begun = time.monotonic()
        for line in (one, other):
            line.sendall(bytes(5_000))
        for line in (one, other):
            left = 5_000
            while left:
                left -= len(line.recv(left))
        assert time.monotonic() - begun >= 8 * 10_000 / pace.bits_per_s


class Counted:
    """A link on which every batch arrives."""

    def __init__(self):
        self.came = []

    async def push(self, batch):
        self.came.append(batch)
        return batch


def push_all(unruly, sent):
    async def push():
        return await asyncio.gather(*map(unruly.push, sent), return_exceptions=True)

    return asyncio.run(push())


def test_batches_on_their_way_together_overtake_each_other():
    link, sent = Counted(), [b"%d" % number for number in range(20)]
    push_all(UnrulyLink(link, lose=0, double=0, seed=1), sent)
    assert link.came != sent
    assert sorted(link.came, key=int) == sent


def test_a_link_loses_and_doubles(monkeypatch):
    monkeypatch.setattr("kordon.measure.unruly.LOST_AFTER_S", 0.0)
    link, sent = Counted(), [b"%d" % number for number in range(400)]
    unruly = UnrulyLink(link, lose=0.1, double=0.1, seed=1)

    answers = push_all(unruly, sent)
    lost = [batch for batch, answer in zip(sent, answers, strict=True) if answer != batch]
    assert all(isinstance(answer, LinkDown | bytes) for answer in answers)
    assert 20 < len(lost) == unruly.lost < 60
    assert 20 < unruly.doubled < 60
    assert 0 < len(set(lost) & set(link.came)) < len(lost)
    assert len(link.came) > len(set(link.came))


def test_what_is_lost_or_not_in_order_would_be_counted(django_db_blocker):
    with django_db_blocker.unblock(), Nodes() as nodes:
        post = nodes.post("AKSUU", nodes.hq())
        with post.here():
            ends.write(entries=12, seed=1)
            whole = counting.count()
            assert ends.write(entries=4, seed=1) == 16
            Entry.objects.filter(channel=UP, number=14).update(number=99)
            harmed = counting.count()
    assert whole["faults"] == []
    assert whole["entries"]["AKSUU"] | {"digest": ""} == {
        "count": 12,
        "last": 12,
        "doubled": 0,
        "disordered": 0,
        "digest": "",
    }
    assert [int(rows[0]) for rows in whole["rows"].values()] == [3, 3, 3, 3]
    assert harmed["faults"]
    assert harmed["entries"]["AKSUU"]["disordered"] == 2
    assert harmed["entries"]["AKSUU"]["digest"] != whole["entries"]["AKSUU"]["digest"]
