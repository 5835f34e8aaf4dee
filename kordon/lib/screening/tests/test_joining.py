from dataclasses import replace

import pytest

from kordon.lib.screening import WEIGHTS, Index, Listing, Person

BORN = (1980, 5, 6)


def reasons(listed, given):
    (found,) = Index.build([Listing("1", (listed,), (BORN,))]).search(
        Person((given,), BORN), threshold=-20
    )
    assert sum(reason.weight for reason in found.reasons) == found.score
    return {reason.given or reason.listed: reason for reason in found.reasons}


@pytest.mark.parametrize(
    ("listed", "given", "as_one"),
    [
        ("PARVIZOVA SHABANBOH KHOLBOEVNA", "PARVIZOVA SHABANBOHKHOLBOEVNA", "SHABANBOH KHOLBOEVNA"),
        ("Оралдос Нурдосулы Алиханов", "ALIKHANOV ORALDOSNURDOSULY", "Оралдос Нурдосулы"),
        ("Dilnoza Nurtemir Nazarova", "NAZAROVA DILNOZANURTEMIR", "Dilnoza Nurtemir"),
    ],
)
def test_two_listed_parts_written_as_one_word_agree_at_once(listed, given, as_one):
    found = reasons(listed, given)
    joined = found[given.split()[1]]
    assert joined.listed == as_one
    assert joined.code in ("name_other_script", "name_same_sound", "name_similar")
    assert joined.weight > 5
    assert not any(it.code in ("name_part_missing", "name_part_differs") for it in found.values())


def test_a_word_that_only_begins_like_two_parts_is_neither():
    found = reasons("NAZAROVA DILNOZA NURTEMIR", "NAZAROVA DILBARSAMARQAND")
    assert found["DILBARSAMARQAND"].weight < 0


def test_a_part_that_another_agrees_with_is_not_joined():
    found = reasons("SHABANBOH KHOLBOEVNA", "KHOLBOEVNA SHABANBOHKHOLBOEVNA")
    assert found["KHOLBOEVNA"].listed == "KHOLBOEVNA"
    assert found["SHABANBOHKHOLBOEVNA"].listed != "SHABANBOH KHOLBOEVNA"


def test_who_was_compared_before_changes_nothing():
    """Parts joined with the one listed before must not stand in the way of the next."""
    before = Listing("1", ("Dilnoza Nurtemir Karimova",), (BORN,))
    meant = Listing("2", ("Dilnozanurtemir Shabanboh Kholboevna",), (BORN,))
    traveller = Person(("SHABANBOHKHOLBOEVNA DILNOZANURTEMIR",), BORN)
    for listed in ((meant,), (before, meant), (meant, before)):
        found = {it.key: it for it in Index.build(listed).search(traveller, threshold=-20)}["2"]
        assert {r.listed for r in found.reasons if r.code == "name_same_sound"} == {
            "Shabanboh Kholboevna"
        }
        assert not any(r.code == "name_part_differs" for r in found.reasons)


def test_no_bound_is_below_what_a_joined_name_reaches():
    """Whoever stood against one of the two stands alone then, which a fitted set may not mind."""
    kinds = ("differs_near", "differs", "differs_far", "differs_slip")
    lenient = replace(
        WEIGHTS,
        version="lenient",
        name_part_missing_given=0.0,
        **{f"name_part_{kind}": -9.0 for kind in kinds},
    )
    index = Index.build([Listing("1", ("Dilnoza Nurtemir",), (BORN,))], lenient)
    traveller = Person(("DILNOZANURTEMIR OTABEK",), BORN)
    (found,) = index.search(traveller, threshold=-20)
    assert index.search(traveller, threshold=found.score) == [found]
