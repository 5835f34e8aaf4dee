"""Nodes that exchange by calls in one process."""

import asyncio
import threading

import pytest
from django.conf import settings

from kordon.measure.direct import DirectLink, exchange
from kordon.measure.nodes import Nodes


class Slow(DirectLink):
    """Headquarters is in the middle of its first answer when the exchange is broken off."""

    def __init__(self, hq, post):
        super().__init__(hq, post)
        self.goes_on, self.ended = threading.Event(), threading.Event()

    async def ask(self, call, *arguments):
        return await super().ask(self._slowly)

    def _slowly(self, post):
        threading.Timer(0.3, self.goes_on.set).start()
        assert self.goes_on.wait(60)
        self.ended.set()
        return b""


def test_a_step_that_goes_on_is_waited_for(django_db_blocker):
    """Until it ends, this process is the other node."""
    home = settings.KORDON_HOME
    with django_db_blocker.unblock(), Nodes() as nodes:
        hq = nodes.hq()
        post = nodes.post("AKSUU", hq)
        link = Slow(hq, post.name)
        with pytest.raises(TimeoutError):
            asyncio.run(exchange(post, hq, until=lambda: False, link=link, patience=0.1))
        assert link.ended.is_set()
        assert home == settings.KORDON_HOME
