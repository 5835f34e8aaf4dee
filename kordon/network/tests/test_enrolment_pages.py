"""Two persons enrol a machine in the browser, and decide about nodes."""

import html
import json
import re

import pytest
from django.core.management import call_command
from django.utils import translation

from kordon.accounts.commands.posts import PostDescription, register_post
from kordon.accounts.doors import node_at_the_door
from kordon.accounts.facts import Mode, PostStatus
from kordon.accounts.queries import get_operator
from kordon.border.tests.conftest import north  # noqa: F401  (a fixture)
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.journal import identity
from kordon.journal.facts import NodeQuarantined
from kordon.journal.nodes import keys_of, state_of
from kordon.journal.verifying import verify
from kordon.journal.writing import record, writing
from kordon.network import commands, scratch
from kordon.network.models import Enrolment
from kordon.network.rules import NoNextKey, Shown, split_spoken
from kordon.network.tests.test_enrolling import new_key

PAGE = "/network/enrolments/"


@pytest.fixture
def anna(browser, ada, settings):  # noqa: F811
    settings.KORDON_KIND = "hq"
    described = PostDescription(
        name="Aksuu",
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.INTERNATIONAL,
        time_zone="Asia/Bishkek",
    )
    register_post(by=ada, post="AKSUU", description=described)
    return browser("Anna", "network_administrator")


@pytest.fixture
def boris(browser, anna):  # noqa: F811
    return browser("Boris", "network_administrator")


def invite(anna, **more):
    answer = anna.post(f"{PAGE}invite/", {"node": "AKSUU"} | more)
    assert answer.status_code == 200, answer.content
    return re.search(r"AKSUU(?:-[A-Z2-9]{4}){4}", answer.content.decode())[0]


def ask(spoken):
    node, code = split_spoken(spoken)
    shown = Shown(node=node, public_key=new_key())
    return commands.ask_enrolment(by=node_at_the_door(node), code=code, shown=shown)


def approve(browser, row):  # noqa: F811
    page = browser.get(f"{PAGE}{row.id}/").content.decode()
    seen = re.search(r'name="fingerprint" value="([^"]+)"', page)[1]
    return browser.post(f"{PAGE}{row.id}/approve/", {"fingerprint": seen})


def enrol(anna, boris, **more):
    row = ask(invite(anna, **more))
    approve(anna, row)
    approve(boris, row)
    return row


def said(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_machine_is_invited_and_two_persons_enrol_it(anna, boris):
    spoken = invite(anna)
    assert spoken not in said(anna.get(PAGE))
    row = ask(spoken)
    assert "Waits for two persons" in said(anna.get(PAGE))
    assert approve(anna, row).status_code == 302
    assert "Waits for the second person" in said(boris.get(PAGE))
    assert "You have approved this" in said(anna.get(f"{PAGE}{row.id}/"))
    assert state_of("AKSUU") == ""
    assert approve(boris, row).status_code == 302
    assert state_of("AKSUU") == "enrolled"
    assert "AKSUU is a node of this headquarters" in said(boris.get(PAGE))


def test_the_command_for_the_post_names_headquarters_and_the_code(anna):
    answer = anna.post(f"{PAGE}invite/", {"node": "AKSUU"})
    assert re.search(r"kordon post enrol --hq http://testserver --code AKSUU-\w{4}-", said(answer))


def test_nobody_approves_twice(anna, boris):
    row = ask(invite(anna))
    page = boris.get(f"{PAGE}{row.id}/").content.decode()
    seen = re.search(r'name="fingerprint" value="([^"]+)"', page)[1]
    for status in (302, 422):
        answer = boris.post(f"{PAGE}{row.id}/approve/", {"fingerprint": seen})
        assert answer.status_code == status
    assert "now another person decides" in said(answer)
    assert state_of("AKSUU") == ""


def test_another_fingerprint_is_refused(anna):
    row = ask(invite(anna))
    answer = anna.post(f"{PAGE}{row.id}/approve/", {"fingerprint": "AAAA-BBBB"})
    assert (answer.status_code, "another fingerprint" in said(answer)) == (422, True)


def test_what_is_refused_is_said_on_the_form(anna):
    invite(anna)
    answer = anna.post(f"{PAGE}invite/", {"node": "AKSUU"})
    assert (answer.status_code, "invited already" in said(answer)) == (422, True)


def test_a_machine_is_turned_away_with_a_reason(anna):
    row = ask(invite(anna))
    answer = anna.post(f"{PAGE}{row.id}/reject/", {"reason": ""})
    assert answer.status_code == 422
    assert anna.post(f"{PAGE}{row.id}/reject/", {"reason": "nobody knows it"}).status_code == 302
    assert "nobody knows it" in said(anna.get(PAGE))
    assert b"approve/" not in anna.get(f"{PAGE}{row.id}/").content


def test_a_stolen_node_is_revoked_and_its_name_taken_up_again(anna, boris):
    enrol(anna, boris)
    assert anna.post("/network/nodes/AKSUU/revoke/", {"reason": "stolen"}).status_code == 302
    assert state_of("AKSUU") == "revoked"
    page = said(anna.get("/network/nodes/AKSUU/"))
    assert "stolen" in page
    assert "A new machine takes the name up again" in page
    enrol(anna, boris, replaces="on")
    assert state_of("AKSUU") == "enrolled"


def test_two_persons_let_a_node_out_of_quarantine(anna, boris, ada):
    enrol(anna, boris)
    with writing():
        fork = NodeQuarantined(node="AKSUU", channel="up", number=1, ours="{}", theirs="{}")
        record(fork, by=ada)
    for person, state in ((anna, "quarantined"), (anna, "quarantined"), (boris, "enrolled")):
        person.post("/network/nodes/AKSUU/release/", {"reason": "the disk was copied"})
        assert state_of("AKSUU") == state


def test_a_node_that_owes_entries_is_not_ended(anna, boris):
    enrol(anna, boris)
    row = Enrolment.objects.get()
    scratch.note_told("AKSUU", {"up": 5}, at=row.decided_at, clock_offset_ms=0)
    answer = anna.post("/network/nodes/AKSUU/decommission/", {"reason": "closed"})
    assert (answer.status_code, "Not everything this node recorded" in said(answer)) == (422, True)
    scratch.note_told("AKSUU", {"up": 0}, at=row.decided_at, clock_offset_ms=0)
    answer = anna.post("/network/nodes/AKSUU/decommission/", {"reason": "closed"})
    assert answer.status_code == 302
    assert state_of("AKSUU") == "decommissioned"


def test_nothing_is_decided_about_headquarters_itself(anna, ada):
    commands.enrol_headquarters(by=ada)
    me = identity.mine().node
    assert f"/network/nodes/{me}/" not in anna.get(PAGE).content.decode()
    assert anna.post(f"/network/nodes/{me}/revoke/", {"reason": "why not"}).status_code == 404


def test_it_is_read_in_russian(anna):
    row = ask(invite(anna))
    with translation.override("ru"):
        for page in (PAGE, f"{PAGE}invite/", f"{PAGE}{row.id}/"):
            text = said(anna.get(page, headers={"Accept-Language": "ru"}))
            assert re.search(r"Отпечаток|Пригласить", text)


NEXT_KEY = f"{PAGE}next-key/approve/"


def approve_next_key(browser):  # noqa: F811
    page = browser.get(PAGE).content.decode()
    seen = re.search(r'name="fingerprint" value="([^"]+)"', page)
    return browser.post(NEXT_KEY, {"fingerprint": seen[1] if seen else "none"})


def test_two_persons_give_headquarters_another_key(anna, boris, capsys):
    commands.enrol_headquarters(by=get_operator())
    old = identity.mine().public_key
    assert "A new key of headquarters" not in said(anna.get(PAGE))
    call_command("network", "rotate-hq-key", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["key"] == old
    assert told["fingerprint"] in said(boris.get(PAGE))
    assert approve_next_key(anna).status_code == 302
    assert "You have approved this" in said(anna.get(PAGE))
    again = anna.post(NEXT_KEY, {"fingerprint": told["fingerprint"]})
    assert (again.status_code, "now another person decides" in said(again)) == (422, True)
    wrong = boris.post(NEXT_KEY, {"fingerprint": "AAAA"})
    assert (wrong.status_code, "another fingerprint" in said(wrong)) == (422, True)
    assert identity.mine().public_key == old
    assert approve_next_key(boris).status_code == 302
    assert identity.mine().public_key == told["next"] == keys_of(identity.mine().node)[0]
    assert "signs with the new key" in said(boris.get(PAGE))
    assert verify().faults == ()
    late = boris.post(NEXT_KEY, {"fingerprint": told["fingerprint"]})
    assert (late.status_code, "No key waits" in said(late)) == (422, True)


def test_whoever_may_not_approve_sees_no_button(anna, browser, capsys):  # noqa: F811
    call_command("network", "rotate-hq-key", "--json")
    clara = browser("Clara", "duty_officer")
    assert clara.get(PAGE).status_code == 403
    seen = json.loads(capsys.readouterr().out)["fingerprint"]
    assert clara.post(NEXT_KEY, {"fingerprint": seen}).status_code == 403


def test_a_key_that_was_offered_is_withdrawn_at_the_console(anna, capsys):
    call_command("network", "rotate-hq-key")
    assert "nobody yet" in capsys.readouterr().out
    call_command("network", "rotate-hq-key", "--withdraw")
    assert "A new key of headquarters" not in said(anna.get(PAGE))
    with pytest.raises(NoNextKey):
        call_command("network", "rotate-hq-key", "--withdraw")
