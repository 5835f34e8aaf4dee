"""What nobody must prove: how nodes and links are just now. It changes every few seconds."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from kordon.journal.compiled import compiled


class NodeStatus(models.Model):
    """At headquarters: what a node last told of itself, and what it was last refused."""

    node = models.CharField(max_length=32, primary_key=True)
    heard_at = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    clock_offset_ms = models.IntegerField(default=0)
    refused_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=40, blank=True)
    refused_text = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.node


class LinkState(models.Model):
    """At a post: how the link to headquarters is. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    up = models.BooleanField(default=False)
    since = models.DateTimeField()
    contact_at = models.DateTimeField(null=True)
    current_at = models.DateTimeField(null=True)
    """When everything headquarters had for us was here."""
    clock_offset_ms = models.IntegerField(default=0)
    stopped = models.CharField(max_length=40, blank=True)
    stopped_text = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return "up" if self.up else "down"


class Nonce(models.Model):
    """At headquarters: a signed request that was answered, so that none is answered twice."""

    id = models.CharField(max_length=72, primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id


def note_told(node: str, told: dict[str, Any], *, at: datetime, clock_offset_ms: int) -> None:
    defaults = {"heard_at": at, "told": told, "clock_offset_ms": clock_offset_ms}
    NodeStatus.objects.update_or_create(node=node, defaults=defaults)


def note_refused(node: str, code: str, text: str, *, at: datetime) -> None:
    defaults = {"refused_at": at, "refused": code, "refused_text": text[:300]}
    NodeStatus.objects.update_or_create(node=node, defaults=defaults)


def note_taken(node: str) -> None:
    """The node is believed again: what it was refused before is history."""
    if any(code for (code,) in _refusals(node=node)):
        NodeStatus.objects.filter(node=node).update(refused="", refused_text="")


@compiled(node=models.CharField())
def _refusals(node: Any) -> models.QuerySet[NodeStatus, tuple[str]]:
    return NodeStatus.objects.filter(node=node).values_list("refused")


def note_link(*, at: datetime, **known: Any) -> None:
    """What is known of the link now; ``up`` going over to the other value sets ``since``."""
    # Three loops note at once: the first line is made once, and each writes only what it knows.
    row, _ = LinkState.objects.get_or_create(pk=1, defaults={"since": at})
    if "up" in known and known["up"] != row.up:
        known["since"] = at
    LinkState.objects.filter(pk=1).update(**known)


def link_state() -> LinkState | None:
    return LinkState.objects.filter(pk=1).first()


_cleared = 0.0


def note_nonce(node: str, nonce: str, seconds: int) -> bool:
    """Whether this nonce of the node is new. It is remembered for twice as many seconds."""
    global _cleared
    now = timezone.now()
    try:
        with transaction.atomic():
            Nonce.objects.create(id=f"{node}/{nonce}", at=now)
    except IntegrityError:
        return False
    if time.monotonic() - _cleared > seconds:
        _cleared = time.monotonic()
        Nonce.objects.filter(at__lt=now - timedelta(seconds=2 * seconds)).delete()
    return True
