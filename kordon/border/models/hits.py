"""What we know of hits: possible matches that their owners were told of."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Hit(models.Model):
    """A possible match that its owner was told of, and what they did. ``id`` is the match's.

    ``found`` is the match itself where no check says it: of an earlier crossing.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8)
    status = models.CharField(max_length=12)
    alert = models.UUIDField(db_index=True)
    owner = models.CharField(max_length=32)
    category = models.CharField(max_length=48)
    reference = models.CharField(max_length=120, blank=True)
    strength = models.CharField(max_length=16)
    post = models.CharField(max_length=32, blank=True)
    met_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    check_uuid = models.UUIDField(null=True)
    crossing = models.UUIDField(null=True)
    found = models.JSONField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_name = models.CharField(max_length=120, blank=True)
    acknowledged_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=12, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-reported_at"], name="hit_by_owner"),
            models.Index(
                fields=["reported_at"],
                name="hit_open",
                condition=Q(status__in=("open", "acknowledged")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.category} {self.alert}"


class HitMessage(models.Model):
    """What the owner of a hit asked the second line of the post or told it to do."""

    id = models.UUIDField(primary_key=True)
    hit = models.UUIDField(db_index=True)
    crossing = models.UUIDField(db_index=True)
    post = models.CharField(max_length=32)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True)
    wish = models.CharField(max_length=12)
    text = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["post", "at"], name="hit_unanswered", condition=Q(answered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish} about {self.hit}"


class HitClock(models.Model):
    """Within how many minutes hits of a category are verified, acknowledged and closed."""

    category = models.CharField(max_length=48, primary_key=True)
    verify = models.PositiveIntegerField()
    acknowledge = models.PositiveIntegerField()
    close = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.category}: {self.verify}/{self.acknowledge}/{self.close} min"


class EarlierPolicy(models.Model):
    """How many days back a new alert is compared with who had crossed. One row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    days = models.PositiveIntegerField()
    ground = models.TextField()
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.days} days"


class EarlierSearched(models.Model):
    """A search of earlier crossings that is done."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    about = models.CharField(max_length=200)
    alerts = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    compared = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="earlier_searched")]

    def __str__(self) -> str:
        return f"{self.about}: {self.found} of {self.compared}"
