"""Reactions: each hears everything once, in order, and none waits for a broken one."""

import pytest

from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import Entry, Place
from kordon.journal.reacting import react, reacts, system
from kordon.journal.writing import record, writing

pytestmark = pytest.mark.usefixtures("declared")


def happen(ada, *numbers):
    with writing():
        for found in numbers:
            record(PersonalDataRead(query="x.y", about=(), found=found), by=ada)


def test_it_hears_what_was_before_it_and_what_comes_after(ada):
    happen(ada, 1, 2)
    heard = []

    @reacts(PersonalDataRead)
    def on_read(it, entry):
        heard.append(it.found)

    assert react() == 2
    happen(ada, 3)
    assert react() == 1
    assert react() == 0
    assert heard == [1, 2, 3]


def test_a_broken_one_stops_itself_only_and_is_tried_again(ada):
    happen(ada, 1, 2)
    heard, well = [], [False]

    @reacts(PersonalDataRead)
    def on_broken(it, entry):
        if it.found == 2 and not well[0]:
            raise ZeroDivisionError
        heard.append(("broken", it.found))

    @reacts(PersonalDataRead)
    def on_sound(it, entry):
        heard.append(("sound", it.found))

    react()
    assert heard == [("broken", 1), ("sound", 1), ("sound", 2)]
    well[0] = True
    react()
    assert heard[3:] == [("broken", 2)]


def test_what_a_broken_one_had_recorded_is_undone(ada):
    happen(ada, 1)

    @reacts(PersonalDataRead)
    def on_half(it, entry):
        record(PersonalDataRead(query="half", about=(), found=9), by=system(entry))
        raise ZeroDivisionError

    react()
    assert Entry.objects.count() == 1
    assert Place.objects.get(reaction="journal.on_half").position == 0


def test_the_system_acts_where_the_fact_was_recorded(ada):
    happen(ada, 1)
    actor = system(Entry.objects.get())
    assert (actor.name, actor.post, actor.agency) == ("system", "NORTH", "BORDER")


def test_at_a_post_the_system_acts_as_that_post(ada, settings):
    happen(ada, 1)
    settings.KORDON_KIND = "post"
    assert system(Entry.objects.get()).post == "test"
