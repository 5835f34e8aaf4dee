"""A post without a line: all goes by file, both ways, and is believed no more than a line."""

import shutil

import pytest

from kordon.accounts.facts import AgencyRegistered
from kordon.accounts.models import Agency, SignIn
from kordon.journal.receipts import acknowledged
from kordon.journal.receiving import Rejected
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network.parcels import BadParcel, make_down, make_up, take
from kordon.network.tests.test_exchange import happen


def register(hq, *names):
    with hq.here(), writing():
        for name in names:
            record(AgencyRegistered(agency=name[:3].upper(), name=name), by=EVERYTHING)


def down(hq, post, file, **after):
    with hq.here():
        return make_down(file, post=post.name, after=after)


def test_a_post_begins_from_a_parcel(hq, post, tmp_path):
    register(hq, "Customs", "Migration")
    file = tmp_path / "begin.parcel"
    made = down(hq, post, file)
    with post.here():
        taken = take(file)
        assert taken.entries == made.entries
        assert Agency.objects.count() == 2
        assert take(file).entries == 0, "taken twice is taken once"


def test_days_alone_go_up_by_stick_and_the_receipt_comes_back(hq, post, tmp_path):
    happen(post, 30)
    with post.here():
        make_up(tmp_path / "up.parcel", after=acknowledged("up"))
    with hq.here():
        assert take(tmp_path / "up.parcel").entries == 30
        assert SignIn.objects.count() == 30
    down(hq, post, tmp_path / "down.parcel")
    with post.here():
        assert take(tmp_path / "down.parcel").receipt
        assert acknowledged("up") == 30


def test_a_parcel_of_another_post_is_refused(hq, post, other, tmp_path):
    register(hq, "Customs")
    down(hq, other, tmp_path / "other.parcel")
    happen(other, 2)
    with other.here():
        make_up(tmp_path / "up.parcel", after=0)
    with post.here(), pytest.raises(Rejected, match="believed"):
        take(tmp_path / "up.parcel")


@pytest.mark.parametrize("share", [0.2, 0.7, 0.98])
def test_half_a_parcel_is_refused(hq, post, tmp_path, share):
    register(hq, "Customs", "Migration")
    down(hq, post, tmp_path / "whole.parcel")
    half = tmp_path / "half.parcel"
    content = (tmp_path / "whole.parcel").read_bytes()
    half.write_bytes(content[: int(len(content) * share)])
    with post.here(), pytest.raises(BadParcel):
        take(half)


def test_a_parcel_has_its_name_only_once_it_is_whole(hq, post, tmp_path):
    register(hq, "Customs")
    folder = tmp_path / "gone"
    folder.mkdir()
    down(hq, post, folder / "whole.parcel")
    assert [path.name for path in folder.iterdir()] == ["whole.parcel"]
    shutil.rmtree(folder)
