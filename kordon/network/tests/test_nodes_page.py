"""The page of nodes: a map and a table, worst first, with what to do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kordon.accounts.commands.posts import PostDescription, register_post
from kordon.accounts.facts import Mode, PostStatus
from kordon.border.tests.conftest import north  # noqa: F401  (a fixture)
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.journal.facts import NodeDecommissioned, NodeEnrolled, NodeKind, NodeQuarantined
from kordon.journal.writing import record, writing
from kordon.network import duties, scratch
from kordon.network.broker import pki
from kordon.network.tests.test_corner import words

PAGE = "/network/"


@pytest.fixture
def don(browser):  # noqa: F811
    return browser("Don", "duty_officer")


@pytest.fixture
def enrolled(ada, don, settings):
    """``enrolled("AKSUU", seconds_ago=4, version="1")``: a node that reported then."""
    settings.KORDON_KIND = "hq"

    def make(node, seconds_ago=4, place=(42.9, 74.6), **told):
        key = node.encode().hex().ljust(64, "0")[:64]
        what = NodeEnrolled(node=node, node_kind=NodeKind.POST, incarnation=1, public_key=key)
        described = PostDescription(
            name=f"Post {node}",
            agency="BORDER",
            mode=Mode.ROAD,
            status=PostStatus.INTERNATIONAL,
            time_zone="Asia/Bishkek",
            latitude=place[0],
            longitude=place[1],
        )
        with writing():
            record(what, by=ada)
            register_post(by=ada, post=node, description=described)
        at = timezone.now() - timedelta(seconds=seconds_ago)
        fine = {"version": "0.1.0", "disk_free": 60 * 1024**3, "disk_total": 100 * 1024**3}
        scratch.note_told(node, fine | told, at=at, clock_offset_ms=told.get("ms", 20))

    return make


def order(html):
    return re.findall(r'<tr id="node-(\w+)"', html)


def test_a_node_without_others_says_what_would_stand_there(don):
    seen = words(don.get(PAGE))
    assert "No node stands under this one" in seen


def test_every_node_stands_there_with_all_that_is_known(don, enrolled):
    enrolled("AKSUU", up=12, lists=[{"title": "UN list", "as_of": "2026-11-01"}])
    seen = words(don.get(PAGE))
    for word in ("Post AKSUU", "AKSUU", "Well", "4 s ago", "0.1.0", "60.0", " 0.0 s"):
        assert word in seen, word
    assert "UN list: 1 Nov 2026" in seen


def test_the_worst_stands_first_with_what_to_do(don, enrolled, ada):
    enrolled("AWELL")
    enrolled("BLAGS", up=9_000)
    enrolled("CSILENT", seconds_ago=900)
    enrolled("DFORKED")
    enrolled("EGONE")
    with writing():
        forked = NodeQuarantined(node="DFORKED", channel="up", number=3, ours="{}", theirs="{}")
        record(forked, by=ada)
        record(NodeDecommissioned(node="EGONE", number=9, reason="Post closed."), by=ada)
    html = don.get(PAGE).content.decode()
    assert order(html) == ["CSILENT", "DFORKED", "BLAGS", "AWELL", "EGONE"]
    seen = words(don.get(PAGE))
    assert seen.count("In quarantine") == 1, "only where its reason stands"
    assert "Call the post: has it power and a line?" in seen
    assert "release the node or replace it" in seen
    assert "2 nodes need somebody" in seen
    assert "1 to watch" in seen
    assert "Post closed." in seen


def test_the_last_refusal_is_shown_and_that_it_is_over(don, enrolled):
    enrolled("AKSUU")
    scratch.note_refused("AKSUU", "broken_chain", "x", at=timezone.now())
    assert "broken_chain, 0 s ago" in words(don.get(PAGE))
    assert "a chain that does not hold" in words(don.get(PAGE))
    scratch.note_taken("AKSUU")
    assert "taken again, 0 s ago" in words(don.get(PAGE))


def test_the_map_marks_each_post_by_shape_and_word(don, enrolled):
    enrolled("AKSUU")
    enrolled("BSILENT", seconds_ago=900, place=(40.5, 72.8))
    enrolled("CFAR", place=(10.0, 10.0))
    html = don.get(PAGE).content.decode()
    marks = re.findall(r'<a href="#node-(\w+)"[^>]*class="n-mark n-(\w+)"[^>]*', html)
    assert marks == [("BSILENT", "stop"), ("AKSUU", "fine")]
    assert "<title>Post BSILENT: Silent</title>" in html
    assert "Borders are an illustration" in html
    assert "Made with Natural Earth" in html


def test_where_two_labels_would_overlap_the_worse_keeps_its_own(don, enrolled):
    enrolled("AKSUU", place=(42.9, 74.60))
    enrolled("BSILENT", seconds_ago=900, place=(42.9, 74.61))
    enrolled("CFAR", place=(40.0, 68.0))
    enrolled("DNEAR", place=(42.9, 74.62))
    labels = re.findall(r"<text[^>]*>([^<]+)</text>", don.get(PAGE).content.decode())
    assert labels == ["Post BSILENT · Silent", "Post AKSUU", "Post CFAR"]


def test_asked_by_htmx_it_draws_what_moves_alone(don, enrolled):
    enrolled("AKSUU")
    part = don.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="node-AKSUU"' in part


def test_fifty_nodes_cost_no_more_queries_than_one(don, enrolled, django_assert_max_num_queries):
    for number in range(12):
        enrolled(f"P{number}")
    with django_assert_max_num_queries(30):
        don.get(PAGE)


def test_an_alarm_is_acknowledged_with_a_note(don, enrolled):
    enrolled("AKSUU", seconds_ago=900)
    duties.watch()
    html = don.get("/network/alarms/").content.decode()
    assert "1 open alarm" in words(don.get(PAGE))
    deed = re.search(r'action="(/network/alarms/[^"]+)"', html).group(1)
    assert don.post(deed, {"note": ""}).status_code == 422
    answer = don.post(deed, {"note": "Called the post."}, follow=True)
    seen = words(answer)
    assert "Acknowledged. The alarm stays until it is over." in seen
    assert "“Called the post.”" in seen
    assert "acknowledged" in seen
    assert deed not in answer.content.decode()
    again = don.post(deed, {"note": "Again."}, follow=True)
    assert "This alarm is over, or somebody has acknowledged it." in words(again)


def test_alarms_that_are_over_stay_to_be_read(don, enrolled):
    enrolled("AKSUU", seconds_ago=900)
    duties.watch()
    scratch.note_told("AKSUU", {}, at=timezone.now(), clock_offset_ms=0)
    duties.watch()
    seen = words(don.get("/network/alarms/"))
    assert "No alarm is open" in seen
    assert "Nothing has been heard since" in seen


@pytest.mark.parametrize("role", ["first_line_officer", "auditor"])
def test_others_see_none_of_it(browser, role):  # noqa: F811
    other = browser("Oda", role)
    for page in (PAGE, "/network/alarms/", "/network/policy/"):
        assert other.get(page).status_code == 403


def test_an_administrator_sets_the_rules_of_age(browser, settings):  # noqa: F811
    pat = browser("Pat", "system_administrator")
    seen = words(pat.get("/network/policy/"))
    assert "Nobody has set anything yet" in seen
    wrong = {"link_warn": 9, "link_second": 5, "lists_warn": 1, "lists_second": 2}
    answer = pat.post("/network/policy/", wrong)
    assert answer.status_code == 422
    assert "A post warns before it sends travellers to the second line." in words(answer)
    answer = pat.post("/network/policy/", wrong | {"link_second": 20}, follow=True)
    assert "Set by Pat" in words(answer)
    settings.KORDON_KIND = "post"
    answer = pat.post("/network/policy/", wrong | {"link_second": 30})
    assert "This is done at headquarters" in words(answer)


def test_a_duty_officer_reads_them_and_sets_none(don):
    seen = words(don.get("/network/policy/"))
    assert "72" in seen
    assert don.post("/network/policy/", {"link_warn": 1}).status_code == 403


def test_what_a_silent_post_holds_is_not_said_as_if_it_were_known(don, enrolled):
    enrolled("AKSUU", seconds_ago=3600)
    enrolled("TALAS", seconds_ago=3600, up=7)
    enrolled("NARYN")
    seen = don.get(PAGE).content.decode()
    waits = {
        node: re.search(rf'<tr id="node-{node}".*?n-number text-nowrap">([^<·]*)', seen, re.S)[1]
        for node in ("AKSUU", "TALAS", "NARYN")
    }
    assert waits["AKSUU"] == "unknown"
    assert waits["TALAS"].strip() == "at least 7"
    assert waits["NARYN"] == "0"


@pytest.mark.parametrize("ms, said", [(-20, " 0.0 s"), (1240, "+1.2 s"), (-3100, "−3.1 s")])
def test_a_clock_that_is_right_runs_neither_ahead_nor_behind(don, enrolled, ms, said):
    enrolled("AKSUU", ms=ms)
    assert said in words(don.get(PAGE))


def test_many_lists_stand_in_one_line_with_the_day_of_the_oldest(don, enrolled):
    days = ["2026-11-03", "2026-11-01", "2026-11-02"]
    enrolled("AKSUU", lists=[{"title": f"A list {day}", "as_of": day} for day in days])
    seen = don.get(PAGE).content.decode()
    assert "<summary>3, oldest of 1 Nov 2026</summary>" in seen


def test_who_may_decide_about_a_node_goes_there_from_its_line(don, browser, enrolled):  # noqa: F811
    enrolled("AKSUU")
    link = 'href="/network/nodes/AKSUU/"'
    assert link not in don.get(PAGE).content.decode()
    assert link in browser("Nora", "network_administrator").get(PAGE).content.decode()


def test_what_is_wrong_with_headquarters_itself_stands_above_all(don, enrolled, settings, tmp_path):
    settings.KORDON_HOME = tmp_path
    at = datetime.now(UTC) - timedelta(days=pki.AUTHORITY_DAYS - 100, minutes=-5)
    pki.make_authority(tmp_path / "network", "hq.example", at=at)
    (tmp_path / "node.json").write_text('{"node": "HQ", "incarnation": 1}')
    (tmp_path / "node.key").write_text("ab" * 32)
    enrolled("AWELL")
    seen = words(don.get(PAGE))
    assert "Headquarters The authority that signs certificates ends: it had 100 days left." in seen
