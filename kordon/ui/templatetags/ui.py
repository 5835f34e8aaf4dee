"""``{% load ui %}``: the words and signs pages are made of. The gallery shows each."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from kordon.ui import views, words

register = template.Library()
SPRITE = Path(__file__).resolve().parents[1] / "static" / "ui" / "icons.svg"

SHAPES = {
    "stop": "M4 4h16v16H4z",
    "look": "M12 3 22 20.5H2z",
    "fine": "M12 4a8 8 0 1 0 .01 0z",
    "ring": "M12 4a8 8 0 1 0 .01 0z",
    "note": "M5 12h14",
    "done": "m4 12.5 5.5 5.5L20 6.5",
}
LEVELS = {
    "stop": gettext_lazy("Stop"),
    "look": gettext_lazy("Look"),
    "fine": gettext_lazy("Fine"),
    "note": gettext_lazy("Note"),
}
LAMPS = {
    "answered": ("fine", gettext_lazy("answered")),
    "silent": ("look", gettext_lazy("not answered")),
    "waiting": ("ring", gettext_lazy("asking")),
    "absent": ("note", gettext_lazy("not applicable")),
    "stop": ("stop", gettext_lazy("stopped")),
}

LAMP = (
    '<span class="k-lamp k-lamp-{}">{} <span class="k-lamp-name">{}</span>'
    ' <span class="k-lamp-word">{}{}</span></span>'
)


@cache
def drawings() -> dict[str, list[str]]:
    """The lines of each icon of the sprite, by name."""
    symbols = re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', SPRITE.read_text("utf-8"))
    return {name: re.findall(r'<path d="([^"]+)"', inner) for name, inner in symbols}


@cache
def drawing(name: str) -> SafeString:
    return format_html_join("", '<path d="{}"/>', ((line,) for line in drawings()[name]))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "search" %}``: a drawing; with a label it is an image to a screen reader too."""
    kind = "icon icon-filled" if name.startswith("filled-") else "icon"
    lines = drawing(name)
    if label:
        told = '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>'
        return format_html(told, kind, label, lines)
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', kind, lines
    )


@register.simple_tag
@cache
def shape(name: str) -> SafeString:
    """The shape of a level or lamp: square, triangle, disc, dash, tick, ring."""
    return format_html(
        '<svg class="k-shape" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        SHAPES[name],
    )


@register.simple_tag
def key(name: str) -> SafeString:
    """``{% key "F8" %}``: the key cap shown on what the key does. Hidden from screen readers: the
    element itself says its key in ``aria-keyshortcuts``."""
    return format_html('<kbd class="k-key" aria-hidden="true">{}</kbd>', name)


@register.simple_tag
def lamp(state: str, name: str, age: Any = None, word: str = "") -> SafeString:
    """``{% lamp "answered" _("Alerts") age=list.changed %}``: a source and whether it answered.

    ``state`` is ``answered``, ``silent`` (should have answered and did not), ``waiting``,
    ``absent`` (does not apply) or ``stop`` (wrong; somebody must act). ``age`` is a time, span or
    seconds; ``word`` replaces the usual word.
    """
    form, usual = LAMPS[state]
    shown = words.age(age) if age is not None else ""
    return format_html(
        LAMP, state, shape(form), name, word or usual, f" · {shown}" if shown else ""
    )


@register.inclusion_tag("ui/_finding.html")
def finding(level: str, text: str, **more: Any) -> dict[str, Any]:
    """``{% finding "look" text why=… do=… source=… evidence=rows open=True id=… %}``.

    ``evidence`` is text or a list of ``(name, value)``; it opens in place with F6.
    """
    evidence = more.get("evidence") or ""
    rows = evidence if isinstance(evidence, (list, tuple)) else []
    return {**more, "level": level, "word": LEVELS[level], "text": text, "rows": rows}


@register.simple_tag(takes_context=True)
def may(context: template.Context, right: str) -> bool:
    """``{% may "border.record_crossing" as allowed %}``: has this actor the right?"""
    actor = getattr(context.get("request"), "actor", None)
    return bool(actor and actor.may(right))


@register.simple_tag
def words_of_refusal(status: int, text: str) -> views.Words:
    """``{% words_of_refusal status text as words %}``: title, sentence and advice."""
    return views.words_of_refusal(status, text)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """``?…`` of this page with some parameters changed; None takes one away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.filter
def born(day: Any) -> str:
    """``12 Aug 1974``, in Russian ``12 авг. 1974``; unknown parts stand as ``--``."""
    return words.written(day)


@register.filter
def day(value: Any) -> str:
    """A date as ``12 Aug 1974``: the same writing, under a name that fits other dates."""
    return words.written(value)


@register.filter
def moment(value: Any) -> str:
    """``12 Aug 2026, 14:32`` in local time."""
    return words.moment(value)


@register.filter
def age(value: Any) -> str:
    """``3 min``, ``2 h``, ``5 d``: how long ago."""
    return words.age(value)


@register.filter
def country(code: str | None) -> str:
    """The country's name in the reader's language, from a code of an MRZ (``UZB``, ``D``)."""
    return words.country(code)


@register.filter
def docnumber(number: Any) -> SafeString | str:
    """A document number in the face that separates 0 from O and 1 from I."""
    if not number:
        return ""
    return format_html('<span class="k-mono">{}</span>', number)
