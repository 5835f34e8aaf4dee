"""What was compared of a document."""

from django.db import models


class DocumentCrossCheck(models.Model):
    """All sources of a document compared with a check. ``said`` is the fact as recorded."""

    check_uuid = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=32, blank=True)
    said = models.JSONField()

    def __str__(self) -> str:
        return f"cross-check {self.check_uuid}"
