"""Whatever order posts report in, timeline, stays and figures end the same."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from kordon.border import facts
from kordon.border.models import Crossing, DayBreakdown, DayTotal, Stay, Timeline
from kordon.border.rules.stays import Move, moved, pair
from kordon.journal.fact import kind_of
from kordon.journal.models import Entry
from kordon.journal.rebuilding import rebuild
from kordon.journal.writing import Applying, record, writing

pytestmark = pytest.mark.django_db
KEPT = (Crossing, Timeline, Stay, DayTotal, DayBreakdown)
START = datetime(2026, 3, 1, 22, tzinfo=UTC)
NUMBERS = ("A1", "A1", "A1", "A2", "")
ENDS = ("admitted", "admitted", "admitted", "undone", "referred", "begun", *facts.Outcome)
OFTEN = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking takes minutes with a database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@some.composite
def travellers(draw):
    """What one crossing leads to: recorded, then perhaps undone, or inspected and concluded."""
    return {
        "number": draw(some.sampled_from(NUMBERS)),
        "direction": draw(some.sampled_from(facts.Direction)),
        "minutes": draw(some.integers(0, 12)) * 60,
        "end": draw(some.sampled_from(ENDS)),
    }


def told(number, post, it):
    """The facts of one crossing, in the order its post records them."""
    crossing = UUID(int=number)
    referred = it["end"] not in ("admitted", "undone")
    recorded = facts.CrossingRecorded(
        crossing=crossing,
        check=None,
        direction=it["direction"],
        decision=facts.Decision.REFER if referred else facts.Decision.ADMIT,
        crossed_at=START + timedelta(minutes=it["minutes"]),
        identity=facts.Identity(
            issuer="UTO", number=it["number"], surname="X", birth="1990-01-01", nationality="UTO"
        ),
        reasons=(facts.ReferralReason.OTHER,) if referred else (),
    )
    said = [recorded]
    if it["end"] == "undone":
        said.append(facts.CrossingUndone(crossing=crossing))
    if it["end"] == "begun" or isinstance(it["end"], facts.Outcome):
        said.append(facts.InspectionBegun(crossing=crossing))
    if isinstance(it["end"], facts.Outcome):
        concluded = facts.InspectionConcluded(
            crossing=crossing, proposal=crossing, outcome=it["end"], proposed_by=UUID(int=1)
        )
        said.append(concluded)
    return [(post, what) for what in said]


def shuffled(lists, chance):
    """One of the orders in which these lists may arrive, each in its own order."""
    lists, merged = [list(each) for each in lists if each], []
    while lists:
        first = chance.choice(lists)
        merged.append(first.pop(0))
        lists = [each for each in lists if each]
    return merged


def rows_after(arriving, chance):
    """What the tables hold once these facts were applied, in batches of any size."""
    with transaction.atomic():
        applying = Applying()
        for number, (post, what) in enumerate(arriving, start=1):
            entry = Entry(id=number, kind=kind_of(type(what)), at=START, by=UUID(int=1), post=post)
            applying.apply(what, entry)
            if chance.random() < 0.4:
                applying.flush()
        applying.flush()
        found = {model: sorted(map(str, model.objects.values_list())) for model in KEPT}
        found["stays expected"] = expected_stays()
        found["stays"] = sorted(Stay.objects.values_list("id", "exit", "ended_at"), key=str)
        transaction.set_rollback(True)
    return found


def expected_stays():
    """Every document paired at once, from the crossings as they stand."""
    documents = {}
    for row in Crossing.objects.all():
        if moved(row.status, entry=row.direction == "entry"):
            move = Move(row.id, row.document_key, row.crossed_at, row.direction == "entry", "", "")
            documents.setdefault(row.document_key or row.id, []).append(move)
    pairs = [one for moves in documents.values() for one in pair(moves, since=START)]
    said = [
        (one.began.crossing, one.exit.crossing if one.exit else None, one.ended_at) for one in pairs
    ]
    return sorted(said, key=str)


@OFTEN
@given(
    posts=some.lists(some.lists(travellers(), min_size=2, max_size=6), min_size=2, max_size=3),
    seed=some.integers(0, 2**32),
)
def test_every_order_of_arrival_ends_the_same(db, posts, seed):
    chance, number, lists = Random(seed), 0, []
    for place, crossings in enumerate(posts):
        several = [told(number + turn, f"P{place}", it) for turn, it in enumerate(crossings, 1)]
        number += len(crossings)
        # At a post, what becomes of one traveller waits for nobody else.
        lists.append(shuffled(several, chance))
    first = rows_after(shuffled(lists, chance), chance)
    assert first["stays"] == first["stays expected"]
    for _ in range(2):
        assert rows_after(shuffled(lists, chance), chance) == first


def crossed(number, direction, hours, decision=facts.Decision.ADMIT, document="A1"):
    return facts.CrossingRecorded(
        crossing=UUID(int=number),
        check=None,
        direction=direction,
        decision=decision,
        crossed_at=START + timedelta(hours=hours),
        identity=facts.Identity(issuer="UTO", number=document, nationality="UTO"),
    )


def test_an_exit_known_first_ends_the_stay_of_the_entry_that_comes_later(ada):
    with writing():
        record(crossed(2, facts.Direction.EXIT, 5), by=ada)
        assert Stay.objects.get().entry_at is None
        record(crossed(1, facts.Direction.ENTRY, 0), by=ada)
    stay = Stay.objects.get()
    assert (stay.id, stay.exit) == (UUID(int=1), UUID(int=2))
    assert stay.ended_at - stay.entry_at == timedelta(hours=5)


def test_who_enters_again_was_not_seen_leaving(ada):
    with writing():
        record(crossed(1, facts.Direction.ENTRY, 0), by=ada)
        record(crossed(2, facts.Direction.ENTRY, 9), by=ada)
    first, second = Stay.objects.order_by("entry_at")
    assert (first.exit, first.ended_at) == (None, second.entry_at)
    assert second.ended_at is None


def test_an_undone_exit_leaves_the_traveller_inside_and_uncounted(ada):
    with writing():
        record(crossed(1, facts.Direction.ENTRY, 0), by=ada)
        record(crossed(2, facts.Direction.EXIT, 5), by=ada)
        record(facts.CrossingUndone(crossing=UUID(int=2)), by=ada)
    assert Stay.objects.get().ended_at is None
    assert DayTotal.objects.get().direction == "entry"
    assert Timeline.objects.get(crossing=UUID(int=2)).status == "undone"


def test_the_day_is_the_one_at_the_post(ada):
    """22:00 in UTC was the morning after at a post that said so."""
    at = START.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00:00+05:00").tzinfo)
    it = crossed(1, facts.Direction.ENTRY, 0)
    with writing():
        record(type(it)(**vars(it) | {"crossed_at": at}), by=ada)
    assert DayTotal.objects.get().day.isoformat() == "2026-03-02"
    assert rebuild().differing == ()


def test_the_journal_makes_the_same_registry_again(ada, cross, refer, inspected):
    cross()
    cross(direction=facts.Direction.EXIT)
    refer()
    inspected()
    before = rebuild()
    assert before.differing == ()
    assert sum(DayTotal.objects.values_list("crossings", flat=True)) == 4


def test_a_journey_after_a_journey_leaves_the_first_one_alone(ada):
    with writing():
        for number, direction in enumerate((*facts.Direction, *facts.Direction), start=1):
            record(crossed(number, direction, number), by=ada)
    assert set(Stay.objects.values_list("id", "exit")) == {
        (UUID(int=1), UUID(int=2)),
        (UUID(int=3), UUID(int=4)),
    }
