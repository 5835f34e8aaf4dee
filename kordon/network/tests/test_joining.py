"""The life of a post, by the commands its people type, against a real headquarters."""

import json

import pytest

from kordon.measure.home import temporary_home
from kordon.network.tests.machines import FIELD, enrol, kordon, machine


@pytest.fixture(scope="module")
def hq():
    with temporary_home(node="HQ", KORDON_KIND="hq") as home:
        home.call(f"{FIELD}:found")
        yield home


@pytest.fixture(scope="module")
def office(hq):
    with hq.serve() as server:
        yield server


def test_a_machine_becomes_a_post_changes_its_key_dies_and_is_replaced(hq, office):
    with machine() as post:
        enrol(post, hq, office)
        first = post.call(f"{FIELD}:public_key")
        # Beside what happens, it introduces itself, and each new key.
        with post.serve() as gate:
            post.call(
                f"{FIELD}:happen_and_await", count=3, number=4
            )  # and one: the node introduced itself

            status, said = kordon(post, "post", "rotate-key")
            assert status == 0, said
            second = post.call(f"{FIELD}:public_key")
            assert hq.call(f"{FIELD}:keys", node="AKSUU") == [second] != [first]
            post.call(f"{FIELD}:happen_and_await", count=3, number=8)

            gate.kill()
            post.call(f"{FIELD}:rotate_and_crash")
            gate.start()
            post.call(f"{FIELD}:happen_and_await", count=3, number=12)
            assert hq.call(f"{FIELD}:keys", node="AKSUU") == [post.call(f"{FIELD}:public_key")]

            told = json.loads(kordon(post, "post", "status", "--json")[1])
            assert (told["node"], told["headquarters"], told["unsent"]) == ("AKSUU", "HQ", 0)
            assert post.call(f"{FIELD}:sign_ins") == hq.call(f"{FIELD}:sign_ins") == 9

    with machine() as new:
        enrol(new, hq, office, replaces=True)
        with new.serve():
            new.call(f"{FIELD}:happen_and_await", count=2, number=15)
        assert new.call(f"{FIELD}:incarnations") == [1, 2]
        assert new.call(f"{FIELD}:sign_ins") == hq.call(f"{FIELD}:sign_ins") == 11


def test_a_code_that_is_none_is_refused_in_a_sentence_and_may_be_typed_again(hq, office):
    address = f"http://127.0.0.1:{office.port}"
    with machine() as post:
        typed = {
            ("--code", "AKSUU"): "A code is the node's name and four groups",
            ("--code", "AKSUU-AAAA-AAAA-AAAA-AAAA"): "This code is not for this node",
            (): "Say where headquarters is",
        }
        for words, sentence in typed.items():
            status, said = kordon(post, "post", "enrol", "--hq", address, *words)
            assert (status, sentence in said) == (1, True), said
        wrong = "ftp://hq.example"
        status, said = kordon(
            post, "post", "enrol", "--hq", wrong, "--code", "AKSUU-" + 4 * "AAAA-"
        )
        assert (status, "https://hq.example" in said) == (1, True), said


def test_headquarters_begins_by_believing_itself():
    with machine() as home:
        home.changes["KORDON_ADMIN_PASSWORD"] = "four mild horses"
        status, said = kordon(home, "init", "--kind", "hq", "--node", "HQ")
        assert status == 0, said
        assert (home.folder / "kind").read_text() == "hq"
        assert home.call(f"{FIELD}:first_of_all") == ["journal.node_enrolled.v1", "HQ", "hq"]


def test_headquarters_changes_its_key_under_running_posts_and_dies_halfway():
    with temporary_home(node="HQ", KORDON_KIND="hq") as hq, machine() as post:
        hq.call(f"{FIELD}:found")
        with hq.serve() as office:
            enrol(post, hq, office)
            first = hq.call(f"{FIELD}:public_key")
            with post.serve() as gate:
                post.call(f"{FIELD}:happen_and_await", count=3, number=4)

                status, said = kordon(hq, "network", "rotate-hq-key")  # while all are in touch
                assert (status, "fingerprint" in said) == (0, True), said
                second = hq.call(f"{FIELD}:approve_next_key")
                hq.call(f"{FIELD}:finish_next_key")
                post.call(f"{FIELD}:happen_and_await", count=3, number=7)
                post.call(f"{FIELD}:await_keys", node="HQ", key=second)

                gate.kill()  # twice, while the post is off
                kordon(hq, "network", "rotate-hq-key")
                hq.call(f"{FIELD}:approve_next_key")
                hq.call(f"{FIELD}:finish_next_key")
                kordon(hq, "network", "rotate-hq-key")
                last = hq.call(f"{FIELD}:approve_next_key")
                office.kill()  # … and dies before the last is in use
                office.start()
                hq.call(f"{FIELD}:await_key", key=last)
                gate.start()
                post.call(f"{FIELD}:happen_and_await", count=3, number=10)
                post.call(f"{FIELD}:await_keys", node="HQ", key=last)
                told = json.loads(kordon(post, "post", "status", "--json")[1])
                assert (told["unsent"], told["stopped"]) == (0, "")
        assert len({first, second, last}) == 3
        for home in (hq, post):
            assert home.call(f"{FIELD}:fault_codes") == []
