from dataclasses import replace

import numpy as np
import pytest

from kordon.lib.screening import WEIGHTS, Index, Listing, Person
from kordon.lib.screening.folding import latin_letters
from kordon.lib.screening.lettering import letters_shared
from kordon.lib.screening.similarity import room

BORN = (1980, 5, 6)


def codes_and_weights(listed, given, weights=WEIGHTS):
    (found,) = Index.build([Listing("1", (listed,), (BORN,))], weights).search(
        Person((given,), BORN), threshold=-20
    )
    assert sum(reason.weight for reason in found.reasons) == found.score
    return {reason.given: (reason.code, reason.weight) for reason in found.reasons}


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("O‘g‘li", "ogli"),
        ("Çary", "cary"),
        ("ÖZDEMİR", "ozdemir"),
        ("Abu Bakr", "abubakr"),
        ("Заур", ""),
        ("حسن", ""),
        ("", ""),
    ],
)
def test_only_latin_is_compared_as_written(written, letters):
    assert latin_letters(written) == letters


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [("zaur", "haur", 0.75), ("zaur", "zaur", 1.0), ("zaur", "zr", 0.5), ("a", "xyz", 0.0),
     ("", "zaur", 0.0)],
)  # fmt: skip
def test_letters_shared_are_those_of_the_longer_word_that_need_no_change(a, b, shared):
    words = [np.frombuffer(word.encode(), np.uint8) for word in (a, b)]
    assert letters_shared(*words, room()) == pytest.approx(shared)


def test_a_slip_that_breaks_the_sound_speaks_little_against():
    found = codes_and_weights("ZELIMOV ZAUR", "ZELIMOV HAUR")
    assert found["HAUR"] == ("name_part_differs", WEIGHTS.name_part_differs_slip)
    assert codes_and_weights("ZELIMOV ZAUR", "ZELIMOV OTABEK")["OTABEK"][1] < -3


@pytest.mark.parametrize(
    ("listed", "given", "step"),
    [("MURTAZIN", "MURTAZIL", 4), ("MURTAZIN", "MOURTISINE", 2), ("KHATASSKY", "QATISCHKEY", 0)],
)
def test_a_similar_part_weighs_by_its_letters_too(listed, given, step):
    without = replace(WEIGHTS, name_letters=(0.0,) * 5)
    weighed = [
        codes_and_weights(f"{listed} IVAN", f"{given} IVAN", weights)[given]
        for weights in (WEIGHTS, without)
    ]
    assert [code for code, _ in weighed] == ["name_similar"] * 2
    assert weighed[0][1] - weighed[1][1] == WEIGHTS.name_letters[step]


def test_what_is_listed_in_another_script_is_judged_by_sound_alone():
    assert codes_and_weights("Зелимов Заур", "ZELIMOV HAUR")["HAUR"][1] <= -2
