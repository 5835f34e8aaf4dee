"""The watchdog of the leaf: when it acts, and that it helps a leaf that really hangs."""

import asyncio
import os
import signal

import pytest

from kordon.network.broker.tests.field import Field, again, port, until
from kordon.network.broker.watchdog import LeafWatchdog, Verdict, address_of, ask_systemd, reaches


class Watched:
    """A watchdog under a clock of its own."""

    def __init__(self) -> None:
        self.now, self.heard, self.reachable, self.restarted = 1000.0, None, True, 0
        self.dog = LeafWatchdog(
            heard=lambda: self.heard,
            reaches=self._reaches,
            restart=self._restart,
            clock=lambda: self.now,
        )

    async def _reaches(self) -> bool:
        return self.reachable

    def _restart(self) -> None:
        self.restarted += 1

    def after(self, seconds: float) -> Verdict:
        self.now += seconds
        return asyncio.run(self.dog.look())


def test_a_silent_leaf_is_restarted_after_a_minute_and_given_another_one():
    watched = Watched()
    assert watched.after(59) is Verdict.WAITING
    assert watched.after(2) is Verdict.STUCK
    assert watched.restarted == 1
    assert watched.after(59) is Verdict.WAITING
    assert watched.after(2) is Verdict.STUCK
    assert watched.restarted == watched.dog.restarts == 2


def test_a_leaf_that_hears_hq_is_left_alone():
    watched = Watched()
    for _ in range(10):
        watched.heard = watched.now
        assert watched.after(30) is Verdict.HEARD
    assert watched.after(31) is Verdict.STUCK


def test_nothing_is_restarted_while_the_line_is_down():
    watched = Watched()
    watched.reachable = False
    assert watched.after(600) is Verdict.UNREACHABLE
    watched.reachable = True
    assert watched.after(1) is Verdict.STUCK


def test_a_leaf_that_hangs_is_brought_back(field: Field):
    leaf = field.leaf("NORTH")
    url = f"tls://localhost:{port(field.hub_conf.leaves)}"

    async def hang() -> None:
        async with field.serving(), field.linked("NORTH", answer_s=1.0) as link:
            dog = LeafWatchdog(
                heard=lambda: link.last_heard,
                reaches=lambda: reaches(url),
                restart=leaf.restart,
                silence=5.0,
            )
            watching = asyncio.create_task(dog.watch(0.1))
            os.kill(leaf.pid, signal.SIGSTOP)
            await until(lambda: leaf.starts == 2)
            assert await again(lambda: link.push(b"back"))
            watching.cancel()

    asyncio.run(hang())


def test_an_address_that_answers_nobody_is_not_reached(field: Field):
    field.hub.stop()
    assert not asyncio.run(reaches(f"tls://localhost:{port(field.hub_conf.leaves)}"))


@pytest.mark.parametrize(
    "url, address",
    [("wss://hq.example", ("hq.example", 443)), ("tls://10.0.0.1:99", ("10.0.0.1", 99))],
)
def test_where_hq_is(url: str, address: tuple[str, int]):
    assert address_of(url) == address


def test_systemd_is_asked_by_a_file_that_needs_no_room(tmp_path):
    ask_systemd(tmp_path)
    ask_systemd(tmp_path)
    assert (tmp_path / "leaf.stuck").read_bytes() == b""
