"""What we know now: alerts with their names and documents, and the editions of lists."""

from django.db import models
from django.db.models import Q

from kordon.watchlist.categories import RULES, Rule, Shown
from kordon.watchlist.particulars import Category


class Alert(models.Model):
    """Somebody or something to look out for: written by its owner, or on an imported list.

    ``position`` is the entry of this node's journal that touched the row last; the
    screening index is compared with it. ``waiting`` is what a second officer has to decide
    about, ``proposal`` how it would be.
    """

    id = models.UUIDField(primary_key=True)
    position = models.PositiveBigIntegerField(db_index=True)
    kind = models.CharField(max_length=10)
    category = models.CharField(max_length=30)
    status = models.CharField(max_length=12)
    owner = models.CharField(max_length=32)
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=120, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    legal_basis = models.TextField(blank=True)
    case_reference = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    programme = models.TextField(blank=True)
    low_quality = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    births = models.JSONField(default=list)
    birth_ranges = models.JSONField(default=list)
    nationalities = models.JSONField(default=list)
    sex = models.CharField(max_length=1, blank=True)
    places = models.JSONField(default=list)
    plate = models.CharField(max_length=20, blank=True)
    plate_key = models.CharField(max_length=40, blank=True)
    plate_country = models.CharField(max_length=3, blank=True)
    instructions = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    waiting = models.CharField(max_length=10, blank=True)
    proposal = models.JSONField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(null=True)
    raised_by_name = models.CharField(max_length=120, blank=True)
    raised_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "status"], name="alert_of_owner"),
            models.Index(fields=["source", "source_ref"], name="alert_of_source"),
            models.Index(fields=["plate_key"], name="alert_plate", condition=~Q(plate_key="")),
            models.Index(fields=["waiting"], name="alert_waiting", condition=~Q(waiting="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source=""),
                name="alert_once_per_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.id}"

    @property
    def rule(self) -> Rule:
        return RULES[Category(self.category)]

    @property
    def discreet(self) -> bool:
        """Whether the first line must not notice it."""
        return self.rule.shown is Shown.NOTHING


class AlertName(models.Model):
    """A name of the person; ``key`` finds the same words in any order."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="names")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    quality = models.CharField(max_length=16)
    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


class AlertDocument(models.Model):
    """A document of the person, or the one that is looked for."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="documents")
    place = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=3, blank=True)
    plain = models.CharField(max_length=40)
    confusable = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"


class Edition(models.Model):
    """One publication of one list: what was handed in, what was read, who put it in force."""

    id = models.UUIDField(primary_key=True)
    list = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    original = models.CharField(max_length=64)
    records = models.CharField(max_length=64)
    bad = models.CharField(max_length=64)
    as_of = models.DateField()
    owner = models.CharField(max_length=32)
    category = models.CharField(max_length=30)
    legal_basis = models.TextField(blank=True)
    legal_review = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    status = models.CharField(max_length=12)
    replaces = models.UUIDField(null=True)
    imported_by = models.UUIDField()
    imported_by_name = models.CharField(max_length=120)
    imported_at = models.DateTimeField()
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_alone = models.BooleanField(default=False)
    rehearsal = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list"], condition=Q(status="in_force"), name="edition_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.as_of}"


class CalibrationRow(models.Model):
    """Thresholds per category and weights of findings: proposed, in force, or past."""

    id = models.UUIDField(primary_key=True)
    status = models.CharField(max_length=12, db_index=True)
    thresholds = models.JSONField(default=dict)
    weights = models.TextField(blank=True)
    ground = models.TextField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "watchlist_calibration"

    def __str__(self) -> str:
        return f"calibration {self.id}"


class Exclusion(models.Model):
    """An officer ruled: this traveller with this document is not the one an alert means.

    Once revoked it never holds again, in whatever order nodes hear of it; a new ruling is a
    new row. Who the traveller is stands only where it was ruled and at headquarters.
    """

    id = models.UUIDField(primary_key=True)
    alert = models.UUIDField(db_index=True)
    says = models.CharField(max_length=64)
    traveller = models.CharField(max_length=64, db_index=True)
    match = models.UUIDField(null=True)
    document = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=260, blank=True)
    birth = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    ruled_by_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True)
    post = models.CharField(max_length=32, blank=True)
    ruled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=120, blank=True)
    revoked_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.alert} is not {self.name or self.traveller[:12]}"
