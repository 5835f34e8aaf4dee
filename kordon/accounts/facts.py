"""What can have happened to those who may: agencies, posts, people, roles, machines, sign-ins.

Agencies, posts, lanes, booths, roles and machines go to every post. What happens to people
stays at headquarters: each post is told of those posted there what it needs to sign them in
(``PersonPosted``), password hashes (Argon2, nothing else) included.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kordon.journal.fact import PostOf, Travels, fact


class Mode(StrEnum):
    """What passes at a post."""

    ROAD = "road"
    RAIL = "rail"
    AIR = "air"
    RIVER = "river"
    SEA = "sea"


class PostStatus(StrEnum):
    """Who may cross at a post."""

    INTERNATIONAL = "international"
    BILATERAL = "bilateral"
    """Citizens of the two states only."""
    LOCAL = "local"
    """Residents of the border area only."""


class LaneClass(StrEnum):
    """Whom or what a lane serves."""

    ALL = "all"
    CITIZENS = "citizens"
    FOREIGNERS = "foreigners"
    LOCAL = "local"
    PEDESTRIANS = "pedestrians"
    CARS = "cars"
    BUSES = "buses"
    TRUCKS = "trucks"
    CREW = "crew"
    PRIORITY = "priority"


class LaneDirection(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"
    BOTH = "both"


class Ending(StrEnum):
    """How a session or a stay at a booth came to its end."""

    OWN = "own"
    """The officer ended it."""
    RELIEVED = "relieved"
    """Another officer took the booth after the session there had died."""
    MOVED = "moved"
    """The officer took another booth."""
    FREED = "freed"
    """The shift commander freed the booth."""
    SIGNED_OUT = "signed_out"


class Failure(StrEnum):
    """Why a sign-in failed. Told to auditors, never to the one who tried."""

    UNKNOWN_LOGIN = "unknown_login"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  # nosec B105
    SUSPENDED = "suspended"
    CODE_EXPIRED = "code_expired"


@fact("accounts.agency_registered.v1", travels=Travels.POSTS)
class AgencyRegistered:
    """An agency takes part. Registered again, its name is changed. ``own``: it runs this system."""

    agency: str
    name: str
    own: bool = False


@fact("accounts.agency_closed.v1", travels=Travels.POSTS)
class AgencyClosed:
    """An agency takes part no longer."""

    agency: str


@fact("accounts.post_registered.v1", travels=Travels.POSTS)
class PostRegistered:
    """A border crossing point. Registered again, it is described anew.

    ``neighbour``: the state on the other side (ICAO 9303 code). Degrees are WGS 84.
    """

    post: str
    name: str
    agency: str
    mode: Mode
    status: PostStatus
    neighbour: str = ""
    region: str = ""
    time_zone: str
    latitude: float | None = None
    longitude: float | None = None
    opening_hours: str = ""
    seasonal: bool = False
    joint_control: bool = False


@fact("accounts.post_closed.v1", travels=Travels.POSTS)
class PostClosed:
    """A post is used no longer."""

    post: str


@fact("accounts.lane_opened.v1", travels=Travels.POSTS)
class LaneOpened:
    """A lane of a post. Opened again, its class and direction are changed."""

    post: str
    lane: str
    lane_class: LaneClass
    direction: LaneDirection


@fact("accounts.lane_switched.v1")
class LaneSwitched:
    """The post uses a lane otherwise than it was opened; None: as it was opened."""

    post: str
    lane: str
    lane_class: LaneClass | None = None
    direction: LaneDirection | None = None


@fact("accounts.lane_closed.v1", travels=Travels.POSTS)
class LaneClosed:
    """A lane is closed; its booths stand at none."""

    post: str
    lane: str


@fact("accounts.booth_set_up.v1", travels=Travels.POSTS)
class BoothSetUp:
    """A booth of a post, at a lane or at none. Set up again, it is moved to that lane."""

    post: str
    booth: str
    lane: str = ""


@fact("accounts.booth_removed.v1", travels=Travels.POSTS)
class BoothRemoved:
    """A booth is gone."""

    post: str
    booth: str


@fact("accounts.booth_taken.v1")
class BoothTaken:
    """An officer sat down at a booth, in one of their sessions."""

    post: str
    booth: str
    person: UUID
    session: UUID


@fact("accounts.booth_left.v1")
class BoothLeft:
    """An officer no longer works at a booth."""

    post: str
    booth: str
    person: UUID
    ending: Ending


@fact("accounts.role_defined.v1", travels=Travels.POSTS)
class RoleDefined:
    """A set of rights under a name. Defined again, it is changed for all who hold it.

    ``gives`` names roles the holder may give to others though holding none of their
    rights: an administrator appoints officers and sees no traveller.
    """

    role: str
    title: str
    description: str
    rights: tuple[str, ...]
    gives: tuple[str, ...] = ()


@fact("accounts.role_withdrawn.v1", travels=Travels.POSTS)
class RoleWithdrawn:
    """A role is given no more and holds no rights."""

    role: str


@fact("accounts.person_enrolled.v1", only_at_hq=True)
class PersonEnrolled:
    """Somebody may sign in. ``password`` is an Argon2 hash.

    ``code_until``: the password is a one-time code, good until then, to be changed
    at the first sign-in; None: the person chose it.
    """

    person: UUID
    login: str
    name: str
    service_number: str = ""
    agency: str
    language: str = ""
    password: str
    code_until: datetime | None


@fact("accounts.person_described.v1", only_at_hq=True)
class PersonDescribed:
    """Name, service number or language changed."""

    person: UUID
    name: str
    service_number: str
    language: str


@fact("accounts.password_reset.v1", only_at_hq=True)
class PasswordReset:
    """Somebody else had a one-time code made for this person."""

    person: UUID
    password: str
    code_until: datetime


@fact("accounts.password_changed.v1")
class PasswordChanged:
    """The person chose a password; every other session of theirs ends. Of two, the later holds."""

    person: UUID
    password: str


@fact("accounts.person_suspended.v1", only_at_hq=True)
class PersonSuspended:
    """Somebody may not sign in for now."""

    person: UUID
    reason: str


@fact("accounts.person_reinstated.v1", only_at_hq=True)
class PersonReinstated:
    """A suspended person may sign in again."""

    person: UUID


@fact("accounts.posting_given.v1", only_at_hq=True)
class PostingGiven:
    """A person holds a role at a post, or everywhere (``post`` empty), first to last day."""

    posting: UUID
    person: UUID
    role: str
    post: str = ""
    since: date
    until: date | None = None


@fact("accounts.posting_ended.v1", only_at_hq=True)
class PostingEnded:
    """A person holds a role no longer, from this moment."""

    posting: UUID


@dataclass(frozen=True, kw_only=True)
class PostingHeld:
    """A posting as a post is told of it."""

    posting: UUID
    role: str
    since: date
    until: date | None
    given_by: UUID
    given_by_name: str


@fact("accounts.person_posted.v1", travels=PostOf("post"))
class PersonPosted:
    """All that a post must know of somebody posted there (``post`` empty: everywhere).

    Told anew, whole, when any of it changed. ``version`` counts what was told about the person,
    to whichever post. ``changes``: the last entry of each node by which a password was chosen
    there, as far as headquarters has heard; a post that made a later one keeps it.
    """

    post: str
    person: UUID
    version: int
    login: str
    name: str
    service_number: str
    agency: str
    language: str
    password: str
    code_until: datetime | None
    suspended: bool
    enrolled_at: datetime
    postings: tuple[PostingHeld, ...]
    changes: dict[str, int]


@fact("accounts.person_unposted.v1", travels=PostOf("post"))
class PersonUnposted:
    """Somebody's last posting at a post (empty: everywhere) is over: it forgets the password."""

    post: str
    person: UUID


@fact("accounts.machine_enrolled.v1", travels=Travels.POSTS)
class MachineEnrolled:
    """A machine may call the API with a token, of which only the SHA-256 is kept."""

    machine: UUID
    name: str
    agency: str
    post: str = ""
    role: str
    token_hash: str
    until: date


@fact("accounts.machine_token_renewed.v1", travels=Travels.POSTS)
class MachineTokenRenewed:
    """A machine has a new token; the old one is dead."""

    machine: UUID
    token_hash: str
    until: date


@fact("accounts.machine_revoked.v1", travels=Travels.POSTS)
class MachineRevoked:
    """A machine may call no longer."""

    machine: UUID


@fact("accounts.person_signed_in.v1")
class PersonSignedIn:
    """Somebody knew the password; a session began."""

    person: UUID
    session: UUID
    address: str


@fact("accounts.sign_in_failed.v1")
class SignInFailed:
    """What was typed is not kept: people type passwords where logins belong."""

    person: UUID | None
    address: str
    failure: Failure
    session: UUID | None = None
    """Set when a locked session was not unlocked."""


@fact("accounts.session_unlocked.v1")
class SessionUnlocked:
    """Somebody knew the password of their own locked session."""

    person: UUID
    session: UUID
    address: str


@fact("accounts.person_signed_out.v1")
class PersonSignedOut:
    """A session ended by its officer's wish."""

    person: UUID
    session: UUID
    ending: Ending
