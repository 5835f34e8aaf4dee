"""``kordon run``: serve the node's pages."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection

from kordon.node import serving, starting
from kordon.node.listening import check_port


class Command(BaseCommand):
    help = "Serve the node's pages and its machine door, with the worker beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=1, help="answering processes (1)")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")

    def handle(self, *, host: str, port: int, workers: int, no_worker: bool, **_: Any) -> None:
        if workers > 1 and connection.vendor == "sqlite":
            raise CommandError("On SQLite one process writes: leave --workers at 1.")
        me = starting.check_identity()
        durability = starting.check_durability()
        check_port(host, port)
        starting.migrate(self.stdout.write)
        shown = f"[{host}]" if ":" in host else host
        scheme = "https" if settings.KORDON_HTTPS else "http"
        self.stdout.write(f"Node {me.node} ({durability}) at {scheme}://{shown}:{port}/")
        self.stdout.flush()
        connection.close()
        call = serving.command_line(host=host, port=port, workers=workers)
        os.execve(call[0], call, serving.environment(with_worker=not no_worker))  # nosec B606
