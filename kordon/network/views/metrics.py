"""``/metrics`` for Prometheus, behind the token of a machine or the session of an administrator.

Being asked from this machine opens nothing: behind a proxy everybody is.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from kordon.accounts.doors import SignedRequest, needs, token_or_session
from kordon.network.measuring import Figure
from kordon.network.queries import read_metrics

View = Callable[..., HttpResponse]
NOT_SIGNED_IN = 401


def with_token(view: View) -> View:
    """Know a machine by its token; others by their session, as on every page."""

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        if "Authorization" in request.headers and token_or_session(request) is None:
            return HttpResponse(status=NOT_SIGNED_IN, headers={"WWW-Authenticate": "Bearer"})
        return view(request)

    return door


@never_cache
@with_token
@needs("network.read_metrics")
@require_GET
def metrics(request: SignedRequest) -> HttpResponse:
    """Every figure of this node in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Gauges(read_metrics(by=request.actor)))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Gauges(Collector):
    """The figures as Prometheus wants them: those of one name together."""

    def __init__(self, found: Iterable[Figure]) -> None:
        self.found: dict[str, list[Figure]] = {}
        for one in found:
            self.found.setdefault(one.name, []).append(one)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, figures in self.found.items():
            labels = list(figures[0].labels)
            family = GaugeMetricFamily(name, figures[0].help, labels=labels)
            for one in figures:
                family.add_metric([one.labels[label] for label in labels], one.value)
            yield family
