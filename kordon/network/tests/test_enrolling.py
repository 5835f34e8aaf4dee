"""A machine becomes a node when two persons believe it, and stops when people decide so."""

import dataclasses
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from kordon.accounts.commands import load_default_roles, register_agency, register_post
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.doors import node_at_the_door
from kordon.accounts.facts import Mode, PostStatus
from kordon.accounts.queries import get_operator
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.facts import NodeQuarantined, NodeState
from kordon.journal.models import Entry, Node, NodeKey
from kordon.journal.nodes import keys_of, state_of
from kordon.journal.rebuilding import rebuild
from kordon.journal.refusal import NotPermitted
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import commands, queries, rules, scratch
from kordon.network.models import Enrolment
from kordon.network.rules import Shown

ANNA = dataclasses.replace(EVERYTHING, id=uuid4(), name="Anna")
BORIS = dataclasses.replace(EVERYTHING, id=uuid4(), name="Boris")
MACHINE = node_at_the_door("AKSUU")


@pytest.fixture
def hq(nodes):
    """Headquarters, with the post AKSUU registered, and we are there."""
    made = nodes.hq()
    with made.here():
        load_default_roles(by=EVERYTHING)
        register_agency(by=EVERYTHING, agency="BORDER", name="Border Service")
        for post in ("AKSUU", "SARYTAL"):
            described = PostDescription(
                name=post.title(),
                agency="BORDER",
                mode=Mode.ROAD,
                status=PostStatus.INTERNATIONAL,
                time_zone="Asia/Almaty",
            )
            register_post(by=EVERYTHING, post=post, description=described)
        yield made


def new_key():
    return Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def show(node="AKSUU", **more):
    return Shown(node=node, public_key=more.pop("public_key", None) or new_key(), **more)


def invite(node="AKSUU", *, by=ANNA, replaces=False):
    return commands.invite_node(by=by, enrolment=uuid4(), node=node, replaces=replaces)


def ask(code, shown):
    return commands.ask_enrolment(by=MACHINE, code=code, shown=shown)


def approve(row, by):
    seen = queries.get_enrolment(by=by, enrolment=row.id).fingerprint
    return commands.approve_enrolment(by=by, enrolment=row.id, fingerprint=seen)


def enrol(node="AKSUU", *, replaces=False):
    shown = show(node)
    row = ask(invite(node, replaces=replaces).code, shown)
    approve(row, ANNA)
    return approve(row, BORIS), shown


def test_two_persons_make_a_node(hq):
    invited = invite()
    shown = show(nkey="U" + 55 * "A", request="-----BEGIN")
    row = ask(invited.code, shown)
    assert (row.state, state_of("AKSUU")) == ("asked", "")
    assert approve(row, ANNA).state == "approved_once"
    assert state_of("AKSUU") == ""
    assert approve(row, BORIS).state == "enrolled"
    assert keys_of("AKSUU") == [shown.public_key]
    node = Node.objects.get(name="AKSUU")
    assert (node.state, node.incarnation, node.nkey) == ("enrolled", 1, shown.nkey)
    assert verify().faults == ()


def test_the_code_is_kept_by_its_hash_alone(hq):
    invited = invite()
    assert len(invited.code.replace("-", "")) == 16
    body = bytes(Entry.objects.latest("id").body.text).decode()
    assert invited.code not in body
    assert rules.hash_code(invited.code) in body


def test_one_person_does_not_make_a_node(hq):
    row = ask(invite(by=ANNA).code, show())
    approve(row, ANNA)
    with pytest.raises(rules.SamePerson):
        approve(row, ANNA)
    assert state_of("AKSUU") == ""


def test_nobody_approves_at_the_console(hq):
    operator = get_operator()
    for right in ("network.approve_enrolment", "network.release_node"):
        assert not operator.may(right)


def test_a_fingerprint_that_is_another_is_refused(hq):
    row = ask(invite().code, show())
    with pytest.raises(rules.WrongFingerprint):
        commands.approve_enrolment(
            by=ANNA, enrolment=row.id, fingerprint="AAAA-AAAA-AAAA-AAAA-AAAA"
        )
    row.refresh_from_db()
    assert row.state == "asked"


def test_the_fingerprint_covers_every_key_of_both_ends():
    shown = show(nkey="U" + 55 * "A", request="csr")
    ends = {"hq": "HQ", "hq_key": new_key()}
    whole = rules.fingerprint(shown, **ends)
    assert len(whole.replace("-", "")) == 20
    others = [
        rules.fingerprint(dataclasses.replace(shown, **{name: "x"}), **ends)
        for name in ("node", "public_key", "nkey", "request")
    ]
    others += [rules.fingerprint(shown, **(ends | {name: "x"})) for name in ends]
    assert len({whole, *others}) == 7


def test_a_code_works_once(hq):
    invited, shown = invite(), show()
    first = ask(invited.code, shown)
    assert ask(invited.code.lower().replace("-", " "), shown).id == first.id
    with pytest.raises(rules.BadCode):
        ask(invited.code, show())
    with pytest.raises(rules.BadCode):
        ask(rules.new_code(), show())


def test_a_code_is_for_one_node(hq):
    with pytest.raises(rules.BadCode):
        ask(invite().code, show("SARYTAL"))


def test_a_code_gets_too_old(hq):
    invited = invite()
    old = timezone.now() - timedelta(seconds=1)
    Enrolment.objects.filter(id=invited.enrolment.id).update(until=old)
    with pytest.raises(rules.BadCode):
        ask(invited.code, show())
    assert queries.list_enrolments(by=ANNA).enrolments[0].expired
    assert invite().code


def test_what_is_rejected_is_worth_nothing(hq):
    invited, shown = invite(), show()
    with pytest.raises(rules.ReasonMissing):
        commands.reject_enrolment(by=ANNA, enrolment=invited.enrolment.id, reason=" ")
    commands.reject_enrolment(by=ANNA, enrolment=invited.enrolment.id, reason="lost letter")
    with pytest.raises(rules.BadCode):
        ask(invited.code, shown)
    row = ask(invite().code, shown)
    approve(row, ANNA)
    commands.reject_enrolment(by=BORIS, enrolment=row.id, reason="nobody knows of it")
    with pytest.raises(rules.NotAsked):
        approve(row, BORIS)
    assert state_of("AKSUU") == ""


@pytest.mark.parametrize("node", ["", "a", "A.B", "HQ", "A B", "A" * 33, "*", ">"])
def test_names_that_no_post_bears_are_refused(node, hq):
    with pytest.raises((rules.BadNodeName, rules.NoSuchNode)):
        invite(node)


def test_only_posts_are_invited_and_only_once(hq):
    with pytest.raises(rules.NoSuchNode):
        invite("NOWHERE")
    invite()
    with pytest.raises(rules.AlreadyInvited):
        invite()


@pytest.mark.parametrize(
    "changes", [{"public_key": "ab"}, {"public_key": "zz" * 32}, {"nkey": "x"}, {"request": "\0"}]
)
def test_what_are_no_keys_is_refused(changes, hq):
    with pytest.raises(rules.BadShown):
        ask(invite().code, dataclasses.replace(show(), **changes))


def test_a_key_speaks_for_one_node(hq):
    _, shown = enrol()
    with pytest.raises(rules.KeyInUse):
        ask(invite("SARYTAL").code, show("SARYTAL", public_key=shown.public_key))


def test_a_dead_machine_is_replaced_under_its_name(hq):
    _, old = enrol()
    with pytest.raises(rules.NameInUse):
        invite()
    _, new = enrol(replaces=True)
    assert Node.objects.get(name="AKSUU").incarnation == 2
    assert keys_of("AKSUU") == [new.public_key]
    assert NodeKey.objects.get(id=old.public_key).retired_at


def test_a_revoked_node_is_not_believed_and_may_come_back_as_another_machine(hq):
    enrol()
    commands.revoke_node(by=ANNA, node="AKSUU", reason="stolen")
    assert (state_of("AKSUU"), keys_of("AKSUU")) == (NodeState.REVOKED, [])
    with pytest.raises(rules.NothingDecided):
        commands.revoke_node(by=ANNA, node="AKSUU", reason="stolen")
    enrol(replaces=True)
    assert state_of("AKSUU") == NodeState.ENROLLED


def test_headquarters_does_not_revoke_itself(hq):
    for deed in (commands.revoke_node, commands.decommission_node, commands.release_node):
        with pytest.raises(rules.NoSuchNode):
            deed(by=ANNA, node="HQ", reason="why not")


def quarantine():
    fork = NodeQuarantined(node="AKSUU", channel="up", number=1, ours="{}", theirs="{}")
    with writing():
        record(fork, by=EVERYTHING)


def test_two_persons_let_a_node_out_of_quarantine(hq):
    enrol()
    with pytest.raises(rules.NotQuarantined):
        commands.release_node(by=ANNA, node="AKSUU", reason="looked into")
    quarantine()
    assert commands.release_node(by=ANNA, node="AKSUU", reason="looked into").state == "quarantined"
    assert queries.list_enrolments(by=ANNA).nodes[0].released_by == "Anna"
    with pytest.raises(rules.SamePerson):
        commands.release_node(by=ANNA, node="AKSUU", reason="looked into")
    assert commands.release_node(by=BORIS, node="AKSUU", reason="I too").state == "enrolled"
    quarantine()
    # What was said about one quarantine does not count for the next.
    assert commands.release_node(by=BORIS, node="AKSUU", reason="again").state == "quarantined"


def test_a_node_ends_when_all_it_told_of_is_here(hq):
    enrol()

    def end():
        commands.decommission_node(by=ANNA, node="AKSUU", reason="post closed")

    with pytest.raises(rules.NotYetHeld):
        end()
    told = {"at": timezone.now(), "clock_offset_ms": 0}
    scratch.note_told("AKSUU", {"up": 1}, **told)
    with pytest.raises(rules.NotYetHeld):
        end()
    scratch.note_told("AKSUU", {"up": 0}, **told)
    end()
    assert state_of("AKSUU") == NodeState.DECOMMISSIONED
    with pytest.raises(rules.NothingDecided):
        end()


def test_a_node_changes_its_key(hq):
    _, shown = enrol()
    new = new_key()
    for _again in range(2):
        commands.rotate_key(by=MACHINE, node="AKSUU", public_key=new)
    assert keys_of("AKSUU") == [new]
    assert Entry.objects.filter(kind="journal.node_key_rotated.v1").count() == 1
    with pytest.raises(rules.KeyInUse):
        commands.rotate_key(by=MACHINE, node="AKSUU", public_key=shown.public_key)
    with pytest.raises(rules.NoSuchNode):
        commands.rotate_key(by=MACHINE, node="SARYTAL", public_key=new_key())


def test_each_deed_needs_its_right(hq):
    nobody = dataclasses.replace(ANNA, rights=frozenset())
    with pytest.raises(NotPermitted):
        invite(by=nobody)


def test_a_post_enrols_nobody(nodes, hq):
    post = nodes.post("SARYTAL", hq)
    with post.here():
        with pytest.raises(OnlyAtHeadquarters):
            invite()
        with pytest.raises(OnlyAtHeadquarters):
            ask(rules.new_code(), show())


def test_the_journal_makes_all_of_it_anew(hq):
    enrol()
    quarantine()
    commands.release_node(by=ANNA, node="AKSUU", reason="looked into")
    invited = invite("SARYTAL")
    commands.reject_enrolment(by=ANNA, enrolment=invited.enrolment.id, reason="lost letter")
    made = rebuild()
    assert (made.differing, made.skipped) == ((), 0)
