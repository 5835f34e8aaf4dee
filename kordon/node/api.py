"""The machine door, ``/api/v1``: every room's operations under one description (OpenAPI 3.1)."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from kordon import __version__
from kordon.accounts.api import router as accounts
from kordon.accounts.doors import public, token_or_session
from kordon.border.api import router as border
from kordon.journal.refusal import Refusal
from kordon.watchlist.api import router as watchlist

api = NinjaAPI(
    title="Kordon",
    version=__version__,
    description="Everything an officer can do by hand, for machines. Each operation needs the "
    "right it names; a refusal is answered with its code and a sentence.",
    auth=token_or_session,
    docs_decorator=public,
    urls_namespace="api",
)
for router in (accounts, watchlist, border):
    api.add_router("/", router)


@api.exception_handler(Refusal)
def answer_refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    words = {"code": error.code, "detail": str(error)}
    return api.create_response(request, words, status=error.status)
