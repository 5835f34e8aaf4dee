"""People reach the posts where they are posted; their passwords follow them, and go with them."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from kordon.accounts import actors, commands, rules
from kordon.accounts.duties import tell_of_lapsed_postings
from kordon.accounts.facts import PasswordChanged, PersonPosted
from kordon.accounts.models import Agency, Person, Posting, Role, Told
from kordon.journal.fact import kind_of
from kordon.journal.models import Body, Entry
from kordon.journal.reacting import react
from kordon.journal.rebuilding import rebuild
from kordon.journal.sending import last_number, read_batch
from kordon.journal.verifying import verify
from kordon.journal.wire import encode
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import steps

from .conftest import PASSWORD, choose, down, enrol, give, hash_at, pull, sign_in, up


def people_at(node):
    with node.here():
        return set(Person.objects.values_list("login", flat=True))


def told(hq):
    with hq.here():
        return Entry.objects.filter(kind=kind_of(PersonPosted)).count()


def test_a_post_hears_only_of_those_posted_there(hq, aksuu, sarytal):
    enrol(hq, "Dora", "AKSUU")
    enrol(hq, "Emil", "SARYTAL")
    enrol(hq, "Nobody")
    down(hq, aksuu, sarytal)
    assert people_at(aksuu) == {"chief", "dora"}
    assert people_at(sarytal) == {"chief", "emil"}
    emils = hash_at(hq, "emil").encode()
    with aksuu.here():
        assert not [it for it in Body.objects.all() if b"Emil" in it.text or emils in it.text]
        assert Role.objects.count() > 10
        assert verify().faults == ()


def test_they_sign_in_with_the_rights_given_there(hq, aksuu, sarytal):
    made = enrol(hq, "Dora", "AKSUU")
    give(hq, made.person.id, "SARYTAL", role="shift_commander")
    down(hq, aksuu, sarytal)
    for node, right in ((aksuu, "border.record_crossing"), (sarytal, "accounts.free_booth")):
        signed = sign_in(node, "dora", made.code)
        with node.here():
            Person.objects.update(code_until=None)
            by = actors.officer_off_session(signed.person)
            assert by.post == node.name
            assert by.may(right)
            assert Posting.objects.get(person=signed.person).post_id == node.name


def test_a_suspension_holds_at_the_post(hq, aksuu):
    made = enrol(hq, "Dora", "AKSUU")
    with hq.here():
        commands.suspend_person(by=EVERYTHING, person=made.person.id, reason="inquiry")
        react()
    down(hq, aksuu)
    with pytest.raises(rules.WrongCredentials):
        sign_in(aksuu, "dora", made.code)


def test_where_the_last_posting_ended_the_password_is_gone(hq, aksuu, sarytal):
    made = enrol(hq, "Dora")
    first, second = (
        give(hq, made.person.id, "AKSUU", role)
        for role in ("first_line_officer", "second_line_officer")
    )
    give(hq, made.person.id, "SARYTAL")
    for posting, known in ((first, True), (second, False)):
        with hq.here():
            commands.end_posting(by=EVERYTHING, posting=posting)
            react()
        down(hq, aksuu, sarytal)
        assert bool(hash_at(aksuu, "dora")) is known
    assert hash_at(sarytal, "dora") == hash_at(hq, "dora")
    with pytest.raises(rules.WrongCredentials):
        sign_in(aksuu, "dora", made.code)
    give(hq, made.person.id, "AKSUU")
    down(hq, aksuu)
    assert sign_in(aksuu, "dora", made.code)


def test_where_the_last_day_has_passed_the_password_goes(hq, aksuu, monkeypatch):
    for name, days in (("Dora", 5), ("Emil", 50)):
        enrol(hq, name, "AKSUU", days=days)
    now = timezone.now() + timedelta(days=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    with hq.here():
        tell_of_lapsed_postings()
        assert commands.tell_lapsed(by=EVERYTHING) == 0
    down(hq, aksuu)
    assert hash_at(aksuu, "dora") == ""
    assert hash_at(aksuu, "emil") == hash_at(hq, "emil")


def test_nobody_is_told_twice_and_a_node_alone_tells_nobody(hq, nodes):
    enrol(hq, "Dora", "AKSUU")
    before = told(hq)
    with hq.here():
        assert react() == 0
        commands.tell_posts(by=EVERYTHING, person=Person.objects.get(login="dora").id)
    assert told(hq) == before
    alone = nodes.make("ALONE", "standalone")
    with alone.here():
        commands.begin_node(
            by=EVERYTHING, agency="B", agency_name="B", login="a1", name="A", password=PASSWORD
        )
        react()
    assert told(alone) == 0


def test_a_node_alone_that_becomes_headquarters_tells_all_there_is(nodes):
    node = nodes.make("ALONE", "standalone")
    with node.here():
        commands.begin_node(
            by=EVERYTHING, agency="B", agency_name="B", login="a1", name="A", password=PASSWORD
        )
        react()
    node.kind = "hq"
    with node.here():
        react()
        assert Told.objects.get().post == ""


def test_a_password_chosen_at_a_post_holds_at_headquarters_and_the_other_posts(hq, aksuu, sarytal):
    made = enrol(hq, "Dora", "AKSUU", "SARYTAL")
    down(hq, aksuu, sarytal)
    choose(aksuu, "dora", made.code)
    up(aksuu, hq)
    down(hq, sarytal)
    for node in (hq, sarytal):
        assert sign_in(node, "dora").person.code_until is None
    down(hq, aksuu)
    assert len({hash_at(node, "dora") for node in (hq, aksuu, sarytal)}) == 1


def test_passwords_chosen_at_two_lonely_posts_converge_to_the_later(hq, aksuu, sarytal):
    """In whatever order the four journeys up and down are made."""
    now = enrol(hq, "Dora", "AKSUU", "SARYTAL").code
    down(hq, aksuu, sarytal)
    moves = (
        lambda: up(aksuu, hq),
        lambda: up(sarytal, hq),
        lambda: down(hq, aksuu),
        lambda: down(hq, sarytal),
    )
    for number, order in enumerate(itertools.permutations(moves)):
        later = f"the later new one {number}"
        choose(aksuu, "dora", now, f"the first new one {number}")
        choose(sarytal, "dora", now, later)
        for move in order:
            move()
            assert sign_in(sarytal, "dora", later)
        down(hq, aksuu, sarytal)
        assert len({hash_at(node, "dora") for node in (hq, aksuu, sarytal)}) == 1
        now = later


def test_what_was_told_before_headquarters_heard_does_not_undo_a_choice(hq, aksuu):
    made = enrol(hq, "Dora", "AKSUU")
    down(hq, aksuu)
    choose(aksuu, "dora", made.code)
    with hq.here():
        commands.describe_person(
            by=EVERYTHING, person=made.person.id, name="Dora B", service_number="", language=""
        )
        react()
    down(hq, aksuu)
    assert sign_in(aksuu, "dora").person.name == "Dora B"
    up(aksuu, hq)
    down(hq, aksuu)
    assert sign_in(aksuu, "dora")


def test_a_code_made_after_a_choice_wins_everywhere(hq, aksuu):
    made = enrol(hq, "Dora", "AKSUU")
    down(hq, aksuu)
    choose(aksuu, "dora", made.code)
    with hq.here():
        code = commands.reset_password(by=EVERYTHING, person=made.person.id).code
        react()
    up(aksuu, hq)
    down(hq, aksuu)
    for node in (hq, aksuu):
        assert sign_in(node, "dora", code)
        with pytest.raises(rules.WrongCredentials):
            sign_in(node, "dora")


def test_a_post_changes_no_password_of_somebody_it_does_not_know(hq, aksuu):
    enrol(hq, "Emil", "SARYTAL")
    before = hash_at(hq, "emil")
    with hq.here():
        emil = Person.objects.get(login="emil").id
    with aksuu.here(), writing():
        record(PasswordChanged(person=emil, password="argon2$forged"), by=EVERYTHING)
    up(aksuu, hq)
    assert hash_at(hq, "emil") == before


def test_a_post_goes_on_without_the_other_channel(hq, aksuu):
    """Who is posted there comes before the role, the agency and the post itself."""
    with hq.here():
        commands.register_agency(by=EVERYTHING, agency="CUSTOMS", name="Customs")
        commands.define_role(
            by=EVERYTHING,
            role="new_role",
            title="New",
            description="",
            rights=["border.first_line"],
        )
    enrol(hq, "Dora", "AKSUU", role="new_role")
    assert pull(hq, aksuu, "post-AKSUU")
    with aksuu.here():
        assert not actors.officer_off_session(Person.objects.get()).may("border.first_line")
    down(hq, aksuu)
    with aksuu.here():
        dora = Person.objects.get(login="dora")
        Person.objects.update(code_until=None)
        assert actors.officer_off_session(dora).may("border.first_line")
        assert Agency.objects.get(code="BORDER").name == "Border Service"


def test_everywhere_and_there_do_not_disturb_each_other(hq, aksuu, sarytal):
    made = enrol(hq, "Dora", "", role="auditor")
    give(hq, made.person.id, "AKSUU")
    down(hq, sarytal)
    for channel in ("post-AKSUU", "all"):
        while pull(hq, aksuu, channel):
            pass
    with aksuu.here():
        assert Posting.objects.filter(person=made.person.id, ended_at=None).count() == 2
    with hq.here():
        everywhere = Posting.objects.get(person=made.person.id, post=None)
        commands.end_posting(by=EVERYTHING, posting=everywhere.id)
        react()
    down(hq, aksuu, sarytal)
    assert hash_at(aksuu, "dora") == hash_at(hq, "dora")
    assert hash_at(sarytal, "dora") == ""


def test_what_came_later_by_one_channel_is_not_undone_by_the_other(hq, aksuu):
    made = enrol(hq, "Dora", "", "AKSUU")
    with hq.here():
        before = last_number(channel="all")
        commands.describe_person(
            by=EVERYTHING, person=made.person.id, name="Dora B", service_number="", language=""
        )
        react()
        assert last_number(channel="all") == before + 1
        late = encode(read_batch(channel="all", after=0, limit=before))
    assert pull(hq, aksuu, "post-AKSUU")
    with aksuu.here():
        assert steps.take(late) == ()
        assert Person.objects.get(login="dora").name == "Dora B"


def test_rows_made_anew_from_the_journal_are_the_same(hq, aksuu):
    made = enrol(hq, "Dora", "AKSUU", "")
    down(hq, aksuu)
    choose(aksuu, "dora", made.code)
    up(aksuu, hq)
    with hq.here():
        commands.suspend_person(by=EVERYTHING, person=made.person.id, reason="inquiry")
        react()
    down(hq, aksuu)
    for node in (hq, aksuu):
        with node.here():
            assert rebuild().differing == ()


def test_booths_of_one_officer_at_two_posts_do_not_stop_headquarters(hq, aksuu, sarytal):
    made = enrol(hq, "Dora", "AKSUU", "SARYTAL")
    down(hq, aksuu, sarytal)
    with hq.here():
        Person.objects.update(code_until=None)
    for node in (aksuu, sarytal):
        signed = sign_in(node, "dora", made.code)
        with node.here():
            Person.objects.update(code_until=None)
            by = actors.officer_off_session(signed.person)
            commands.take_booth(by=by, booth="1", session=signed.session)
        up(node, hq)
    with hq.here():
        assert Person.objects.get(login="dora").booths.count() == 2
