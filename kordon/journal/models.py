"""The journal as it lies on disk: numbered per channel, chained by hash, bodies apart."""

from typing import Any

from django.db import models

from kordon.journal.sealing import Header


class Entry(models.Model):
    """One line of the journal. Written once, never changed, never deleted.

    ``id`` is the order of arrival on this node (rebuild and reactions follow it);
    it is no part of the sealed header. Every other column but ``seal`` is.
    """

    id = models.BigAutoField(primary_key=True)
    node = models.CharField(max_length=32)
    incarnation = models.PositiveIntegerField()
    channel = models.CharField(max_length=48)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True)
    post = models.CharField(max_length=32, blank=True)
    booth = models.CharField(max_length=32, blank=True)
    cause = models.CharField(max_length=96, blank=True)
    body_hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["node", "channel", "number"], name="entry_numbered_once"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="entry_by_kind"),
            models.Index(fields=["by", "id"], name="entry_by_actor"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.node}/{self.channel}/{self.number} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("the journal is append-only")

    @property
    def ref(self) -> str:
        return f"{self.node}/{self.channel}/{self.number}"

    @property
    def header(self) -> Header:
        return Header(
            node=self.node,
            incarnation=self.incarnation,
            channel=self.channel,
            number=self.number,
            kind=self.kind,
            at=self.at.isoformat(),
            by=str(self.by),
            by_name=self.by_name,
            agency=self.agency,
            post=self.post,
            booth=self.booth,
            cause=self.cause,
            body_hash=self.body_hash,
        )


class Body(models.Model):
    """What an entry says, exactly as hashed. The only part that can be erased."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="body"
    )
    salt = models.BinaryField(max_length=32)
    text = models.BinaryField()

    def __str__(self) -> str:
        return f"body of {self.entry_id}"


class ChainHead(models.Model):
    """The last entry of each chain of this node, signed in the transaction that made it."""

    channel = models.CharField(max_length=48, primary_key=True)
    node = models.CharField(max_length=32)
    incarnation = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.node}/{self.channel} at {self.number}"


class Place(models.Model):
    """How far a reaction has heard the journal of this node."""

    reaction = models.CharField(max_length=120, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reaction} at {self.position}"


class Erasure(models.Model):
    """Which bodies are rightly gone, so that verification can tell them from theft."""

    channel = models.CharField(max_length=48)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    rule = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.channel} {self.first}–{self.last}: {self.rule}"


class PersonalRead(models.Model):
    """One line of the access log: who was shown what about whom."""

    entry = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.UUIDField(db_index=True)
    by_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True)
    post = models.CharField(max_length=32, blank=True)
    query = models.CharField(max_length=80, db_index=True)
    about = models.JSONField(default=list)
    found = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.by_name} {self.query}"
