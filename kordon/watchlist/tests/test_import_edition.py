"""Editions of other people's lists: imported, approved, replaced, rolled back."""

import dataclasses
from uuid import uuid4

import pytest

from conftest import officer
from kordon.journal.files import read_kept
from kordon.journal.rebuilding import digests, rebuild
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import commands, queries, rules
from kordon.watchlist.lists import KNOWN
from kordon.watchlist.matches import Strength, Traveller
from kordon.watchlist.models import Alert, AlertDocument, AlertName, Edition
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources import SourceError
from kordon.watchlist.tests.conftest import document_alert, particulars, un_list, un_person

ANNA = Traveller(surname="ERIKSSON", given_names="ANNA MARIA", born=(1974, 8, 12))
ONE, TWO, THREE = (un_person(f"XXi.00{n}", name=f"ERIKSSON{n * 'A'}") for n in (1, 2, 3))


def rows():
    """Everything but where in the journal it was touched."""
    alerts = Alert.objects.order_by("id").values()
    return (
        [{k: v for k, v in row.items() if k != "position"} for row in alerts],
        sorted(AlertName.objects.values_list("alert", "place", "text", "quality", "key")),
        sorted(AlertDocument.objects.values_list("alert", "place", "number", "issuer")),
    )


def test_it_waits_for_a_second_officer(ada, imported):
    imported(un_person())
    assert Edition.objects.get().status == "pending"
    assert queries.screen_traveller(by=ada, traveller=ANNA) == ()


def test_it_says_what_was_in_the_file(imported):
    imported(un_person())
    counts = Edition.objects.get().counts
    assert counts == {
        "rows": 2, "records": 1, "bad": 0, "new": 1, "changed": 0, "removed": 0,
        "skipped: organisation": 1,
    }  # fmt: skip


def test_approved_it_finds_the_listed(ada, ben, imported):
    commands.approve_edition(by=ben, edition=imported(un_person()))
    (match,) = queries.screen_traveller(by=ada, traveller=ANNA)
    assert (match.source, match.reference, match.category) == ("UN-SC", "XXi.001", "entry_ban")
    assert match.strength is Strength.STOP


def test_its_age_is_that_of_the_list(ada, ben, imported):
    commands.approve_edition(by=ben, edition=imported(un_person()))
    own, un = queries.list_editions(by=ada)
    assert (own.name, own.entries) == ("own", 0)
    assert (un.name, un.as_of.isoformat(), un.entries) == ("UN-SC", "2026-04-19", 1)


def test_another_officer_must_approve(ada, imported):
    with pytest.raises(rules.SameOfficer):
        commands.approve_edition(by=ada, edition=imported(un_person()))


def test_it_is_approved_once(ben, imported):
    edition = imported(un_person())
    commands.approve_edition(by=ben, edition=edition)
    with pytest.raises(rules.WrongStatus):
        commands.approve_edition(by=ben, edition=edition)


def test_at_the_console_the_record_says_that_nobody_looked(ada, imported):
    edition = commands.approve_edition_at_console(by=ada, edition=imported(un_person()))
    assert edition.status == "in_force"
    assert edition.approved_alone
    assert "no second officer" in edition.reason


def test_a_new_edition_replaces_the_one_before(ben, imported):
    first = imported(ONE, TWO)
    commands.approve_edition(by=ben, edition=first)
    ids = dict(Alert.objects.values_list("source_ref", "id"))
    second = imported(TWO, THREE, accept_shrinking=True)
    assert Edition.objects.get(pk=second).counts["removed"] == 1
    commands.approve_edition(by=ben, edition=second)
    assert set(Alert.objects.values_list("source_ref", flat=True)) == {"XXi.002", "XXi.003"}
    assert Alert.objects.get(source_ref="XXi.002").id == ids["XXi.002"]
    assert Edition.objects.get(pk=first).status == "superseded"


def test_what_stayed_the_same_is_not_touched(ben, imported):
    commands.approve_edition(by=ben, edition=imported(ONE, TWO))
    before = Alert.objects.get(source_ref="XXi.002").position
    changed = un_person("XXi.001", name="ERIKSSONA", born="1974-08-13")
    commands.approve_edition(by=ben, edition=imported(changed, TWO))
    assert Alert.objects.get(source_ref="XXi.002").position == before
    assert Alert.objects.get(source_ref="XXi.001").births == [[1974, 8, 13]]


def test_rolling_back_restores_exactly_what_was(ada, ben, imported, in_force):
    in_force(document_alert())
    commands.approve_edition(by=ben, edition=imported(ONE, TWO))
    before = rows()
    changed = un_person("XXi.001", name="OTHER")
    second = imported(changed, THREE, accept_shrinking=True)
    commands.approve_edition(by=ben, edition=second)
    assert rows() != before
    commands.roll_back_edition(by=ada, edition=second, reason="The file was damaged.")
    assert rows() == before
    statuses = Edition.objects.order_by("imported_at").values_list("status", flat=True)
    assert list(statuses) == ["in_force", "rolled_back"]


def test_rolling_back_the_first_leaves_nothing_of_the_list(ada, ben, imported):
    edition = imported(ONE)
    commands.approve_edition(by=ben, edition=edition)
    commands.roll_back_edition(by=ada, edition=edition, reason="The wrong list.")
    assert not Alert.objects.exists()
    assert queries.screen_traveller(by=ada, traveller=ANNA) == ()


def test_only_the_edition_in_force_is_rolled_back(ada, imported):
    with pytest.raises(rules.WrongStatus):
        commands.roll_back_edition(by=ada, edition=imported(ONE), reason="The wrong list.")


def test_a_rebuild_makes_identical_rows(ada, ben, imported, in_force, raised):
    in_force()
    raised(document_alert())
    commands.approve_edition(by=ben, edition=imported(ONE, TWO))
    commands.approve_edition(by=ben, edition=imported(TWO, THREE, accept_shrinking=True))
    before = digests()
    assert rebuild().differing == ()
    assert digests() == before
    assert Alert.objects.count() == 4


def test_original_and_bad_rows_are_kept(ada, imported):
    nameless = un_person("XXi.009").replace("ANNA MARIA", "").replace("ERIKSSON", "")
    edition = imported(ONE, nameless)
    row = Edition.objects.get()
    assert read_kept(row.original) == un_list(ONE, nameless)
    (bad,) = queries.get_edition(by=ada, edition=edition).bad
    assert (bad.code, bad.line) == ("no_name", 7)


def test_an_edition_that_loses_many_is_asked_about(ben, imported):
    commands.approve_edition(by=ben, edition=imported(ONE, TWO))
    with pytest.raises(rules.EditionShrinks):
        imported(ONE)


def test_an_empty_edition_is_refused(imported):
    with pytest.raises(rules.EmptyEdition):
        imported()


def test_nobody_is_arrested_on_a_list_no_lawyer_saw(imported):
    arrest = dataclasses.replace(KNOWN["un"], category=Category.ARREST)
    with pytest.raises(rules.LegalReviewRequired):
        imported(ONE, profile=arrest)
    imported(ONE, profile=dataclasses.replace(arrest, legal_review="Prosecutor General, 4 May"))


def test_the_category_must_fit_what_the_list_holds(imported):
    with pytest.raises(rules.WrongCategory):
        imported(ONE, profile=dataclasses.replace(KNOWN["un"], category=Category.DOCUMENT_LOST))


def test_a_file_that_cannot_be_read_changes_nothing(imported):
    with pytest.raises(SourceError):
        imported(content=b"<html>")
    assert not Edition.objects.exists()


def test_an_entry_with_a_name_only_never_stops(ada, ben, imported):
    weak = un_person().replace("<DATE>1974-08-12</DATE>", "")
    commands.approve_edition(by=ben, edition=imported(weak))
    assert Alert.objects.get().low_quality


def test_an_alert_of_a_list_changes_only_with_it(ada, ben, imported):
    commands.approve_edition(by=ben, edition=imported(ONE))
    alert = Alert.objects.get().id
    with pytest.raises(rules.FromAList):
        commands.change_alert(by=ada, alert=alert, particulars=particulars(), reason="A slip.")
    with pytest.raises(rules.FromAList):
        commands.withdraw_alert(by=ada, alert=alert, reason="A slip.")


def test_a_returned_edition_never_comes_in_force(ben, imported):
    edition = imported(ONE)
    commands.return_edition(by=ben, edition=edition, reason="Yesterday's file.")
    with pytest.raises(rules.WrongStatus):
        commands.approve_edition(by=ben, edition=edition)


def test_sent_twice_it_is_one(ada):
    one = uuid4()
    for _ in range(2):
        commands.import_edition(
            by=ada, edition=one, profile=KNOWN["un"], content=un_list(ONE), filename="un.xml"
        )
    assert Edition.objects.count() == 1


def test_it_needs_the_right(db):
    eve = officer("Eve", 3, lacking="watchlist.import_edition")
    with pytest.raises(NotPermitted):
        commands.import_edition(
            by=eve, edition=uuid4(), profile=KNOWN["un"], content=un_list(ONE), filename="un.xml"
        )
