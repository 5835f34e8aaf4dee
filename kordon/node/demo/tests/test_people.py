"""Invented travellers: the same everywhere, plausible, and from ranges nobody was given."""

from datetime import date
from random import Random

from kordon.lib.traveldocs import find_state
from kordon.node.demo.naming import patronymic
from kordon.node.demo.people import SERIES, TONGUES, Registry, draw_name, words
from kordon.node.demo.romanising import romanise

TODAY = date(2026, 11, 22)


def drawn(seed: int = 1, count: int = 400) -> list:
    registry = Registry(Random(seed), TODAY)
    return [registry.person(nation) for nation in SERIES for _ in range(count // len(SERIES))]


def test_the_same_seed_gives_the_same_people():
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_names_are_written_for_the_zone_in_its_letters_alone():
    for person in drawn():
        for text in (person.name.mrz_surname, person.name.mrz_given_names):
            assert text
            assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ -")


def test_every_word_of_every_tongue_can_be_written():
    for tongue in TONGUES:
        lists = words(tongue)
        for word in (*lists["male"], *lists["female"], *lists["stems"]):
            latin = word.split("|")[1] if "|" in word else romanise(word, tongue)
            assert len(latin) >= 2, word


def test_no_document_number_is_drawn_twice_and_all_lie_in_invented_ranges():
    papers = [(person.paper.issuer, person.paper.number) for person in drawn()]
    assert len(set(papers)) == len(papers)
    for issuer, number in papers:
        assert number.startswith(SERIES[issuer])
        assert len(number) == 9


def test_all_nationalities_are_codes_of_doc_9303():
    assert all(find_state(nation) for nation in SERIES)


def test_travellers_are_born_before_today_and_nobody_is_ninety():
    for person in drawn():
        assert 0 < (TODAY - person.born).days < 90 * 366


def test_passports_are_in_force():
    assert all(person.paper.expiry > TODAY for person in drawn())


def test_women_have_the_surnames_of_women():
    name = draw_name(Random(3), "RUS", "F")
    assert name.surname[-1] in "ах"
    assert name.patronymic.endswith("на")


def test_a_russian_patronymic_follows_the_end_of_the_fathers_name():
    formed = {father: patronymic("russian", father, "M") for father in words("russian")["fathers"]}
    assert formed["Дмитрий"] == "Дмитриевич"
    assert formed["Юрий"] == "Юрьевич"
    assert formed["Алексей"] == "Алексеевич"
    assert formed["Игорь"] == "Игоревич"
    assert formed["Павел"] == "Павлович"
    assert formed["Иван"] == "Иванович"


def test_letters_beside_russian_are_romanised_as_their_issuers_do():
    assert romanise("Қайрат", "kazakh") == "KAYRAT"
    assert romanise("Ҷамшед", "tajik") == "JAMSHED"
    assert romanise("Өмүрбек", "kyrgyz") == "OMURBEK"
    assert romanise("Gʻayrat", "uzbek") == "GAYRAT"
    assert romanise("Şöhrat", "turkmen") == "SHOHRAT"
    assert romanise("Großmann", "german") == "GROSSMANN"
    assert romanise("Жаңыл", "kyrgyz", older=True) == "JANGYL"
