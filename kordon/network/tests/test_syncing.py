"""What the engine of a post concludes from what headquarters says, and how soon it tries again."""

import asyncio

import pytest

from kordon.measure.direct import DirectLink
from kordon.measure.virtual import Clock, VirtualLoop, steps_inside_the_loop
from kordon.network import steps
from kordon.network.link import LinkDown
from kordon.network.syncing import FIRST_PAUSE_S, LONGEST_PAUSE_S, Syncing
from kordon.network.tests.test_exchange import happen, push


def engine(post, link):
    """An engine whose steps are done at once, in the loop."""

    async def do(step, *arguments):
        with post.here():
            return step(*arguments)

    return Syncing(link, do)


class Inline(DirectLink):
    """Headquarters answers at once, in the loop."""

    async def ask(self, call, *arguments):
        with self.hq.here():
            return call(self.post, *arguments)


class Overtaken(Inline):
    """A receipt overtakes the answer to a report."""

    def __init__(self, hq, post):
        super().__init__(hq, post.name)
        self.node = post

    async def report(self, status):
        answer = await super().report(status)
        push(self.node, self.hq)
        return answer


def test_a_receipt_that_overtakes_a_report_is_no_loss_of_headquarters(post, hq):
    happen(post, 3)
    made = engine(post, Overtaken(hq, post))
    made._sent = 3
    asyncio.run(made._report())
    with post.here():
        assert steps.begin() == 3
    assert made._sent == 3, "nothing is sent again"


def test_what_a_restored_headquarters_lost_is_sent_again(nodes, post, hq):
    happen(post, 3)
    push(post, hq)
    backup = nodes.backup(hq)
    happen(post, 2)
    push(post, hq)
    nodes.restore(hq, backup)
    made = engine(post, Inline(hq, post.name))
    made._sent = 5
    asyncio.run(made._report())
    assert made._sent == 3


@pytest.mark.parametrize(("worked_s", "pause_s"), [(0, LONGEST_PAUSE_S), (60, FIRST_PAUSE_S)])
def test_after_a_line_that_held_the_next_try_comes_soon(post, hq, worked_s, pause_s):
    """However long it had been away before."""
    clock = Clock()
    loop = VirtualLoop(clock)
    made = engine(post, DirectLink(hq, post.name))
    tried = []

    async def once():
        tried.append(clock.seconds)
        if len(tried) == 11:  # it has been away long enough to be tried seldom
            await asyncio.sleep(worked_s)
            tried[-1] = clock.seconds
        if len(tried) == 12:
            raise EOFError
        raise LinkDown("cut")

    with steps_inside_the_loop(), pytest.raises(EOFError):
        loop.run_until_complete(made._forever(once))
    loop.close()
    assert tried[-1] - tried[-2] == pytest.approx(pause_s)
