"""Work shared with more machines over a real server: who is free answers, none answers twice."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kordon.network.broker import subjects
from kordon.network.broker.client import Line
from kordon.network.broker.sharing import Asker, NobodyAnswers, Worker
from kordon.network.broker.tests.field import PATIENCE_S, Field, until
from kordon.network.broker.tests.test_rights import connected


@contextlib.contextmanager
def working(field: Field, answer, threads=1) -> Iterator[Worker]:
    """A worker in a loop of its own, as its process has one."""
    ready, stop = threading.Event(), asyncio.Event()
    made: list[tuple[Worker, asyncio.AbstractEventLoop]] = []

    async def serve() -> None:
        worker = Worker(field.screening_way(), answer, threads=threads)
        made.append((worker, asyncio.get_running_loop()))
        worker.open()
        await until(lambda: worker.connected and not worker.trouble)
        await worker.client.flush()
        ready.set()
        await stop.wait()
        await worker.drain()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(PATIENCE_S)
    worker, loop = made[0]
    try:
        yield worker
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE_S)


@pytest.fixture
def asker(field):
    made = Asker(field.screening_way())
    asyncio.run(until(lambda: made._line.connected))
    yield made
    made.close()


def test_each_request_is_answered_once_by_whoever_is_free(field, asker):
    with working(field, bytes.upper) as one, working(field, bytes.upper) as two:
        with ThreadPoolExecutor(8) as pool:
            asked = [b"a%d" % n for n in range(200)]
            answers = list(pool.map(lambda body: asker.ask(body, within=PATIENCE_S), asked))
        assert answers == [body.upper() for body in asked]
        asyncio.run(until(lambda: one.answered + two.answered == 200))
        assert min(one.answered, two.answered) > 0


def test_where_nobody_listens_the_asker_is_told_at_once(field, asker):
    with pytest.raises(NobodyAnswers):
        asker.ask(b"anybody?", within=PATIENCE_S)


def test_a_worker_that_fails_or_sleeps_costs_the_time_limit_and_no_more(field, asker):
    stuck = threading.Event()

    def answer(body: bytes) -> bytes:
        if body == b"sleep":
            stuck.wait(PATIENCE_S)
        if body == b"fail":
            raise ZeroDivisionError
        return body

    with working(field, answer, threads=2):
        for body in (b"fail", b"sleep"):
            with pytest.raises(NobodyAnswers):
                asker.ask(body, within=0.5)
        assert asker.ask(b"well", within=PATIENCE_S) == b"well"
        stuck.set()


def test_while_the_server_is_away_the_asker_is_told_and_later_answered(field, asker):
    with working(field, bytes.upper):
        field.hub.stop()
        with pytest.raises(NobodyAnswers):
            asker.ask(b"a", within=1.0)
        field.hub.start()

        def answered() -> bool:
            with contextlib.suppress(NobodyAnswers):
                return asker.ask(b"a", within=1.0) == b"A"
            return False

        asyncio.run(until(answered))


def test_a_worker_answers_nowhere_but_to_those_who_share(field, asker):
    """With HQ's own rights somebody could have an answer sent to a post."""

    async def misuse(worker: Worker) -> None:
        heard: list[bytes] = []

        async def hear(message) -> None:
            heard.append(message.data)

        desk = Line(field.desk_way())
        desk.open()
        await until(lambda: desk.connected)
        await desk.client.subscribe("live.>", cb=hear)
        await desk.client.publish(subjects.SCREEN, b"a", reply="live.NORTH.news")
        await desk.client.publish(subjects.SCREEN, b"b", reply=f"{subjects.SCREEN_INBOX}.x")
        await until(lambda: worker.answered == 1)
        await desk.client.flush()
        assert heard == []
        await desk.close()

    with working(field, bytes.upper) as worker:
        asyncio.run(misuse(worker))


@pytest.mark.parametrize("subject", ["up.NORTH.j", "live.all.news", "ctl.up.NORTH.report", "x"])
def test_who_shares_screening_may_do_nothing_else(field, subject):
    async def attack() -> None:
        seen: list[str] = []

        stolen: list[str] = []

        async def see(message) -> None:
            seen.append(message.subject)

        async def see_stolen(message) -> None:
            stolen.append(message.subject)

        witness = await connected(field.desk_way())
        thief = await connected(field.screening_way())
        for one in (subject, subjects.SCREEN):
            await witness.subscribe(one, cb=see)
        await thief.subscribe(subject, cb=see_stolen)
        while subjects.SCREEN not in seen:  # until the witness is known to hear
            await thief.publish(subject, b"forged")
            await thief.publish(subjects.SCREEN, b"allowed")
            await asyncio.sleep(0.02)
        assert subject not in seen
        while subject not in seen:
            await witness.publish(subject, b"secret")
            await asyncio.sleep(0.02)
        await thief.flush()
        assert stolen == []
        await thief.close()
        await witness.close()

    asyncio.run(attack())
