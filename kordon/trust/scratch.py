"""Files being looked at before anybody offers them: nothing anyone must prove."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from kordon.journal.actor import Actor

KEPT_FOR = timedelta(days=2)


class Offer(models.Model):
    """Somebody's list on its way in, with what it is called; a list is 1 to 3 MB."""

    id = models.UUIDField(primary_key=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    wishes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.filename


def put_offer(
    *, offer: UUID, by: Actor, filename: str, content: bytes, wishes: dict[str, Any]
) -> None:
    """Lay a file down, and clear away what others forgot."""
    Offer.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    Offer.objects.create(
        id=offer,
        by=by.id,
        at=timezone.now(),
        filename=filename[:200],
        content=content,
        wishes=wishes,
    )


def find_offer(*, offer: UUID, by: Actor) -> Offer | None:
    """Somebody's own file; None if it is gone."""
    return Offer.objects.filter(pk=offer, by=by.id).first()


def drop_offer(*, offer: UUID, by: Actor) -> None:
    """Offered, or given up."""
    Offer.objects.filter(pk=offer, by=by.id).delete()
