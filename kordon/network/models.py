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
