"""Base, layers and what is hidden: never behind the rows, whoever dies."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from kordon.lib.screening import Index, Listing
from kordon.watchlist import commands, queries, screening, screening_base, screening_index
from kordon.watchlist.matches import Traveller
from kordon.watchlist.particulars import NameGiven
from kordon.watchlist.screening_base import Mark
from kordon.watchlist.tests.conftest import particulars
from tests.dying import dies_before

ANNA = Traveller(surname="ERIKSSON", given_names="ANNA MARIA", born=(1974, 8, 12), sex="F")
ANNAS = ("ERIKSSON Anna Maria", "ERIKSSON Ana Maria", "ERICSSON Anna Maria", "ERIKSON Anna Maria")


@pytest.fixture
def little(monkeypatch, db):
    """Everything at once is much; one candidate is all that is asked for."""
    shutil.rmtree(Path(settings.KORDON_HOME) / "index", ignore_errors=True)
    monkeypatch.setattr(screening_index, "OVERLAY", 0)
    monkeypatch.setattr(screening, "LIMIT", 1)


def found(by, traveller=ANNA):
    return [match.alert for match in queries.screen_traveller(by=by, traveller=traveller)]


def called(name, **changes):
    return particulars(names=(NameGiven(name),), **changes)


def withdraw(ada, ben, alert):
    commands.withdraw_alert(by=ada, alert=alert, reason="Purpose reached.")
    commands.approve_alert(by=ben, alert=alert)


def test_withdrawn_alerts_in_the_base_hide_nobody(ada, ben, in_force, little):
    gone = [in_force(called(name)) for name in ANNAS]
    there = in_force(called("ERIKSEN Anna Maria"))
    screening_index.refresh()
    assert found(ada)[0] in gone
    for alert in gone:
        withdraw(ada, ben, alert)
    assert found(ada) == [there]
    assert screening_index._held.base.position, "the base of before still serves"


def test_withdrawn_alerts_in_a_layer_hide_nobody(ada, ben, in_force, little, monkeypatch):
    monkeypatch.setattr(screening_index, "LARGEST_JOINED", 0)
    gone = [in_force(called(name)) for name in ANNAS]
    there = in_force(called("ERIKSEN Anna Maria"))
    assert found(ada)[0] in gone
    for alert in gone:
        withdraw(ada, ben, alert)
    assert found(ada) == [there]


def test_alerts_that_are_over_hide_nobody(ada, in_force, on_day, little):
    for name in ANNAS:
        in_force(called(name, valid_until=date.today()))
    there = in_force(called("ERIKSEN Anna Maria"))
    screening_index.refresh()
    assert found(ada) != [there]
    on_day(date.today() + timedelta(days=1))
    assert found(ada) == [there]


def test_a_changed_alert_is_found_as_it_is_now_through_every_layer(ada, ben, in_force, little):
    first = in_force()
    screening_index.refresh()
    for name in ("HOLMBERG Greta", "LINDQVIST Sara", "ERIKSSON Anna Marie"):
        alert = in_force(called(f"{name} Second"))
        commands.change_alert(by=ada, alert=first, particulars=called(name), reason="A new name.")
        commands.approve_alert(by=ben, alert=first)
        surname, given = name.split(" ", 1)
        seen = Traveller(surname=surname, given_names=given, born=(1974, 8, 12))
        assert found(ada, seen) == [first]
        withdraw(ada, ben, alert)
    assert len(screening_index._held.parts) <= 3, "layers of like size are joined"


def test_who_holds_an_old_base_goes_on_while_the_new_one_is_opened(ada, in_force, little):
    anna = in_force()
    screening_index.refresh()
    assert found(ada) == [anna]
    held = screening_index._held
    greta = in_force(called("HOLMBERG Greta"))
    now, _ = screening_base.look(Mark())
    screening_base.write_base(now)  # as the worker, another process, does
    seen = Traveller(surname="HOLMBERG", given_names="GRETA", born=(1974, 8, 12))
    assert found(ada, seen) == [greta]
    assert screening_index._held.base == held.base, "nobody waited for it"
    screening_index._opening.join()
    assert found(ada, seen) == [greta]
    assert (screening_index._held.base, len(screening_index._held.parts)) == (now, 1)


def test_a_base_of_another_shape_or_life_is_not_used(ada, in_force, little):
    anna = in_force()
    screening_index.refresh()
    current = Path(settings.KORDON_HOME) / "index" / "current"
    said = json.loads(current.read_text())
    foreign = Index.build([Listing("another life", ("ERIKSSON Anna Maria",), ((1974, 8, 12),))])
    for wrong in ({"seal": "0" * 64}, {"shape": screening_base.SHAPE - 1}, {"position": 10**9}):
        other = said | wrong
        screening_base.keep(foreign, Mark(other["position"], other["seal"]))
        current.write_text(json.dumps(other))
        screening_index.forget()
        assert found(ada) == [anna]


def test_a_writer_that_dies_before_any_step_leaves_an_index_that_serves(ada, in_force, little):
    anna = in_force()
    screening_index.refresh()
    folder, step = Path(settings.KORDON_HOME) / "index", 1
    now, _ = screening_base.look(Mark())
    index = screening_base.open_base(now)
    later = in_force(called("HOLMBERG Greta"))
    mark, _ = screening_base.look(Mark())
    generations = set()
    while dies_before(step, folder, lambda: screening_base.keep(index, mark)):
        said = screening_base.said_on_disk()
        assert said in {now, mark}
        assert screening_base.open_base(said), f"step {step}"
        generations.add(said)
        screening_index.forget()
        assert found(ada) == [anna]
        step += 1
    assert generations == {now, mark}
    assert step > 12
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["current", screening_base._name(mark)]
    )
    assert later
