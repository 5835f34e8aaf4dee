"""Reports to owners on how good their lists are."""

from typing import ClassVar

from django.db import models


class QualityReport(models.Model):
    """A report on one list, as it was counted that day."""

    id = models.UUIDField(primary_key=True)
    owner = models.CharField(max_length=32)
    list = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    figures = models.JSONField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_name = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "list", "-at"], name="quality_report")]

    def __str__(self) -> str:
        return f"{self.owner} {self.list} {self.at}"
