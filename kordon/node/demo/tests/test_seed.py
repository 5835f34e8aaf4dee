"""The demonstration is made of facts alone, and what its cards promise is true."""

from uuid import uuid4

import pytest

from kordon.accounts.actors import officer_off_session
from kordon.accounts.models import Person, Posting
from kordon.border.commands import check_traveller
from kordon.border.facts import Direction
from kordon.border.models import Crossing, Inspection
from kordon.border.rules.presenting import Presentation
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.rebuilding import rebuild
from kordon.journal.verifying import verify
from kordon.node.demo import cast, marker, staff
from kordon.node.demo.founding import person_of
from kordon.node.demo.tests.conftest import SMALL
from kordon.node.demo.watching import BY_HAND, WAITING
from kordon.watchlist.models import Alert, Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def booth(world) -> Actor:
    """Somebody at booth 1 of the road post."""
    rights = frozenset((*COMMANDS, *QUERIES))
    return Actor(
        id=person_of("demo-first-line"),
        name="L. Birkenthal",
        agency="BORDER",
        post="AKSUU",
        booth="1",
        rights=rights,
    )


def checked(booth: Actor, card: cast.Card):
    presentation = Presentation(direction=Direction(card.direction), mrz=card.mrz)
    return check_traveller(by=booth, check=uuid4(), presentation=presentation).fact


def codes(fact, *levels: str) -> set[str]:
    return {one.code for one in fact.findings if not levels or one.level in levels}


def test_a_traveller_without_findings_has_none(booth):
    fact = checked(booth, cast.FINE)
    assert codes(fact, "stop", "look", "note") == set()
    assert fact.matches == ()
    assert fact.earlier.same_document == 4


def test_the_expired_passport_stops(booth):
    assert "expired" in codes(checked(booth, cast.EXPIRED), "stop")


def test_the_stolen_passport_is_on_the_list_and_its_bearer_on_none(booth):
    fact = checked(booth, cast.STOLEN)
    assert "document_match" in codes(fact, "stop")
    assert {match.kind for match in fact.matches} == {"document"}


def test_the_namesake_born_in_another_year_is_let_alone(booth):
    listed = Alert.objects.get(source="MIA-BANS", source_ref="00001")
    assert listed.births[0][0] == cast.NAMESAKE_LISTED.born.year
    fact = checked(booth, cast.NAMESAKE)
    assert fact.matches == ()
    assert codes(fact, "stop", "look") == set()


def test_a_name_listed_in_cyrillic_is_found_when_romanised_otherwise(booth):
    fact = checked(booth, cast.ROMANISED)
    assert "person_match" in codes(fact, "stop")
    (match,) = fact.matches
    assert match.listed_name.startswith("Жапаркулов")
    assert match.reasons


def test_a_discreet_check_is_recorded_and_leaves_no_finding(booth):
    fact = checked(booth, cast.DISCREET)
    assert [match.category for match in fact.matches] == ["discreet_check"]
    assert codes(fact, "stop", "look") == set()
    assert "no_person_match" in codes(fact, "fine")


def test_an_entry_ban_stops(booth):
    fact = checked(booth, cast.BANNED)
    assert "person_match" in codes(fact, "stop")
    assert {match.category for match in fact.matches} == {"entry_ban"}


def test_an_entry_without_an_exit_is_seen(booth):
    assert "entered_without_exit" in codes(checked(booth, cast.INSIDE), "look")


def test_the_wrong_check_digit_is_named(booth):
    fact = checked(booth, cast.WRONG_DIGIT)
    assert "zone_wrong" in codes(fact, "stop")
    assert {one.params["fields"] for one in fact.findings if one.code == "zone_wrong"} == {"birth"}


def test_a_long_number_is_read_whole(booth):
    fact = checked(booth, cast.LONG_NUMBER)
    assert fact.identity.number == cast.LONG_NUMBER.person.paper.number
    assert codes(fact, "stop", "look") == set()


def test_a_card_is_read_like_a_passport(booth):
    fact = checked(booth, cast.CARD)
    assert fact.format == "TD1"
    assert codes(fact, "stop", "look", "note") == set()


def test_a_visa_asks_for_its_passport(booth):
    assert "visa_shown" in codes(checked(booth, cast.VISA), "stop")


def test_a_child_is_looked_at(booth):
    assert codes(checked(booth, cast.MINOR), "stop", "look") == {"minor"}


def test_a_refugees_document_alarms_nobody(booth):
    fact = checked(booth, cast.REFUGEE)
    assert fact.identity.nationality == "XXB"
    assert codes(fact, "stop", "look") == set()


def test_the_other_passport_of_the_same_person_is_noted(booth):
    fact = checked(booth, cast.TWIN)
    assert codes(fact, "stop", "look") == set()
    assert "other_document" in codes(fact, "note")


def test_everything_asked_for_is_there(world):
    assert Crossing.objects.filter(check_uuid=None).count() == SMALL.crossings
    assert Alert.objects.exclude(source="").count() == 400 + 60 + 20
    assert not Edition.objects.exclude(status="in_force").exists()
    assert Edition.objects.filter(counts__bad__gt=0).count() == 0
    assert Alert.objects.filter(source="", waiting="raise").count() == WAITING
    assert Alert.objects.filter(source="").count() >= BY_HAND


def test_three_travellers_wait_and_one_of_them_is_interviewed(world):
    waiting = Crossing.objects.filter(status__in=("referred", "in_inspection"))
    assert waiting.count() == len(cast.WAITING)
    assert Inspection.objects.exclude(status="concluded").count() == 1


def test_every_demonstration_account_can_sign_in_with_a_role_that_exists(world):
    for colleague in staff.COLLEAGUES:
        person = Person.objects.get(login=colleague.login)
        assert person.check_password(world.seeded.password)
        assert "demo" in person.name
        actor = officer_off_session(person, colleague.post)
        assert actor.post == colleague.post
    assert Posting.objects.count() == len(staff.COLLEAGUES)


def test_the_marker_says_that_the_folder_holds_a_demonstration(world):
    assert marker.is_demo(world.home)
    assert marker.read(world.home).password == world.seeded.password


def test_a_demonstration_broken_off_is_none(tmp_path):
    marker.begin(tmp_path)
    assert not marker.is_demo(tmp_path)
    assert not marker.is_demo(tmp_path / "elsewhere")


def test_the_journal_verifies_and_makes_the_same_rows_again(world):
    assert verify().faults == ()
    assert rebuild().differing == ()
