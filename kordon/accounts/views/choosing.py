"""What forms offer to choose from, and the methods of pages that hold a form."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kordon.accounts import queries
from kordon.journal.actor import Actor

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

Pairs = list[tuple[str, str]]


def agencies(by: Actor) -> Pairs:
    if not by.may("accounts.list_agencies"):
        return []
    return [(row.code, row.name) for row in queries.list_agencies(by=by)]


def posts(by: Actor) -> Pairs:
    if not by.may("accounts.list_posts"):
        return []
    return [(row.code, row.name) for row in queries.list_posts(by=by)]


def roles(by: Actor) -> Pairs:
    if not by.may("accounts.list_roles"):
        return []
    return [(row.code, _(row.title)) for row in queries.list_roles(by=by)]
