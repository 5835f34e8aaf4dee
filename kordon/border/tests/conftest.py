"""A post with two booths, travellers with documents, and alerts about some of them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kordon.accounts.commands import enrol_machine
from kordon.accounts.facts import (
    AgencyRegistered,
    BoothSetUp,
    LaneClass,
    LaneDirection,
    LaneOpened,
    Mode,
    PostRegistered,
    PostStatus,
    RoleDefined,
)
from kordon.border import commands
from kordon.border.facts import Decision, Direction, Identity, ReferralReason
from kordon.border.rules.presenting import Presentation
from kordon.journal.writing import record, writing
from kordon.lib.traveldocs import Format, MRZData, PartialDate, write_mrz
from kordon.watchlist.commands import approve_alert, raise_alert
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.sources.records import Kind

BORN = PartialDate(1974, 8, 12)


def zone(**changes):
    """The machine-readable zone of an invented passport, in force for years."""
    told = {
        "document_code": "P",
        "issuer": "UTO",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "number": "L898902C3",
        "nationality": "UTO",
        "birth": BORN,
        "sex": "F",
        "expiry": date.today() + timedelta(days=900),
    } | changes
    return "\n".join(write_mrz(Format.TD3, MRZData(**told)))


@pytest.fixture
def north(ada):
    """The post NORTH: lane A with booths 1 and 2."""
    with writing():
        record(AgencyRegistered(agency="BORDER", name="Border Service", own=True), by=ada)
        record(
            PostRegistered(
                post="NORTH",
                name="North Gate",
                agency="BORDER",
                mode=Mode.ROAD,
                status=PostStatus.INTERNATIONAL,
                neighbour="KGZ",
                time_zone="Asia/Almaty",
            ),
            by=ada,
        )
        record(
            LaneOpened(
                post="NORTH", lane="A", lane_class=LaneClass.CARS, direction=LaneDirection.BOTH
            ),
            by=ada,
        )
        for booth in "12":
            record(BoothSetUp(post="NORTH", booth=booth, lane="A"), by=ada)


@pytest.fixture
def check(ada, north):
    """Check a traveller, by default the everyday one."""

    def make(by=ada, direction=Direction.ENTRY, mrz=None, typed=None, check=None, **more):
        return commands.check_traveller(
            by=by,
            check=check or uuid4(),
            presentation=Presentation(
                direction=direction,
                mrz=zone() if mrz is None else mrz,
                typed=typed or Identity(),
                **more,
            ),
        )

    return make


@pytest.fixture
def cross(ada, check):
    """Check a traveller and record the decision."""

    def make(
        by=ada,
        decision=Decision.ADMIT,
        reasons=(),
        direction=Direction.ENTRY,
        crossing=None,
        note="",
        **presented,
    ):
        made = check(by=by, direction=direction, **presented)
        return commands.record_crossing(
            by=by,
            crossing=crossing or uuid4(),
            check=made.id,
            decision=decision,
            reasons=reasons,
            note=note,
        )

    return make


@pytest.fixture
def refer(cross):
    """A traveller referred to the second line, by default for a doubt about the document."""

    def make(reasons=(ReferralReason.DOCUMENT_DOUBT,), **more):
        return cross(decision=Decision.REFER, reasons=reasons, **more)

    return make


@pytest.fixture
def inspected(ben, refer):
    """A traveller whose inspection Ben has begun."""

    def make(**more):
        row = refer(**more)
        commands.begin_inspection(by=ben, crossing=row.id)
        return row

    return make


@pytest.fixture
def alert(ada, ben, north):
    """Put an alert in force, by default an entry ban on the everyday traveller."""

    def make(
        category=Category.ENTRY_BAN,
        kind=Kind.PERSON,
        low_quality=False,
        agency="BORDER",
        **changes,
    ):
        told = {
            "legal_basis": "Law 1",
            "case_reference": "C-1",
            "proportionality": "Needed for the case.",
        }
        if kind is Kind.PERSON:
            told |= {
                "names": (NameGiven("Eriksson Anna Maria"),),
                "births": ((1974, 8, 12),),
                "nationalities": ("UTO",),
            }
        elif kind is Kind.DOCUMENT:
            told |= {"documents": (DocumentGiven("L898902C3", "UTO"),)}
        it = Particulars(kind=kind, category=category, **(told | changes))
        first, second = replace(ada, agency=agency), replace(ben, agency=agency)
        row = raise_alert(by=first, alert=uuid4(), particulars=it, low_quality=low_quality)
        return approve_alert(by=second, alert=row.id)

    return make


def codes(check):
    """The codes of a check's findings, worst first."""
    return [finding.code for finding in check.fact.findings]


def long_ago(row, **span):
    """Make as if a row had been recorded so long ago: tests do not wait."""
    type(row).objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(**span))


@pytest.fixture
def at_desk(ada, north):
    return replace(ada, rights=ada.rights | {"border.first_line"})


@pytest.fixture
def ask(rf, at_desk, settings):
    settings.KORDON_STRIP = []

    def send(view, data=None, by=None, **named):
        headers = {"HTTP_HX_REQUEST": "true"}
        request = rf.post("/", data, **headers) if data is not None else rf.get("/", **headers)
        request.actor, request.session = by or at_desk, {}
        return view(request, **named)

    return send


@pytest.fixture
def reader(ada, north):
    """A reader of the post NORTH, with its token."""
    rights = ("border.hand_in_reading", "border.give_challenge")
    with writing():
        what = RoleDefined(
            role="machine_reader", title="Reader", description="", rights=rights, gives=()
        )
        record(what, by=ada)
    made = enrol_machine(
        by=replace(ada, rights=ada.rights | set(rights)), machine=uuid4(), name="Reader 1",
        agency="BORDER", role="machine_reader", post="NORTH", until=timezone.localdate(),
    )  # fmt: skip
    return made.token
