"""The machine door, ``/api/v1``: every room's operations under one description (OpenAPI 3.1)."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kordon import __version__
from kordon.accounts.api import router as accounts
from kordon.accounts.doors import public, token_or_session
from kordon.border.api import router as border
from kordon.border.reader_api import router as readers
from kordon.journal.refusal import Refusal
from kordon.watchlist.api import router as watchlist
from kordon.watchlist.calibration_api import router as calibration
from kordon.watchlist.screening_api import router as screening

api = NinjaAPI(
    title="Kordon",
    version=__version__,
    description="Everything an officer can do by hand, for machines. Each operation needs the "
    "right it names; a refusal is answered with its code and a sentence.",
    auth=token_or_session,
    docs_decorator=public,
    urls_namespace="api",
)
for router in (accounts, watchlist, screening, calibration, border, readers):
    api.add_router("/", router)

HTTP_CODES = {401: "not_signed_in", 403: "not_permitted", 404: "not_found"}


@api.exception_handler(Refusal)
def answer_refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    words = {"code": error.code, "detail": str(error)}
    return api.create_response(request, words, status=error.status)


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the description, in the words every other refusal has."""
    told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors]
    return api.create_response(request, {"code": "invalid", "detail": "; ".join(told)}, status=422)


@api.exception_handler(HttpError)
def answer_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = HTTP_CODES.get(error.status_code, "bad_request")
    words = {"code": code, "detail": error.message}
    return api.create_response(request, words, status=error.status_code)
