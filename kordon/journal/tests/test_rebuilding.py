"""All rows again from the journal: the same rows."""

import pytest

from kordon.journal.facts import BodiesErased, PersonalDataRead
from kordon.journal.models import Erasure, PersonalRead
from kordon.journal.rebuilding import digests, rebuild
from kordon.journal.verifying import verify
from kordon.journal.writing import record, record_many, writing


@pytest.fixture
def written(ada, ben):
    with writing():
        record_many(
            (
                PersonalDataRead(query="x.y", about=(f"t:{n}", "ö ұ 中"), found=n),
                ada if n % 2 else ben,
            )
            for n in range(50)
        )


def test_rebuilding_makes_the_same_rows(written):
    before, rows = digests(), list(PersonalRead.objects.values().order_by("entry"))
    done = rebuild()
    assert (done.entries, done.skipped, done.differing) == (50, 0, ())
    assert digests() == before
    assert list(PersonalRead.objects.values().order_by("entry")) == rows


def test_rebuilding_mends_and_names_what_was_not_as_the_journal_says(written):
    PersonalRead.objects.filter(found=7).update(by_name="Nobody")
    PersonalRead.objects.filter(found=8).delete()
    assert rebuild().differing == ("journal.PersonalRead",)
    assert PersonalRead.objects.count() == 50
    assert not PersonalRead.objects.filter(by_name="Nobody").exists()
    assert rebuild().differing == ()


def test_what_was_erased_stays_erased(written, ada):
    with writing():
        record(BodiesErased(channel="up", first=1, last=10, rule="DP-1"), by=ada)
    done = rebuild()
    assert (done.entries, done.skipped) == (41, 10)
    assert (verify().faults, verify().erased) == ((), 10)
    assert Erasure.objects.count() == 1
