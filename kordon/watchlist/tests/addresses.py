"""The addresses the pages of the watchlist are tested at."""

from django.urls import include, path
from ninja import NinjaAPI

from kordon.journal.refusal import Refusal
from kordon.node.urls import urlpatterns as of_the_node
from kordon.watchlist.api import router
from kordon.watchlist.calibration_api import router as calibration
from kordon.watchlist.screening_api import router as screening

api = NinjaAPI(urls_namespace="watchlist-tests")
api.add_router("", router)
api.add_router("", screening)
api.add_router("", calibration)


@api.exception_handler(Refusal)
def answer_refusal(request, error):
    words = {"code": error.code, "detail": str(error)}
    return api.create_response(request, words, status=error.status)


urlpatterns = [
    path("watchlist/", include("kordon.watchlist.urls")),
    path("tested-api/", api.urls),
    *of_the_node,
]
