"""Pictures of pages, read in a process of their own.

The picture itself is never kept; what is cut out of it is.
"""

import json
import threading
from base64 import b64decode
from dataclasses import replace
from datetime import date

from django.utils import timezone

from kordon.border.decoding import TookTooLong, decode
from kordon.border.rules.page import MOST_OCTETS, PORTRAIT, PageSeen, looks_like_picture
from kordon.border.rules.refusals import NotPage

PATIENCE_S = 15.0
"""A page takes half a second of processor time, at the bounds four; booths share processors."""
AT_ONCE = threading.BoundedSemaphore(2)
READER = """
import json, sys
from base64 import b64encode
from datetime import date
from io import BytesIO
from kordon.lib.traveldocs.page import PageError, read_page, to_json

def jpeg(image):
    if image is None:
        return ""
    written = BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=88)
    return b64encode(written.getvalue()).decode()

try:
    page = read_page(sys.stdin.buffer.read(), on=date.fromisoformat(sys.argv[1]))
except PageError as error:
    print(json.dumps({"refused": str(error.code)}))
else:
    said = to_json(page)
    told = {name: said[name] for name in ("outcome", "seen", "doubts", "changes")}
    told["lines"] = list(page.reading.lines) if page.reading else said["seen"]
    told |= {"portrait": jpeg(page.portrait), "zone": jpeg(page.zone)}
    print(json.dumps(told))
"""
REFUSED = {"TOO_LARGE": "too_large", "TOO_SMALL": "too_small"}


def read_picture(octets: bytes, *, on: date) -> PageSeen:
    """Find and read the zone on a picture of a page, and cut out zone and portrait.

    Raises ``NotPage`` with a code that says why not.
    """
    if len(octets) > MOST_OCTETS:
        raise NotPage("too_large")
    if not looks_like_picture(octets):
        raise NotPage("no_image")
    told = json.loads(_answer(octets, on))
    if "refused" in told:
        raise NotPage(REFUSED.get(told["refused"], "no_image"))
    return PageSeen(
        outcome=told["outcome"],
        lines=tuple(told["lines"]),
        doubts=tuple(
            (each["line"], each["position"], each["field"], each["others"])
            for each in told["doubts"]
        ),
        changes=tuple(
            (each["line"], each["position"], each["read"], each["put"], each["field"])
            for each in told["changes"]
        ),
        portrait=b64decode(told["portrait"]) or None,
        zone=b64decode(told["zone"]) or None,
    )


def look_at_page(octets: bytes, *, mrz: str) -> PageSeen:
    """The page as read today; where its zone is known already, only the portrait is of use."""
    seen = read_picture(octets, on=timezone.localdate())  # a day changes no century
    return replace(seen, outcome=PORTRAIT) if mrz.strip() else seen


def _answer(octets: bytes, on: date) -> bytes:
    try:
        said = decode(READER, octets, on.isoformat(), patience=PATIENCE_S, gate=AT_ONCE)
    except TookTooLong:
        raise NotPage("too_long") from None
    if said is None:
        raise NotPage("no_image")
    return said
