"""What was verified of a checked document: its chip, and the seal of a visa or paper."""

from django.db import models


class Verification(models.Model):
    """One verification made with a check. ``said`` is the fact as recorded."""

    check_uuid = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=16)
    trust_version = models.PositiveIntegerField()
    said = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.outcome} {self.check_uuid}"


class ChipVerification(Verification):
    """What of a chip was verified with a check."""


class SealVerification(Verification):
    """What of a visible digital seal was verified with a check."""
