"""A node is backed up while it works and put back whole, or not at all."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile

import pytest

from kordon.measure.home import temporary_home

CODE = "from kordon.node.cli import main; main()"


def kordon(*words, **environment):
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, words)],
        env={**os.environ, "KORDON_LOG_LEVEL": "ERROR", **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """A backup of a node with a few entries and a kept file, and how many entries there were."""
    file = tmp_path_factory.mktemp("backup") / "node.tar"
    with temporary_home() as home:
        home.call("kordon.node.tests.test_backup:live")
        done = kordon("backup", file, "--json", **home.environment)
        assert done.returncode == 0, done.stderr
    return file, json.loads(done.stdout)


def live():
    """Runs in the node: something happens there."""
    from kordon.accounts.facts import AgencyRegistered  # noqa: PLC0415
    from kordon.journal import files  # noqa: PLC0415
    from kordon.journal.writing import record, writing  # noqa: PLC0415
    from kordon.measure.nodes import EVERYTHING  # noqa: PLC0415

    files.keep(b"a photo")
    with writing():
        for name in ("Border Service", "Customs", "Migration"):
            record(AgencyRegistered(agency=name[:3].upper(), name=name), by=EVERYTHING)


def test_a_backup_holds_everything_and_only_its_owner_reads_it(backup):
    file, told = backup
    assert (told["entries"], told["files"]) == (3, 1)
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as archive:
        names = set(archive.getnames())
    assert {"kordon.sqlite3", "home/node.key", "home/secret.key", "manifest.json"} <= names


def test_a_backup_is_proved_without_touching_anything(backup):
    file, _ = backup
    done = kordon("restore", "--verify", file, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"] == 3
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_restored_node_is_the_same_in_its_next_life(backup, tmp_path):
    file, _ = backup
    home = tmp_path / "new"
    done = kordon("restore", file, KORDON_HOME=str(home))
    assert done.returncode == 0, done.stderr
    verified = kordon("journal", "verify", "--json", KORDON_HOME=str(home))
    assert json.loads(verified.stdout)["entries"] == 3
    assert json.loads((home / "node.json").read_text())["incarnation"] == 2
    assert next((home / "files").glob("??/*")).read_bytes() == b"a photo"


def test_nothing_is_restored_over_a_node(backup, tmp_path):
    file, _ = backup
    (tmp_path / "node.json").write_text("somebody lives here")
    done = kordon("restore", file, KORDON_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (tmp_path / "node.json").read_text() == "somebody lives here"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_backup_is_not_restored(backup, tmp_path, share):
    file, _ = backup
    cut = tmp_path / "cut.tar"
    cut.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert_refused(cut, tmp_path)


def test_an_altered_member_is_not_restored(backup, tmp_path):
    file, _ = backup
    altered = tmp_path / "altered.tar"
    altered.write_bytes(file.read_bytes().replace(b"a photo", b"another"))
    assert_refused(altered, tmp_path)


def test_an_altered_journal_is_not_restored_even_if_it_is_packed_and_signed_anew(tmp_path):
    with temporary_home() as home:
        home.call("kordon.node.tests.test_backup:live")
        with sqlite3.connect(home.folder / "kordon.sqlite3") as database:
            database.execute("UPDATE journal_entry SET by_name = 'nobody' WHERE number = 2")
        database.close()
        file = tmp_path / "forged.tar"
        assert kordon("backup", file, **home.environment).returncode == 0
    assert_refused(file, tmp_path)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/aa/outside", "home/../x"])
def test_a_member_that_would_lie_elsewhere_is_refused(backup, tmp_path, name):
    file, _ = backup
    spoiled = tmp_path / "spoiled.tar"
    shutil.copy(file, spoiled)
    (tmp_path / "content").write_text("x")
    with tarfile.open(spoiled, "a") as archive:
        archive.add(tmp_path / "content", arcname=name)
    assert_refused(spoiled, tmp_path)


def assert_refused(file, folder):
    home = folder / "refused"
    done = kordon("restore", file, KORDON_HOME=str(home))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not home.exists()
