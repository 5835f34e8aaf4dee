"""Searches for many persons, shared with more machines of headquarters that know the same rows.

A worker answers with candidates and with how far its index knows the rows; the asker believes
it only if that is as far as its own rows go, and checks every candidate against them as ever.
Whatever is not answered in time, or not to be believed, is searched here.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kordon.lib.screening import Candidate, Person
from kordon.network.doors import Asker, NobodyAnswers, way_to_share
from kordon.watchlist import screening_index
from kordon.watchlist.calibration import HIGHEST, LONGEST_WEIGHTS, LOWEST, BadWeights, read_weights
from kordon.watchlist.enquiries import MOST_PERSONS
from kordon.watchlist.screening_base import Mark
from kordon.watchlist.screening_index import Found

log = structlog.get_logger("kordon.watchlist")

VERSION = 1
MOST_FOUND = 100
LONGEST_ANSWER = 1024 * 1024
PART = 20
"""Persons in one request, so that an answer with every reason fits in one message."""


class NotBelieved(Exception):
    """An answer that is none of ours, or of an index that does not know our rows; says why."""


@dataclass(frozen=True)
class Request:
    """``weights``: as a calibration says them."""

    v: int
    limit: int
    threshold: float
    weights: str
    persons: tuple[Person, ...]


@dataclass(frozen=True)
class Answer:
    """``position`` and ``seal``: the last entry of the journal up to which the worker's index
    knows the rows. ``found`` in the order of the persons."""

    v: int
    position: int
    seal: str
    weights: str
    found: tuple[tuple[Candidate, ...], ...]


_REQUEST, _ANSWER = TypeAdapter(Request), TypeAdapter(Answer)
_asker: Asker | None = None
_starting = threading.Lock()


def search_many(
    persons: Sequence[Person], *, limit: int, threshold: float, weights: str
) -> list[list[Found] | None]:
    """What workers found, for each person; None where one has to search here."""
    found: list[list[Found] | None] = []
    within = settings.KORDON_SCREENERS_SECONDS
    if not within or settings.KORDON_KIND == "post":
        return [None] * len(persons)
    for start in range(0, len(persons), PART):
        part = tuple(persons[start : start + PART])
        request = Request(VERSION, limit, threshold, weights, part)
        try:
            found += ask_worker(_this_asker(), request, within=within)
        except (NobodyAnswers, NotBelieved, OSError) as error:
            log.info("searched_here", reason=str(error))
            found += [None] * len(part)
    return found


def ask_worker(asker: Asker, request: Request, *, within: float) -> list[list[Found]]:
    """Raises ``NobodyAnswers``, ``NotBelieved``."""
    answer = read_answer(asker.ask(written(request), within=within))
    if len(answer.found) != len(request.persons):
        raise NotBelieved("the answer is of other persons")
    if answer.weights != read_weights(request.weights).version:
        raise NotBelieved("the answer is of other weights")
    mark = Mark(answer.position, answer.seal)
    now = screening_index.known_as_far_as(mark)
    if now is None:
        raise NotBelieved("the worker's index is older than the rows here, or of other rows")
    return [[Found(it, mark.position, now.position) for it in found] for found in answer.found]


def answer_request(message: bytes) -> bytes:
    """What a worker answers. Raises ``NotBelieved`` if it is no request."""
    request = read_request(message)
    weights = read_weights(request.weights)
    found, mark = screening_index.search_marked(
        request.persons,
        limit=request.limit,
        today=timezone.localdate(),
        threshold=request.threshold,
        weights=weights,
    )
    candidates = tuple(tuple(it.candidate for it in each) for each in found)
    return written(Answer(VERSION, mark.position, mark.seal, weights.version, candidates))


def written(it: Request | Answer) -> bytes:
    return json.dumps(asdict(it), separators=(",", ":")).encode()  # type: ignore[call-overload, unused-ignore]


def read_request(message: bytes) -> Request:
    request: Request = _read(_REQUEST, message)
    bounds = (
        1 <= request.limit <= MOST_FOUND,
        LOWEST <= request.threshold <= HIGHEST,
        len(request.persons) <= MOST_PERSONS,
        len(request.weights) <= LONGEST_WEIGHTS,
        all(len(person.names) <= 20 for person in request.persons),
        all(len(name) <= 700 for person in request.persons for name in person.names),
        all(len(person.nationalities) <= 20 for person in request.persons),
        all(len(person.places) <= 20 for person in request.persons),
        all(len(person.documents) <= 20 for person in request.persons),
    )
    if not all(bounds):
        raise NotBelieved("the request is beyond its bounds")
    try:
        read_weights(request.weights)
    except BadWeights as error:
        raise NotBelieved("the request has no weights") from error
    return request


def read_answer(message: bytes) -> Answer:
    answer: Answer = _read(_ANSWER, message)
    if any(len(found) > 2 * MOST_FOUND for found in answer.found):
        raise NotBelieved("the answer is beyond its bounds")
    return answer


def _read(adapter: TypeAdapter[Any], message: bytes) -> Any:
    if len(message) > LONGEST_ANSWER:
        raise NotBelieved("the message is too large")
    try:
        it = adapter.validate_json(message)
    except (ValidationError, RecursionError) as error:
        raise NotBelieved("not one of our messages") from error
    if it.v != VERSION:
        raise NotBelieved(f"version {it.v} of the message is not known here")
    return it


def _this_asker() -> Asker:
    """This process's own. Raises ``OSError`` where sharing is not set up."""
    global _asker
    with _starting:
        if _asker is None:
            _asker = Asker(way_to_share())
        return _asker
