"""Agencies, posts, lanes, booths: where people work."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from kordon.accounts import rules
from kordon.accounts.facts import (
    AgencyClosed,
    AgencyRegistered,
    BoothRemoved,
    BoothSetUp,
    LaneClass,
    LaneClosed,
    LaneDirection,
    LaneOpened,
    LaneSwitched,
    Mode,
    PostClosed,
    PostRegistered,
    PostStatus,
)
from kordon.accounts.models import Agency, Booth, Lane, Post
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@dataclass(frozen=True, kw_only=True)
class PostDescription:
    """What is said of a post when it is registered; see ``PostRegistered``."""

    name: str
    agency: str
    mode: Mode
    status: PostStatus
    time_zone: str
    neighbour: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    opening_hours: str = ""
    seasonal: bool = False
    joint_control: bool = False


@command(at_hq=True)
def register_agency(*, by: Actor, agency: str, name: str) -> Agency:
    """Let an agency take part, or change its name."""
    code, name = rules.clean_code(agency), rules.clean_name(name, longest=200)
    known = Agency.objects.filter(code=code).first()
    if known is None or known.closed or known.name != name:
        own = known.own if known else not Agency.objects.exists()
        record(AgencyRegistered(agency=code, name=name, own=own), by=by)
    return Agency.objects.get(code=code)


@command(at_hq=True)
def close_agency(*, by: Actor, agency: str) -> None:
    """An agency takes part no longer. Refused while it has people, machines or posts."""
    row = _open_agency(agency)
    busy = (
        row.own
        or row.people.filter(suspended=False).exists()
        or row.posts.filter(closed=False).exists()
        or row.machines.filter(revoked=False).exists()
    )
    if busy:
        raise rules.StillInUse(rules._("The agency still has people, machines or posts here."))
    record(AgencyClosed(agency=row.code), by=by)


@command(at_hq=True)
def register_post(*, by: Actor, post: str, description: PostDescription) -> Post:
    """Register a border crossing point, or describe it anew."""
    code, it = rules.clean_code(post), description
    rules.check_place(it.latitude, it.longitude)
    if it.time_zone not in available_timezones():
        raise rules.BadValue(rules._("There is no such time zone:"), it.time_zone)
    if len(it.region) > 120 or len(it.opening_hours) > 200 or len(it.neighbour) > 3:
        raise rules.BadValue(rules._("Region, opening hours or neighbouring state is too long."))
    what = PostRegistered(
        post=code,
        name=rules.clean_name(it.name, longest=200),
        agency=_open_agency(it.agency).code,
        mode=it.mode,
        status=it.status,
        neighbour=it.neighbour.strip().upper(),
        region=it.region.strip(),
        time_zone=ZoneInfo(it.time_zone).key,
        latitude=it.latitude,
        longitude=it.longitude,
        opening_hours=it.opening_hours.strip(),
        seasonal=it.seasonal,
        joint_control=it.joint_control,
    )
    record(what, by=by)
    return Post.objects.get(code=code)


@command(at_hq=True)
def close_post(*, by: Actor, post: str) -> None:
    """A post is used no longer. Refused while somebody works there."""
    row = _open_post(post)
    if row.booths.filter(person__isnull=False).exists():
        raise rules.StillInUse(rules._("Somebody works at a booth of this post."))
    record(PostClosed(post=row.code), by=by)


@command(at_hq=True)
def open_lane(
    *, by: Actor, post: str, lane: str, lane_class: LaneClass, direction: LaneDirection
) -> Lane:
    """Open a lane, or switch its class or direction while it is open."""
    row, code = _open_post(post), rules.clean_code(lane)
    what = LaneOpened(post=row.code, lane=code, lane_class=lane_class, direction=direction)
    record(what, by=by)
    return Lane.objects.get(id=f"{row.code}/{code}")


@command
def switch_lane(*, by: Actor, lane: str, lane_class: LaneClass, direction: LaneDirection) -> Lane:
    """Use a lane of one's own post for somebody else, or for the other direction.

    So it stays until the shift commander says otherwise, however it is opened anew.
    """
    if not by.post:
        raise rules.NoPost(rules._("Choose the post where you work first."))
    row = Lane.objects.filter(id=f"{by.post}/{lane}").first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such lane."))
    what = LaneSwitched(
        post=by.post,
        lane=lane,
        lane_class=None if lane_class == row.opened_class else lane_class,
        direction=None if direction == row.opened_direction else direction,
    )
    record(what, by=by)
    row.refresh_from_db()
    return row


@command(at_hq=True)
def close_lane(*, by: Actor, post: str, lane: str) -> None:
    """Close a lane; its booths stand at no lane then."""
    if not Lane.objects.filter(id=f"{post}/{lane}").exists():
        raise rules.NoSuchThing(rules._("There is no such lane."))
    record(LaneClosed(post=post, lane=lane), by=by)


@command(at_hq=True)
def set_up_booth(*, by: Actor, post: str, booth: str, lane: str = "") -> Booth:
    """Set up a booth at a lane or at none, or move it to another lane."""
    row, code = _open_post(post), rules.clean_code(booth)
    if lane and not row.lanes.filter(code=lane).exists():
        raise rules.NoSuchThing(rules._("There is no such lane."))
    record(BoothSetUp(post=row.code, booth=code, lane=lane), by=by)
    return Booth.objects.get(id=f"{row.code}/{code}")


@command(at_hq=True)
def remove_booth(*, by: Actor, post: str, booth: str) -> None:
    """A booth is gone. Refused while somebody works there."""
    row = Booth.objects.filter(id=f"{post}/{booth}").first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such booth."))
    if row.person_id:
        raise rules.StillInUse(rules._("Somebody works at this booth."))
    record(BoothRemoved(post=post, booth=booth), by=by)


def _open_agency(code: str) -> Agency:
    row = Agency.objects.filter(code=code, closed=False).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such agency:"), code)
    return row


def _open_post(code: str) -> Post:
    row = Post.objects.filter(code=code, closed=False).first()
    if row is None:
        raise rules.NoSuchThing(rules._("There is no such post:"), code)
    return row
