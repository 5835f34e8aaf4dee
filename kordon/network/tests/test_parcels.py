"""A post without a line: all goes by file, both ways, and is believed no more than a line."""

import hashlib
import shutil
import zipfile

import pytest

from kordon.accounts.facts import AgencyRegistered
from kordon.accounts.models import Agency, SignIn
from kordon.journal import files, identity
from kordon.journal.receipts import acknowledged
from kordon.journal.receiving import Rejected
from kordon.journal.sending import last_number
from kordon.journal.verifying import verify
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


def test_a_restored_post_without_a_line_gets_its_own_back_by_stick(nodes, hq, post, tmp_path):
    happen(post, 3)
    carry_up(hq, post, tmp_path / "first.parcel")
    backup = nodes.backup(post)
    happen(post, 4)
    carry_up(hq, post, tmp_path / "second.parcel")
    before = tmp_path / "before.parcel"
    with hq.here():
        make_down(before, post=post.name, after={}, back=0)
    nodes.restore(post, backup)
    identity.begin_again(post.home)
    identity.await_heads(post.home)
    after = tmp_path / "after.parcel"
    with hq.here():
        make_down(after, post=post.name, after={}, back=3)
    with post.here():
        with pytest.raises(BadParcel, match="before this node was restored"):
            take(before)
        assert identity.is_awaiting()
        assert take(after).receipt
        assert not identity.is_awaiting()
        assert last_number(channel="up") == 8, "seven of before, and that it begins again"
        assert not verify().faults


def test_a_file_that_no_fact_names_is_not_kept(hq, post, tmp_path):
    register(hq, "Customs")
    file = tmp_path / "down.parcel"
    down(hq, post, file)
    content = b"nobody asked for this"
    name = hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(file, "a") as parcel:
        parcel.writestr(f"files/{name}", content)
    with post.here():
        take(file)
        assert not files.is_kept(name)


def carry_up(hq, post, file):
    with post.here():
        make_up(file, after=acknowledged("up"))
    with hq.here():
        take(file)
