"""What we know now: who is listed by whom, what waits, and which version the store has."""

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Something asked for by one officer and decided by another. ``said`` is the fact, plain."""

    id = models.UUIDField(primary_key=True)
    position = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=80, db_index=True)
    """The source or key that is meant: about one of them one change waits at a time."""
    status = models.CharField(max_length=12)
    said = models.JSONField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "position"], name="trust_by_status")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Source(models.Model):
    """A publisher's list in force, or the certificates that came by hand."""

    name = models.CharField(max_length=20, primary_key=True)
    direct = models.BooleanField()
    title = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    signer = models.TextField(blank=True)
    pin = models.TextField(blank=True)
    pin_subject = models.TextField(blank=True)
    pin_fingerprint = models.CharField(max_length=64, blank=True)
    change = models.UUIDField()

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """A certificate of an authority that stands in at least one source."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=2, db_index=True)
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=80)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    key = models.CharField(max_length=40)
    key_fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    der = models.BinaryField()

    def __str__(self) -> str:
        return self.subject


class Listing(models.Model):
    """That a source lists a certificate, and how it stands there."""

    pk = models.CompositePrimaryKey("source", "fingerprint")
    source = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64, db_index=True)
    standing = models.CharField(max_length=16)
    why = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.fingerprint}"


class Distrusted(models.Model):
    """A key that is not believed, whatever lists it."""

    key = models.CharField(max_length=64, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    subject = models.CharField(max_length=500)
    state = models.CharField(max_length=2)
    reason = models.TextField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class Revocations(models.Model):
    """The revocation list in force of one authority's key."""

    issuer_key = models.CharField(max_length=64, primary_key=True)
    issuer = models.CharField(max_length=500)
    content = models.CharField(max_length=64)
    issued = models.DateTimeField()
    next_due = models.DateTimeField(null=True)
    revoked = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.issuer


class Version(models.Model):
    """One version of the store: its number, and the digest of everything that decides.

    ``policy`` is the one in force from this version on.
    """

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    as_of = models.DateField()
    policy = models.JSONField()
    change = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:8]}"
