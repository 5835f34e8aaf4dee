"""Headquarters is upgraded first: a post keeps what it does not know yet, and applies it later.

The newer version is made here by a kind of fact that is declared while headquarters acts, and
unknown while the post does.
"""

from contextlib import contextmanager

import pytest

from kordon.accounts.facts import AgencyRegistered
from kordon.accounts.models import Agency
from kordon.journal.fact import KINDS, Travels, fact
from kordon.journal.models import Entry, Unapplied
from kordon.journal.rebuilding import digests, rebuild
from kordon.journal.receiving import apply_waiting
from kordon.journal.verifying import verify
from kordon.journal.writing import APPLIERS, applies, record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network.tests.test_exchange import happen, pull, push

KIND = "accounts.agency_moved.v1"


@contextmanager
def newer():
    """Inside, the version that knows that agencies move."""

    @fact(KIND, travels=Travels.POSTS)
    class AgencyMoved:
        agency: str
        name: str

    @applies(AgencyMoved)
    def apply_move(what, entry):
        Agency.objects.filter(pk=what.agency).update(name=what.name)

    try:
        yield AgencyMoved
    finally:
        del KINDS[KIND], APPLIERS[KIND]


def at_headquarters(hq, *facts):
    with hq.here(), writing():
        for what in facts:
            record(what, by=EVERYTHING)


@pytest.fixture
def between(hq, post):
    """A newer headquarters has told an older post: one it knows, one it does not, one it knows."""
    with newer() as moved:
        at_headquarters(
            hq,
            AgencyRegistered(agency="CUS", name="Customs"),
            moved(agency="CUS", name="Customs, at the new bridge"),
            AgencyRegistered(agency="MIG", name="Migration"),
        )
    while pull(post, hq):
        pass


def names():
    return dict(Agency.objects.values_list("code", "name"))


def test_an_older_post_keeps_what_it_does_not_know_and_goes_on(between, hq, post):
    with post.here():
        assert names() == {"CUS": "Customs", "MIG": "Migration"}
        assert [row.entry.kind for row in Unapplied.objects.all()] == [KIND]
        assert not verify().faults, "what is not understood is still proved"
        assert apply_waiting() == 0, "an older version cannot apply it"
        assert Unapplied.objects.count() == 1
    happen(post, 2)
    assert push(post, hq).held == 2, "and what it records goes up as ever"


def test_an_older_post_can_rebuild_meanwhile(between, post):
    with post.here():
        done = rebuild()
        assert (done.skipped, done.differing) == (1, ())
        assert Unapplied.objects.count() == 1


def test_after_the_upgrade_it_is_applied_and_a_rebuild_agrees(between, hq, post):
    with newer():
        with post.here():
            assert apply_waiting() == 1
            assert not Unapplied.objects.exists()
            assert names()["CUS"] == "Customs, at the new bridge"
            before = digests()
            assert rebuild().differing == ()
            assert digests() == before
        with hq.here():
            theirs = names()
        with post.here():
            assert names() == theirs
            assert Entry.objects.filter(kind=KIND).exists()


def test_what_was_said_later_is_not_undone_by_what_is_applied_late(hq, post):
    with newer() as moved:
        at_headquarters(hq, moved(agency="CUS", name="Lost: it is not registered yet"))
        at_headquarters(hq, AgencyRegistered(agency="CUS", name="Customs"))
        at_headquarters(hq, moved(agency="CUS", name="Customs, moved"))
    at_headquarters(hq, AgencyRegistered(agency="CUS", name="Customs, again"))
    while pull(post, hq):
        pass
    with newer():
        with post.here():
            apply_waiting()
            ours = names()
            assert rebuild().differing == (), "rows are as the order of the journal makes them"
        with hq.here():
            assert names() == ours
