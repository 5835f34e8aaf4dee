"""What headquarters says of itself while it is harmed: its figures, its words, its alarms."""

import http.client
import re
from datetime import timedelta
from typing import Any

from kordon.measure.home import Home, Server

HERE = "kordon.measure.monitoring"
TROUBLE = re.compile(r'^kordon_headquarters_trouble\{code="(\w+)"\} 1', re.MULTILINE)


class Monitor:
    """A machine that reads ``/metrics`` of a headquarters, as Prometheus does."""

    def __init__(self, hq: Home) -> None:
        self._hq = hq
        enrolled = hq.call(f"{HERE}:enrol_monitor")
        self._token: str = enrolled["token"]
        self.heads: int = enrolled["heads"]
        """How far channel ``all`` is, once it is enrolled."""

    def troubles(self, server: Server) -> set[str] | None:
        """Codes of what is wrong with headquarters; None if it does not answer."""
        connection = server.connect()
        try:
            connection.request(
                "GET", "/metrics", headers={"Authorization": f"Bearer {self._token}"}
            )
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return set(TROUBLE.findall(text)) if answer.status == 200 else None

    def words(self, code: str) -> list[str]:
        """What is said to an officer who looks now, in English and in Russian; none if nothing."""
        said: dict[str, list[str]] = self._hq.call(f"{HERE}:words")
        return said.get(code, [])

    def alarms(self) -> dict[str, bool]:
        """Codes of alarms about headquarters, and whether all of a code are over."""
        raised: dict[str, bool] = self._hq.call(f"{HERE}:alarms")
        return raised

    def refused(self) -> int:
        """How many posts were ever told that what they sent is wrong."""
        number: int = self._hq.call(f"{HERE}:refused")
        return number


def enrol_monitor() -> dict[str, Any]:
    """Runs at headquarters: the token of a machine that may read figures and nothing else."""
    from uuid import uuid4  # noqa: PLC0415  (the measuring process stays without all this)

    from django.utils import timezone  # noqa: PLC0415

    from kordon.accounts.commands import (  # noqa: PLC0415
        define_role,
        enrol_machine,
        register_agency,
    )
    from kordon.journal.actor import Actor  # noqa: PLC0415
    from kordon.journal.command import COMMANDS, QUERIES  # noqa: PLC0415
    from kordon.journal.reacting import SYSTEM  # noqa: PLC0415
    from kordon.journal.sending import last_number  # noqa: PLC0415

    by = Actor(id=SYSTEM, name="measure", rights=frozenset((*COMMANDS, *QUERIES)))
    register_agency(by=by, agency="BORDER", name="Border Service")
    rights = ("network.read_metrics",)
    define_role(by=by, role="measuring", title="Measuring", description="", rights=rights)
    machine = enrol_machine(
        by=by,
        machine=uuid4(),
        name="Monitor",
        agency="BORDER",
        role="measuring",
        until=timezone.localdate() + timedelta(days=1),
    )
    return {"token": machine.token, "heads": last_number(channel="all")}


def words() -> dict[str, list[str]]:
    """Runs at headquarters."""
    from django.utils.translation import override  # noqa: PLC0415

    from kordon.network.ourselves import troubles_of_headquarters  # noqa: PLC0415
    from kordon.network.words import say_trouble  # noqa: PLC0415

    said: dict[str, list[str]] = {}
    for language in ("en", "ru"):
        with override(language):
            for one in troubles_of_headquarters():
                told = say_trouble(one.code, one.params)
                said.setdefault(one.code, []).append(f"{told['text']} {told['do']}")
    return said


def alarms() -> dict[str, bool]:
    """Runs at headquarters."""
    from kordon.journal import identity  # noqa: PLC0415
    from kordon.network.models import Alarm  # noqa: PLC0415

    over: dict[str, bool] = {}
    for alarm in Alarm.objects.filter(node=identity.mine().node):
        over[alarm.code] = over.get(alarm.code, True) and alarm.cleared_at is not None
    return over


def refused() -> int:
    """Runs at headquarters."""
    from kordon.network.scratch import NodeStatus  # noqa: PLC0415

    return NodeStatus.objects.exclude(refused_at=None).count()
