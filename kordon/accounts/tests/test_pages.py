"""The pages, as a browser without JavaScript sees them."""

import re
from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.models import Session as Cookie
from django.test import Client
from django.utils import timezone

from kordon.accounts import commands
from kordon.accounts.facts import Mode, PasswordReset, PersonSuspended, PostStatus
from kordon.accounts.models import Booth, Posting
from kordon.accounts.scratch import Session
from kordon.journal.writing import record, writing

from .conftest import PASSWORD, at_work, url


def fall_idle():
    Session.objects.update(seen=timezone.now() - timedelta(hours=1))


class TestSignIn:
    def test_it_leads_to_the_booth(self, dora):
        answer = Client().post(url("sign_in"), {"login": "dora", "password": PASSWORD})
        assert answer["Location"] == url("workplace")

    def test_it_leads_to_the_page_that_was_wanted(self, adam):
        client = Client()
        asked = client.get(url("people") + "?words=x")
        assert asked["Location"] == url("sign_in") + "?next=%2Faccounts%2Fpeople%2F%3Fwords%3Dx"
        typed = {"login": "adam", "password": PASSWORD, "next": "/accounts/people/?words=x"}
        assert client.post(url("sign_in"), typed)["Location"] == "/accounts/people/?words=x"

    def test_it_leads_nowhere_else(self, adam):
        typed = {"login": "adam", "password": PASSWORD, "next": "https://example.org/"}
        assert Client().post(url("sign_in"), typed)["Location"] == "/"

    def test_a_wrong_password_keeps_the_login(self, dora):
        answer = Client().post(url("sign_in"), {"login": "dora", "password": "guess by guess"})
        assert answer.status_code == 422
        assert b'value="dora"' in answer.content
        assert b"guess by guess" not in answer.content

    def test_the_cookie_is_new_after_signing_in(self, dora):
        client = Client()
        session = client.session
        session["planted"] = True
        session.save()
        before = client.cookies["kordon"].value
        client.post(url("sign_in"), {"login": "dora", "password": PASSWORD})
        assert client.cookies["kordon"].value != before
        assert "planted" not in client.session
        assert client.cookies["kordon"]["httponly"]

    def test_it_needs_the_csrf_token(self, dora):
        client = Client(enforce_csrf_checks=True)
        answer = client.post(url("sign_in"), {"login": "dora", "password": PASSWORD})
        assert answer.status_code == 403

    def test_a_one_time_code_must_be_changed_first(self, ada, north):
        made = commands.enrol_person(
            by=ada, person=uuid4(), login="nora", name="Nora", agency="BORDER"
        )
        client = Client()
        client.post(url("sign_in"), {"login": "nora", "password": made.code})
        asked = client.get(url("workplace"))
        assert asked["Location"].startswith(url("change_password"))
        changed = client.post(
            url("change_password"), {"old": made.code, "new": PASSWORD, "again": PASSWORD}
        )
        assert changed.status_code == 302
        assert client.get(url("workplace")).status_code == 200


class TestTheBooth:
    def test_it_is_taken_again_by_its_officer_who_signs_in_anew(self, dora, browser):
        browser(dora).post(url("take_booth"), {"booth": "1"})
        client = browser(dora)
        assert b'name="booth" value="1"' in client.get(url("workplace")).content
        assert client.post(url("take_booth"), {"booth": "1"}).status_code == 302

    def test_it_is_not_offered_while_another_works_there(self, dora, people, browser):
        browser(dora).post(url("take_booth"), {"booth": "1"})
        emil = people("Emil", "first_line_officer", post="NORTH")
        offered = browser(emil).get(url("workplace")).content
        assert b'name="booth" value="1"' not in offered
        assert b'name="booth" value="2"' in offered


class TestLocking:
    def test_an_idle_session_asks_the_password_and_goes_back(self, dora, browser):
        client = browser(dora)
        fall_idle()
        asked = client.get(url("workplace"))
        assert asked["Location"] == url("locked") + "?next=%2Faccounts%2Fworkplace%2F"
        assert b"Dora" in client.get(asked["Location"]).content
        typed = {"password": PASSWORD, "next": url("workplace")}
        assert client.post(url("locked"), typed)["Location"] == url("workplace")
        assert client.get(url("workplace")).status_code == 200

    def test_a_wrong_password_does_not_unlock(self, dora, browser):
        client = browser(dora)
        client.post(url("lock"), {"next": url("workplace")})
        assert client.post(url("locked"), {"password": "wrong"}).status_code == 422
        assert client.get(url("workplace")).status_code == 302

    def test_a_form_sent_while_locked_is_not_lost(self, dora, browser):
        client = browser(dora)
        fall_idle()
        asked = client.post(url("take_booth"), {"booth": "2"})
        assert asked.status_code == 302
        assert Booth.objects.filter(person=dora).count() == 0
        page = client.post(url("locked"), {"password": PASSWORD}).content.decode()
        action = re.search(r'<form method="post" action="([^"]*booth/)"', page).group(1)
        assert '<input type="hidden" name="booth" value="2">' in page
        client.post(action, {"booth": "2"})
        assert Booth.objects.get(person=dora).code == "2"

    def test_the_locked_page_does_not_show_the_form(self, dora, browser):
        client = browser(dora)
        fall_idle()
        asked = client.post(url("take_booth"), {"booth": "the typed thing"})
        assert b"the typed thing" not in client.get(asked["Location"]).content

    def test_what_a_page_asks_by_itself_keeps_no_session_awake(self, dora, browser):
        client = browser(dora)
        Session.objects.update(seen=timezone.now() - timedelta(minutes=10))
        client.get(url("workplace"), headers={"Kordon-Background": "1"})
        assert timezone.now() - Session.objects.get().seen > timedelta(minutes=9)
        client.get(url("workplace"))
        assert timezone.now() - Session.objects.get().seen < timedelta(minutes=1)

    def test_a_fragment_is_answered_with_the_way_to_unlock(self, dora, browser):
        client = browser(dora)
        fall_idle()
        answer = client.get(
            url("workplace"),
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/first-line/?a=1"},
        )
        assert answer["Location"] == url("locked") + "?next=%2Ffirst-line%2F%3Fa%3D1"


class TestEnding:
    def test_signing_out_leaves_the_booth_and_kills_the_cookie(self, dora, browser):
        client = browser(dora)
        client.post(url("take_booth"), {"booth": "1"})
        stolen = client.cookies["kordon"].value
        client.post(url("sign_out"))
        assert Booth.objects.filter(person__isnull=False).count() == 0
        thief = Client()
        thief.cookies["kordon"] = stolen
        assert thief.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_a_locked_session_can_be_signed_out(self, dora, browser):
        client = browser(dora)
        client.post(url("lock"))
        client.post(url("sign_out"))
        assert Session.objects.get().ended

    def test_a_suspended_person_is_out_at_once(self, ada, dora, browser):
        client = browser(dora)
        commands.suspend_person(by=ada, person=dora.id, reason="left")
        assert client.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_a_new_password_ends_other_sessions_and_keeps_this(self, dora, browser):
        here, there = browser(dora), browser(dora)
        new = "five wild geese fly"
        here.post(url("change_password"), {"old": PASSWORD, "new": new, "again": new})
        assert here.get(url("workplace")).status_code == 200
        assert there.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_a_password_changed_elsewhere_ends_the_session_here(self, ada, dora, browser):
        client = browser(dora)
        with writing():
            record(PasswordReset(person=dora.id, password="x", code_until=timezone.now()), by=ada)
        assert client.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_a_suspension_from_elsewhere_ends_the_session_here(self, ada, dora, browser):
        client = browser(dora)
        with writing():
            record(PersonSuspended(person=dora.id, reason="left"), by=ada)
        assert client.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_a_session_does_not_outlive_the_longest_shift(self, dora, browser):
        client = browser(dora)
        Session.objects.update(began=timezone.now() - timedelta(hours=13))
        assert client.get(url("workplace"))["Location"].startswith(url("sign_in"))

    def test_an_ended_posting_takes_its_rights_at_once(self, ada, dora, browser):
        client = browser(dora)
        commands.end_posting(by=ada, posting=Posting.objects.get(person=dora).id)
        assert client.post(url("take_booth"), {"booth": "1"}).status_code == 403

    def test_pages_with_names_are_not_left_in_the_browser(self, dora, browser):
        assert browser(dora).get(url("workplace"))["Cache-Control"] == "no-store"

    def test_old_cookies_hold_no_password(self, dora, browser):
        browser(dora)
        held = Cookie.objects.get().get_decoded()
        assert set(held) == {"kordon.session", "kordon.stamp"}


class TestWorkplace:
    def test_a_booth_is_taken_by_its_number(self, dora, browser):
        client = browser(dora)
        assert b'data-key="2"' in client.get(url("workplace")).content
        assert client.post(url("take_booth"), {"booth": "2"})["Location"] == "/"
        assert Booth.objects.get(person=dora).code == "2"

    def test_an_occupied_booth_is_refused_in_words(self, people, dora, browser):
        browser(dora).post(url("take_booth"), {"booth": "1"})
        emil = browser(people("Emil", "first_line_officer", post="NORTH"))
        answer = emil.post(url("take_booth"), {"booth": "1"})
        assert answer.status_code == 409
        assert b"Dora" in answer.content

    def test_who_works_at_two_posts_chooses(self, ada, people, adam, north, browser):
        south = commands.register_post(by=ada, post="SOUTH", description=north_like("South Gate"))
        nils = people("Nils", "second_line_officer", post="NORTH")
        commands.give_posting(
            by=at_work(adam),
            posting=uuid4(),
            person=nils.id,
            role="second_line_officer",
            post=south.code,
            since=timezone.localdate(),
        )
        client = browser(nils)
        assert client.get(url("workplace")).context["post"] is None
        client.post(url("choose_post"), {"post": "SOUTH"})
        assert client.get(url("workplace")).context["post"].code == "SOUTH"

    def test_a_post_where_one_is_not_posted_cannot_be_chosen(self, ada, dora, browser):
        commands.register_post(by=ada, post="SOUTH", description=north_like("South Gate"))
        client = browser(dora)
        client.post(url("choose_post"), {"post": "SOUTH"})
        assert client.get(url("workplace")).context["post"].code == "NORTH"

    def test_the_commander_frees_a_booth(self, people, dora, browser):
        browser(dora).post(url("take_booth"), {"booth": "1"})
        chief = browser(people("Carl", "shift_commander", post="NORTH"))
        assert chief.post(url("free_booth"), {"booth": "1"}).status_code == 302
        assert Booth.objects.filter(person__isnull=False).count() == 0


def north_like(name):
    return commands.posts.PostDescription(
        name=name,
        agency="BORDER",
        mode=Mode.ROAD,
        status=PostStatus.LOCAL,
        time_zone="Asia/Almaty",
    )
