import pytest

from kordon.lib.screening import BirthEvidence, Index, Listing, Person

LISTINGS = (
    Listing("kadirov", ("Djamchid Kadyrov",), ((1980, 3, 4),), ("TJK",), "M"),
    Listing("lavrin", ("Сергей Викторович Лаврин",), ((1950, 3, 21),), ("RUS",), "M"),
    Listing("rahman", ("محمد عبدالرحمن الظواهري",), ((1951, 6, 19),), ("EGY",), "M"),
    Listing("undated", ("Tarasik Bulgonov",)),
    Listing("alias", ("Ermek Sulaymanov",), ((1971, 2, 3),), weak_names=("Qora Botir",)),
)


@pytest.fixture(scope="module")
def index():
    return Index.build(LISTINGS)


def test_a_cyrillic_listing_is_found_from_a_french_passport(index):
    (found,) = index.search(Person(("LAVRINE SERGUEI",), (1950, 3, 21), ("RUS",), "M"))
    assert found.key == "lavrin"
    assert found.matched_name == "Сергей Викторович Лаврин"
    assert found.birth is BirthEvidence.SAME
    assert {reason.code for reason in found.reasons} == {
        "name_other_script",
        "name_part_missing",
        "birth_same",
        "nationality_same",
        "sex_same",
    }


def test_every_score_is_the_sum_of_its_reasons(index):
    people = (
        Person(("QODIROV JAMSHED",), (1980, 4, 3), ("TJK",), "M"),
        Person(("ALZAWAHIRI MOHAMED ABDUR RAHMAN",), (1951, 6, 19), ("UTO",), "F"),
        Person(
            ("BULGONOF TARAS",),
        ),
        Person(("QORA BOTIR",), (1971, 0, 0)),
    )
    for person in people:
        candidates = index.search(person, threshold=-100.0)
        assert candidates
        for found in candidates:
            assert sum(reason.weight for reason in found.reasons) == found.score
            names = [r.weight for r in found.reasons if r.code.startswith("name_")]
            assert sum(names) == found.name_score
