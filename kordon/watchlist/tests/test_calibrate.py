"""What each threshold would cost and find, counted on the node's own lists."""

import json
import random

import pytest
from django.core.management import CommandError, call_command

from conftest import officer
from kordon.journal.models import Entry
from kordon.journal.refusal import NotPermitted
from kordon.lib.screening import BirthEvidence, Candidate, Listing, Person
from kordon.node.management.commands.calibrate import Command
from kordon.watchlist import proposing, queries
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.particulars import Category, NameGiven
from kordon.watchlist.proposing import Bounds, Counted
from kordon.watchlist.tests.conftest import particulars

USUAL = Thresholds(stops=15, looks=10)
BOUNDS = Bounds(looks=1, stops=1)


def candidate(key, score, birth=BirthEvidence.SAME):
    return Candidate(key, score, (), "Anna", score, birth)


def test_an_innocent_counts_once_per_category_at_its_best_and_stops_only_when_sure():
    answers = {
        ("one",): [candidate("a", 12.0, BirthEvidence.UNKNOWN), candidate("b", 11.0)],
        ("two",): [candidate("c", 20.0)],
        ("three",): [],
    }
    category_of = {"a": Category.ARREST, "b": Category.ARREST, "c": Category.ENTRY_BAN}
    asked, counted = proposing.count_false(
        map(Person, answers), lambda person, least: answers[person.names], category_of
    )
    arrest, ban = counted[Category.ARREST], counted[Category.ENTRY_BAN]
    assert asked == 3
    assert (arrest.shown[10.0], arrest.shown[12.0], arrest.shown[12.5]) == (1, 1, 0)
    assert (arrest.stopped[11.0], arrest.stopped[11.5]) == (1, 0)
    assert (ban.shown[20.0], ban.stopped[20.0]) == (1, 1)


def test_a_listed_traveller_is_found_only_if_it_is_that_listing():
    travellers = [("a", "as listed", Person(("A",))), ("b", "as listed", Person(("B",)))]
    counted = {}
    proposing.count_found(
        travellers,
        lambda person, least: [candidate("a", 13.0)],
        dict.fromkeys("ab", Category.ARREST),
        counted,
    )
    assert counted[Category.ARREST].recall("as listed", 13.0) == 0.5
    assert counted[Category.ARREST].recall_of_all(13.5) == 0.0


@pytest.mark.parametrize("count, end", [(0, 3.00), (1, 4.74), (10, 16.96), (100, 118.08)])
def test_the_end_of_the_confidence_of_a_count(count, end):
    assert proposing.most_likely(count) == pytest.approx(end, abs=0.01)


def test_the_lowest_thresholds_within_the_bounds_are_proposed_and_none_below_the_usual():
    it = Counted()
    assert proposing.proposed(it, 100_000, BOUNDS, USUAL) == USUAL
    for score, times in ((10.0, 900), (10.5, 120), (11.0, 60), (16.0, 9), (16.5, 2)):
        it.shown[score] = times
        it.stopped[score] = times if score > 15 else 0
    assert proposing.proposed(it, 100_000, BOUNDS, USUAL) == Thresholds(stops=15, looks=11)
    it.stopped[15.0] = 9
    it.stopped[15.5] = 9
    assert proposing.proposed(it, 100_000, BOUNDS, USUAL).stops == 16.5
    few = proposing.proposed(it, 1_000, BOUNDS, USUAL)
    assert few == USUAL, "a thousand cannot show one in a thousand"
    assert 29_950 < proposing.enough(BOUNDS) < 29_970


def test_mishaps_are_the_same_for_the_same_seed_and_differ_from_what_is_listed():
    listing = Listing("a", ("ERIKSSON Anna Maria",), ((1974, 8, 12),), ("UTO",), "F")
    one, two = (list(proposing.listed_travellers([listing], seed=5)) for _ in range(2))
    assert one == two
    (_, first, as_listed), *others = one
    assert (first, as_listed.born) == ("as listed", (1974, 8, 12))
    assert len({kind for _, kind, _ in others}) == 6
    assert all(person != as_listed for _, _, person in others)


def test_invented_innocents_are_the_same_for_the_same_seed():
    one, two, other = (list(proposing.invented_innocents(50, s, ["UZB"])) for s in (1, 1, 2))
    assert one == two != other
    assert all(person.born[1] and person.sex for person in one)


def names(n):
    chance = random.Random(n)
    letters = "".join(chance.choice("bdgklmnrstvz") + chance.choice("aeiou") for _ in range(4))
    return f"{letters.title()} {letters[::-1].title()}"


def test_the_command_reports_proposes_and_changes_nothing(in_force, capsys):
    for n in range(3):
        in_force(particulars(names=(NameGiven(names(n)),), births=((1960 + n, 5, 20 + n),)))
    before = Entry.objects.count()
    call_command(Command(), "--innocents", "300", "--json")
    told = json.loads(capsys.readouterr().out)
    ban = told["categories"]["entry_ban"]
    assert (told["persons"], told["innocents"]) == (3, 300)
    assert ban["in_force"] == {"stops": 15.0, "looks": 10.0}
    at = {step["threshold"]: step for step in ban["steps"]}
    assert at[10.0]["recall_by"]["as listed"] == 1.0
    assert at[6.0]["recall"] >= at[20.0]["recall"] >= at[30.0]["recall"]
    assert Entry.objects.count() == before
    call_command(Command(), "--innocents", "50")
    page = capsys.readouterr().out
    assert "Nothing was changed" in page
    assert "proposed: stops 15, looks 10" in page
    assert "have to travel" in page


def test_innocents_of_a_file_are_replayed(in_force, capsys, tmp_path):
    in_force()
    replayed = tmp_path / "month.csv"
    replayed.write_text("name,dob,nationality\nERIKSSON ANNA MARIA,1974-08-12,UTO\nKim,1980,KAZ\n")
    call_command(Command(), str(replayed), "--json")
    told = json.loads(capsys.readouterr().out)
    steps = told["categories"]["entry_ban"]["steps"]
    assert told["innocents"] == 2
    assert steps[0]["looks_per_1000"] == 500.0
    replayed.write_text("colour\nred\n")
    with pytest.raises(CommandError, match="no column"):
        call_command(Command(), str(replayed))


def test_it_needs_the_right(db):
    nobody = officer("Nobody", 7, lacking="watchlist.calibrate")
    with pytest.raises(NotPermitted):
        queries.calibrate(by=nobody, innocents=[], listed=1, bounds=BOUNDS, seed=1)
