"""The page of a travel document, from a scan or a photograph: zone read, portrait cut out.

    from kordon.lib.traveldocs.page import read_page

    page = read_page(octets, on=today)
    page.outcome, page.reading, page.doubts, page.portrait

Needs `numpy` and `Pillow`. No network, no clock, no disk but the weights of the model that lie
beside this file. `read_page` raises `PageError` where there is no image within bounds, and nothing
else; it never takes for read what is doubtful.
"""

from kordon.lib.traveldocs.page.as_json import to_json
from kordon.lib.traveldocs.page.errors import Code, PageError
from kordon.lib.traveldocs.page.outcome import Character, Outcome, PageReading, Support
from kordon.lib.traveldocs.page.reading import read_page

__all__ = [
    "Character",
    "Code",
    "Outcome",
    "PageError",
    "PageReading",
    "Support",
    "read_page",
    "to_json",
]
