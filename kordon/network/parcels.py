"""Parcels: what a line would carry, in a file, for a post that has none or is just beginning.

A parcel from headquarters holds the batches of the channels a post reads and the files their
facts name; one from a post holds its own entries that headquarters has not signed for. Taken
over, each is checked exactly as if it had come by line, and a file is kept only if a fact that
was checked names it. The answer to a post's parcel is a parcel too, with the signed receipt in
it. A post that was restored is given its own entries back in one.
"""

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kordon.journal import files, identity, succession
from kordon.journal.channels import UP, is_post, read_by
from kordon.journal.fact import KINDS, files_of, from_body
from kordon.journal.models import ChainHead
from kordon.journal.receipts import sign_receipt
from kordon.journal.receiving import Held, Rejected, receive
from kordon.journal.sending import last_number, read_back, read_batch
from kordon.journal.wire import MAX_SENT, Batch, decode, encode
from kordon.network.answers import Refused, read_answer, say_taken
from kordon.network.steps import hear_answer, rejoin

MOST_MEMBERS = 200_000
LARGEST_FILE = 2 * 1024**3
CHUNK = 256 * 1024
RECEIPT = "receipt.json"
SUCCESSION = "succession.json"


class BadParcel(ValueError):
    """The file is no parcel, or not for this node; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What went into a parcel or came out of it."""

    batches: int
    entries: int
    files: int
    receipt: bool = False


def make_down(file: Path, *, post: str, after: dict[str, int], back: int | None = None) -> Carried:
    """At headquarters: what a post reads after these numbers (0: from the beginning).

    ``back``: also the post's own entries after this number, which it lost with a disk.
    """
    with _Parcel(file) as parcel:
        for channel in read_by(post):
            parcel.add_channel(channel, after.get(channel, 0))
        if back is not None:
            parcel.add_back(post, back)
        head = ChainHead.objects.filter(node=post, channel=UP).first()
        if head is not None:
            parcel.add_receipt(head)
        parcel.add_succession()
        return parcel.carried()


def make_up(file: Path, *, after: int) -> Carried:
    """At a post: our own entries after a number that headquarters has signed for."""
    with _Parcel(file) as parcel:
        parcel.add_channel(UP, after)
        return parcel.carried()


def take(file: Path, *, progress: Callable[[int], None] = lambda entries: None) -> Carried:
    """Take a parcel over. What was taken before is not taken twice.

    Raises ``BadParcel``, ``Rejected``, ``BadBatch``, ``Stopped``; what came before the fault is
    taken, and a mended parcel goes on from there.
    """
    batches = entries = kept = 0
    receipt = False
    try:
        with zipfile.ZipFile(file) as parcel:
            names = parcel.namelist()
            if len(names) > MOST_MEMBERS:
                raise BadParcel("More in it than a parcel may hold.")
            if is_post() and SUCCESSION in names:
                succession.learn(_read(parcel, SUCCESSION, succession.LARGEST))
            for name in (name for name in names if name.endswith(".batch")):
                fresh, files_taken = _take_batch(parcel, _read(parcel, name, MAX_SENT))
                entries, kept, batches = entries + fresh, kept + files_taken, batches + 1
                progress(entries)
            if is_post() and RECEIPT in names:
                _hear(_read(parcel, RECEIPT, MAX_SENT))
                receipt = True
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadParcel(f"{file.name} is no whole parcel: {error}") from error
    return Carried(batches=batches, entries=entries, files=kept, receipt=receipt)


def _take_batch(parcel: zipfile.ZipFile, packed: bytes) -> tuple[int, int]:
    """How many entries were new, and how many files came before them."""
    batch = decode(packed)
    before, came = _held(batch), 0
    ours = batch.node == identity.mine().node and identity.is_awaiting()
    while True:
        try:
            return receive(batch, restoring=ours).number - before, came
        except Rejected as why:
            if why.code != "files_missing":
                raise
            for name in why.names:
                _take_file(parcel, name)
            came += len(why.names)


def _hear(text: bytes) -> None:
    """The receipt. If this node was restored and has all that it speaks of, it goes on."""
    answered = hear_answer(text)
    if not identity.is_awaiting():
        return
    restored = (Path(settings.KORDON_HOME) / identity.AWAITING_FILE).stat().st_mtime
    answer = read_answer(text)
    assert not isinstance(answer, Refused)
    # One of before the restore may not know what headquarters has heard since.
    if datetime.fromisoformat(answer.at).timestamp() < restored:
        raise BadParcel("It was made before this node was restored: ask for another, --back.")
    if answered.held >= last_number(channel=UP):
        rejoin()


def _held(batch: Batch) -> int:
    heads = ChainHead.objects.filter(node=batch.node, channel=batch.channel)
    return heads.values_list("number", flat=True).first() or 0


def _take_file(parcel: zipfile.ZipFile, name: str) -> None:
    try:
        content = parcel.open(f"files/{name}")
    except KeyError as error:
        raise BadParcel(f"The file {name[:16]}…, which a fact names, is not in it.") from error
    with content:
        offset = files.awaited(name)  # the line may have brought a part of it
        content.seek(offset)
        while True:
            piece = content.read(CHUNK)
            last = len(piece) < CHUNK
            files.add_piece(name, offset, piece, last=last, limit=LARGEST_FILE)
            offset += len(piece)
            if last:
                break
    if not files.is_kept(name):
        raise BadParcel(f"The file {name[:16]}… is not what its name says.")


def _read(parcel: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with parcel.open(name) as content:
        text = content.read(limit + 1)
    if len(text) > limit:
        raise BadParcel(f"{name[:80]!r} is larger than anything we accept.")
    return text


class _Parcel:
    """A parcel while it is made. The file has its name only once it is whole."""

    def __init__(self, file: Path) -> None:
        self.file, self.draft = file, file.with_name(file.name + ".part")
        self._batches = self._entries = 0
        self._files: set[str] = set()
        self._receipt = False

    def __enter__(self) -> "_Parcel":
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._raw = os.fdopen(handle, "wb")
        # Batches are compressed already; photos are too.
        self._zip = zipfile.ZipFile(self._raw, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._zip.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        if kind is None:
            os.replace(self.draft, self.file)
        else:
            self.draft.unlink()

    def carried(self) -> Carried:
        return Carried(
            batches=self._batches,
            entries=self._entries,
            files=len(self._files),
            receipt=self._receipt,
        )

    def add_channel(self, channel: str, after: int) -> None:
        while batch := read_batch(channel=channel, after=after):
            after = self._add_batch(batch)

    def add_back(self, post: str, after: int) -> None:
        while batch := read_back(node=post, channel=UP, after=after):
            after = self._add_batch(batch)

    def add_receipt(self, head: ChainHead) -> None:
        held = Held(
            node=head.node,
            incarnation=head.incarnation,
            channel=head.channel,
            number=head.number,
            seal=head.seal,
        )
        self._zip.writestr(RECEIPT, say_taken(sign_receipt(held, at=timezone.now())))
        self._receipt = True

    def add_succession(self) -> None:
        """With which keys headquarters signed, and signs: the post may know an older one."""
        self._zip.writestr(SUCCESSION, succession.tell())

    def _add_batch(self, batch: Batch) -> int:
        for name in _files_named(batch):
            self._add_file(name)
        last = batch.head.head.number
        self._zip.writestr(f"{batch.channel}/{last:012}.batch", encode(batch))
        self._batches += 1
        self._entries += len(batch.lines)
        return last

    def _add_file(self, name: str) -> None:
        if name in self._files or not files.is_kept(name):
            return
        self._files.add(name)
        with self._zip.open(f"files/{name}", "w", force_zip64=True) as target:
            offset = 0
            while piece := files.read_piece(name, offset, CHUNK):
                target.write(piece)
                offset += len(piece)


def _files_named(batch: Batch) -> Iterator[str]:
    for line in batch.lines:
        if line.text is not None and line.kind in KINDS:
            yield from files_of(from_body(line.kind, line.text.encode()))
