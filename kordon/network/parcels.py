"""Parcels: what a line would carry, in a file, for a post that has none or is just beginning.

A parcel from headquarters holds the batches of the channels a post reads and the files their
facts name; one from a post holds its own entries that headquarters has not signed for. Taken
over, each is checked exactly as if it had come by line. The answer to a post's parcel is a
parcel too, with the signed receipt in it.
"""

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kordon.journal import files
from kordon.journal.channels import UP, is_post, read_by
from kordon.journal.fact import KINDS, files_of, from_body
from kordon.journal.models import ChainHead
from kordon.journal.receipts import sign_receipt
from kordon.journal.receiving import Held, receive
from kordon.journal.sending import read_batch
from kordon.journal.wire import MAX_SENT, Batch, decode, encode
from kordon.network.answers import say_taken
from kordon.network.steps import hear_answer

MOST_MEMBERS = 200_000
LARGEST_FILE = 2 * 1024**3
CHUNK = 256 * 1024
RECEIPT = "receipt.json"


class BadParcel(ValueError):
    """The file is no parcel, or not for this node; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What went into a parcel or came out of it."""

    batches: int
    entries: int
    files: int
    receipt: bool = False


def make_down(file: Path, *, post: str, after: dict[str, int]) -> Carried:
    """At headquarters: what a post reads after these numbers (0: from the beginning)."""
    with _Parcel(file) as parcel:
        for channel in read_by(post):
            parcel.add_channel(channel, after.get(channel, 0))
        head = ChainHead.objects.filter(node=post, channel=UP).first()
        if head is not None:
            parcel.add_receipt(head)
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
            for name in (name for name in names if name.startswith("files/")):
                kept += _take_file(parcel, name)
            for name in (name for name in names if name.endswith(".batch")):
                entries += _take_batch(_read(parcel, name, MAX_SENT))
                batches += 1
                progress(entries)
            if is_post() and RECEIPT in names:
                hear_answer(_read(parcel, RECEIPT, MAX_SENT))
                receipt = True
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadParcel(f"{file.name} is no whole parcel: {error}") from error
    return Carried(batches=batches, entries=entries, files=kept, receipt=receipt)


def _take_batch(packed: bytes) -> int:
    batch = decode(packed)
    before = _held(batch)
    return receive(batch).number - before


def _held(batch: Batch) -> int:
    heads = ChainHead.objects.filter(node=batch.node, channel=batch.channel)
    return heads.values_list("number", flat=True).first() or 0


def _take_file(parcel: zipfile.ZipFile, member: str) -> int:
    name = member.removeprefix("files/")
    if not files.is_name(name):
        raise BadParcel(f"{member[:80]!r} does not belong in a parcel.")
    if files.is_kept(name):
        return 0
    offset = 0
    with parcel.open(member) as content:
        while True:
            piece = content.read(CHUNK)
            last = len(piece) < CHUNK
            files.add_piece(name, offset, piece, last=last, limit=LARGEST_FILE)
            offset += len(piece)
            if last:
                break
    if not files.is_kept(name):
        raise BadParcel(f"The file {name[:16]}… is not what its name says.")
    return 1


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
            for name in _files_named(batch):
                self._add_file(name)
            after = batch.head.head.number
            self._zip.writestr(f"{channel}/{after:012}.batch", encode(batch))
            self._batches += 1
            self._entries += len(batch.lines)

    def add_receipt(self, head: ChainHead) -> None:
        held = Held(
            node=head.node,
            incarnation=head.incarnation,
            channel=head.channel,
            number=head.number,
            seal=head.seal,
        )
        self._zip.writestr(RECEIPT, say_taken(sign_receipt(held, at=head.at)))
        self._receipt = True

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
