"""“Not the same” holds: at later checks, at every post, until either side changes."""

from uuid import uuid4

import pytest
from django.urls import reverse

from conftest import officer
from kordon.accounts.facts import AgencyRegistered, Mode, PostRegistered, PostStatus
from kordon.border import commands
from kordon.border.facts import Decision, Direction, Identity, Judgement, ReferralReason
from kordon.border.holding import holder_of
from kordon.border.models import Check, PossibleMatch
from kordon.border.queries import first_line_view, get_inspection
from kordon.border.rules.presenting import Presentation
from kordon.border.tests.conftest import codes, zone
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.border.tests.test_discreet import shown
from kordon.journal.reacting import react
from kordon.journal.writing import record, writing
from kordon.measure.nodes import Nodes
from kordon.network.tests.test_exchange import pull, push
from kordon.watchlist import screening_index
from kordon.watchlist.commands import (
    Particulars,
    approve_alert,
    change_alert,
    exclude_match,
    raise_alert,
    revoke_exclusion,
)
from kordon.watchlist.models import Alert, Exclusion
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven
from kordon.watchlist.queries import get_alert
from kordon.watchlist.rows import particulars_of
from kordon.watchlist.sources.records import Kind

WHY = "Another face; the listed person is taller by a head."


@pytest.fixture
def judge(ben):
    """Judge the one match of an inspection."""

    def do(row, judgement=Judgement.NOT_SAME, by=ben, reason=WHY):
        (match,) = PossibleMatch.objects.filter(check_uuid=row.check_uuid)
        return commands.judge_match(
            by=by, crossing=row.id, match=match.id, judgement=judgement, reason=reason
        )

    return do


@pytest.fixture
def ruled(alert, inspected, judge):
    """An alert, and the everyday traveller ruled not to be the one it means."""
    made = alert()
    row = inspected()
    judge(row)
    return made, row


def strengths(check):
    return [found.strength for found in check.fact.matches]


def test_the_alert_is_not_met_again(ruled, check):
    again = check()
    assert strengths(again) == ["excluded"]
    assert "no_person_match" in codes(again)


def test_the_first_line_sees_the_same_bytes_as_without_the_alert(ben, check, alert):
    without = check()
    made = alert()
    exclude_match(
        by=ben,
        exclusion=uuid4(),
        alert=made.id,
        holder=holder_of(without.fact.identity),
        match=uuid4(),
        reason=WHY,
    )
    again = check()
    assert len(again.fact.matches) == 1
    assert shown(again) == shown(without)
    assert first_line_view(again)["may_admit"]


def test_who_lacks_the_right_only_judges(alert, inspected, judge, check):
    alert()
    judge(inspected(), by=officer("Ben", 2, booth="", lacking="watchlist.exclude_match"))
    assert PossibleMatch.objects.get().judgement == "not_same"
    assert strengths(check()) == ["stop"]


@pytest.mark.parametrize("judgement", [Judgement.CONFIRMED, Judgement.CANNOT_TELL])
def test_any_other_judgement_excludes_nothing(alert, inspected, judge, check, judgement):
    alert()
    judge(inspected(), judgement)
    assert strengths(check()) == ["stop"]


@pytest.mark.parametrize(
    "change",
    [
        {"number": "L898902D1"},
        {"issuer": "KGZ"},
        {"given_names": "ANNA MARTA"},
    ],
)
def test_another_document_or_name_meets_it_again(ruled, check, change):
    assert strengths(check(mrz=zone(**change))) == ["stop"]


def test_another_birth_date_meets_it_again(ruled, check):
    said = strengths(check(typed=Identity(birth="1974-12-08")))
    assert said == ["stop"]


def test_a_changed_alert_meets_them_again(ruled, ada, ben, check):
    made, _row = ruled
    row = Alert.objects.prefetch_related("names", "documents").get(pk=made.id)
    told = particulars_of(row)
    names = (*told.names, NameGiven("Erikson Anna"))
    changed = Particulars(**{**vars(told), "names": names})
    change_alert(by=ada, alert=made.id, particulars=changed, low_quality=False, reason="An alias.")
    assert strengths(check()) == ["excluded"]  # what is in force is as it was
    approve_alert(by=ben, alert=made.id)
    assert strengths(check()) == ["stop"]


def test_an_alert_changed_since_the_check_is_another_than_was_compared(
    ada, ben, alert, inspected, judge, check
):
    made = alert()
    row = inspected()
    told = particulars_of(Alert.objects.prefetch_related("names", "documents").get(pk=made.id))
    changed = Particulars(**{**vars(told), "names": (*told.names, NameGiven("Erikson Anna"))})
    change_alert(by=ada, alert=made.id, particulars=changed, low_quality=False, reason="An alias.")
    approve_alert(by=ben, alert=made.id)
    judge(row)
    assert not Exclusion.objects.exists()
    assert strengths(check()) == ["stop"]


def test_judged_otherwise_it_is_met_again(ruled, judge, check):
    _made, row = ruled
    judge(row, Judgement.CONFIRMED, reason="The scar is there after all.")
    assert strengths(check()) == ["stop"]


def test_a_vehicle_is_never_excluded_for_its_driver(alert, inspected, judge, check):
    alert(Category.VEHICLE_SEIZE, Kind.VEHICLE, plate="A123BC")
    judge(inspected(plate="A123BC"))
    assert not Exclusion.objects.exists()
    assert strengths(check(plate="A123BC")) == ["stop"]


def test_the_very_number_of_a_stolen_document_is_never_excluded(alert, inspected, judge, check):
    alert(Category.DOCUMENT_STOLEN, Kind.DOCUMENT)
    judge(inspected())
    assert strengths(check()) == ["stop"]


def test_a_number_only_confused_with_it_is_excluded(alert, inspected, judge, check):
    documents = (DocumentGiven("L8989O2C3", "UTO"),)
    alert(Category.DOCUMENT_STOLEN, Kind.DOCUMENT, documents=documents)
    assert strengths(check()) == ["second_line"]
    judge(inspected())
    assert strengths(check()) == ["excluded"]


def test_the_second_line_is_told_quietly_who_ruled_it_and_why(ben, ruled, inspected):
    row = inspected()
    view = get_inspection(by=ben, crossing=row.id)
    assert view.matches == []
    (aside,) = view.set_aside
    (ruling,) = aside.rulings
    assert (ruling.ruled_by, ruling.post, ruling.reason) == ("Ben", "NORTH", WHY)


def test_of_what_leaves_no_trace_the_second_line_is_not_told_either(
    ada, ben, alert, inspected, check
):
    made = alert(Category.JUDICIAL_SUMMONS)
    row = inspected()
    (match,) = PossibleMatch.objects.filter(check_uuid=row.check_uuid)
    commands.judge_match(
        by=ben, crossing=row.id, match=match.id, judgement=Judgement.NOT_SAME, reason=WHY
    )
    assert Exclusion.objects.get().alert == made.id
    again = inspected()
    assert strengths(Check.objects.get(pk=again.check_uuid)) == ["excluded"]
    assert get_inspection(by=ben, crossing=again.id).set_aside == []


def test_the_owner_sees_it_and_takes_it_back(ada, ruled, check):
    made, _row = ruled
    (ruling,) = get_alert(by=ada, alert=made.id).rulings
    assert (ruling.name, ruling.document) == ("ERIKSSON ANNA MARIA", "UTO/L898902C3")
    revoke_exclusion(by=ada, exclusion=ruling.id, reason="The photo was of somebody else.")
    assert strengths(check()) == ["stop"]
    (ruling,) = get_alert(by=ada, alert=made.id).rulings
    assert ruling.revoked_by == "Ada"


def test_pages_show_it_and_take_it_back(browser, ruled, refer, check):  # noqa: F811
    cal = browser("Cal", "second_line_officer")
    made, _row = ruled
    row = refer()
    cal.post(reverse("border:begin", args=[row.id]))
    page = cal.get(reverse("border:inspection", args=[row.id])).content.decode()
    assert "Ruled out earlier" in page
    assert WHY in page
    ruling = Exclusion.objects.get()
    where = reverse("border:readmit", args=[row.id, ruling.id])
    assert cal.post(where, {"reason": ""}).status_code == 422
    assert cal.post(where, {"reason": "I doubt it."}).status_code == 302
    assert strengths(check()) == ["stop"]
    owner = browser("Oli", "watchlist_owner")
    page = owner.get(reverse("watchlist:alert", args=[made.id])).content.decode()
    assert "ERIKSSON ANNA MARIA" in page
    assert "I doubt it." in page


def test_it_travels_to_headquarters_and_to_every_post(django_db_blocker):
    with django_db_blocker.unblock(), Nodes() as nodes:
        hq = nodes.hq()
        posts = [nodes.post(name, hq) for name in ("AKSUU", "SARYTAL")]
        with hq.here():
            alert = _found(posts)
        for post in posts:
            pull(post, hq)
        with posts[0].here():
            _rule_out(posts[0].name)
            assert _met(posts[0].name) == ["excluded"]
        with posts[1].here():
            assert _met(posts[1].name) == ["stop"]
        push(posts[0], hq)
        with hq.here():
            react()
            assert Exclusion.objects.get().name == "ERIKSSON ANNA MARIA"
        for post in posts:
            pull(post, hq)
        with posts[1].here():
            assert _met(posts[1].name) == ["excluded"]
            told = Exclusion.objects.get()
            assert (told.alert, told.name, told.document) == (alert, "", "")
            ben = officer("Cem", 3, post=posts[1].name)
            revoke_exclusion(by=ben, exclusion=told.id, reason="I doubt it.")
            assert _met(posts[1].name) == ["stop"]
        push(posts[1], hq)
        with hq.here():
            react()
        pull(posts[0], hq)
        with posts[0].here():
            assert _met(posts[0].name) == ["stop"]


def _found(posts):
    """At headquarters: two posts, and an alert on the everyday traveller."""
    ada, ben = officer("Ada", 1, post=""), officer("Ben", 2, post="")
    with writing():
        record(AgencyRegistered(agency="BORDER", name="Border Service", own=True), by=ada)
        for post in posts:
            record(
                PostRegistered(
                    post=post.name,
                    name=post.name,
                    agency="BORDER",
                    mode=Mode.ROAD,
                    status=PostStatus.INTERNATIONAL,
                    neighbour="KGZ",
                    time_zone="Asia/Almaty",
                ),
                by=ada,
            )
    it = Particulars(
        kind=Kind.PERSON,
        category=Category.ENTRY_BAN,
        legal_basis="Law 1",
        case_reference="C-1",
        proportionality="Needed for the case.",
        names=(NameGiven("Eriksson Anna Maria"),),
        births=((1974, 8, 12),),
        nationalities=("UTO",),
    )
    row = raise_alert(by=ada, alert=uuid4(), particulars=it)
    approve_alert(by=ben, alert=row.id)
    return row.id


def _check(post):
    screening_index.forget()
    return commands.check_traveller(
        by=officer("Dan", 4, post=post),
        check=uuid4(),
        presentation=Presentation(direction=Direction.ENTRY, mrz=zone(), typed=Identity()),
    )


def _met(post):
    return strengths(_check(post))


def _rule_out(post):
    made, dan, cem = _check(post), officer("Dan", 4, post=post), officer("Cem", 3, post=post)
    row = commands.record_mobile_crossing(
        by=dan,
        crossing=uuid4(),
        check=made.id,
        decision=Decision.REFER,
        reasons=(ReferralReason.PERSON_MATCH,),
    )
    commands.begin_inspection(by=cem, crossing=row.id)
    (match,) = made.fact.matches
    commands.judge_match(
        by=cem, crossing=row.id, match=match.match, judgement=Judgement.NOT_SAME, reason=WHY
    )
