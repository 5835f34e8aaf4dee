import random
from functools import partial

import pytest

from kordon.lib.screening import IndexUnusable
from kordon.lib.screening.numbers import MOST_REFERENCES, Held, Numbers, Writer
from kordon.lib.screening.spelling import confusable_number, plain_number
from tests.dying import dies_before

STATES = ("", "KGZ", "UZB", "KAZ", "D")
LETTERS = "0123456789OQDILZSGBAXБ"


def held(folder, *entries):
    writer = Writer(folder)
    numbers, states, references = zip(*entries, strict=True) if entries else ((), (), ())
    writer.add(numbers, states, references)
    writer.finish()
    return Numbers.open(folder)


def some_numbers(count, seed=7):
    chance = random.Random(seed)
    return [
        (
            "".join(chance.choices(LETTERS, k=chance.choice((1, 2, 3, 3, 9, 10, 40)))),
            chance.choice(STATES),
            place,
        )
        for place in range(count)
    ]


def by_looks(entries):
    found = {}
    for entry in entries:
        found.setdefault(confusable_number(entry[0]), []).append(entry)
    return found


@pytest.mark.parametrize("state", ["", "KGZ", "D", "XXX"])
def test_it_finds_what_looking_at_every_entry_finds(tmp_path, state):
    entries = some_numbers(4000)
    numbers = held(tmp_path, *entries)
    assert len(numbers) == len(entries)
    alike = by_looks(entries)
    for number, _, _ in entries[:1500] + some_numbers(500, seed=8):
        found = numbers.like(number, state)
        assert set(found) == {
            (listed == number, of, reference)
            for listed, of, reference in alike.get(confusable_number(number), ())
            if not state or of in {"", state}
        }
        assert found == sorted(found, key=lambda it: (not it.exact, it.state == ""))


def test_a_shorter_number_is_another_number(tmp_path):
    numbers = held(tmp_path, ("1", "KGZ", 1), ("10", "KGZ", 2), ("01", "KGZ", 3), ("", "KGZ", 4))
    assert numbers.like("1") == [Held(True, "KGZ", 1)]
    assert numbers.like("O1") == [Held(False, "KGZ", 3)]


def test_the_highest_number_and_reference_have_room(tmp_path):
    top = ("ZZZZZZZZZ", "ZZZ", MOST_REFERENCES - 1)
    assert held(tmp_path, top, ("YYYYYYYYY", "ZZZ", 0)).like(top[0], "ZZZ") == [
        Held(True, *top[1:])
    ]
    for reference in (-1, MOST_REFERENCES):
        with pytest.raises(ValueError, match="46 bits"):
            Writer(tmp_path).add(["A"], ["KGZ"], [reference])


def test_runs_on_disk_are_merged_and_swept(tmp_path):
    entries = some_numbers(3000)
    writer = Writer(tmp_path)
    writer._runs._at_once = 256
    for at in range(0, len(entries), 100):
        writer.add(*zip(*entries[at : at + 100], strict=True))
    writer.finish()
    numbers = Numbers.open(tmp_path)
    assert len(numbers) == len(entries)
    for number, state, reference in entries:
        assert (True, state, reference) in numbers.like(number)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".index", ".json"]


def test_nothing_held_finds_nothing(tmp_path):
    assert held(tmp_path).like("A1") == []


def test_any_text_can_be_asked_for(tmp_path):
    numbers = held(tmp_path, ("A1", "KGZ", 1))
    for text in ("", "<<<", "a1", "\0", "Ω" * 500, "١٢٣", "ⅷ"):
        assert numbers.like(plain_number(text)) == ([Held(True, "KGZ", 1)] if text == "a1" else [])


def test_damaged_numbers_are_not_used(tmp_path):
    held(tmp_path, ("A1", "KGZ", 1))
    (content,) = tmp_path.glob("*.index")
    content.write_bytes(content.read_bytes()[:-1] + b"\x01")
    with pytest.raises(IndexUnusable, match="damaged"):
        Numbers.open(tmp_path)


def test_a_writer_that_dies_before_any_step_leaves_the_old_numbers_or_the_new(tmp_path):
    held(tmp_path, ("A1", "KGZ", 0))
    step, served = 1, []
    while dies_before(step, tmp_path, partial(held, tmp_path, ("A1", "KGZ", step))):
        served.append(Numbers.open(tmp_path).like("A1")[0].reference)
        step += 1
    assert served == sorted(served)
    assert served[0] == 0
    assert len(set(served)) > 1
    assert Numbers.open(tmp_path).like("A1")[0].reference == step
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".index", ".json"]
