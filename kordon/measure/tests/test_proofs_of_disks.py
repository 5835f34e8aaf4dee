"""The proofs that need a disk or two database servers, as short as they can be and still bite."""

import pytest

from kordon.measure.disk import Disk, NoDisk
from kordon.measure.full_headquarters import fill_database, fill_store
from kordon.measure.postgres import NoPostgres
from kordon.measure.proofs import diskfull, failover, powercut
from kordon.measure.report import Report


@pytest.fixture(scope="module", autouse=True)
def _disks():
    try:
        with Disk(16):
            pass
    except NoDisk as reason:
        pytest.skip(f"NOTHING PROVED ABOUT DISKS: {reason}")


def test_a_cut_loses_what_was_not_synced_and_keeps_what_was(tmp_path):
    with Disk(32) as disk:
        (disk.path / "safe").write_text("kept")
        disk.sync()
        (disk.path / "late").write_text("never synced")
        disk.cut()
        disk.come_back()
        assert (disk.path / "safe").read_text() == "kept"
        assert not (disk.path / "late").exists()
        mounted = disk.path
    assert not mounted.exists(), "unmounted and gone"


def test_a_cut_node_has_lost_nothing():
    report = Report(name="prove powercut", count=2)
    found = powercut._cut_often(report, "sqlite", 2)
    assert found.cuts == 2
    assert found.entries > 0
    assert (found.lost, found.faults, found.unusable) == (0, [], 0)


def test_a_replica_takes_over():
    report = Report(name="prove failover", count=400)
    failover.measure(report)
    if report.skipped:
        pytest.skip(report.skipped)
    assert set(report.missed) <= {"kill_to_first_receipt_s"}, "how fast is not a test's to judge"
    assert report.examined["batches with a receipt before the kill"] > 0


@pytest.mark.parametrize("run_full", [fill_store, fill_database])
def test_headquarters_on_a_full_disk_says_so_and_loses_nothing(run_full):
    report = Report(name="prove diskfull")
    try:
        run_full(report, diskfull.FEWEST)
    except NoPostgres as reason:
        pytest.skip(f"NOTHING PROVED ABOUT POSTGRESQL'S DISK: {reason}")
    assert report.missed == []
    assert report.figures["recorded_while_full_and_not_sent"] > 0
    assert report.examined["entries at headquarters"] >= 3 * diskfull.FEWEST
