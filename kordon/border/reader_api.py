"""The door of readers: JSON over HTTP, by which any vendor's kit reaches the booth.

The protocol is described in docs/guides/reader.md.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from kordon.border import commands, queries
from kordon.border.api import PROBLEMS
from kordon.border.commands import DocumentRead
from kordon.border.rules.refusals import BadReading
from kordon.border.rules.seal import MOST_OCTETS as MOST_SEAL_OCTETS
from kordon.border.rules.seal import SealPresented
from kordon.journal.actor import Actor
from kordon.lib.traveldocs.chip import ChipError, ChipSession

router = Router(tags=["readers"])

LARGEST = 8 * 1024 * 1024
MOST_OCTETS = 8 * 1024 * 1024 + 512 * 1024
"""Of one reading, decoded; a body may have 12 MiB, in which a third is the base64."""

LARGEST_SEAL = MOST_SEAL_OCTETS * 4 // 3 + 4

Octets = Annotated[str, StringConstraints(max_length=LARGEST * 4 // 3 + 4)]
FileName = Annotated[str, StringConstraints(pattern="^(COM|SOD|DG([1-9]|1[0-6]))$")]


class SessionIn(Schema):
    """What the reader did in Chip Authentication, for the MAC of the first answer."""

    private_key: Annotated[str, StringConstraints(pattern="^[0-9a-fA-F]{1,160}$")]
    response: Annotated[str, StringConstraints(max_length=8192)]
    protocol: Annotated[str, StringConstraints(pattern=r"^[0-9.]{3,64}$")]
    key_number: int | None = Field(default=None, ge=0, le=2**31)
    counter: int = Field(default=2, ge=0, le=2**31)


class ReadingIn(Schema):
    """A document as read. ``files`` are whole files of the chip in base64, by their names.

    ``page`` is a picture of the page, JPEG or PNG, in base64; its zone is read where ``mrz`` is
    empty.

    ``seal`` are the octets of the bar code of a visible digital seal, in base64; ``seal_zone`` is
    the printed zone of the visa or paper that bears it.
    """

    booth: str = Field(default="", max_length=32)
    mrz: str = Field(default="", max_length=1000)
    files: dict[FileName, Octets] = Field(default_factory=dict, max_length=18)
    active_response: Annotated[str, StringConstraints(max_length=8192)] | None = None
    chip_session: SessionIn | None = None
    portrait: Octets = ""
    page: Octets = ""
    seal: Annotated[str, StringConstraints(max_length=LARGEST_SEAL)] = ""
    seal_zone: str = Field(default="", max_length=1000)


class ReadingOut(Schema):
    reading: UUID


class ChallengeOut(Schema):
    """Eight octets in base64, to be signed by the chip."""

    challenge: str


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@router.get(
    "/readings/{uuid:reading}/challenge",
    response={200: ChallengeOut, **PROBLEMS},
    operation_id="border_give_challenge",
    summary="The challenge for Active Authentication of one reading",
    openapi_extra={"x-right": "border.give_challenge"},
)
def give_challenge(request: HttpRequest, reading: UUID) -> dict[str, str]:
    """Drawn by the post, for this reading alone. Needs the right ``border.give_challenge``."""
    challenge = queries.give_challenge(by=_actor(request), reading=reading)
    return {"challenge": b64encode(challenge).decode()}


@router.put(
    "/readings/{uuid:reading}",
    response={200: ReadingOut, **PROBLEMS},
    operation_id="border_hand_in_reading",
    summary="Lay a document before the officer of a booth",
    openapi_extra={"x-right": "border.hand_in_reading"},
)
def hand_in_reading(request: HttpRequest, reading: UUID, told: ReadingIn) -> dict[str, Any]:
    """The id in the address is the reader's own: sent twice, it is one reading.

    Needs the right ``border.hand_in_reading``.
    """
    try:
        read = document_of(told)
        commands.hand_in_reading(by=_actor(request), reading=reading, booth=told.booth, read=read)
    except ChipError as error:
        raise BadReading(str(error)) from error
    return {"reading": reading}


def document_of(told: ReadingIn) -> DocumentRead:
    """What was read, decoded. Raises ``BadReading``."""
    files = tuple((name, _octets(text)) for name, text in told.files.items())
    portrait = _octets(told.portrait)
    page = _octets(told.page)
    if sum(len(content) for _, content in files) + len(portrait) + len(page) > MOST_OCTETS:
        raise BadReading("The reading is too large.")
    active = None if told.active_response is None else _octets(told.active_response)
    session = told.chip_session
    return DocumentRead(
        mrz=told.mrz,
        files=files,
        active=active,
        session=None
        if session is None
        else ChipSession(
            private_key=int(session.private_key, 16),
            response=_octets(session.response),
            protocol=session.protocol,
            key_number=session.key_number,
            counter=session.counter,
        ),
        portrait=portrait,
        page=page,
        seal=_seal(told),
    )


def _seal(told: ReadingIn) -> SealPresented | None:
    if not told.seal:
        return None
    return SealPresented(octets=_octets(told.seal), zone=told.seal_zone)


def _octets(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise BadReading("A file is no base64.") from error
