"""Uploads being looked at before anybody imports them: nothing anyone must prove."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone

from kordon.journal.actor import Actor

KEPT_FOR = timedelta(days=2)


class Upload(models.Model):
    """A file on its way in: its bytes lie in the node's folder under ``uploads``."""

    id = models.UUIDField(primary_key=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    wishes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.filename


def put_upload(
    *, upload: UUID, by: Actor, filename: str, content: bytes, wishes: Mapping[str, object]
) -> Upload:
    """Lay an upload down, and clear away what others forgot."""
    _clear_old()
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    row = Upload(id=upload, by=by.id, at=timezone.now(), filename=filename[:200])
    row.wishes = dict(wishes)
    row.save()
    return row


def find_upload(*, upload: UUID, by: Actor) -> tuple[Upload, bytes] | None:
    """Somebody's own upload with its content; None if it is gone."""
    row = Upload.objects.filter(pk=upload, by=by.id).first()
    try:
        return (row, _path(upload).read_bytes()) if row else None
    except FileNotFoundError:
        return None


def change_wishes(*, upload: UUID, by: Actor, wishes: Mapping[str, object]) -> None:
    """Read the same file otherwise."""
    Upload.objects.filter(pk=upload, by=by.id).update(wishes=dict(wishes))


def drop_upload(*, upload: UUID, by: Actor) -> None:
    """Imported or given up."""
    if Upload.objects.filter(pk=upload, by=by.id).delete()[0]:
        _path(upload).unlink(missing_ok=True)


def _clear_old() -> None:
    old = Upload.objects.filter(at__lt=timezone.now() - KEPT_FOR)
    for row in old:
        _path(row.id).unlink(missing_ok=True)
    old.delete()


def _path(upload: UUID) -> Path:
    return Path(settings.KORDON_HOME) / "uploads" / upload.hex


class SavedFilter(models.Model):
    """A filter of the list of alerts that somebody uses often."""

    by = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="filter_named_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def save_filter(*, by: Actor, name: str, query: str) -> None:
    """Keep a filter under a name; the same name again replaces it."""
    SavedFilter.objects.update_or_create(by=by.id, name=name, defaults={"query": query})


def drop_filter(*, by: Actor, name: str) -> None:
    SavedFilter.objects.filter(by=by.id, name=name).delete()


def list_filters(*, by: Actor) -> list[SavedFilter]:
    """Somebody's own filters by name."""
    return list(SavedFilter.objects.filter(by=by.id))
