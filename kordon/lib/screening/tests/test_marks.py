import pytest

from kordon.lib.screening import WEIGHTS, BirthEvidence, Index, Listing, Person

LISTED = Listing(
    "L1", ("KARIMOV Rustam",), ((1980, 5, 6),), places=("Қарақол",),
    documents=(("KGZ", "AC 012345"), ("", "77-001")),
)  # fmt: skip


def codes(**known) -> dict[str, float]:
    person = Person(("KARIMOV RUSTAM",), (1980, 5, 6), **known)
    (found,) = Index.build([LISTED]).search(person)
    assert sum(reason.weight for reason in found.reasons) == found.score
    return {reason.code: reason.weight for reason in found.reasons}


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ((("KGZ", "AC012345"),), "document_same"),
        ((("", "АС 012345"),), "document_same"),  # typed in Cyrillic  # noqa: RUF001
        ((("UZB", "77001"),), "document_same"),  # the list names no state
        ((("KGZ", "ACO12345"),), "document_similar"),
    ],
)
def test_a_document_in_common_counts_once(documents, code):
    found = codes(documents=documents)
    assert found[code] == getattr(WEIGHTS, code)
    assert sum(key.startswith("document") for key in found) == 1


def test_two_documents_in_common_count_as_one():
    assert codes(documents=(("KGZ", "AC012345"), ("", "77001"))) == codes(
        documents=(("KGZ", "AC012345"),)
    )


@pytest.mark.parametrize("documents", [(("UZB", "AC012345"),), (("KGZ", "XY999999"),), (("", ""),)])
def test_another_document_says_nothing(documents):
    assert codes(documents=documents) == codes()


def test_a_place_is_compared_by_its_sound():
    assert codes(places=("KARAKOL",))["place_same"] == WEIGHTS.place_same
    assert codes(places=("Osh",)) == codes(places=("",)) == codes()


def test_marks_survive_in_files(tmp_path):
    Index.build([LISTED]).save(tmp_path)
    person = Person(("KARIMOV RUSTAM",), places=("Karakol",), documents=(("KGZ", "AC012345"),))
    (found,) = Index.open(tmp_path).search(person)
    assert {"place_same", "document_same"} <= {reason.code for reason in found.reasons}


def test_whatever_agrees_a_listing_without_a_birth_date_says_that_it_is_unknown():
    listing = Listing("L2", ("KARIMOV Rustam",), (), ("KGZ",), "M", (), (0, 0), ("Osh",),
        (("KGZ", "AC012345"),))  # fmt: skip
    person = Person(("KARIMOV RUSTAM",), (1980, 5, 6), ("KGZ",), "M", False, ("Osh",),
        (("KGZ", "AC012345"),))  # fmt: skip
    (found,) = Index.build([listing]).search(person)
    assert found.score > 20
    assert found.birth is BirthEvidence.UNKNOWN
