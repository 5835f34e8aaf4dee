"""What every page of a demonstration says, and the right to open the demonstration's own pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kordon.node.demo.places import stations


def banner(request: HttpRequest) -> dict[str, Any]:
    """Put ``demo`` into every template: the links of the banner."""
    links = {"cards": reverse("demo:cards"), "tour": reverse("demo:tour")}
    if stations():
        links["cables"] = reverse("demo:cables")
    return {"demo": links}
