"""What a reader at a booth hands in: taken up by the officer who sits there."""

from dataclasses import dataclass
from uuid import UUID

from kordon.accounts.queries import is_booth
from kordon.border import scratch
from kordon.border.pictures import look_at_page
from kordon.border.portraits import redraw
from kordon.border.rules import refusals as no
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.presenting import MAX_MRZ
from kordon.border.rules.seal import SealPresented, looks_like_seal
from kordon.border.rules.writing import check_characters
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.lib.traveldocs.chip import ChipSession, chip_files


@dataclass(frozen=True, kw_only=True)
class DocumentRead:
    """A document as a reader read it: pairs of ``SOD``, ``COM``, ``DG1`` … and octets.

    ``active`` is the chip's answer to the challenge that the post gave for this reading. ``seal``
    are the octets of a seal's bar code, with the zone of the visa or paper that bears it. ``page``
    is a picture of the page, JPEG or PNG: read where ``mrz`` is empty, and cut for the portrait.
    """

    mrz: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    active: bytes | None = None
    session: ChipSession | None = None
    portrait: bytes = b""
    page: bytes = b""
    seal: SealPresented | None = None


@command(writes_late=True)
def hand_in_reading(*, by: Actor, reading: UUID, booth: str, read: DocumentRead) -> UUID:
    """Lay a document before the officer of a booth of one's own post. Nothing is recorded.

    Without a booth it waits for a check that names the reading, as a gate makes one.
    The same ``reading`` sent twice is one. Raises ``BadReading`` where a booth is handed nothing
    that tells whose document it is, as a seal by itself; ``ChipError`` for files that are none,
    ``NotSeal`` for a bar code that is no seal, ``NotPage`` for a picture that is none.
    """
    if not by.post:
        raise no.NoPost("A reader belongs to a post.")
    if booth and not is_booth(by.post, booth):
        raise no.NoSuchBooth("There is no such booth at this post.")
    for name, zone in (("mrz", read.mrz), ("seal_zone", read.seal.zone if read.seal else "")):
        if len(zone) > MAX_MRZ:
            raise no.TextTooLong(name)
        check_characters(name, zone)
    if booth and not (read.mrz.strip() or read.files or read.page):
        raise no.BadReading("No zone, no file of a chip and no page: nobody can be checked by it.")
    if read.seal is not None and not looks_like_seal(read.seal.octets):
        raise no.NotSeal("other")
    page = look_at_page(read.page, mrz=read.mrz) if read.page else None
    challenge = scratch.challenge_of(reading)
    scratch.put_reading(
        reading=reading,
        by=by,
        booth=booth,
        mrz=read.mrz.strip() or (page.mrz if page else ""),
        chip=ChipPresented(
            files=chip_files(read.files),
            active=(challenge, read.active) if read.active is not None else None,
            session=read.session,
        ),
        page_portrait=redraw(read.portrait),
        seal=read.seal,
        page=page,
    )
    return reading
