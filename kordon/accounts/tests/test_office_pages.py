"""The pages of administrators and auditors."""

import re
from uuid import uuid4

import pytest

from kordon.accounts import commands
from kordon.accounts.models import Agency, Booth, Machine, Person, Post, Posting, Role
from kordon.journal.facts import PersonalDataRead
from kordon.journal.writing import record, writing

from .conftest import HERE, url


class TestAdministration:
    @pytest.fixture
    def office(self, adam, browser):
        return browser(adam)

    def test_somebody_is_enrolled_given_a_role_and_suspended(self, office):
        page = office.post(
            url("enrol_person"),
            {"name": "Nora", "login": "nora", "agency": "BORDER", "person": uuid4()},
        ).content.decode()
        assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)
        nora = Person.objects.get(login="nora")
        role = {"role": "first_line_officer", "post": "NORTH", "since": "01.01.2026"}
        office.post(url("give_posting", person=nora.id), role | {"posting": uuid4()})
        posting = Posting.objects.get(person=nora)
        assert b"First line officer" in office.get(url("person", person=nora.id)).content
        office.post(url("end_posting", person=nora.id, posting=posting.id))
        posting.refresh_from_db()
        assert posting.ended_at
        office.post(url("suspend_person", person=nora.id), {"reason": "left"})
        nora.refresh_from_db()
        assert nora.suspended
        office.post(url("reinstate_person", person=nora.id))
        code = office.post(url("reset_password", person=nora.id))
        assert b"One-time code" in code.content

    def test_a_login_that_is_taken_is_said_and_nothing_lost(self, office, dora):
        answer = office.post(
            url("enrol_person"),
            {"name": "Other Dora", "login": "dora", "agency": "BORDER", "person": uuid4()},
        )
        assert answer.status_code == 422
        assert b"Other Dora" in answer.content
        assert b"already" in answer.content

    def test_people_are_found(self, office, dora):
        found = office.get(url("people"), {"words": "dor", "post": "NORTH"}).context["lines"]
        assert [line["name"] for line in found] == ["Dora"]

    def test_the_description_of_a_person_changes(self, office, dora):
        typed = {"name": "Dora Example", "service_number": "7", "language": "ru"}
        office.post(url("describe_person", person=dora.id), typed)
        dora.refresh_from_db()
        assert (dora.name, dora.service_number, dora.language) == ("Dora Example", "7", "ru")

    def test_a_role_is_made_changed_and_withdrawn(self, office):
        typed = {"role": "guard", "title": "Guard", "rights": ["border.list_waiting"]}
        assert office.post(url("new_role"), typed).status_code == 302
        assert Role.objects.get(code="guard").rights == ["border.list_waiting"]
        typed = {"title": "Night guard", "rights": []}
        assert office.post(url("define_role", role="guard"), typed).status_code == 302
        assert b"Night guard" in office.get(url("role", role="guard")).content
        assert office.post(url("withdraw_role", role="guard")).status_code == 302

    def test_a_right_beyond_reach_is_refused_and_the_ticks_stay(self, ada, people, browser):
        rights = ["accounts.define_role", "accounts.list_rights", "accounts.list_roles"]
        commands.define_role(by=ada, role="clerk", title="Clerk", description="", rights=rights)
        typed = {"role": "guard", "title": "Guard", "rights": ["accounts.suspend_person"]}
        answer = browser(people("Cleo", "clerk")).post(url("new_role"), typed)
        assert answer.status_code == 422
        ticked = 'value="accounts.suspend_person" id="right-accounts.suspend_person" checked'
        assert ticked in answer.content.decode()
        assert not Role.objects.filter(code="guard").exists()

    def test_what_only_the_console_does_is_not_offered(self, office):
        assert b"accounts.begin_node" not in office.get(url("new_role")).content
        assert b"accounts.begin_node" in office.get(url("rights")).content

    def test_an_agency_is_registered_and_closed(self, office):
        office.post(url("register_agency"), {"agency": "ferry", "name": "Ferry Office"})
        assert Agency.objects.get(code="FERRY").name == "Ferry Office"
        assert b"Ferry Office" in office.get(url("agencies")).content
        office.post(url("close_agency"), {"agency": "FERRY"})
        assert Agency.objects.get(code="FERRY").closed

    def test_a_post_is_registered_with_lane_and_booth(self, office):
        typed = {
            "post": "west",
            "name": "West Gate",
            "agency": "BORDER",
            "mode": "rail",
            "status": "bilateral",
            "time_zone": "Asia/Bishkek",
            "latitude": "42.5",
            "longitude": "74.5",
        }
        assert office.post(url("new_post"), typed).status_code == 302
        lane = {"lane": "1", "lane_class": "crew", "direction": "both"}
        office.post(url("open_lane", post="WEST"), lane)
        office.post(url("set_up_booth", post="WEST"), {"booth": "7", "lane": "1"})
        page = office.get(url("post", post="WEST")).content
        assert b"Crew" in page
        assert Booth.objects.get(post="WEST").lane.code == "1"
        office.post(url("remove_booth", post="WEST"), {"booth": "7"})
        office.post(url("close_lane", post="WEST"), {"lane": "1"})
        office.post(url("close_post", post="WEST"))
        assert Post.objects.get(code="WEST").closed

    def test_a_wrong_place_is_said_on_the_form(self, office):
        typed = {
            "post": "west",
            "name": "West Gate",
            "agency": "BORDER",
            "mode": "rail",
            "status": "bilateral",
            "time_zone": "Asia/Nowhere",
            "latitude": "99",
            "longitude": "74.5",
        }
        answer = office.post(url("new_post"), typed)
        assert answer.status_code == 422
        assert b"Latitude is between" in answer.content

    def test_the_token_of_a_machine_is_shown_once(self, office):
        typed = {
            "name": "Gate 3",
            "agency": "BORDER",
            "role": "machine_kiosk",
            "post": "NORTH",
            "until": "31.12.2999",
            "machine": uuid4(),
        }
        token = re.search(rb"kordon_[\w-]{43}", office.post(url("enrol_machine"), typed).content)
        machine = Machine.objects.get()
        assert token
        assert token[0] not in office.get(url("machines")).content
        renewed = office.post(
            url("renew_machine_token", machine=machine.id), {"until": "31.12.2998"}
        )
        assert b"kordon_" in renewed.content
        office.post(url("revoke_machine", machine=machine.id))
        machine.refresh_from_db()
        assert machine.revoked

    def test_every_page_is_drawn_in_russian_too(self, office):
        office.cookies["kordon-language"] = "ru"
        for name in ("people", "roles", "rights", "agencies", "posts", "machines", "sign_ins"):
            assert office.get(url(name)).status_code == 200
        assert office.get(url("new_role")).status_code == 200
        assert office.get(url("define_role", role="auditor")).status_code == 200


class TestAuditing:
    @pytest.fixture
    def auditor(self, people, browser):
        return browser(people("Olga", "auditor"))

    def test_the_access_log_is_narrowed_down(self, ada, auditor):
        with writing():
            for about in ("document:KGZ/AC1234567", "document:UZB/AB7654321"):
                record(PersonalDataRead(query="x.look_at", about=(about,), found=1), by=ada)
        assert len(auditor.get(url("reads")).context["lines"]) == 2
        found = auditor.get(url("reads"), {"about": "ac123", "name": "ada"}).context["lines"]
        assert [line["about"] for line in found] == [["document:KGZ/AC1234567"]]
        assert not auditor.get(url("reads"), {"until": "01.01.2020"}).context["lines"]
        assert not auditor.get(url("reads"), {"post": "SOUTH"}).context["lines"]

    def test_sign_ins_are_listed_with_names(self, auditor, dora, browser):
        browser(dora)
        lines = auditor.get(url("sign_ins"), {"person": dora.id}).context["lines"]
        assert [(line["name"], line["address"]) for line in lines] == [("Dora", HERE)]

    def test_the_signed_heads_are_shown(self, auditor):
        assert b"/up" in auditor.get(url("heads")).content

    def test_an_auditor_changes_nothing(self, auditor, dora):
        answer = auditor.post(url("suspend_person", person=dora.id), {"reason": "x"})
        assert answer.status_code == 403

    def test_an_officer_does_not_see_the_access_log(self, dora, browser):
        assert browser(dora).get(url("reads")).status_code == 403

    def test_an_administrator_does_not_see_the_access_log(self, adam, browser):
        assert browser(adam).get(url("reads")).status_code == 403
