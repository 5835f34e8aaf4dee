"""``kordon post``: become a post, change its key, see how it is."""

import json
import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from kordon.journal import identity
from kordon.journal.channels import UP, is_post
from kordon.journal.models import Entry
from kordon.journal.receipts import acknowledged
from kordon.journal.sending import last_number
from kordon.network import joining, rotating
from kordon.network.https.line import BadAddress, read_address
from kordon.network.joining import AUTHORITY_FILE, Waiting
from kordon.network.link import LinkDown
from kordon.network.rules import split_spoken
from kordon.network.scratch import link_state
from kordon.node import starting
from kordon.node.beginning import make
from kordon.node.working import AnotherWorks, only_worker

LOOK_S = 3.0
ROTATED_IN_S = 60.0


class Command(BaseCommand):
    help = "Make this machine a post of a headquarters, give it a new key, see how it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=("enrol", "rotate-key", "status"))
        parser.add_argument("--hq", metavar="ADDRESS", help="enrol: https://hq.example[:port]")
        parser.add_argument("--code", help="enrol: the code that headquarters gave out")
        parser.add_argument(
            "--ca", type=Path, help="enrol: the authority that signed headquarters' certificate"
        )
        parser.add_argument(
            "--no-wait", action="store_true", help="enrol: only ask; the same command goes on later"
        )
        parser.add_argument("--json", action="store_true", help="status: as JSON")

    def handle(self, *, deed: str, **wishes: Any) -> None:
        home = Path(settings.KORDON_HOME)
        try:
            if deed == "enrol":
                self._enrol(home, **wishes)
            elif deed == "rotate-key":
                self._rotate(home)
            else:
                self._show(as_json=wishes["json"])
        except (joining.Refused, LinkDown, BadAddress) as error:
            raise CommandError(str(error)) from error

    def _enrol(self, home: Path, **wishes: Any) -> None:
        begun = joining.waiting(home) if home.exists() else None
        if wishes["code"] or begun is None:
            begun = self._ask(home, wishes)
        self.stdout.write(f"This machine would be the post {begun.node} of {begun.hq}.")
        self.stdout.write(f"Fingerprint: {begun.fingerprint}")
        self.stdout.write("Read it to headquarters: two persons there must see the same.")
        self.stdout.flush()
        if wishes["no_wait"]:
            if (told := joining.look(home, begun)) is None:
                return self.stdout.write("Go on with: kordon post enrol")
        else:
            told = self._await(home, begun)
        joining.complete(home, begun, told)
        self.stdout.write(f"{begun.node} is a post of {begun.hq}. Start it with: kordon run")
        return None

    def _ask(self, home: Path, wishes: dict[str, Any]) -> Waiting:
        if not wishes["hq"] or not wishes["code"]:
            raise CommandError("Say where headquarters is and the code: --hq https://… --code …")
        address = wishes["hq"].strip().rstrip("/")
        read_address(address)
        node, code = split_spoken(wishes["code"])
        if (home / identity.HEADQUARTERS_FILE).exists():
            raise CommandError("This node is a post already; a new one begins in an empty folder.")
        me = make(home, node)
        if me.node != node:
            raise CommandError(f"In {home} lives the node {me.node}; take another KORDON_HOME.")
        if wishes["ca"]:
            shutil.copy(wishes["ca"], home / AUTHORITY_FILE)
        starting.check_durability()
        starting.migrate(self.stdout.write)
        if Entry.objects.exists():
            raise CommandError("This node has recorded things; a post begins in an empty folder.")
        return joining.ask(home, address=address, code=code)

    def _await(self, home: Path, begun: Waiting) -> dict[str, Any]:
        """Until people have decided. A line that is cut, or ^C, costs nothing."""
        self.stdout.write("Waiting. Ctrl-C leaves; the same command goes on.")
        self.stdout.flush()
        while True:
            try:
                if (told := joining.look(home, begun)) is not None:
                    return told
            except LinkDown as error:
                self.stderr.write(f"Headquarters is not reached ({error}). Trying again …")
            time.sleep(LOOK_S)

    def _rotate(self, home: Path) -> None:
        before = identity.read(home).public_key
        if not is_post() or identity.pinned() is None:
            raise CommandError("Only a post that is enrolled changes its key at headquarters.")
        identity.next_key(home)
        try:
            with only_worker():
                rotating.rotate()
        except AnotherWorks:
            self._await_rotation()
        after = identity.read(home).public_key
        self.stdout.write(f"The key {before[:16]}… was followed by {after[:16]}….")

    def _await_rotation(self) -> None:
        """The running node does it, between two batches."""
        until = time.monotonic() + ROTATED_IN_S
        while rotating.wanted():
            if time.monotonic() > until:
                raise CommandError(
                    "Headquarters has not taken the new key yet. The node works with the old one "
                    "and goes on trying; its log says why."
                )
            time.sleep(0.2)

    def _show(self, *, as_json: bool) -> None:
        me, hq, link = identity.mine(), identity.pinned(), link_state()
        up, held = last_number(channel=UP), acknowledged(UP)
        shown = {
            "node": me.node,
            "kind": settings.KORDON_KIND,
            "incarnation": me.incarnation,
            "key": me.public_key,
            "headquarters": hq.node if hq else None,
            "link": settings.KORDON_LINK,
            "up": bool(link and link.up),
            "since": link.since.isoformat() if link else None,
            "contact": link.contact_at.isoformat() if link and link.contact_at else None,
            "stopped": link.stopped if link else "",
            "recorded": up,
            "unsent": up - held,
        }
        if as_json:
            return self.stdout.write(json.dumps(shown))
        for name, value in shown.items():
            self.stdout.write(f"{name:13} {'-' if value in (None, '') else value}")
        return None
