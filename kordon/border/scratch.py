"""Rows nobody must prove: what readers handed in, and searches of earlier crossings under way.

Raw files of a chip are gone after fifteen minutes, when a check is too old to decide by;
portraits and seals after a day, when the second line has long finished. None is in the journal.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kordon.border.portraits import portrait_of
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.deciding import CHECK_MAX_AGE
from kordon.border.rules.page import DOUBTFUL, PagePresented, PageSeen, presented_by
from kordon.border.rules.seal import SealPresented
from kordon.journal.actor import Actor
from kordon.lib.traveldocs.chip import ChipFiles, ChipSession, chip_files

RAW_FOR = CHECK_MAX_AGE
PORTRAITS_FOR = timedelta(days=1)


class ChipReading(models.Model):
    """A document as a reader read it. ``packed`` are the files, ``booth`` who shall take it up.

    ``seal`` are the octets of a seal, ``seal_zone`` the printed zone of what bears it. ``page`` is
    what was read from a picture of the page, ``zone_picture`` the zone cut out of it, for the
    officer who has to confirm it.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.UUIDField()
    post = models.CharField(max_length=32)
    booth = models.CharField(max_length=32, blank=True)
    mrz = models.CharField(max_length=1000, blank=True)
    packed = models.BinaryField(null=True)
    portrait = models.BinaryField(null=True)
    page_portrait = models.BinaryField(null=True)
    page = models.JSONField(null=True)
    zone_picture = models.BinaryField(null=True)
    seal = models.BinaryField(null=True)
    seal_zone = models.CharField(max_length=1000, blank=True)
    check_uuid = models.UUIDField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["post", "booth", "at"], name="reading_of_booth")]

    def __str__(self) -> str:
        return f"reading {self.id}"


def put_reading(
    *,
    reading: UUID,
    by: Actor,
    booth: str,
    mrz: str,
    chip: ChipPresented | None,
    page_portrait: bytes | None = None,
    seal: SealPresented | None = None,
    page: PageSeen | None = None,
) -> ChipReading:
    """Lay down what was read, and clear away what is over. The same id again is the first."""
    clear_readings(timezone.now())
    known = ChipReading.objects.filter(pk=reading).first()
    if known is not None:
        return known
    return ChipReading.objects.create(
        id=reading,
        at=timezone.now(),
        by=by.id,
        post=by.post,
        booth=booth,
        mrz=mrz,
        packed=_pack(chip),
        portrait=portrait_of(chip.files) if chip else None,
        page_portrait=page_portrait or (page.portrait if page else None),
        page=page.said() if page else None,
        zone_picture=page.zone if page and page.must_be_confirmed else None,
        seal=seal.octets if seal else None,
        seal_zone=seal.zone if seal else "",
    )


def add_seal(*, reading: UUID, seal: SealPresented) -> None:
    """The seal of a document that was read before; a later one takes its place."""
    ChipReading.objects.filter(pk=reading).update(seal=seal.octets, seal_zone=seal.zone)


def seal_of(row: ChipReading) -> SealPresented | None:
    """The seal that was read with it, if there was one."""
    if not row.seal:
        return None
    return SealPresented(octets=bytes(row.seal), zone=row.seal_zone)


def doubtful_page(*, reading: UUID, by: Actor) -> ChipReading | None:
    """A reading whose zone an officer has to confirm first; no longer waiting then."""
    found = find_reading(reading=reading, by=by)
    if found is None or not _is_doubtful(found[0]):
        return None
    tie_reading(reading=reading, check=UUID(int=0))
    return found[0]


def _is_doubtful(row: ChipReading) -> bool:
    page: dict[str, Any] | None = row.page
    return not row.mrz.strip() and page is not None and page["outcome"] in DOUBTFUL


def page_of(row: ChipReading, mrz: str) -> PagePresented | None:
    """What the picture of the page gave to a check with this zone."""
    page: dict[str, Any] | None = row.page
    return presented_by(page, mrz) if page else None


def challenge_of(reading: UUID) -> bytes:
    """Eight octets that nobody can know before the post gives them, one for every reading.

    Made from the node's secret, so that nothing need be kept; a reading is taken once.
    """
    return salted_hmac("kordon.border.challenge", str(reading), algorithm="sha256").digest()[:8]


def find_reading(*, reading: UUID, by: Actor) -> tuple[ChipReading, ChipPresented | None] | None:
    """What was read at one's own post; None once the raw files are gone.

    Where a seal or a picture was read and no file of a chip, there is no chip to judge.
    """
    row = ChipReading.objects.filter(
        pk=reading, post=by.post, at__gte=timezone.now() - RAW_FOR, packed__isnull=False
    ).first()
    if row is None:
        return None
    chip = _unpack(bytes(row.packed or b""))
    if (row.seal or row.page) and chip.files == NO_FILES:
        return row, None
    # A zone with doubts is the printed one, too, once an officer has confirmed it.
    return row, replace(chip, gives_zone=not row.mrz.strip() and not _is_doubtful(row))


def waiting_reading(*, by: Actor) -> ChipReading | None:
    """The newest document that a reader read for the officer's booth and nobody took up."""
    if not by.booth:
        return None
    rows = ChipReading.objects.filter(post=by.post, booth=by.booth, check_uuid__isnull=True)
    rows = rows.filter(at__gte=timezone.now() - RAW_FOR, packed__isnull=False)
    pictures = ("packed", "portrait", "page_portrait", "seal", "zone_picture")
    return rows.defer(*pictures).order_by("-at").first()


def tie_reading(*, reading: UUID, check: UUID) -> None:
    """Remember the check that was made of it; corrected from the page, the later one."""
    ChipReading.objects.filter(pk=reading).update(check_uuid=check)


def reading_of(*, check: UUID, post: str) -> ChipReading | None:
    """The reading of a check with its portraits, as long as they are kept."""
    return ChipReading.objects.filter(check_uuid=check, post=post).defer("packed").first()


def clear_readings(now: datetime) -> None:
    """Raw files and what was read of a page after fifteen minutes, portraits and seals after a
    day.
    """
    ChipReading.objects.filter(at__lt=now - PORTRAITS_FOR).delete()
    over = ChipReading.objects.filter(at__lt=now - RAW_FOR, packed__isnull=False)
    over.update(packed=None, page=None, zone_picture=None)


NO_FILES = ChipFiles(sod=None)


def _pack(chip: ChipPresented | None) -> bytes:
    chip = chip or ChipPresented(files=NO_FILES)
    named: dict[str, bytes | None] = {"SOD": chip.files.sod, "COM": chip.files.com}
    named |= {f"DG{number}": content for number, content in chip.files.groups.items()}
    said: dict[str, Any] = {
        "files": {name: _text(content) for name, content in named.items() if content is not None}
    }
    if chip.active is not None:
        said["active"] = [_text(part) for part in chip.active]
    if chip.session is not None:
        told = asdict(chip.session)
        said["session"] = told | {
            "private_key": f"{chip.session.private_key:x}",
            "response": _text(chip.session.response),
        }
    return json.dumps(said).encode()


def _unpack(packed: bytes) -> ChipPresented:
    said = json.loads(packed)
    active, session = said.get("active"), said.get("session")
    return ChipPresented(
        files=chip_files((name, b64decode(text)) for name, text in said["files"].items()),
        active=(b64decode(active[0]), b64decode(active[1])) if active else None,
        session=ChipSession(
            **(
                session
                | {
                    "private_key": int(session["private_key"], 16),
                    "response": b64decode(session["response"]),
                }
            )
        )
        if session
        else None,
    )


def _text(content: bytes) -> str:
    return b64encode(content).decode()


# -- searches of earlier crossings

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
