"""What every request on a node passes through."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from kordon.journal.fulldisk import is_disk_full
from kordon.journal.refusal import Refusal
from kordon.node.log import pattern_of
from kordon.ui.views import DISK_FULL, answer, words_of_refusal

Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("kordon.request")


class DiskFull(Refusal):
    """The disk of the database or of the kept files is full."""

    code, status = "disk_full", 507


def log_requests(get_response: Answer) -> Answer:
    """One line for each request, and one id that ties to it whatever else was said meanwhile."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:12]
        begun = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = get_response(request)
            if not request.path.startswith("/static/"):
                log.info(
                    "answered",
                    method=request.method,
                    path=pattern_of(request),
                    status=response.status_code,
                    ms=round(1000 * (time.perf_counter() - begun), 1),
                )
        response["X-Request-ID"] = request_id
        return response

    return middleware


def answer_refusals(get_response: Answer) -> Answer:
    """Turn a refusal into an answer, once, for every page and every machine."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_disk_full(error):
            log.error("disk_full", error=str(error).split("\n")[0])
            return refused(request, DiskFull(DISK_FULL))
        return refused(request, error) if isinstance(error, Refusal) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The refusal in words: JSON for a machine, a fragment for htmx, a page otherwise."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": error.code, "detail": str(error)}, status=error.status)
    said = str(error)
    words = words_of_refusal(error.status, gettext(said) if said else said)
    return answer(request, error.status, words, code=error.code)
