"""What is known of nodes beyond the journal's own tables. Rows are written by ``apply`` alone."""

from django.db import models

# Django finds models through this module; what is kept there nobody must prove.
from kordon.network import scratch as scratch


class Policy(models.Model):
    """How old what a post knows may be, in whole hours; 0: never. One row, or none yet."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    link_warn = models.PositiveIntegerField()
    link_second_line = models.PositiveIntegerField()
    lists_warn = models.PositiveIntegerField()
    lists_second_line = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"link {self.link_warn}/{self.link_second_line} h"


class Alarm(models.Model):
    """An alarm about ``node``, judged by ``home``: headquarters, or a post about itself."""

    id = models.UUIDField(primary_key=True)
    home = models.CharField(max_length=32)
    node = models.CharField(max_length=32)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-raised_at", "id"]
        indexes = [
            models.Index(
                fields=["node"], name="alarm_open", condition=models.Q(cleared_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} {self.code}"


class Enrolment(models.Model):
    """A machine on its way to become a node: invited, asked, approved by one, enrolled by two."""

    id = models.UUIDField(primary_key=True)
    node = models.CharField(max_length=32)
    state = models.CharField(max_length=16)
    code_hash = models.CharField(max_length=64, unique=True)
    replaces = models.BooleanField(default=False)
    invited_by = models.UUIDField()
    invited_by_name = models.CharField(max_length=120)
    invited_at = models.DateTimeField()
    until = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    public_key = models.CharField(max_length=64, blank=True)
    nkey = models.CharField(max_length=64, blank=True)
    request = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-invited_at", "id"]
        indexes = [models.Index(fields=["state", "node"], name="enrolment_by_state")]

    def __str__(self) -> str:
        return f"{self.node} {self.state}"


class Release(models.Model):
    """What the first person said who would let a node out of its quarantine."""

    node = models.CharField(max_length=32, primary_key=True)
    quarantined_at = models.DateTimeField()
    approved_by = models.UUIDField()
    approved_by_name = models.CharField(max_length=120)
    approved_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.node


class NextKey(models.Model):
    """A key that was to follow that of headquarters: offered, approved by one, followed by two."""

    public_key = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=16)
    offered_by_name = models.CharField(max_length=120)
    offered_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.public_key[:8]} {self.state}"
