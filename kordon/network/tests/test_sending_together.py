"""Few entries wait for the answer to those before them and go together; many do not wait."""

import asyncio
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kordon.journal.wire import decode
from kordon.network import scratch
from kordon.network.syncing import MOST, WORTH_IT, Syncing
from kordon.network.tests.test_exchange import happen

PATIENCE_S = 60.0


class HeldBack:
    """A link on which nothing is answered; what came stands in ``came``."""

    def __init__(self):
        self.came = []

    async def push(self, batch):
        self.came.append(len(decode(batch).lines))
        await asyncio.Event().wait()


class AtOnce(Syncing):
    """An engine whose steps are done at once, in the loop."""

    def __init__(self, link, post):
        async def do(step, *arguments):
            with post.here():
                return step(*arguments)

        super().__init__(link, do)


async def sent(engine, post, batches):
    """The sizes of the batches on their way after so many entries were recorded at a time."""
    end = time.monotonic() + PATIENCE_S
    engine._limit = MOST  # the line is known to be quick
    for count in batches:
        happen(post, count)
        await engine._fill()
    while len(engine.link.came) < len(engine._way) and time.monotonic() < end:
        await asyncio.sleep(0)
    engine._forget_way()
    return engine.link.came


@pytest.mark.parametrize(
    ("recorded", "on_their_way"),
    [([3, 4, 5], [3]), ([3, WORTH_IT], [3, WORTH_IT]), ([3, WORTH_IT - 1, 1], [3, WORTH_IT])],
)
def test_few_go_together_and_many_at_once(post, recorded, on_their_way):
    assert asyncio.run(sent(AtOnce(HeldBack(), post), post, recorded)) == on_their_way


@pytest.mark.django_db
def test_of_the_link_only_what_is_known_is_written():
    scratch.note_link(at=timezone.now(), stopped="fork", stopped_text="two of one number")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        scratch.note_link(at=timezone.now(), up=True)
    written = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    assert len(written) == 1
    assert "stopped" not in written[0]
    row = scratch.link_state()
    assert (row.up, row.stopped) == (True, "fork")
