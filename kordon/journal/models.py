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
    """The last entry of each chain held here, signed by its node.

    Our own are signed in the transaction that made them; those of others came with the batch
    that brought the entry.
    """

    node = models.CharField(max_length=32)
    channel = models.CharField(max_length=48)
    incarnation = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "channel"], name="one_head_of_a_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.node}/{self.channel} at {self.number}"


class KeptHead(models.Model):
    """A signed head of another node's chain, one for each batch taken over.

    The witness of what that node once said; and with it a node that lost its newest entries
    gets them back as it signed them itself.
    """

    node = models.CharField(max_length=32)
    channel = models.CharField(max_length=48)
    incarnation = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "channel", "number"], name="head_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.node}/{self.channel} at {self.number}"


class Unapplied(models.Model):
    """An entry of a newer kind than this version knows: kept, and applied after the upgrade."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="unapplied"
    )

    def __str__(self) -> str:
        return f"{self.entry_id} waits"


class Receipt(models.Model):
    """What headquarters last signed for one of our chains: up to here it has everything.

    Only this counts as sent; it was made after the commit there.
    """

    channel = models.CharField(max_length=48, primary_key=True)
    number = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.channel} at {self.number}, held by {self.by}"


class Node(models.Model):
    """A node that headquarters has enrolled, headquarters itself among them."""

    name = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=16)
    incarnation = models.PositiveIntegerField()
    nkey = models.CharField(max_length=64, blank=True)
    enrolled_at = models.DateTimeField()
    since = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NodeKey(models.Model):
    """A key a node signs with, or signed with once. ``id`` is the key in hex."""

    id = models.CharField(max_length=64, primary_key=True)
    node = models.CharField(max_length=32, db_index=True)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.node} {self.id[:8]}"


class Place(models.Model):
    """How far a reaction has heard the journal of this node."""

    reaction = models.CharField(max_length=120, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reaction} at {self.position}"


class Erasure(models.Model):
    """Which bodies are rightly gone, so that verification can tell them from theft."""

    node = models.CharField(max_length=32)
    channel = models.CharField(max_length=48)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    rule = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.node}/{self.channel} {self.first}–{self.last}: {self.rule}"


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
