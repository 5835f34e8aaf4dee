import pytest

from kordon.lib.screening import compare_names
from kordon.lib.screening.pairs import MATCH


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Сергей Лаврин", "LAVRINE SERGUEI"),
        ("Sergei Lavrin", "Lavrin, Sergei Viktorovich"),
        ("SergeiLavrin", "Sergei Lavrin"),
        ("Djamchid Kadyrov", "Ҷамшед Қодиров"),
        ("Abd al-Rahim Qasimi", "Abdurrahim al-Qasimi"),
        ("ERIKSSON ANNA MARIA", "Anna Maria Eriksson"),
        ("محمد الزويري", "Mohammed Al-Zuwairi"),
    ],
)
def test_two_ways_to_write_one_name_match(a, b):
    assert compare_names(a, b).score >= MATCH
    assert compare_names(b, a).score == pytest.approx(compare_names(a, b).score)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Lavrin", "Sergei Ivanov"),
        ("Anna Eriksson", "Anna Maria Toshmatova"),
        ("Kim Chol", "Kim Yong"),
        ("Ali Hasan Qasimi", "Ali Husayn Baghlani"),
        ("A", "B"),
        ("", "Anna"),
        ("---", "..."),
    ],
)
def test_other_names_do_not_match(a, b):
    assert compare_names(a, b).score < MATCH


def test_the_reasons_of_a_pair_sum_to_its_score():
    pair = compare_names("Lavrin Sergei Viktorovich", "Лавринов Сергей")
    assert sum(reason.weight for reason in pair.reasons) == pair.score
    assert {reason.code for reason in pair.reasons} <= {"name_other_script"}
    assert 0 < pair.score <= 1


def test_the_same_name_scores_one():
    assert compare_names("Anna Eriksson", "ERIKSSON, Anna").score == pytest.approx(1.0)
