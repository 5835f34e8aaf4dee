import pytest

from kordon.lib.screening import BirthEvidence, Reason, evidence
from kordon.lib.screening.reasons import CODES


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_a_sentence(code):
    text = Reason(code, "GIVEN", "LISTED", 1.0).text()
    assert text.endswith(".")
    assert "{" not in text


def test_a_part_on_one_side_only_names_the_part():
    assert "Anna" in Reason("name_part_missing", "Anna", "", -0.3).text()
    assert "Maria" in Reason("name_part_missing", "", "Maria", -0.3).text()


def test_every_class_of_birth_evidence_has_a_known_code():
    assert {code for code, _ in evidence.BIRTH_CLASSES} <= set(CODES)
    assert {kind for _, kind in evidence.BIRTH_CLASSES} == set(BirthEvidence)
