"""One small list of invented persons, and travellers who are on it or are not."""

import threading

import pytest

from kordon.lib.screening import THRESHOLD, BirthEvidence, Index, Listing, Person

LISTINGS = (
    Listing("kadirov", ("Djamchid Kadyrov",), ((1980, 3, 4),), ("TJK",), "M"),
    Listing("lavrin", ("Сергей Викторович Лаврин",), ((1950, 3, 21),), ("RUS",), "M"),
    Listing("zaviri", ("محمد عبدالرحمن الزويري",), ((1951, 6, 19),), ("EGY",), "M"),
    Listing("undated", ("Tarasik Bulgonov",)),
    Listing("alias", ("Ermek Sulaymanov",), ((1971, 2, 3),), ("KGZ",), "M", ("Qora Botir",)),
    Listing("year", ("Gulnora Toshmatova",), ((1985, 0, 0), (1986, 1, 1)), ("UZB", "RUS"), "F"),
    Listing("common", ("Muhammad Ali",), ((1970, 5, 6),), ("PAK",), "M"),
    Listing("single", ("Sukarvo",), ((1966, 7, 8),), ("IDN",)),
    Listing("uulu", ("Orozbek uulu Talantali",), ((1990, 9, 9),), ("KGZ",), "M"),
    Listing("zoda", ("Рустами Эмомалишоҳ Раҳмонзода",), ((1987, 12, 19),), ("TJK",), "M"),
    Listing("turkmen", ("Gurbangeldi Döwletmyradow",), ((1957, 6, 29),), ("TKM",), "M"),
    Listing("uzbek", ("Xusanboy Gʻulomxoʻjayev",), ((1977, 4, 14),), ("UZB",), "M"),
    Listing("abd", ("Abd al-Rahim Qasimzada",), ((1969, 8, 30),), ("AFG",), "M"),
    Listing("long", ("Konstantinopolskiy Aleksandr Vsevolodovich",), ((1982, 10, 11),), ("RUS",)),
    Listing("indic", ("रजनीकांत अहलूवालिया",), ((1963, 2, 25),), ("IND",)),
    Listing("initials", ("J. R. Wellingsworth",), ((1958, 11, 12),)),
    Listing("hyphen", ("Marie-Claire d’Estourville",), ((1975, 3, 17),), ("FRA",), "F"),
    Listing("nameless", ("---",), ((1970, 1, 2),)),
)


@pytest.fixture(scope="module")
def index():
    return Index.build(LISTINGS)


def keys(index, *names, born=(0, 0, 0), **more):
    return [found.key for found in index.search(Person(names, born, **more))]


def codes(candidate):
    return [reason.code for reason in candidate.reasons]


@pytest.mark.parametrize(
    ("key", "name", "born"),
    [
        ("zaviri", "ALZAWAIRI MOHAMMAD ABDULRAHMAN", (1951, 6, 19)),
        ("kadirov", "QODIROV JAMSHED", (1980, 3, 4)),
        ("kadirov", "КАДЫРОВ ДЖАМШИД", (1980, 3, 4)),
        ("lavrin", "LAVRINE SERGUEI", (1950, 3, 21)),
        ("lavrin", "Sergej Lawrin", (1950, 3, 21)),
        ("zaviri", "ALZUWAIRI MOHAMED ABDUR RAHMAN", (1951, 6, 19)),
        ("uulu", "OROZBEKOV TALANTALI", (1990, 9, 9)),
        ("uulu", "TALANTALI OROZBEK OGLU", (1990, 9, 9)),
        ("zoda", "RAHMONOV RUSTAM", (1987, 12, 19)),
        ("zoda", "RAKHMONZODA RUSTAMI EMOMALISHOH", (1987, 12, 19)),
        ("turkmen", "DOVLETMURADOV KURBANGELDY", (1957, 6, 29)),
        ("turkmen", "DOEWLETMYRADOW GURBANGELDI", (1957, 6, 29)),
        ("uzbek", "GULOMKHUJAEV KHUSANBOY", (1977, 4, 14)),
        ("uzbek", "Хусанбой Ғуломхўжаев", (1977, 4, 14)),
        ("abd", "QASIMZADA ABDURRAHIM", (1969, 8, 30)),
        ("abd", "QASIM ZADEH ABDUL RAHIM", (1969, 8, 30)),
        ("indic", "AHLUWALIA RAJNIKANT", (1963, 2, 25)),
        ("initials", "WELLINGSWORTH JOHN RICHARD", (1958, 11, 12)),
        ("hyphen", "D ESTOURVILLE MARIE CLAIRE", (1975, 3, 17)),
        ("hyphen", "DESTOURVILLE MARIE-CLAIRE", (1975, 3, 17)),
        ("single", "SUKARVO", (1966, 7, 8)),
        ("single", "SOEKARVO", (1966, 7, 8)),
    ],
)
def test_a_listed_person_is_found_however_the_passport_writes_the_name(index, key, name, born):
    assert keys(index, name, born=born) == [key]


def test_the_reasons_say_how_name_and_birth_date_agree(index):
    (found,) = index.search(Person(("LAVRINE SERGUEI",), (1950, 3, 21), ("RUS",), "M"))
    assert found.matched_name == "Сергей Викторович Лаврин"
    assert found.birth is BirthEvidence.SAME
    assert codes(found) == [
        "name_other_script",
        "name_other_script",
        "name_part_missing",
        "name_parts_go_together",
        "birth_same",
        "nationality_same",
        "sex_same",
    ]
    assert found.reasons[0].given == "LAVRINE"
    assert found.reasons[0].listed == "Лаврин"


def test_every_score_is_exactly_the_sum_of_its_reasons(index):
    people = (
        Person(("QODIROV JAMSHED",), (1980, 4, 3), ("TJK",), "M"),
        Person(("ALZUWAIRI MOHAMED ABDUR RAHMAN",), (1951, 6, 19), ("UTO",), "F"),
        Person(
            ("BULGONOF TARAS",),
        ),
        Person(("QORA BOTIR", "ERMEK X Y Z"), (1971, 0, 0)),
    )
    for person in people:
        candidates = index.search(person, threshold=-100.0)
        assert candidates
        for found in candidates:
            assert sum(reason.weight for reason in found.reasons) == found.score
            assert sum(reversed([reason.weight for reason in found.reasons])) == found.score
            names = [r.weight for r in found.reasons if r.code.startswith("name_")]
            assert sum(names) == found.name_score


def test_candidates_come_best_first_within_limit_and_threshold(index):
    person = Person(("QODIROV JAMSHED",), (1980, 3, 4), ("TJK",), "M")
    everyone = index.search(person, threshold=-100.0, limit=100)
    scores = [found.score for found in everyone]
    assert scores == sorted(scores, reverse=True)
    assert len(index.search(person, threshold=-100.0, limit=1)) == 1
    above = index.search(person, threshold=scores[0])
    assert [found.key for found in above] == ["kadirov"]
    assert index.search(person, threshold=scores[0] + 0.1) == []


def test_a_common_name_with_another_birth_date_is_nobody(index):
    assert keys(index, "MUHAMMAD ALI", born=(1991, 2, 3), nationalities=("PAK",), sex="M") == []
    assert keys(index, "MUHAMMAD ALI", born=(1970, 5, 6), nationalities=("PAK",)) == ["common"]


def test_another_name_with_the_same_birth_date_is_nobody(index):
    assert keys(index, "ERIKSSON ANNA MARIA", born=(1950, 3, 21), nationalities=("RUS",)) == []


@pytest.mark.parametrize(
    ("born", "evidence", "code"),
    [
        ((1980, 3, 4), BirthEvidence.SAME, "birth_same"),
        ((1980, 4, 3), BirthEvidence.SWAPPED, "birth_day_month_swapped"),
        ((1990, 3, 4), BirthEvidence.CLOSE, "birth_one_digit"),
        ((1980, 3, 25), BirthEvidence.CLOSE, "birth_close"),
        ((1980, 0, 0), BirthEvidence.YEAR_ONLY, "birth_year_only"),
        ((1980, 3, 0), BirthEvidence.YEAR_ONLY, "birth_year_month"),
        ((1980, 1, 1), BirthEvidence.YEAR_ONLY, "birth_year_only"),  # 1 January is "unknown"
        ((1981, 0, 0), BirthEvidence.DIFFERENT, "birth_year_near"),
        ((1966, 11, 30), BirthEvidence.DIFFERENT, "birth_differs"),
        ((0, 0, 0), BirthEvidence.UNKNOWN, "birth_unknown"),
    ],
)
def test_birth_evidence_is_told_for_the_callers_rulings(index, born, evidence, code):
    found = index.search(Person(("DJAMCHID KADYROV",), born), threshold=-100.0)[0]
    assert found.key == "kadirov"
    assert found.birth is evidence
    assert code in codes(found)


def test_a_listing_with_a_name_only_says_that_the_birth_date_is_unknown(index):
    (found,) = index.search(Person(("BULGONOV TARASIK",), (1970, 5, 5)))
    assert found.key == "undated"
    assert found.birth is BirthEvidence.UNKNOWN


def test_the_best_of_several_listed_birth_dates_counts(index):
    for born in ((1985, 4, 5), (1986, 7, 8)):
        (found,) = index.search(Person(("TOSHMATOVA GULNORA",), born, ("UZB",), "F"))
        assert found.birth is BirthEvidence.YEAR_ONLY


def test_one_nationality_of_several_in_common_is_enough(index):
    def weight(*nationalities):
        person = Person(("TOSHMATOVA GULNORA",), (1985, 4, 5), nationalities)
        return [r.weight for r in index.search(person)[0].reasons if "nationality" in r.code]

    assert weight("KAZ", "RUS")[0] > 0
    assert weight("KAZ")[0] < 0
    assert weight() == []


def test_an_alias_of_low_quality_weighs_less_and_says_so(index):
    (found,) = index.search(Person(("QORA BOTIR",), (1971, 2, 3)))
    assert found.matched_name == "Qora Botir"
    assert "name_weak_alias" in codes(found)
    strong = Index.build([Listing("alias", ("Qora Botir",), ((1971, 2, 3),))])
    assert found.score < strong.search(Person(("QORA BOTIR",), (1971, 2, 3)))[0].score


def test_a_name_cut_off_by_the_machine_readable_zone_is_a_beginning(index):
    born = (1982, 10, 11)
    (cut,) = index.search(Person(("KONSTANTINOPOLSKIY ALEKSANDR VSEVO",), born, truncated=True))
    assert cut.key == "long"
    assert "name_cut" in codes(cut)
    whole = index.search(Person(("KONSTANTINOPOLSKIY ALEKSANDR VSEVO",), born))
    assert whole[0].score < cut.score


def test_a_single_cut_off_name_is_found_by_its_beginning():
    index = Index.build([Listing("a", ("Quttimuratov",), ((1982, 10, 11),))])
    found = index.search(Person(("QUTTIM",), (1982, 0, 0), truncated=True), threshold=5.0)
    assert [candidate.key for candidate in found] == ["a"]
    assert not index.search(Person(("QUTTIM",), (1982, 0, 0)), threshold=5.0)


def test_a_father_or_brother_weighs_less_than_the_person():
    born = (1990, 9, 9)
    index = Index.build([Listing("a", ("Talantali Orozbekovich",), (born,))])
    person = index.search(Person(("TALANTALI OROZBEKOVICH",), born), threshold=0)[0]
    family = index.search(Person(("SAMAT OROZBEKOV",), born), threshold=0)
    assert not family or family[0].score < person.score - 5


def test_several_forms_of_the_travellers_name_are_tried(index):
    assert keys(index, "UNREADABLE", "Лаврин Сергей", born=(1950, 3, 21)) == ["lavrin"]


@pytest.mark.parametrize("names", [(), ("",), ("---",), ("👩",), ("\ud800",), ("A" * 5000,)])
def test_a_name_that_cannot_be_read_finds_nobody(index, names):
    assert index.search(Person(names, (1950, 3, 21))) == []


def test_odd_births_nationalities_and_sexes_do_no_harm(index):
    for born in ((1980, 13, 40), (-5, 1, 1), (99999, 2, 2), (0, 3, 4)):
        index.search(Person(("KADYROV DJAMCHID",), born, ("", "1", "TOOLONG", "tjk"), "?"))
    (found,) = index.search(Person(("KADYROV DJAMCHID",), (1980, 3, 4), ("tjk",), "m"))
    assert "nationality_same" in codes(found)
    assert "sex_same" in codes(found)


def test_an_empty_list_finds_nobody_and_a_list_of_one_finds_its_one():
    assert len(Index.build([])) == 0
    assert Index.build([]).search(Person(("ERIKSSON ANNA",), (1974, 8, 12))) == []
    one = Index.build([Listing("a", ("Anna Eriksson",), ((1974, 8, 12),))])
    assert len(one) == 1
    assert one.search(Person(("ERIKSSON ANNA MARIA",), (1974, 8, 12)))[0].score > THRESHOLD


def test_threads_share_an_index_without_disturbing_each_other(index):
    people = [
        Person((listing.names[0],), listing.births[0]) for listing in LISTINGS if listing.births
    ]
    alone = [index.search(person, threshold=0.0) for person in people]
    wrong = []

    def screen() -> None:
        for _ in range(20):
            wrong.extend(
                person
                for person, expected in zip(people, alone, strict=True)
                if index.search(person, threshold=0.0) != expected
            )

    threads = [threading.Thread(target=screen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_search_leaves_nothing_behind_for_the_next(index):
    first = index.search(Person(("QODIROV JAMSHED",), (1980, 3, 4)), threshold=0.0)
    for listing in LISTINGS:
        index.search(Person(listing.names), threshold=-50.0)
    assert index.search(Person(("QODIROV JAMSHED",), (1980, 3, 4)), threshold=0.0) == first
