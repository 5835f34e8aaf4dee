"""Every node on one page, as a map and as a table, worst first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.queries import list_posts
from kordon.journal.channels import is_headquarters
from kordon.network import words
from kordon.network.basemap import place
from kordon.network.looking import NodeLine, look_at_headquarters
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
    seen = {
        "lines": lines,
        "marks": marks,
        "view": view,
        "wrong": sum(line["level"] == "stop" for line in lines),
        "look": sum(line["level"] == "look" for line in lines),
        "own": _own(),
        "alarms": len(list_alarms(by=by)[0]) if by.may("network.list_alarms") else 0,
    }
    alone = request.headers.get("HX-Request") == "true"
    return render(request, "network/_nodes.html" if alone else "network/nodes.html", seen)


def _own() -> list[dict[str, str]]:
    """What is wrong with headquarters itself, which is no line of the table."""
    if not is_headquarters():
        return []
    about = {"who": words.say_kind("hq")}
    return [
        words.say_trouble(each.code, each.params) | about | {"level": each.level}
        for each in look_at_headquarters()
    ]


def _line(one: NodeLine, post: Any) -> dict[str, Any]:
    """A node as plain words: nothing is left to work out in a template."""
    seen, told = one.seen, one.told
    level = one.level if seen.state in {"enrolled", "quarantined"} else GONE
    troubles = [
        words.say_trouble(each.code, each.params) | {"level": each.level} for each in one.troubles
    ]
    name = post.name if post else seen.node
    state = words.say_state(seen.state)
    worst = troubles[0]["name"] if troubles else state
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
        "state_too": bool(troubles) and seen.state == "enrolled",
        "heard": _ago(seen.heard_at),
        "held": one.held,
        "unsent": seen.unsent,
        "lag": age(seen.unsent_since) if seen.unsent and seen.unsent_since else "",
        "behind": seen.behind,
        "lists": _lists(one),
        "version": told.version or "–",
        "disk": filesizeformat(told.disk_free) if told.disk_free is not None else "–",
        "clock": _clock(one),
        "refused": _refused(one),
        "troubles": troubles,
        "at": _at(post),
    }


def _ago(moment: Any) -> str:
    return _("%(age)s ago") % {"age": age(moment)} if moment else _("never")


def _clock(one: NodeLine) -> str:
    if one.seen.heard_at is None:
        return "–"
    return _("%(seconds)+.1f s") % {"seconds": one.seen.clock_offset_ms / 1000}


def _lists(one: NodeLine) -> list[str]:
    """Each list with its day, the oldest first."""
    known = sorted(one.seen.lists.items(), key=lambda each: (each[1], each[0]))
    return [f"{title}: {written(day)}" for title, day in known]


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
