"""The corner of every page at a post: how it stands to headquarters."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.network.queries import Standing, get_standing
from kordon.network.words import say_trouble
from kordon.ui.words import age, moment, written

LAMP = {"": "answered", "old": "silent", "too_old": "stop"}


def show_standing(request: HttpRequest) -> dict[str, Any]:
    """For ``KORDON_STRIP``: nothing on a node without headquarters, or for nobody."""
    standing = get_standing() if getattr(request, "actor", None) else None
    if standing is None:
        return {}
    corner = {"template": "network/_corner.html", "url": reverse("network:corner")}
    return {"corner": corner | _seen(standing)}


@never_cache
@require_GET
@needs("accounts.get_oneself")
def corner(request: SignedRequest) -> HttpResponse:
    """The moving parts of the corner, asked for by every page again and again."""
    standing = get_standing()
    if standing is None:
        return HttpResponse(status=204)
    return render(request, "network/_corner_parts.html", {"corner": _seen(standing)})


def _seen(standing: Standing) -> dict[str, Any]:
    wrong = [("stopped", {"code": standing.stopped})] if standing.stopped else []
    wrong += [(code, params) for code, params in standing.alarms if code != "stopped"]
    return {
        "lamps": list(_lamps(standing)),
        "troubles": [say_trouble(code, params, here=True) for code, params in wrong],
        "down": not standing.up and not wrong,
        "rows": list(_rows(standing)),
    }


def _lamps(standing: Standing) -> list[dict[str, str]]:
    """What stands in the strip, the worst first."""
    found = _wrong(standing)
    up = pgettext("link", "up")
    down = _("down %(age)s") % {"age": age(standing.since)} if standing.since else _("never up")
    since = standing.current_at
    step = standing.policy.link.passed(_hours_since(since))
    found.append(
        {
            "state": "answered" if standing.up else "silent",
            "name": _("Link"),
            "word": up if standing.up else down,
        }
    )
    word = age(since) if since else pgettext("age", "never")
    found.append({"state": LAMP[step], "name": pgettext("corner", "Known"), "word": word})
    if old := _worst_list(standing):
        found.append({"state": LAMP[old], "name": _("Lists"), "word": _("old")})
    found.append({"state": "answered", "name": _("Unsent"), "word": str(standing.unsent)})
    return found


def _wrong(standing: Standing) -> list[dict[str, str]]:
    """One lamp, however much is wrong: the strip is narrow."""
    names = [say_trouble("stopped", {})["name"]] if standing.stopped else []
    names += [say_trouble(code, {})["name"] for code, _p in standing.alarms if code != "stopped"]
    if not names:
        return []
    word = names[0] if len(names) == 1 else str(len(names))
    return [{"state": "stop", "name": _("Alarm") if len(names) == 1 else _("Alarms"), "word": word}]


def _rows(standing: Standing) -> list[tuple[str, str]]:
    since = moment(standing.since) if standing.since else "–"
    known = moment(standing.current_at) if standing.current_at else pgettext("age", "never")
    link = _("up since %(since)s") if standing.up else _("down since %(since)s")
    return [
        (_("Link to headquarters"), link % {"since": since}),
        (_("All of headquarters was here"), known),
        (_("Entries not yet confirmed there"), str(standing.unsent)),
        *((title, _("of %(day)s") % {"day": written(day)}) for title, day in _lists(standing)),
    ]


def _lists(standing: Standing) -> list[tuple[str, Any]]:
    return sorted(standing.lists.items(), key=lambda one: (one[1], one[0]))


def _worst_list(standing: Standing) -> str:
    oldest = min(standing.lists.values(), default=None)
    hours = (timezone.localdate() - oldest).days * 24 if oldest else 0
    return standing.policy.lists.passed(hours)


def _hours_since(at: datetime | None) -> float:
    return float("inf") if at is None else (timezone.now() - at).total_seconds() / 3600
