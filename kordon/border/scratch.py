"""Searches of earlier crossings under way: how far each has come. Nothing anyone must prove."""

from datetime import datetime
from uuid import UUID

from django.db import models

Span = tuple[datetime, datetime]
Crossed = tuple[str, datetime, UUID]
"""Post, time and id of a crossing."""


class EarlierSearch(models.Model):
    """Travellers from ``since`` to ``until`` are compared with the alerts that the entries
    ``positions`` put in force, post by post; ``done_…`` name the crossing compared last."""

    id = models.UUIDField(primary_key=True)
    asked_at = models.DateTimeField()
    positions = models.JSONField(default=list)
    about = models.CharField(max_length=200)
    days = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    done_post = models.CharField(max_length=32, blank=True)
    done_at = models.DateTimeField()
    done_id = models.UUIDField()
    begun = models.BooleanField(default=False)
    compared = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.about}: {self.compared}"


def ask_search(*, search: UUID, position: int, about: str, days: int, span: Span) -> None:
    """Ask for a search. What has not begun takes it along: one pass serves all that wait."""
    waiting = EarlierSearch.objects.filter(begun=False).first()
    if waiting is None:
        waiting = EarlierSearch(
            id=search, asked_at=span[1], about=about[:200], since=span[0], until=span[1]
        )
    elif position not in waiting.positions:
        waiting.about = f"changes:{len(waiting.positions) + 1}"
    if position not in waiting.positions:
        waiting.positions = [*waiting.positions, position]
    waiting.days = days
    waiting.since, waiting.until = min(waiting.since, span[0]), max(waiting.until, span[1])
    waiting.done_post, waiting.done_at, waiting.done_id = "", waiting.since, UUID(int=0)
    waiting.save()


def take_search() -> EarlierSearch | None:
    """The search under way, or else the one that waits, which now is."""
    search = EarlierSearch.objects.order_by("-begun", "asked_at").first()
    if search is not None and not search.begun:
        search.begun = True
        search.save()
    return search


def advance_search(search: UUID, *, upto: Crossed, compared: int, found: int) -> None:
    """So far it has come; after a restart it goes on from here."""
    EarlierSearch.objects.filter(pk=search).update(
        done_post=upto[0],
        done_at=upto[1],
        done_id=upto[2],
        compared=models.F("compared") + compared,
        found=models.F("found") + found,
    )


def end_search(search: UUID) -> None:
    EarlierSearch.objects.filter(pk=search).delete()


def searches() -> list[EarlierSearch]:
    """The one under way and the one that waits."""
    return list(EarlierSearch.objects.order_by("-begun", "asked_at"))
