"""How what happened becomes who may. The only writer of rows."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from kordon.accounts import facts, rules
from kordon.accounts.models import (
    Agency,
    Booth,
    Lane,
    Machine,
    Person,
    Post,
    Posting,
    Role,
    SignIn,
    Told,
)
from kordon.journal import identity
from kordon.journal.channels import is_post
from kordon.journal.models import Entry
from kordon.journal.writing import applies

FITS_NOTHING = ""


@applies(facts.AgencyRegistered)
def agency_registered(it: facts.AgencyRegistered, entry: Entry) -> None:
    Agency.objects.update_or_create(
        code=it.agency, defaults={"name": it.name, "own": it.own, "closed": False}
    )


@applies(facts.AgencyClosed)
def agency_closed(it: facts.AgencyClosed, entry: Entry) -> None:
    Agency.objects.filter(code=it.agency).update(closed=True)


@applies(facts.PostRegistered)
def post_registered(it: facts.PostRegistered, entry: Entry) -> None:
    Post.objects.update_or_create(
        code=it.post,
        defaults={
            "name": it.name,
            "agency_id": it.agency,
            "mode": it.mode,
            "status": it.status,
            "neighbour": it.neighbour,
            "region": it.region,
            "time_zone": it.time_zone,
            "latitude": it.latitude,
            "longitude": it.longitude,
            "opening_hours": it.opening_hours,
            "seasonal": it.seasonal,
            "joint_control": it.joint_control,
            "closed": False,
        },
    )


@applies(facts.PostClosed)
def post_closed(it: facts.PostClosed, entry: Entry) -> None:
    Post.objects.filter(code=it.post).update(closed=True)


@applies(facts.LaneOpened)
def lane_opened(it: facts.LaneOpened, entry: Entry) -> None:
    Lane.objects.update_or_create(
        id=f"{it.post}/{it.lane}",
        defaults={
            "post_id": it.post,
            "code": it.lane,
            "opened_class": it.lane_class,
            "opened_direction": it.direction,
        },
    )


@applies(facts.LaneSwitched)
def lane_switched(it: facts.LaneSwitched, entry: Entry) -> None:
    Lane.objects.filter(id=f"{it.post}/{it.lane}").update(
        switched_class=it.lane_class or "", switched_direction=it.direction or ""
    )


@applies(facts.LaneClosed)
def lane_closed(it: facts.LaneClosed, entry: Entry) -> None:
    Booth.objects.filter(lane_id=f"{it.post}/{it.lane}").update(lane=None)
    Lane.objects.filter(id=f"{it.post}/{it.lane}").delete()


@applies(facts.BoothSetUp)
def booth_set_up(it: facts.BoothSetUp, entry: Entry) -> None:
    Booth.objects.update_or_create(
        id=f"{it.post}/{it.booth}",
        defaults={
            "post_id": it.post,
            "code": it.booth,
            "lane_id": f"{it.post}/{it.lane}" if it.lane else None,
        },
    )


@applies(facts.BoothRemoved)
def booth_removed(it: facts.BoothRemoved, entry: Entry) -> None:
    Booth.objects.filter(id=f"{it.post}/{it.booth}").delete()


@applies(facts.BoothTaken)
def booth_taken(it: facts.BoothTaken, entry: Entry) -> None:
    Booth.objects.filter(id=f"{it.post}/{it.booth}").update(
        person=it.person, session=it.session, taken_at=entry.at
    )


@applies(facts.BoothLeft)
def booth_left(it: facts.BoothLeft, entry: Entry) -> None:
    Booth.objects.filter(id=f"{it.post}/{it.booth}", person=it.person).update(
        person=None, session=None, taken_at=None
    )


@applies(facts.RoleDefined)
def role_defined(it: facts.RoleDefined, entry: Entry) -> None:
    Role.objects.update_or_create(
        code=it.role,
        defaults={
            "title": it.title,
            "description": it.description,
            "rights": list(it.rights),
            "gives": list(it.gives),
        },
    )


@applies(facts.RoleWithdrawn)
def role_withdrawn(it: facts.RoleWithdrawn, entry: Entry) -> None:
    """The rows of ended postings keep naming it, so it stays, without rights."""
    Role.objects.filter(code=it.role).update(rights=[], gives=[])


@applies(facts.PersonEnrolled)
def person_enrolled(it: facts.PersonEnrolled, entry: Entry) -> None:
    Person.objects.create(
        id=it.person,
        login=it.login,
        name=it.name,
        service_number=it.service_number,
        agency_id=it.agency,
        language=it.language,
        password=it.password,
        code_until=it.code_until,
        password_at=entry.at,
        enrolled_at=entry.at,
    )


@applies(facts.PersonDescribed)
def person_described(it: facts.PersonDescribed, entry: Entry) -> None:
    Person.objects.filter(id=it.person).update(
        name=it.name, service_number=it.service_number, language=it.language
    )


@applies(facts.PasswordReset)
def password_reset(it: facts.PasswordReset, entry: Entry) -> None:
    Person.objects.filter(id=it.person).update(
        password=it.password, code_until=it.code_until, password_at=entry.at
    )


@applies(facts.PasswordChanged)
def password_changed(it: facts.PasswordChanged, entry: Entry) -> None:
    row = Person.objects.filter(id=it.person).first()
    if row is None:
        return
    ours = entry.node == identity.mine().node
    if not ours and not _speaks_for(entry, row):
        return
    changed: dict[str, Any] = {"changes": {**row.changes, entry.node: entry.number}}
    if ours or row.password_at is None or entry.at >= row.password_at:
        changed |= {"password": it.password, "code_until": None, "password_at": entry.at}
    Person.objects.filter(id=it.person).update(**changed)


def _speaks_for(entry: Entry, person: Person) -> bool:
    """A post changes passwords only of those it was told about, while they are posted there."""
    told = Told.objects.filter(person=person, post__in=("", entry.node))
    return told.filter(Q(over_at=None) | Q(over_at__gte=entry.at)).exists()


@applies(facts.PersonSuspended)
def person_suspended(it: facts.PersonSuspended, entry: Entry) -> None:
    Person.objects.filter(id=it.person).update(suspended=True, suspended_because=it.reason)


@applies(facts.PersonReinstated)
def person_reinstated(it: facts.PersonReinstated, entry: Entry) -> None:
    Person.objects.filter(id=it.person).update(suspended=False, suspended_because="")


@applies(facts.PostingGiven)
def posting_given(it: facts.PostingGiven, entry: Entry) -> None:
    Posting.objects.create(
        id=it.posting,
        person_id=it.person,
        role_id=it.role,
        post_id=it.post or None,
        since=it.since,
        until=it.until,
        given_by=entry.by,
        given_by_name=entry.by_name,
    )


@applies(facts.PostingEnded)
def posting_ended(it: facts.PostingEnded, entry: Entry) -> None:
    Posting.objects.filter(id=it.posting).update(ended_at=entry.at)


@applies(facts.PersonPosted)
def person_posted(it: facts.PersonPosted, entry: Entry) -> None:
    """At headquarters, the people are known already; what was told is remembered."""
    if not is_post():
        Person.objects.filter(id=it.person).update(version=it.version)
        Told.objects.update_or_create(
            person_id=it.person,
            post=it.post,
            defaults={"digest": rules.digest_of(it), "over_at": None},
        )
        return
    _make_known(it)
    _write_person(it)
    held = [one.posting for one in it.postings]
    _end_postings(it, entry, but=held)
    for one in it.postings:
        described = {
            "person_id": it.person,
            "role_id": one.role,
            "post_id": it.post or None,
            "since": one.since,
            "until": one.until,
            "ended_at": None,
            "given_by": one.given_by,
            "given_by_name": one.given_by_name,
        }
        Posting.objects.update_or_create(id=one.posting, defaults=described)


def _make_known(it: facts.PersonPosted) -> None:
    """What the other channel may bring only after this one: named here, described by it."""
    Agency.objects.get_or_create(code=it.agency, defaults={"name": it.agency})
    for one in it.postings:
        Role.objects.get_or_create(code=one.role, defaults={"title": one.role})
    if it.post:
        described = {
            "name": it.post,
            "agency_id": it.agency,
            "mode": facts.Mode.ROAD,
            "status": facts.PostStatus.INTERNATIONAL,
            "time_zone": settings.TIME_ZONE,
        }
        Post.objects.get_or_create(code=it.post, defaults=described)


def _write_person(it: facts.PersonPosted) -> None:
    """Unless a later version came by the other channel; but for a password changed here since."""
    row = Person.objects.filter(id=it.person).first()
    if row is not None and row.version >= it.version:
        return
    me = identity.mine().node
    ours = row.changes.get(me, 0) if row is not None else 0
    told: dict[str, Any] = {
        "version": it.version,
        "login": it.login,
        "name": it.name,
        "service_number": it.service_number,
        "agency_id": it.agency,
        "language": it.language,
        "suspended": it.suspended,
        "enrolled_at": it.enrolled_at,
    }
    if ours <= it.changes.get(me, 0):
        told |= {"password": it.password, "code_until": it.code_until}
    Person.objects.update_or_create(id=it.person, defaults=told)


@applies(facts.PersonUnposted)
def person_unposted(it: facts.PersonUnposted, entry: Entry) -> None:
    """The name stays beside what the person did here; the password goes."""
    if not is_post():
        Told.objects.filter(person=it.person, post=it.post).update(digest="", over_at=entry.at)
        return
    _end_postings(it, entry)
    if not Posting.objects.filter(person=it.person, ended_at=None).exists():
        Person.objects.filter(id=it.person).update(
            password=FITS_NOTHING, code_until=None, version=0
        )


def _end_postings(
    it: facts.PersonPosted | facts.PersonUnposted, entry: Entry, but: Collection[UUID] = ()
) -> None:
    theirs = Posting.objects.filter(person=it.person, post_id=it.post or None, ended_at=None)
    theirs.exclude(id__in=but).update(ended_at=entry.at)


@applies(facts.MachineEnrolled)
def machine_enrolled(it: facts.MachineEnrolled, entry: Entry) -> None:
    Machine.objects.create(
        id=it.machine,
        name=it.name,
        agency_id=it.agency,
        post_id=it.post or None,
        role_id=it.role,
        token_hash=it.token_hash,
        until=it.until,
        enrolled_at=entry.at,
    )


@applies(facts.MachineTokenRenewed)
def machine_token_renewed(it: facts.MachineTokenRenewed, entry: Entry) -> None:
    Machine.objects.filter(id=it.machine).update(token_hash=it.token_hash, until=it.until)


@applies(facts.MachineRevoked)
def machine_revoked(it: facts.MachineRevoked, entry: Entry) -> None:
    Machine.objects.filter(id=it.machine).update(revoked=True)


@applies(facts.PersonSignedIn)
def person_signed_in(it: facts.PersonSignedIn, entry: Entry) -> None:
    SignIn.objects.create(
        id=entry.id,
        at=entry.at,
        what="signed_in",
        person=it.person,
        session=it.session,
        address=it.address,
    )


@applies(facts.SignInFailed, inserts=True)
def sign_in_failed(it: facts.SignInFailed, entry: Entry) -> list[SignIn]:
    row = SignIn(
        id=entry.id,
        at=entry.at,
        what="failed",
        person=it.person,
        session=it.session,
        address=it.address,
        failure=it.failure.value,
    )
    return [row]


@applies(facts.SessionUnlocked)
def session_unlocked(it: facts.SessionUnlocked, entry: Entry) -> None:
    SignIn.objects.create(
        id=entry.id,
        at=entry.at,
        what="unlocked",
        person=it.person,
        session=it.session,
        address=it.address,
    )


@applies(facts.PersonSignedOut)
def person_signed_out(it: facts.PersonSignedOut, entry: Entry) -> None:
    SignIn.objects.create(
        id=entry.id,
        at=entry.at,
        what="signed_out",
        person=it.person,
        session=it.session,
        ending=it.ending,
    )
