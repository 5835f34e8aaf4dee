"""What the frame of every page shows: theme, language, navigation, who works where.

Settings read here, all optional:

``KORDON_NAVIGATION``
    entries ``(label, url name, right, key)`` in their order; the label is a lazy translation,
    the right may be ``""`` (anybody signed in), the key may be ``""``.
``KORDON_STRIP``
    dotted names of functions ``(request) -> dict`` whose answers join ``chrome``: ``place`` (words:
    post, lane, shift), ``lamps`` (dicts of state, name, age, word), ``zone``, ``home``; ``corner``
    (a dict with ``template``, which the strip draws with the dict as ``corner``).
``KORDON_IDLE_SECONDS``, ``KORDON_LOCK_URL``, ``KORDON_LOCKED_URL``, ``KORDON_SIGN_OUT_URL``
    the idle lock (0: none); names of the pages that lock, ask the password again, sign out.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from kordon.journal.channels import is_post

THEME_COOKIE = "kordon_theme"
THEMES = {"auto": _("As the computer"), "light": _("Light"), "dark": _("Dark")}
THEME_ICONS = {"auto": "device-desktop", "light": "sun", "dark": "moon"}


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Put ``chrome`` into every template; worked out only if the template asks."""
    return {"chrome": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Everything ``base.html`` needs beside its own blocks."""
    actor = actor_of(request)
    told: dict[str, Any] = {
        "theme": theme_of(request),
        "themes": [(name, label, THEME_ICONS[name]) for name, label in THEMES.items()],
        "language": get_language(),
        "languages": [(code, get_language_info(code)["name_local"]) for code, _n in languages()],
        "navigation": navigation(request),
        "officer": actor.name if actor else "",
        "place": [
            word for word in (getattr(actor, "post", ""), getattr(actor, "booth", "")) if word
        ],
        "lamps": [],
        "zone": settings.TIME_ZONE,
        "home": "/",
        "lock": page("LOCK", "accounts:lock") if actor else "",
        "locked": page("LOCKED", "accounts:locked") if actor else "",
        "sign_out": page("SIGN_OUT", "accounts:sign_out") if actor else "",
        "idle_seconds": getattr(settings, "KORDON_IDLE_SECONDS", 0) if actor else 0,
        "here": request.get_full_path(),
        "at_post": is_post(),
    }
    for dotted in getattr(settings, "KORDON_STRIP", ()):
        told.update(import_string(dotted)(request))
    return told


def actor_of(request: HttpRequest) -> Any:
    """Who acts in this request; None before sign-in."""
    return getattr(request, "actor", None)


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries this actor may open; the longest address above the page's own is current."""
    actor = actor_of(request)
    entries = []
    for label, name, right, key in getattr(settings, "KORDON_NAVIGATION", ()):
        if actor and (not right or actor.may(right)) and (url := address(name)):
            entries.append({"label": label, "url": url, "key": key, "current": False})
    above = [entry for entry in entries if request.path.startswith(entry["url"])]
    if above:
        max(above, key=lambda entry: len(entry["url"]))["current"] = True
    return entries


def page(setting: str, usual: str) -> str:
    return address(getattr(settings, f"KORDON_{setting}_URL", usual))


def address(name: str) -> str:
    """The address of a named page, or nothing where this node does not have it."""
    return address_in(get_urlconf() or settings.ROOT_URLCONF, name)


@cache
def address_in(urlconf: str, name: str) -> str:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""
