"""Dates, spans of time and countries in words nobody can misread."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

UNKNOWN = "--"
PARTIAL = re.compile(r"(\d{4}|[-Xx?<]{2,4})(?:-?(\d\d|[-Xx?<]{2}))?(?:-?(\d\d|[-Xx?<]{2}))?")

# Codes of Doc 9303 part 3 section 5 that are no ISO 3166 country, and the one-letter D.
SPECIAL = {
    "EUE": gettext_lazy("European Union"),
    "GBD": gettext_lazy("British Overseas Territories citizen"),
    "GBN": gettext_lazy("British National (Overseas)"),
    "GBO": gettext_lazy("British Overseas citizen"),
    "GBP": gettext_lazy("British protected person"),
    "GBS": gettext_lazy("British subject"),
    "UNO": gettext_lazy("United Nations"),
    "UNA": gettext_lazy("United Nations specialised agency"),
    "UNK": gettext_lazy("United Nations mission in Kosovo"),
    "UTO": gettext_lazy("Utopia (specimen)"),
    "XBA": gettext_lazy("African Development Bank"),
    "XCE": gettext_lazy("Council of Europe"),
    "XCO": gettext_lazy("COMESA"),
    "XEC": gettext_lazy("ECOWAS"),
    "XIM": gettext_lazy("Afreximbank"),
    "XMP": gettext_lazy("Parliamentary Assembly of the Mediterranean"),
    "XOM": gettext_lazy("Order of Malta"),
    "XPO": gettext_lazy("Interpol"),
    "XXA": gettext_lazy("Stateless person"),
    "XXB": gettext_lazy("Refugee (1951 Convention)"),
    "XXC": gettext_lazy("Refugee (other)"),
    "XXX": gettext_lazy("Nationality not stated"),
}
ALIKE = {"D": "DE", "D<<": "DE", "RKS": "XK", "ROM": "RO", "ZAR": "CD", "TMP": "TL"}


@cache
def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def locale() -> Locale:
    return locale_of(get_language() or "en")


def written(day: Any) -> str:
    """``12 Aug 1974``; parts that are not known stand as ``--``.

    Takes a date, a datetime (in local time), anything with ``year``, ``month`` and ``day`` of which
    some may be None, or text such as ``1974-08-12``, ``1974-08``, ``1974-00-00``, ``1974----``.
    """
    if day is None or day == "":
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    if isinstance(day, date):
        return format_date(day, "d MMM y", locale=locale())
    found = parts(day)
    if found is None:
        return str(day)
    year, month, number = found
    named = format_date(date(2000, month, 1), "MMM", locale=locale()) if month else UNKNOWN
    return f"{number or UNKNOWN} {named} {f'{year:04}' if year else UNKNOWN}"


def parts(day: Any) -> tuple[int, int, int] | None:
    """Year, month and day as numbers, 0 where not known; None if this is no date at all."""
    if all(hasattr(day, name) for name in ("year", "month", "day")):
        found = tuple(int(getattr(day, name) or 0) for name in ("year", "month", "day"))
    elif match := PARTIAL.fullmatch(str(day).strip()):
        found = tuple(int(text) if text and text.isdigit() else 0 for text in match.groups())
    else:
        return None
    year, month, number = found
    return (year, month, number) if month <= 12 and number <= 31 else None


def moment(instant: datetime | None) -> str:
    """``12 Aug 2026, 14:32`` in local time."""
    if instant is None:
        return ""
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return f"{written(local)}, {local:%H:%M}"


def age(span: Any) -> str:
    """``3 min``, ``2 h``, ``5 d``: how long ago or how long, from a time, a span or seconds."""
    if span is None or span == "":
        return ""
    if isinstance(span, datetime):
        span = timezone.now() - span
    seconds = span.total_seconds() if isinstance(span, timedelta) else float(span)
    if abs(seconds) < 60:
        return _("%(number)d s") % {"number": seconds}
    if abs(seconds) < 3600:
        return _("%(number)d min") % {"number": seconds / 60}
    if abs(seconds) < 2 * 86400:
        return _("%(number)d h") % {"number": seconds / 3600}
    return _("%(number)d d") % {"number": seconds / 86400}


def country(code: str | None) -> str:
    """The country's name in the reader's language; the code itself where there is none."""
    code = (code or "").strip().upper()
    if code in SPECIAL:
        return str(SPECIAL[code])
    short = ALIKE.get(code) or (code if len(code) == 2 else two_letters().get(code, ""))
    return locale().territories.get(short) or code


@cache
def two_letters() -> dict[str, str]:
    """ISO 3166 three-letter codes to two-letter ones, as CLDR has them."""
    aliases = get_global("territory_aliases")
    return {
        code: to[0]
        for code, to in aliases.items()
        if len(code) == 3 and code.isalpha() and len(to) == 1
    }
