"""What we know of travellers at our posts."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kordon.border.facts import TravellerChecked
from kordon.border.models.crosscheck import DocumentCrossCheck as DocumentCrossCheck
from kordon.border.models.hits import EarlierPolicy as EarlierPolicy
from kordon.border.models.hits import EarlierSearched as EarlierSearched
from kordon.border.models.hits import Hit as Hit
from kordon.border.models.hits import HitClock as HitClock
from kordon.border.models.hits import HitMessage as HitMessage
from kordon.border.models.quality import QualityReport as QualityReport
from kordon.border.models.verified import ChipVerification as ChipVerification
from kordon.border.models.verified import SealVerification as SealVerification
from kordon.journal.fact import from_body, kind_of
from kordon.journal.inserting import unsaved
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
        columns = {
            "id": fact.check,
            "at": entry.at,
            "by": entry.by,
            "by_name": entry.by_name,
            "agency": entry.agency,
            "post": entry.post,
            "booth": entry.booth,
            "said": bytes(entry.body.text).decode(),
        }
        return unsaved(cls, {**columns, "fact": fact})

    @cached_property
    def fact(self) -> TravellerChecked:
        found: TravellerChecked = from_body(kind_of(TravellerChecked), self.said.encode())
        return found


class PossibleMatch(models.Model):
    """An alert that may mean a traveller, and what officers made of it.

    ``position`` is the entry of this node's journal that said so: whether the alert was changed
    since is seen by comparing it with the alert's.
    """

    id = models.UUIDField(primary_key=True)
    check_uuid = models.UUIDField(db_index=True)
    position = models.PositiveBigIntegerField(default=0)
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
    """A traveller at a post: one row per decision of the first line, as it stands now.

    ``day`` is the date at the post. On PostgreSQL the table is partitioned by month of
    ``crossed_at``, which is why other tables point here without a constraint (decision 8).
    """

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
    day = models.DateField()
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
            models.Index(fields=["post", "crossed_at"], name="crossing_by_post"),
            models.Index(
                fields=["post", "crossed_at"],
                name="crossing_waiting",
                condition=Q(status__in=("referred", "in_inspection")),
            ),
            models.Index(
                fields=["check_uuid"],
                name="crossing_by_check",
                condition=Q(check_uuid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number} {self.direction}"


class Timeline(models.Model):
    """A line per crossing in which all those of one document lie together.

    Serves the history of a document and of a person. On PostgreSQL the table is partitioned
    by hash of ``document_key`` and its primary key covers what history reads.
    """

    pk = models.CompositePrimaryKey("document_key", "crossed_at", "crossing")
    document_key = models.CharField(max_length=48)
    crossed_at = models.DateTimeField()
    crossing = models.UUIDField()
    person_key = models.CharField(max_length=160)
    direction = models.CharField(max_length=5)
    post = models.CharField(max_length=32)
    status = models.CharField(max_length=16)
    nationality = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person_key", "crossed_at"], name="timeline_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.document_key} {self.direction} {self.crossed_at}"


class Stay(models.Model):
    """From an entry to the exit that followed it on the same document.

    ``id`` is the crossing it begins with: the entry, or an exit before which none is known.
    ``ended_at`` is when it was certainly over: at the exit, or, where that was never seen,
    at the next entry. Until then the traveller is inside.
    """

    id = models.UUIDField(primary_key=True)
    document_key = models.CharField(max_length=48)
    nationality = models.CharField(max_length=3, blank=True)
    entry_at = models.DateTimeField(null=True)
    entry_post = models.CharField(max_length=32, blank=True)
    exit = models.UUIDField(null=True)
    exit_at = models.DateTimeField(null=True)
    exit_post = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["entry_at", "nationality"],
                name="stay_inside",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["entry_post", "entry_at"],
                name="stay_inside_by_post",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_key} {self.entry_at}–{self.exit_at}"


class DayTotal(models.Model):
    """How many crossed on a day at a post, coarse: years of it are read at a glance.

    Undone crossings are not counted. There is no row that counts nobody.
    """

    pk = models.CompositePrimaryKey("day", "post", "direction", "status", "referred")
    day = models.DateField()
    post = models.CharField(max_length=32)
    direction = models.CharField(max_length=5)
    status = models.CharField(max_length=16)
    referred = models.BooleanField()
    crossings = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.post} {self.direction}: {self.crossings}"


class DayBreakdown(models.Model):
    """The same by nationality, kind of document and purpose."""

    pk = models.CompositePrimaryKey(
        "day",
        "post",
        "direction",
        "status",
        "referred",
        "nationality",
        "document_type",
        "purpose",
    )
    day = models.DateField()
    post = models.CharField(max_length=32)
    direction = models.CharField(max_length=5)
    status = models.CharField(max_length=16)
    referred = models.BooleanField()
    nationality = models.CharField(max_length=3, blank=True)
    document_type = models.CharField(max_length=4, blank=True)
    purpose = models.CharField(max_length=16, blank=True)
    crossings = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.post} {self.direction} {self.nationality}: {self.crossings}"


class Inspection(models.Model):
    """The second line's work on one crossing. Its clock runs from the referral."""

    class Status(models.TextChoices):
        OPEN = "open"
        PROPOSED = "proposed"
        CONCLUDED = "concluded"

    crossing = models.OneToOneField(
        Crossing,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="inspection",
        db_constraint=False,
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
    crossing = models.ForeignKey(
        Crossing, on_delete=models.CASCADE, related_name="notes", db_constraint=False
    )
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
    crossing = models.ForeignKey(
        Crossing, on_delete=models.CASCADE, related_name="evidence", db_constraint=False
    )
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
    crossing = models.ForeignKey(
        Crossing, on_delete=models.CASCADE, related_name="notices", db_constraint=False
    )
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
    crossing = models.ForeignKey(
        Crossing, on_delete=models.CASCADE, related_name="steps", db_constraint=False
    )
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
