"""What we know of travellers at our posts."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kordon.border.facts import TravellerChecked
from kordon.journal.fact import from_body, kind_of
from kordon.journal.models import Entry


class Check(models.Model):
    """A traveller was looked up. ``said`` is the fact as recorded, canonical JSON."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True)
    post = models.CharField(max_length=32, blank=True)
    booth = models.CharField(max_length=32, blank=True)
    said = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post", "at"], name="check_by_post")]

    def __str__(self) -> str:
        return f"check {self.id}"

    @classmethod
    def of(cls, fact: TravellerChecked, entry: Entry) -> "Check":
        """The row that this entry makes."""
        row = cls(
            id=fact.check,
            at=entry.at,
            by=entry.by,
            by_name=entry.by_name,
            agency=entry.agency,
            post=entry.post,
            booth=entry.booth,
            said=bytes(entry.body.text).decode(),
        )
        row.__dict__["fact"] = fact
        return row

    @cached_property
    def fact(self) -> TravellerChecked:
        found: TravellerChecked = from_body(kind_of(TravellerChecked), self.said.encode())
        return found


class PossibleMatch(models.Model):
    """An alert that may mean a traveller, and what officers made of it."""

    id = models.UUIDField(primary_key=True)
    check_uuid = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=32, blank=True)
    booth = models.CharField(max_length=32, blank=True)
    alert = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16)
    category = models.CharField(max_length=48)
    action = models.CharField(max_length=48)
    owner = models.CharField(max_length=32)
    reference = models.CharField(max_length=120, blank=True)
    strength = models.CharField(max_length=16)
    seen_by_first_line = models.BooleanField()
    seen_by_second_line = models.BooleanField()
    judgement = models.CharField(max_length=16, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)
    judged_by_name = models.CharField(max_length=120, blank=True)
    judged_because = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "at"], name="match_by_owner")]

    def __str__(self) -> str:
        return f"{self.category} {self.alert}"


class Crossing(models.Model):
    """A traveller at a post: one row per decision of the first line, as it stands now."""

    class Status(models.TextChoices):
        ADMITTED = "admitted"
        REFERRED = "referred"
        IN_INSPECTION = "in_inspection"
        REFUSED = "refused"
        HANDED_OVER = "handed_over"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    crossed_at = models.DateTimeField()
    post = models.CharField(max_length=32)
    booth = models.CharField(max_length=32, blank=True)
    lane = models.CharField(max_length=32, blank=True)
    mobile = models.BooleanField()
    officer = models.UUIDField()
    officer_name = models.CharField(max_length=120)
    direction = models.CharField(max_length=5)
    status = models.CharField(max_length=16, choices=Status)
    check_uuid = models.UUIDField(null=True)
    document_key = models.CharField(max_length=48)
    person_key = models.CharField(max_length=160)
    document_type = models.CharField(max_length=4, blank=True)
    issuer = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=40, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    birth = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    expiry = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=16, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField()
    findings = models.JSONField()
    note = models.TextField(blank=True)
    protection = models.BooleanField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["document_key", "crossed_at"], name="crossing_by_document"),
            models.Index(fields=["person_key", "crossed_at"], name="crossing_by_person"),
            models.Index(fields=["post", "crossed_at"], name="crossing_by_post"),
            models.Index(
                fields=["post", "crossed_at"],
                name="crossing_waiting",
                condition=Q(status__in=("referred", "in_inspection")),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_uuid"],
                name="crossing_once_per_check",
                condition=~Q(status="undone") & Q(check_uuid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number} {self.direction}"


class Inspection(models.Model):
    """The second line's work on one crossing. Its clock runs from the referral."""

    class Status(models.TextChoices):
        OPEN = "open"
        PROPOSED = "proposed"
        CONCLUDED = "concluded"

    crossing = models.OneToOneField(
        Crossing, primary_key=True, on_delete=models.CASCADE, related_name="inspection"
    )
    status = models.CharField(max_length=12, choices=Status)
    begun_at = models.DateTimeField()
    inspector = models.UUIDField()
    inspector_name = models.CharField(max_length=120)
    proposal = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    grounds = models.JSONField(default=list)
    receiver = models.CharField(max_length=24, blank=True)
    statement = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.UUIDField(null=True)
    concluded_by_name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"inspection of {self.pk}"


class InterviewNote(models.Model):
    """What was asked and said at the second line."""

    id = models.UUIDField(primary_key=True)
    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    text = models.TextField()
    language = models.CharField(max_length=40, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"note of {self.by_name}"


class Evidence(models.Model):
    """A photo kept by its hash."""

    id = models.UUIDField(primary_key=True)
    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="evidence")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    file = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    caption = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.caption


class Notice(models.Model):
    """A refusal given to the traveller in writing."""

    id = models.UUIDField(primary_key=True)
    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    language = models.CharField(max_length=16)
    signature = models.CharField(max_length=16)
    file = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Step(models.Model):
    """One line of what was done about a traveller, for the timeline. ``id`` is the entry's."""

    id = models.PositiveBigIntegerField(primary_key=True)
    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    deed = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.deed}"


class InspectionClock(models.Model):
    """How long a traveller may be in second line at this post before somebody is told."""

    post = models.CharField(max_length=32, primary_key=True)
    alarm_minutes = models.PositiveIntegerField()
    escalation_minutes = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.post}: {self.alarm_minutes}/{self.escalation_minutes} min"
