"""Verification finds whatever was done to the journal behind its back."""

import pytest
from django.db import connection

from kordon.journal.facts import NodeIntroduced, PersonalDataRead
from kordon.journal.identity import mine
from kordon.journal.models import Body, ChainHead, Entry, Erasure
from kordon.journal.verifying import export_heads, verify
from kordon.journal.writing import record, record_many, writing


@pytest.fixture
def written(ada):
    """Thirty entries in one chain."""
    with writing():
        record_many(
            (PersonalDataRead(query="x.y", about=(f"t:{n}",), found=n), ada) for n in range(30)
        )


def change(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def codes(*witnesses):
    return [fault.code for fault in verify(witnesses).faults]


def test_an_untouched_journal_holds(written):
    verdict = verify()
    assert (verdict.entries, verdict.faults) == (30, ())
    assert verdict.heads[0].number == 30


def test_a_changed_body_is_found(written):
    change(
        "UPDATE journal_body SET text = %s"
        " WHERE entry_id = (SELECT id FROM journal_entry WHERE number=7)",
        b'{"found":1}',
    )
    assert codes() == ["body"]


def test_a_body_that_cannot_be_read_any_more_is_found(ada):
    me = mine()
    with writing():
        what = NodeIntroduced(node=me.node, incarnation=me.incarnation, public_key=me.public_key)
        record(what, by=ada)
    body = Body.objects.get()
    text = bytes(body.text).replace(b"incarnation", b"incArnation")
    Body.objects.filter(pk=body.pk).update(text=text)
    assert codes() == ["body"]


def test_a_fact_under_the_name_of_another_is_found(ada, written):
    change("UPDATE journal_entry SET kind = 'journal.node_introduced.v1' WHERE number = 4")
    change("UPDATE journal_entry SET kind = 'journal.bodies_erased.v1' WHERE number = 5")
    assert codes() == ["seal"]


def test_a_body_taken_behind_a_forged_erasure_is_found(written):
    """Only a sealed entry excuses a missing body; a row in the table of erasures does not."""
    Body.objects.filter(entry__number=7).delete()
    Erasure.objects.create(channel="up", first=7, last=7, rule="forged")
    assert codes() == ["body_missing"]


def test_a_changed_column_is_found(written):
    change("UPDATE journal_entry SET by_name = 'Eve' WHERE number = 9")
    assert [(f.code, f.number) for f in verify().faults] == [("seal", 9)]


def test_a_deleted_entry_is_found(written):
    change(
        "DELETE FROM journal_body WHERE entry_id = (SELECT id FROM journal_entry WHERE number=5)"
    )
    change("DELETE FROM journal_entry WHERE number = 5")
    assert codes() == ["number"]


def test_a_cut_tail_is_found_by_the_head_here(written):
    change(
        "DELETE FROM journal_body WHERE entry_id IN"
        " (SELECT id FROM journal_entry WHERE number > 20)"
    )
    change("DELETE FROM journal_entry WHERE number > 20")
    assert codes() == ["tail_differs"]


def test_a_tail_cut_with_its_head_is_found_by_an_older_head(ada):
    with writing():
        record(PersonalDataRead(query="x.y", about=(), found=1), by=ada)
    early = ChainHead.objects.get()
    with writing():
        record(PersonalDataRead(query="x.y", about=(), found=2), by=ada)
    kept = export_heads()
    Body.objects.filter(entry__number=2)._raw_delete("default")
    Entry.objects.filter(number=2)._raw_delete("default")
    early.save()

    assert codes() == []
    assert codes(*kept) == ["tail_cut"]
