"""Roles and postings: nobody gives what is not theirs to give, nor anything to themselves."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kordon.accounts import actors, commands, rules
from kordon.accounts.default_roles import default_roles
from kordon.accounts.models import Posting, Role
from kordon.journal.refusal import NotPermitted

from .conftest import at_work


def give(by, person, role, post="", **more):
    wanted = {"posting": uuid4(), "since": timezone.localdate()} | more
    return commands.give_posting(by=by, person=person.id, role=role, post=post, **wanted)


def test_an_administrator_gives_officers_their_roles(adam, people):
    nora = people("Nora")
    give(at_work(adam), nora, "first_line_officer", "NORTH")
    actor = at_work(nora)
    assert actor.post == "NORTH"
    assert actor.may("border.record_crossing")
    assert not at_work(adam).may("border.record_crossing")


def test_an_administrator_sees_no_traveller(adam):
    rights = at_work(adam).rights
    assert not [r for r in rights if r.startswith(("border.", "watchlist."))]
    assert "journal.list_reads" not in rights


def test_nobody_gives_a_right_they_do_not_hold(ada, people):
    commands.define_role(
        by=ada, role="clerk", title="Clerk", description="", rights=["accounts.give_posting"]
    )
    cleo, nora = people("Cleo", "clerk"), people("Nora")
    with pytest.raises(rules.RightNotHeld):
        give(at_work(cleo), nora, "auditor")
    give(at_work(cleo), nora, "clerk")


def test_who_holds_a_role_at_one_post_gives_it_only_there(ada, people):
    commands.define_role(
        by=ada, role="clerk", title="Clerk", description="", rights=["accounts.give_posting"]
    )
    cleo, nora = people("Cleo", "clerk", post="NORTH"), people("Nora")
    with pytest.raises(rules.RightNotHeld):
        give(at_work(cleo), nora, "clerk")
    give(at_work(cleo), nora, "clerk", "NORTH")


def test_nobody_gives_themselves_a_role(adam):
    with pytest.raises(rules.OwnRights):
        give(at_work(adam), adam, "auditor")


def test_nobody_ends_their_own_role(adam):
    posting = Posting.objects.get(person=adam)
    with pytest.raises(rules.OwnRights):
        commands.end_posting(by=at_work(adam), posting=posting.id)


def test_nobody_widens_a_role_they_hold(adam):
    with pytest.raises(rules.OwnRights):
        commands.define_role(
            by=at_work(adam),
            role="system_administrator",
            title="System administrator",
            description="",
            rights=["border.check_traveller"],
        )


def test_nobody_makes_a_role_beyond_their_reach(ada, people):
    commands.define_role(
        by=ada, role="clerk", title="Clerk", description="", rights=["accounts.define_role"]
    )
    with pytest.raises(rules.RightNotHeld):
        commands.define_role(
            by=at_work(people("Cleo", "clerk")),
            role="x1",
            title="X",
            description="",
            rights=["accounts.suspend_person"],
        )


def test_a_role_does_not_reach_further_through_what_it_gives(ada, people):
    commands.define_role(
        by=ada,
        role="clerk",
        title="Clerk",
        description="",
        rights=["accounts.give_posting", "accounts.define_role"],
    )
    cleo = people("Cleo", "clerk")
    with pytest.raises(rules.RightNotHeld):
        commands.define_role(
            by=at_work(cleo), role="x1", title="X", description="", rights=[], gives=["auditor"]
        )


def test_a_right_that_does_not_exist_is_refused(ada, north):
    with pytest.raises(rules.UnknownRight):
        commands.define_role(
            by=ada, role="x1", title="X", description="", rights=["border.open_every_door"]
        )


def test_rights_may_be_taken_from_a_role_without_holding_them(adam, ada, people):
    commands.define_role(
        by=at_work(adam),
        role="auditor",
        title="Auditor",
        description="",
        rights=["journal.list_heads"],
    )
    assert Role.objects.get(code="auditor").rights == ["journal.list_heads"]


def test_a_changed_role_changes_all_who_hold_it(adam, people):
    olga = people("Olga", "auditor")
    commands.define_role(
        by=at_work(adam), role="auditor", title="Auditor", description="", rights=[]
    )
    assert not at_work(olga).may("journal.list_reads")


def test_a_role_that_somebody_holds_is_not_withdrawn(adam, people):
    people("Olga", "auditor")
    with pytest.raises(rules.StillInUse):
        commands.withdraw_role(by=at_work(adam), role="auditor")
    commands.withdraw_role(by=at_work(adam), role="document_expert")


def test_a_form_sent_twice_is_one_posting(adam, people):
    nora, posting = people("Nora"), uuid4()
    for _ in range(2):
        give(at_work(adam), nora, "auditor", posting=posting)
    assert Posting.objects.filter(person=nora).count() == 1


@pytest.mark.parametrize(
    "since, until, holds",
    [(0, 0, True), (-9, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)],
)
def test_a_posting_holds_from_its_first_day_to_its_last(adam, people, since, until, holds):
    nora, today = people("Nora"), timezone.localdate()
    give(
        at_work(adam),
        nora,
        "auditor",
        since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
    )
    assert at_work(nora).may("journal.list_reads") is holds


def test_days_in_the_wrong_order_are_refused(adam, people):
    with pytest.raises(rules.BadValue):
        give(
            at_work(adam), people("Nora"), "auditor", since=date(2026, 2, 1), until=date(2026, 1, 1)
        )


def test_it_needs_the_right(dora, people):
    with pytest.raises(NotPermitted):
        give(at_work(dora), people("Nora"), "first_line_officer", "NORTH")


def test_rights_of_one_post_are_not_held_at_another(adam, ada, people):
    nora = people("Nora", "first_line_officer", post="NORTH")
    south = commands.posts.PostDescription(
        name="South",
        agency="BORDER",
        mode=commands.posts.Mode.RAIL,
        status=commands.posts.PostStatus.LOCAL,
        time_zone="Asia/Almaty",
    )
    commands.register_post(by=ada, post="SOUTH", description=south)
    give(at_work(adam), nora, "second_line_officer", "SOUTH")
    assert not at_work(nora).post
    assert not at_work(nora).may("border.record_crossing")
    here = actors.officer_off_session(nora, "SOUTH")
    assert here.may("border.conclude_inspection")
    assert not here.may("border.record_crossing")


def test_the_console_gives_what_the_first_administrator_could(north, people):
    give(actors.operator(), people("Nora"), "first_line_officer", "NORTH")
    assert not actors.operator().may("accounts.take_booth")


def test_default_roles_name_only_one_another(north):
    codes = {role.code for role in default_roles()}
    assert {given for role in default_roles() for given in role.gives} <= codes
    assert set(Role.objects.values_list("code", flat=True)) == codes
