"""``kordon init``: make a node where there is none."""

import getpass
import os
import re
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from kordon.accounts.commands import begin_node
from kordon.accounts.queries import get_operator
from kordon.journal.channels import POST
from kordon.journal.writing import writing
from kordon.network.commands import enrol_headquarters
from kordon.node import starting
from kordon.node.beginning import be_kind, introduce, make

ASKED_IN = "KORDON_ADMIN_PASSWORD"


class Command(BaseCommand):
    help = (
        "Make a node in KORDON_HOME: its key, its tables, its own agency and its first "
        f"administrator. Asks what is not given; the password may stand in {ASKED_IN}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--node", help="the node's name for good: letters, digits, hyphens")
        parser.add_argument(
            "--kind",
            choices=("standalone", "hq"),
            default=settings.KORDON_KIND,
            help="alone, or headquarters of posts (a post is made by: kordon post enrol)",
        )
        parser.add_argument("--agency", metavar="CODE", help="the agency that runs the node")
        parser.add_argument("--agency-name", help="its name in words")
        parser.add_argument("--login", help="login of the first administrator")
        parser.add_argument("--name", help="their name")

    def handle(self, **wishes: Any) -> None:
        home = Path(settings.KORDON_HOME)
        answers = {
            "agency": _ask(wishes["agency"], "Code of the agency that runs this node", "BORDER"),
            "agency_name": _ask(wishes["agency_name"], "Its name", "Border Service"),
            "login": _ask(wishes["login"], "Login of the first administrator", "admin"),
            "name": _ask(wishes["name"], "Their name", "Administrator"),
        }
        answers["password"] = _password()
        if wishes["kind"] == POST:
            raise CommandError("A post is made by: kordon post enrol")
        me = make(home, _checked_name(wishes["node"] or _usual_name()))
        be_kind(home, wishes["kind"])
        starting.check_durability()
        starting.migrate(self.stdout.write)
        by = get_operator()
        with writing():
            introduce(me, by=by)
            enrol_headquarters(by=by)
            begin_node(by=by, **answers)
        self.stdout.write(f"Node {me.node} is made in {home}. Start it with: kordon run")


def _checked_name(node: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}", node):
        raise CommandError("A node's name is 1 to 32 letters, digits or hyphens.")
    return node


def _usual_name() -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname()).strip("-")[:32] or "node"


def _ask(given: str | None, question: str, usual: str) -> str:
    """What was given, else asked for; where nobody can answer, the usual."""
    if given is not None or not sys.stdin.isatty():
        return given or usual
    return input(f"{question} [{usual}]: ").strip() or usual


def _password() -> str:
    """From the environment or typed twice; there is no default password."""
    if given := os.environ.get(ASKED_IN, ""):
        return given
    if not sys.stdin.isatty():
        raise CommandError(f"Give the administrator's password in {ASKED_IN}.")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("The two are not the same. Nothing was made.")
    return first
