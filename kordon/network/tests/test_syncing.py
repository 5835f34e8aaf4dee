"""What the engine of a post concludes from what headquarters says, and how soon it tries again."""

import asyncio
from itertools import pairwise
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from kordon.journal import files
from kordon.journal.channels import UP
from kordon.journal.sending import last_number
from kordon.measure.direct import DirectLink
from kordon.measure.nodes import EVERYTHING
from kordon.measure.virtual import Clock, VirtualLoop, steps_inside_the_loop
from kordon.network import steps
from kordon.network.link import ANSWER_S, LinkDown
from kordon.network.syncing import FEWEST, FIRST_PAUSE_S, LONGEST_PAUSE_S, MOST, Syncing
from kordon.network.tests.test_exchange import happen, push
from kordon.watchlist.commands import import_edition
from kordon.watchlist.tests.conftest import KNOWN, un_list, un_person

ALL = 1500


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


class Slow(Inline):
    """Whoever asks lets others ask too, before the answer."""

    def __init__(self, hq, post):
        super().__init__(hq, post)
        self.fetched = []

    async def ask(self, call, *arguments):
        await asyncio.sleep(0)
        return await super().ask(call, *arguments)

    async def fetch(self, name, offset):
        self.fetched.append((name, offset))
        return await super().fetch(name, offset)


def test_two_loops_that_want_the_same_file_do_not_write_it_at_once(post, hq):
    """At the first contact of a post the loop up and the loop down both pull what all are told."""
    with hq.here():
        import_edition(
            by=EVERYTHING,
            edition=uuid4(),
            profile=KNOWN["un"],
            content=un_list(un_person()),
            filename="un.xml",
        )
    link = Slow(hq, post.name)
    made = engine(post, link)

    async def both():
        await asyncio.gather(made._pull_all(), made._pull_all())

    asyncio.run(both())
    assert link.fetched
    assert len(link.fetched) == len(set(link.fetched)), "nothing was fetched twice"
    with post.here():
        assert all(files.is_kept(name) for name, _offset in link.fetched)


def test_the_log_says_once_that_the_line_is_away_and_once_that_it_is_back(post, hq):
    made = engine(post, Inline(hq, post.name))
    with capture_logs() as said:
        made._say(up=False, reason="not connected yet")
        for _ in range(2):
            asyncio.run(made._report())
        for _ in range(2):
            made._say(up=False, reason="cut")
        asyncio.run(made._report())
    assert [(one["event"], one["log_level"]) for one in said] == [
        ("link_up", "info"),
        ("link_down", "warning"),
        ("link_up", "info"),
    ]


class SlowLink(Inline):
    """So many bytes a second, one after the other, and the way of an answer; one that comes too
    late is lost."""

    def __init__(self, hq, post, bytes_per_s, way_s=0.0):
        super().__init__(hq, post)
        self.bytes_per_s, self.way_s, self.sent, self.late = bytes_per_s, way_s, 0, 0
        self.line = asyncio.Lock()

    async def push(self, batch):
        clock = asyncio.get_running_loop().time
        begun = clock()
        async with self.line:
            await asyncio.sleep(len(batch) / self.bytes_per_s)
        self.sent += len(batch)
        await asyncio.sleep(self.way_s)
        if clock() - begun > ANSWER_S:
            self.late += 1
            raise LinkDown("no answer in time")
        return await super().push(batch)


def catch_up(post, hq, link):
    """Seconds until all is held; sizes of the batches, in entries."""
    clock = Clock()
    loop = VirtualLoop(clock)
    made, sizes = engine(post, link), []
    adapt = made._adapt

    def note(answered):
        sizes.append(answered.packed.last)
        adapt(answered)
        if answered.packed.last == ALL:
            raise EOFError

    made._adapt = note
    with steps_inside_the_loop(), pytest.raises(EOFError):
        loop.run_until_complete(made._forever(made._up_once))
    loop.close()
    return clock.seconds, [b - a for a, b in pairwise([0, *sizes])]


def test_a_slow_line_carries_few_at_once_and_all_of_it_arrives(post, hq):
    happen(post, ALL)
    link = SlowLink(hq, post.name, bytes_per_s=1500)
    took, sizes = catch_up(post, hq, link)
    with hq.here():
        assert last_number(node=post.name, channel=UP) == ALL
    assert link.late == 0
    assert took < 1.2 * link.sent / 1500, "the line was busy all the time"
    assert max(sizes) <= 100


def test_a_slow_line_with_a_long_way_is_never_idle(post, hq):
    happen(post, ALL)
    link = SlowLink(hq, post.name, bytes_per_s=8000, way_s=0.6)
    took, _ = catch_up(post, hq, link)
    assert link.late == 0
    assert took < 1.2 * link.sent / 8000 + 2 * link.way_s


def test_a_quick_line_carries_many_at_once(post, hq):
    happen(post, ALL)
    _, sizes = catch_up(post, hq, SlowLink(hq, post.name, bytes_per_s=10_000_000))
    assert sizes[0] == FEWEST
    assert 10 * FEWEST < max(sizes) <= MOST
