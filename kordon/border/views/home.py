"""The way in: everybody begins where they work."""

from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import NoReverseMatch
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs

PAGES = (
    ("border.first_line", "border:first_line"),
    ("border.list_booth_states", "border:supervisor"),
    ("border.list_waiting", "border:second_line"),
    ("border.list_inside", "border:inside"),
    ("watchlist.list_alerts", "watchlist:alerts"),
    ("watchlist.list_edition_history", "watchlist:editions"),
    ("accounts.list_people", "accounts:people"),
    ("network.list_nodes", "network:nodes"),
    ("journal.list_reads", "accounts:reads"),
    ("trust.list_states", "trust:store"),
)


@needs("accounts.list_own_posts")
@require_GET
def home(request: SignedRequest) -> HttpResponse:
    """Send everybody to the first page of their work."""
    for right, name in PAGES:
        if request.actor.may(right):
            try:
                return redirect(resolve_url(name))
            except NoReverseMatch:
                continue
    return redirect("accounts:workplace")
