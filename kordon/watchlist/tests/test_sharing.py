"""Answers of other machines: believed only where they know the rows we know."""

import json
from dataclasses import replace

import pytest
from django.utils import timezone

from kordon.lib.screening import WEIGHTS, Person
from kordon.network.doors import NobodyAnswers
from kordon.watchlist import queries, screening, screening_index, sharing
from kordon.watchlist.enquiries import Enquiry
from kordon.watchlist.sharing import Answer, NotBelieved, Request
from kordon.watchlist.tests.conftest import particulars

ANNA = Person(("ERIKSSON ANNA MARIA",), (1974, 8, 12), ("UTO",), "F")
NOBODY = Person(("Шамиль Исматов",))
ASKED = Request(sharing.VERSION, 20, 10.0, "", (NOBODY, ANNA))


class Direct:
    """A line to a worker that is this very process; ``change`` what it says."""

    def __init__(self, change=lambda answer: answer):
        self.change, self.asked = change, 0

    def ask(self, request, *, within):
        self.asked += 1
        told = json.loads(sharing.answer_request(request))
        return json.dumps(self.change(told)).encode()


def test_a_worker_finds_what_one_finds_here_and_says_how_far_it_knows(in_force):
    in_force()
    nobody, anna = sharing.ask_worker(Direct(), ASKED, within=1)
    assert nobody == []
    assert anna == screening_index.search(ANNA, limit=20, today=timezone.localdate())
    told = sharing.read_answer(sharing.answer_request(sharing.written(ASKED)))
    now = screening_index.look(screening_index.Mark())[0]
    assert (told.position, told.seal, told.weights) == (now.position, now.seal, WEIGHTS.version)


@pytest.mark.parametrize(
    "change",
    [
        {"position": 0},
        {"seal": "of another journal"},
        {"position": 10**9},
        {"weights": "others"},
        {"found": []},
        {"v": 2},
        {"found": "x"},
        {"position": "1"},
    ],
)
def test_an_answer_that_does_not_know_our_rows_is_not_believed(in_force, change):
    in_force()
    with pytest.raises(NotBelieved):
        sharing.ask_worker(Direct(lambda told: told | change), ASKED, within=1)


def test_an_answer_from_before_an_alert_was_raised_is_not_believed(in_force):
    in_force()
    old = json.loads(sharing.answer_request(sharing.written(ASKED)))
    in_force(particulars(births=((1974, 8, 13),)))
    with pytest.raises(NotBelieved, match="older"):
        sharing.ask_worker(Direct(lambda told: old), ASKED, within=1)


@pytest.fixture
def shared(settings, monkeypatch):
    """Headquarters shares its searches with a worker."""

    def over(asker):
        settings.KORDON_SCREENERS_SECONDS = 1
        monkeypatch.setattr(sharing, "_asker", asker)
        return asker

    return over


class Silent:
    def ask(self, request, *, within):
        raise NobodyAnswers("no worker listens")


ENQUIRIES = (Enquiry(names=ANNA.names, born=ANNA.born), Enquiry(names=NOBODY.names)) * 25


@pytest.mark.parametrize(
    "asker", [Direct(), Silent(), Direct(lambda told: told | {"seal": "of another journal"})]
)
def test_no_request_is_lost_whoever_answers(ada, in_force, shared, asker):
    in_force()
    here = queries.screen_persons(by=ada, enquiries=ENQUIRIES)
    shared(asker)
    assert queries.screen_persons(by=ada, enquiries=ENQUIRIES) == here
    assert [len(found) for found in here.found] == [1, 0] * 25


def test_the_worker_is_asked_in_parts_and_its_candidates_are_checked(ada, in_force, shared):
    in_force()
    asker = shared(Direct())
    queries.screen_persons(by=ada, enquiries=ENQUIRIES)
    assert asker.asked == 3
    invented = {"key": "00000000-0000-0000-0000-00000000beef"}

    def forge(told):
        for found in told["found"]:
            for it in found:
                it |= invented
        return told

    shared(Direct(forge))
    found = queries.screen_persons(by=ada, enquiries=ENQUIRIES[:2]).found
    assert found == ((), ()), "a candidate without an alert in force is nobody"


def test_a_post_and_a_node_that_shares_nothing_ask_nobody(ada, in_force, shared, settings):
    in_force()
    asker = shared(Direct())
    settings.KORDON_SCREENERS_SECONDS = 0
    screening.answer_all(ENQUIRIES[:1], today=timezone.localdate())
    settings.KORDON_SCREENERS_SECONDS, settings.KORDON_KIND = 1, "post"
    screening.answer_all(ENQUIRIES[:1], today=timezone.localdate())
    settings.KORDON_KIND = "standalone"
    assert asker.asked == 0


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"\xff" * 10,
        b"x" * (sharing.LONGEST_ANSWER + 1),
        sharing.written(replace(ASKED, v=2)),
        sharing.written(replace(ASKED, limit=10**6)),
        sharing.written(replace(ASKED, threshold=-1.0)),
        sharing.written(replace(ASKED, persons=(NOBODY,) * 201)),
        sharing.written(replace(ASKED, persons=(Person(("x" * 800,)),))),
        sharing.written(replace(ASKED, persons=(Person(("x",) * 30),))),
        sharing.written(replace(ASKED, weights="{}")),
    ],
)
def test_what_is_no_request_is_refused(request_):
    with pytest.raises(NotBelieved):
        sharing.answer_request(request_)


def test_what_is_written_is_read():
    assert sharing.read_request(sharing.written(ASKED)) == ASKED
    answer = Answer(sharing.VERSION, 7, "seal", "w", ((), ()))
    assert sharing.read_answer(sharing.written(answer)) == answer
