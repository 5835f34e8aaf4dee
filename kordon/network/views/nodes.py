"""Every node on one page, as a map and as a table, worst first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.queries import list_posts
from kordon.network import words
from kordon.network.basemap import place
from kordon.network.looking import NodeLine
from kordon.network.ourselves import troubles_of_headquarters
from kordon.network.queries import list_alarms, list_nodes
from kordon.network.views.mapping import lay_out
from kordon.ui.words import age, written

GONE = "gone"
SHAPE = {"stop": "stop", "look": "look", "fine": "fine", GONE: "note"}


@never_cache
@require_GET
@needs("network.list_nodes")
def nodes(request: SignedRequest) -> HttpResponse:
    """Asked by htmx every ten seconds, it draws what moves alone."""
    by = request.actor
    posts = {post.code: post for post in list_posts(by=by, closed=True)}
    lines = [_line(one, posts.get(one.seen.node)) for one in list_nodes(by=by)]
    view, marks = lay_out(lines)
    ours = troubles_of_headquarters()
    seen = {
        "ours": [words.say_trouble(one.code, one.params) | {"level": one.level} for one in ours],
        "lines": lines,
        "marks": marks,
        "view": view,
        "may_decide": by.may("network.get_node"),
        "wrong": sum(line["level"] == "stop" for line in lines),
        "look": sum(line["level"] == "look" for line in lines),
        "alarms": len(list_alarms(by=by)[0]) if by.may("network.list_alarms") else 0,
    }
    alone = request.headers.get("HX-Request") == "true"
    return render(request, "network/_nodes.html" if alone else "network/nodes.html", seen)


def _line(one: NodeLine, post: Any) -> dict[str, Any]:
    """A node as plain words: nothing is left to work out in a template."""
    seen, told = one.seen, one.told
    level = one.level if seen.state in {"enrolled", "quarantined"} else GONE
    troubles = [
        words.say_trouble(each.code, each.params) | {"level": each.level} for each in one.troubles
    ]
    name = post.name if post else seen.node
    state = words.say_state(seen.state)
    worst = troubles[0]["name"] if troubles else _how(seen, state)
    return {
        "node": seen.node,
        "name": name,
        "level": level,
        "shape": SHAPE[level],
        "state": state,
        "reason": one.reason,
        "word": worst,
        "title": f"{name}: {worst}",
        "label": f"{name} · {worst}" if troubles else name,
        "heard": _ago(seen.heard_at),
        "held": one.held,
        "unsent": _unsent(one),
        "lag": age(seen.unsent_since) if seen.unsent and seen.unsent_since else "",
        "behind": seen.behind,
        "lists": (lists := _lists(one)),
        "lists_short": _lists_short(one, len(lists)),
        "version": told.version or "–",
        "disk": filesizeformat(told.disk_free) if told.disk_free is not None else "–",
        "clock": _clock(one),
        "refused": _refused(one),
        "troubles": troubles,
        "at": _at(post),
    }


def _how(seen: Any, state: str) -> str:
    """A node nothing is wrong with."""
    if seen.state != "enrolled":
        return state
    return pgettext("node", "Well") if seen.heard_at else pgettext("node", "Not heard yet")


def _unsent(one: NodeLine) -> str:
    """What waits at a node, as far as it has told: one that is silent may hold more."""
    told = one.seen.unsent
    if not any(each.code == "silent" for each in one.troubles):
        return str(told)
    return _("at least %(number)s") % {"number": told} if told else _("unknown")


def _ago(moment: Any) -> str:
    return _("%(age)s ago") % {"age": age(moment)} if moment else _("never")


def _clock(one: NodeLine) -> str:
    if one.seen.heard_at is None:
        return "–"
    tenths = round(one.seen.clock_offset_ms / 100)
    if not tenths:
        return _("%(seconds).1f s") % {"seconds": 0}
    return (_("%(seconds)+.1f s") % {"seconds": tenths / 10}).replace("-", "−")


def _lists(one: NodeLine) -> list[str]:
    """Each list with its day, the oldest first."""
    known = sorted(one.seen.lists.items(), key=lambda each: (each[1], each[0]))
    return [f"{title}: {written(day)}" for title, day in known]


def _lists_short(one: NodeLine, count: int) -> str:
    """How many, and the day of the oldest: one line, however long their names are."""
    if not count:
        return ""
    told = {"count": count, "day": written(min(one.seen.lists.values()))}
    return ngettext("%(count)d, of %(day)s", "%(count)d, oldest of %(day)s", count) % told


def _refused(one: NodeLine) -> str:
    """What was refused last, which may be over."""
    if not one.refused_at:
        return "–"
    code = one.seen.refused or _("taken again")
    return f"{code}, {_ago(one.refused_at)}"


def _at(post: Any) -> tuple[float, float] | None:
    """Where a post lies on the map."""
    if post is None or post.latitude is None or post.longitude is None:
        return None
    return place(post.latitude, post.longitude)
