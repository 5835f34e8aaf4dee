"""The strip above every page: where the officer works, by the post's own clock."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kordon.accounts.queries import get_post
from kordon.border.place import lane_of
from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.refusal import NotFound


def show_place(request: HttpRequest) -> dict[str, Any]:
    """For ``KORDON_STRIP``: post, lane and booth, and the post's time zone."""
    by: Actor | None = getattr(request, "actor", None)
    if by is None or not by.post or not by.may("accounts.get_post"):
        return _node()
    try:
        post = get_post(by=by, code=by.post)
    except NotFound:  # a page about something else is still drawn
        return {}
    words = [post.name]
    if by.booth and by.may("accounts.list_booths") and (lane := lane_of(by)):
        words.append(_("lane %(lane)s") % {"lane": lane})
    if by.booth:
        words.append(_("booth %(booth)s") % {"booth": by.booth})
    return {"place": words, "zone": post.time_zone}


def _node() -> dict[str, Any]:
    """Where there are several nodes, which this is: who signs in must not mistake it."""
    if settings.KORDON_KIND == "hq":
        return {"place": [_("Headquarters")]}
    return {"place": [identity.mine().node]} if settings.KORDON_KIND == "post" else {}
