"""``kordon screener``: a process that searches for headquarters, on its machine or on another."""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils import timezone

from kordon.journal.channels import is_post
from kordon.network.doors import Worker, way_to_share
from kordon.node import starting
from kordon.watchlist import screening_index, sharing


class Command(BaseCommand):
    help = (
        "Answer searches for many persons that headquarters shares out, until interrupted. Needs "
        "headquarters' database (KORDON_DATABASE) and, in KORDON_HOME, its node and the files "
        "screening.* and ca.crt of its folder network."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help="searches at a time (1)")

    def handle(self, *, threads: int, **_: Any) -> None:
        me = starting.check_identity()
        if is_post():
            raise CommandError("A post searches alone; only headquarters shares its searches.")
        if not 1 <= threads <= 64:
            raise CommandError("From 1 to 64 threads.")
        try:
            way = way_to_share()
        except FileNotFoundError as error:
            raise CommandError(
                "Sharing is not set up: kordon network configure hub makes the keys."
            ) from error
        screening_index.load(timezone.localdate())
        connection.close()
        self.stdout.write(f"Searching for {me.node} over {settings.KORDON_BROKER}.")
        self.stdout.flush()
        worker = Worker(way, _answer, threads=threads)
        asyncio.run(_serve(worker))
        self.stdout.write(f"{worker.answered} requests answered.")


def _answer(message: bytes) -> bytes:
    """In a thread of its own, whose connection may have grown old since the last request."""
    close_old_connections()
    return sharing.answer_request(message)


async def _serve(worker: Worker) -> None:
    """Until told to stop; what is being answered is still sent."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    worker.open()
    await stop.wait()
    await worker.drain()
