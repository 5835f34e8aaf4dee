"""``kordon worker``: the worker as a process of its own."""

import signal
import threading
from typing import Any

from django.core.management import BaseCommand, CommandError

from kordon.network.contact import in_touch
from kordon.node import starting
from kordon.node.working import AnotherWorks, only_worker, work


class Command(BaseCommand):
    help = "Let every reaction hear what has happened, until interrupted. One per node."

    def handle(self, **_: Any) -> None:
        me = starting.check_identity()
        starting.check_durability()
        starting.migrate(self.stdout.write)
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        try:
            with only_worker(), in_touch():
                self.stdout.write(f"The worker of node {me.node} is listening.")
                self.stdout.flush()
                work(stop)
        except AnotherWorks as error:
            raise CommandError(str(error)) from error
