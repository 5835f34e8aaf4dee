"""The page as a picture: what may be taken from it, and what the officer is told.

What the reading of a page doubts is never used by itself: an officer sees the lines beside the
picture, and confirms or types them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kordon.border.facts import Finding, Level, Source

READ, REPAIRED, NOT_READ, NO_ZONE = "READ", "REPAIRED", "NOT_READ", "NO_ZONE"
DOUBTFUL = frozenset({REPAIRED, NOT_READ})
PORTRAIT = "PORTRAIT"
"""The zone came from elsewhere: only the portrait was of use."""
MOST_OCTETS = 8 * 1024 * 1024
KINDS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, kw_only=True)
class PageSeen:
    """A page as it was read from a picture.

    ``doubts`` are line, position (from 1), field and what else the model holds possible.
    ``changes`` are line, position, what was read, what was put, and the field. ``portrait`` and
    ``zone`` are JPEG, cut out.
    """

    outcome: str
    lines: tuple[str, ...] = ()
    doubts: tuple[tuple[int, int, str, str], ...] = ()
    changes: tuple[tuple[int, int, str, str, str], ...] = ()
    portrait: bytes | None = field(default=None, repr=False)
    zone: bytes | None = field(default=None, repr=False)

    @property
    def mrz(self) -> str:
        """The zone where nothing in it is doubtful or exchanged; else empty."""
        return "\n".join(self.lines) if self.outcome == READ else ""

    @property
    def must_be_confirmed(self) -> bool:
        """Whether an officer has to look at the lines before anything is taken from them."""
        return self.outcome in DOUBTFUL

    def said(self) -> dict[str, Any]:
        """Plain values without the pictures."""
        return {
            "outcome": self.outcome,
            "lines": list(self.lines),
            "doubts": [list(each) for each in self.doubts],
            "changes": [list(each) for each in self.changes],
        }


@dataclass(frozen=True, kw_only=True)
class PagePresented:
    """What a picture of the page gave to a check: the zone as read, the zone as an officer
    confirmed it, or the portrait alone.

    ``fields`` are those in which something was doubtful or exchanged.
    """

    gave: str
    fields: tuple[str, ...] = ()


def looks_like_picture(octets: bytes) -> bool:
    """Whether a file claims to be a JPEG or PNG."""
    return any(octets.startswith(each) for each in KINDS)


def presented_by(said: dict[str, Any], mrz: str) -> PagePresented | None:
    """What the page as read gave to a check with this zone; None where it gave nothing."""
    outcome = said["outcome"]
    if outcome == NO_ZONE:
        return None
    if outcome == PORTRAIT or not mrz.strip():
        return PagePresented(gave="page_portrait")
    if outcome == READ:
        same = "".join(said["lines"]) == "".join(mrz.split())
        return PagePresented(gave="zone_from_picture" if same else "page_portrait")
    fields = [each[2] for each in said["doubts"]] + [each[4] for each in said["changes"]]
    return PagePresented(
        gave="zone_confirmed", fields=tuple(dict.fromkeys(filter(None, fields))) or ("zone",)
    )


def about_page(it: PagePresented) -> Iterator[Finding]:
    """From where the zone comes; what was doubtful is named although an officer confirmed it."""
    doubtful = it.gave == "zone_confirmed"
    yield Finding(
        code=it.gave,
        level=Level.NOTE if doubtful else Level.FINE,
        source=Source.DOCUMENT,
        params={"fields": " ".join(it.fields)} if doubtful else {},
        advice="compare_page" if doubtful else "",
    )
