"""The pages of a node that holds a demonstration."""

from django.urls import include, path

from kordon.node.urls import handler400, handler403, handler404, handler500
from kordon.node.urls import urlpatterns as pages

urlpatterns = [
    *(each for each in pages if getattr(each, "app_name", "") != "demo"),
    path("demo/", include("kordon.node.demo.urls")),
]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
