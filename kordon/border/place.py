"""Where an officer works, as far as a check and a crossing must know."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from kordon.accounts.queries import get_post, list_booths, name_posts
from kordon.journal.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Place:
    """The officer's post. Somebody at no post works by the node's own time."""

    zone: ZoneInfo
    mode: str = ""
    status: str = ""
    neighbour: str = ""


def place_of(by: Actor) -> Place:
    """The post of the actor, with its time zone."""
    if not by.post:
        return Place(zone=ZoneInfo(settings.TIME_ZONE))
    post = get_post(by=by, code=by.post)
    return Place(
        zone=ZoneInfo(post.time_zone),
        mode=post.mode,
        status=post.status,
        neighbour=post.neighbour,
    )


def lane_of(by: Actor) -> str:
    """The lane of the officer's booth, empty where it stands at none."""
    if not by.booth:
        return ""
    booths = list_booths(by=by, post=by.post)
    lanes = (booth.lane.code for booth in booths if booth.code == by.booth and booth.lane)
    return next(lanes, "")


def post_names(by: Actor) -> dict[str, str]:
    """The names of all posts by their codes, closed ones too: history speaks of them."""
    return name_posts(by=by)
