"""Headquarters is given another key: two persons decide, and no death between leaves it halfway."""

import dataclasses
from uuid import uuid4

import pytest

from kordon.accounts.models import Agency
from kordon.accounts.queries import get_operator
from kordon.journal import identity
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.models import Entry
from kordon.journal.nodes import all_keys_of, keys_of
from kordon.journal.rebuilding import rebuild
from kordon.journal.refusal import NotPermitted
from kordon.journal.verifying import verify
from kordon.network import commands, rules, steps, succeeding
from kordon.network.desk import Headquarters
from kordon.network.models import Enrolment, NextKey
from kordon.network.tests.keys import (
    ANNA,
    BORIS,
    approve,
    believed,
    catch_up,
    decide,
    faults,
    register,
    rotate,
)
from kordon.network.tests.test_exchange import pull


def test_two_persons_give_headquarters_another_key(hq):
    with hq.here():
        old = identity.mine().public_key
        row = commands.offer_next_key(by=get_operator())
        assert approve(ANNA).state == "approved_once"
        with pytest.raises(rules.SamePerson):
            approve(ANNA)
        assert (keys_of("HQ"), identity.mine().public_key) == ([old], old)
        assert approve(BORIS).state == "followed"
        assert keys_of("HQ") == [row.public_key]
        succeeding.finish()
        assert identity.mine().public_key == row.public_key != old
        assert set(all_keys_of("HQ")) == {old, row.public_key}
        said = [
            (entry.kind.split(".")[1], entry.by_name)
            for entry in Entry.objects.filter(kind__startswith="network.next_key").order_by("id")
        ]
        assert said[1:] == [("next_key_approved", "Anna"), ("next_key_approved", "Boris")]
        assert said[0][1].startswith("console:")
    assert faults(hq) == ()


def test_the_console_offers_and_does_not_approve(hq):
    with hq.here():
        console = get_operator()
        commands.offer_next_key(by=console)
        with pytest.raises(NotPermitted):
            approve(dataclasses.replace(console, rights=console.rights | {"network.get_next_key"}))


def test_a_post_has_no_such_deed(post):
    with post.here():
        for deed in (commands.offer_next_key, commands.withdraw_next_key):
            with pytest.raises(OnlyAtHeadquarters):
                deed(by=ANNA)


def test_another_fingerprint_is_refused(hq):
    with hq.here():
        with pytest.raises(rules.NoNextKey):
            commands.approve_next_key(by=ANNA, fingerprint="AAAA")
        commands.offer_next_key(by=ANNA)
        with pytest.raises(rules.WrongFingerprint):
            commands.approve_next_key(by=ANNA, fingerprint="AAAA-BBBB-CCCC-DDDD-EEEE")


def test_a_key_that_was_withdrawn_follows_nothing(hq):
    with hq.here():
        first = commands.offer_next_key(by=ANNA)
        assert commands.offer_next_key(by=ANNA).public_key == first.public_key
        approve(ANNA)
        commands.withdraw_next_key(by=ANNA)
        assert not identity.has_next_key(hq.home)
        with pytest.raises(rules.NoNextKey):
            commands.withdraw_next_key(by=ANNA)
        assert commands.offer_next_key(by=ANNA).public_key != first.public_key
        approve(ANNA)
        assert approve(BORIS).public_key != first.public_key


def test_a_key_that_is_not_on_the_machine_any_more_does_not_follow(hq):
    with hq.here():
        first = commands.offer_next_key(by=ANNA)
        approve(ANNA)
        identity.drop_next_key(hq.home)
        with pytest.raises(rules.NoNextKey):
            approve(BORIS)
        identity.next_key(hq.home)  # nor does another that lies in its place
        with pytest.raises(rules.NoNextKey):
            approve(BORIS)
        assert commands.offer_next_key(by=ANNA).public_key != first.public_key
        assert NextKey.objects.get(public_key=first.public_key).state == "withdrawn"


def test_machines_that_wait_are_decided_about_first(hq):
    """What they show names the key of today."""
    with hq.here():
        commands.offer_next_key(by=ANNA)
        approve(ANNA)
        now = Entry.objects.last().at
        Enrolment.objects.create(
            id=uuid4(), node="NEW", state="asked", invited_by=ANNA.id, invited_at=now, until=now
        )
        with pytest.raises(rules.MachinesWait):
            approve(BORIS)
        Enrolment.objects.all().delete()
        assert approve(BORIS).state == "followed"


def test_the_journal_makes_all_of_it_anew(hq, post):
    rotate(hq)
    with hq.here():
        commands.offer_next_key(by=ANNA)
        commands.withdraw_next_key(by=ANNA)
        assert rebuild().differing == ()
    catch_up(post, hq)
    with post.here():
        assert rebuild().differing == ()


# -- deaths between the steps


def test_a_death_before_the_key_is_in_use_is_made_good_at_the_next_start(hq, post):
    with hq.here():
        old = identity.mine().public_key
        decide()
        assert identity.mine().public_key == old
        assert verify().faults == ()
        hq.begin_anew()
        succeeding.finish()
        assert keys_of("HQ") == [identity.mine().public_key] != [old]
        assert not identity.has_next_key(hq.home)
        assert verify().faults == ()
    catch_up(post, hq)
    assert believed(post) == [hq.public_key]


def test_a_death_before_the_heads_are_signed_anew_is_made_good_too(hq):
    with hq.here():
        decide()
        identity.take_next_key(hq.home)
        assert {fault.code for fault in verify().faults} == {"signature"}
        for _again in range(2):
            succeeding.finish()
        assert verify().faults == ()
        assert Entry.objects.filter(kind="journal.node_introduced.v1").count() == 1


def test_a_key_nobody_has_decided_on_is_not_taken(hq):
    with hq.here():
        old = identity.mine().public_key
        commands.offer_next_key(by=ANNA)
        succeeding.finish()
        approve(ANNA)
        succeeding.finish()
        assert identity.mine().public_key == old


def test_headquarters_restored_from_before_the_change_takes_it_back(nodes, hq, post):
    """Its new key is in the backup: it was made before the two decided."""
    register(hq, "A")
    catch_up(post, hq)
    with hq.here():
        commands.offer_next_key(by=ANNA)
        old, new = ((hq.home / name).read_text() for name in ("node.key", "node.key.next"))
        approve(ANNA)
    backup = nodes.backup(hq)
    with hq.here():
        approve(BORIS)
        succeeding.finish()
    register(hq, "B")
    catch_up(post, hq)
    nodes.restore(hq, backup)
    (hq.home / "node.key").write_text(new)  # as the guide says: mv node.key.next node.key
    assert old != new
    with post.here():
        lost = steps.pack_back("all", 3)
    with hq.here():
        identity.await_heads(hq.home)
        assert b"receipt" in Headquarters().take(post.name, lost)
        identity.stop_awaiting(hq.home)
        succeeding.finish()
        assert Agency.objects.count() == 2
        assert keys_of("HQ") == [identity.mine().public_key]
    register(hq, "C")
    assert pull(post, hq)
    assert (faults(hq), faults(post)) == ((), ())
