"""One name in the writings of the region: rows are data, every row folds alike or nearly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kordon.lib.screening import Index, Listing, Person, compare_names, fold_name
from kordon.lib.screening.shape import PARTS
from kordon.lib.screening.tables import SHORT_FORMS
from kordon.lib.screening.tokens import MOST_READINGS, read_name, readings
from kordon.lib.screening.traditions import tradition_of

# Cyrillic, then: ICAO, the orders of 1997 and 2000, BGN, Soviet French, German, ISO 9.
ROMANISED = (
    ("Юрий Щукин", "Iurii Shchukin", "Yuriy Shchukin", "Yuri Shchukin", "IOURI CHTCHOUKINE",
     "Jurij Schtschukin"),
    ("Сергей Гришин", "Sergei Grishin", "Sergey Grishin", "SERGUEI GRICHINE", "Sergej Grischin"),
    ("Наталья Чайка", "Natalia Chaika", "Natalya Chayka", "NATALIA TCHAIKA"),
    ("Дарья Няркова", "Daria Niarkova", "Darya Nyarkova", "DARJA NJARKOWA"),
    ("Валерий Цанков", "Valerii Tsankov", "VALERIJ CANKOV"),
    ("Ахмадов Михаил", "Akhmadov Mikhail", "ACHMADOW MICHAIL"),
)  # fmt: skip
# A national alphabet, its Latin, and the way through Russian.
NATIONAL = (
    ("Ҳайитшоҳ", "Hayitshoh", "HAYITSHOH"),  # Uzbek: t and sh, not ts
    ("Ботшоҳ", "Botshoh"),
    ("Ғуломжон", "G‘ulomjon", "GULOMJON", "Gʻulomjon"),  # noqa: RUF001
    ("Жұмабай", "Zhumabay", "Jumabai"),  # Kazakh
    ("Ҷумъа", "Jum'a", "DZHUMA"),  # Tajik
    ("Döwletow", "DOEWLETOW", "Dowletov"),  # Turkmen, and as its passport has it
    ("Şahin", "Shahin"),  # Turkish, Azerbaijani
)
SCRIPTS = (
    ("דוד", "David", 0.6), ("רחל", "Rahel", 0.8), ("משה", "Moshe", 0.85),
    ("გიორგი", "Giorgi", 0.99), ("Հայկ", "Hayk", 0.99), ("김정은", "Kim Jong Un", 0.75),
    ("रजनीकांत", "Rajinikant", 0.8), ("やまだ", "Yamada", 0.99), ("محمد", "Mohammad", 0.9),
    ("梁东松", "LIANG DONGSONG", 0.99), ("东松 梁", "LIANG DONGSONG", 0.99),
    ("习近平", "Xi Jinping", 0.99), ("کریم", "Karim", 0.9),
)  # fmt: skip


@pytest.mark.parametrize("same", [*ROMANISED, *NATIONAL], ids=lambda row: row[1])
def test_every_romanisation_of_a_name_is_that_name(same):
    for written in same[1:]:
        assert compare_names(same[0], written).score > 0.88, (
            fold_name(same[0]),
            fold_name(written),
        )


@pytest.mark.parametrize(("a", "b", "least"), SCRIPTS)
def test_other_scripts_are_read_by_sound(a, b, least):
    assert compare_names(a, b).score >= least, (fold_name(a), fold_name(b))


@pytest.mark.parametrize(
    ("name", "tradition"),
    [
        ("Sergej Schtscherbakow", "german"),
        ("ACHMADOW KARAKUL", "german"),
        ("GRACHIAPINE IVAN MIKHAILOVITCH", "french"),
        ("MILICA JOVANOVIC", "slavic"),
        ("SEYITJANOW HOJAMYRAT", ""),  # Turkmen j is no German j
        ("Andrew Church", ""),
        ("Shcherbakov Aleksandr", ""),
        ("Щербаков", ""),
    ],
)
def test_the_whole_name_tells_by_whose_habit_it_is_written(name, tradition):
    assert tradition_of(name) == tradition


@pytest.mark.parametrize("name", ["LU QI HE", "Lu Qihe", "Lu Qi-he", "QIHE LU", "QI HE LU"])
def test_the_syllables_of_a_chinese_given_name_are_one_part(name):
    found = [sorted(token.fold for token in reading) for reading in readings(read_name(name))]
    assert sorted(["lu", "Cihe"]) in found


@pytest.mark.parametrize(
    ("palladius", "pinyin"),
    [
        ("Ван Нали", "Wang Nali"),
        ("Ся Чэньтао", "Xia Chentao"),
        ("Хуан Юйцзюнь", "Huang Yujun"),
        ("Чжан Сяо Мин", "Zhang Xiao Ming"),
        ("Чанъань Ли", "Chang'an Li"),
        ("Пэн Инань", "Peng Yinan"),
    ],
)
def test_a_chinese_name_in_cyrillic_letters_is_read_by_palladius(palladius, pinyin):
    assert fold_name(palladius) == fold_name(pinyin)


def test_a_cyrillic_name_that_only_might_be_chinese_is_read_as_any_other_too():
    folds = [[token.fold for token in reading] for reading in readings(read_name("Ли Анна"))]
    assert fold_name("Li Anna") in folds


def test_no_syllable_of_a_chinese_name_is_a_particle():
    assert fold_name("YI BIN NA") == fold_name("Yi Binna")
    assert len(fold_name("DE XIA")) == 2


def test_a_short_name_is_no_initial():
    assert len(fold_name("Yi")[0]) > 1 == len(fold_name("Y")[0])


@pytest.mark.parametrize(("short", "full"), SHORT_FORMS.items())
def test_a_short_form_is_read_as_the_name_it_stands_for(short, full):
    pair = compare_names(f"{short} Zhukovets", f"{full} Zhukovets")
    assert pair.score > 0.95
    assert pair.reasons[0].code in {"name_short_form", "name_similar"}


def test_arabic_particles_fall_away_in_their_own_script():
    assert fold_name("حمزة بن لادن") == [*fold_name("حمزة"), *fold_name("لادن")]


def test_an_arabic_word_that_sounds_like_a_latin_particle_is_none():
    assert len(fold_name("ضیا الرحمان")) == len(fold_name("Ziya Rahman")) == 2


@pytest.mark.parametrize(
    ("written", "heard"),
    [("عثمان", "Osman"), ("عثمان", "Othman"), ("فضل", "Fadl"), ("فضل", "Fazl")],
)
def test_an_arabic_letter_is_read_as_arabs_and_as_persians_hear_it(written, heard):
    assert compare_names(written, heard).score >= 0.85


def test_god_at_the_beginning_of_a_name_is_a_part_of_its_own():
    assert fold_name("الله داد") == fold_name("Allah Dad")


def test_god_behind_a_family_name_may_begin_the_given_one():
    folds = [sorted(t.fold for t in reading) for reading in readings(read_name("KHAN ALLAH DITTA"))]
    assert sorted(fold_name("Allah Ditta Khan")) in folds
    assert len(readings(read_name("Abd Allah Karim"))[0]) == 2
    assert all(len(reading) < 3 for reading in readings(read_name("Abd Allah Karim")))


@given(st.text(max_size=80))
def test_no_text_is_too_odd_to_be_read(text):
    found = readings(read_name(text))
    assert len(found) <= MOST_READINGS
    for reading in found:
        assert len(reading) <= PARTS
        assert all(token.fold.isascii() and token.fold.isalpha() for token in reading)


MARKS = "\u0301\u0308\u0327\u064e\u064f\u0651\u093e\u0941\u05b8'’ʻʼ"  # noqa: RUF001


@given(st.sampled_from(["Karimov", "Каримов", "محمد", "राजेश"]), st.sampled_from(MARKS))
def test_a_mark_or_an_apostrophe_never_breaks_a_word(word, mark):
    assert len(fold_name(word[:3] + mark + word[3:])) == 1


@given(st.permutations(["KARIMOV", "Рустам", "Akmalovich", "Bekzod"]))
def test_the_order_of_the_parts_does_not_matter(parts):
    listed = Listing("L1", ("Karimov Rustam Akmalovich Bekzod",), ((1980, 5, 6),))
    index = _index_of(listed)
    (found,) = index.search(Person((" ".join(parts),), (1980, 5, 6)))
    (straight,) = index.search(Person(("KARIMOV Рустам Akmalovich Bekzod",), (1980, 5, 6)))
    assert found.score == straight.score


_kept: dict[str, Index] = {}


def _index_of(listing: Listing) -> Index:
    return _kept.setdefault(listing.key, Index.build([listing]))
