"""The doors: pages, and the API for machines and people."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from kordon.accounts import actors, commands, urls
from kordon.accounts.doors import PAGES, needs, public, token_or_session
from kordon.accounts.models import Machine
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.refusal import NotPermitted

from .conftest import PASSWORD, at_work


def page(request):
    return HttpResponse("seen")


@pytest.fixture
def token(ada, adam):
    made = commands.enrol_machine(
        by=at_work(adam),
        machine=uuid4(),
        name="Gate 3",
        agency="BORDER",
        role="machine_kiosk",
        post="NORTH",
        until=timezone.localdate(),
    )
    return made.token


def call(token, address="/api/v1/me"):
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})


def request_of(actor):
    request = RequestFactory().get("/somewhere/")
    request.actor = actor
    return request


def test_every_page_of_accounts_has_a_door():
    assert [p.name for p in urls.urlpatterns if not hasattr(p.callback, "right")] == []


def test_every_right_that_a_page_needs_exists():
    assert get_resolver().resolve("/accounts/people/")
    ours = {right for right, view in PAGES.items() if view.startswith("kordon.accounts.views")}
    assert ours <= {*COMMANDS, *QUERIES}


def test_nobody_is_sent_to_sign_in(db):
    view = needs("border.check_traveller")(page)
    assert view(request_of(None))["Location"] == "/accounts/sign-in/?next=%2Fsomewhere%2F"


def test_who_lacks_the_right_is_refused(eve):
    with pytest.raises(NotPermitted):
        needs("border.check_traveller")(page)(request_of(eve))


def test_who_holds_the_right_comes_in(ada):
    assert needs("accounts.list_posts")(page)(request_of(ada)).content == b"seen"


def test_a_public_page_says_so():
    assert public(page).right is None


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_no_page_opens_to_nobody(db, pattern: URLPattern):
    if pattern.callback.right is None:
        return
    made = {"person": uuid4(), "posting": uuid4(), "machine": uuid4(), "role": "x", "post": "x"}
    names = pattern.pattern.regex.groupindex
    request = request_of(None)
    answer = pattern.callback(request, **{name: made[name] for name in names})
    assert answer.status_code == 302


def test_a_machine_comes_in_with_its_token(token):
    told = call(token).json()
    assert (told["name"], told["post"]) == ("Gate 3", "NORTH")
    assert "accounts.get_post" in told["rights"]


@pytest.mark.parametrize("wrong", ["", "kordon_x", "kordon_" + "A" * 43])
def test_a_wrong_token_is_refused(token, wrong):
    assert call(wrong).status_code == 401


def test_only_the_hash_of_a_token_is_kept(token):
    row = Machine.objects.get()
    assert row.token_hash == actors.hash_token(token)
    assert token not in str(vars(row))


def test_a_token_ends(token):
    Machine.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert call(token).status_code == 401


def test_a_revoked_machine_stays_out(adam, token):
    commands.revoke_machine(by=at_work(adam), machine=Machine.objects.get().id)
    assert call(token).status_code == 401


def test_a_renewed_token_kills_the_old_one(adam, token):
    made = commands.renew_machine_token(
        by=at_work(adam), machine=Machine.objects.get().id, until=timezone.localdate()
    )
    assert call(token).status_code == 401
    assert call(made.token).status_code == 200


def test_a_machine_may_no_more_than_its_role(token):
    assert call(token, "/api/v1/posts").status_code == 200
    answer = call(token, "/api/v1/reads")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_nobody_enrols_a_machine_with_rights_beyond_reach(ada, people):
    commands.define_role(
        by=ada, role="clerk", title="Clerk", description="", rights=["accounts.enrol_machine"]
    )
    with pytest.raises(commands.machines.rules.RightNotHeld):
        commands.enrol_machine(
            by=at_work(people("Cleo", "clerk")),
            machine=uuid4(),
            name="Spy",
            agency="BORDER",
            role="machine_kiosk",
            until=timezone.localdate(),
        )


def test_a_person_uses_the_api_with_their_session(dora):
    client = Client()
    client.post("/accounts/sign-in/", {"login": "dora", "password": PASSWORD})
    assert client.get("/api/v1/me").json()["name"] == "Dora"
    posts = client.get("/api/v1/posts").json()
    assert [(post["code"], post["agency"]) for post in posts] == [("NORTH", "BORDER")]
    assert client.get("/api/v1/posts/NORTH/lanes").json()[0]["lane_class"] == "cars"
    assert client.get("/api/v1/posts/NORTH/occupied-booths").json() == []
    assert client.get("/api/v1/posts/NOWHERE").status_code == 404


def test_a_session_needs_the_csrf_token_to_change_something(dora):
    request = RequestFactory(enforce_csrf_checks=True).post("/api/v1/anything")
    request.actor = at_work(dora)
    request._dont_enforce_csrf_checks = False
    with pytest.raises(Exception, match="CSRF"):
        token_or_session(request)


def test_a_token_does_not_fall_back_to_the_session(dora):
    client = Client()
    client.post("/accounts/sign-in/", {"login": "dora", "password": PASSWORD})
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer kordon_wrong"})
    assert answer.status_code == 401
