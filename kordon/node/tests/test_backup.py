"""A node is backed up while it works and put back whole, or not at all."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile

import psycopg
import pytest

from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.node.restoring import CannotRestore, restore

CODE = "from kordon.node.cli import main; main()"
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("KORDON_")}


def kordon(*words, **environment):
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, words)],
        env={**OUTSIDE, "KORDON_LOG_LEVEL": "ERROR", **environment},
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


def test_a_backup_is_made_while_others_write(tmp_path):
    with temporary_home() as home:
        assert home.call(
            "kordon.node.tests.test_backup:write_and_back_up", file=str(tmp_path / "b")
        )


def write_and_back_up(file):
    """Runs in the node: back up while another connection commits without a pause."""
    import threading  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from kordon.node.backing_up import back_up  # noqa: PLC0415

    database, stop, begun = settings.DATABASES["default"]["NAME"], threading.Event(), []

    def write():
        connection = sqlite3.connect(database, timeout=60, isolation_level=None)
        while not stop.is_set():
            connection.execute("INSERT INTO much VALUES (zeroblob(100))")
            begun.append(1)
        connection.close()

    with sqlite3.connect(database, timeout=60) as connection:
        connection.execute("CREATE TABLE much (content)")
        rows = ((bytes(100_000),) for _ in range(600))
        connection.executemany("INSERT INTO much VALUES (?)", rows)
    connection.close()
    writer = threading.Thread(target=write)
    writer.start()
    done = []
    backing = threading.Thread(target=lambda: done.append(back_up(Path(file))), daemon=True)
    backing.start()
    backing.join(timeout=60)
    stop.set()
    writer.join()
    return bool(done and begun)


def test_all_that_a_node_was_told_is_in_its_backup(tmp_path):
    file, again = tmp_path / "node.tar", tmp_path / "again"
    told = ("kind", "headquarters.json", "node.key.next", "broker/ca.key")
    with temporary_home() as home:
        (home.folder / "broker" / "store").mkdir(parents=True)
        for name in (*told, "broker/store/1.blk", "worker.lock"):
            (home.folder / name).write_text("standalone" if name == "kind" else "{}")
        assert kordon("backup", file, **home.environment).returncode == 0
    done = kordon("restore", file, KORDON_HOME=str(again))
    assert done.returncode == 0, done.stderr
    assert all((again / name).exists() for name in told)
    assert not (again / "broker" / "store").exists()
    assert not (again / "worker.lock").exists()


def test_a_backup_does_not_lie_in_the_node(tmp_path):
    with temporary_home() as home:
        done = kordon("backup", home.folder / "backups" / "b.tar", **home.environment)
        assert done.returncode == 1
        assert "outside" in done.stderr
        assert not (home.folder / "backups").exists()


def test_a_backup_that_breaks_off_leaves_nothing(tmp_path):
    with temporary_home() as home:
        (home.folder / "files" / "aa").mkdir(parents=True)
        (home.folder / "files" / "aa" / ("a" * 64)).symlink_to("/nowhere")
        done = kordon("backup", tmp_path / "b.tar", **home.environment)
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_what_a_newer_version_made_is_not_restored_by_an_older(backup, tmp_path, monkeypatch):
    file, _ = backup
    monkeypatch.setattr("kordon.node.restoring.__version__", "0.0.9")
    with pytest.raises(CannotRestore, match="install that first"):
        restore(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_restore_that_is_killed_leaves_nothing_that_could_start(backup, tmp_path):
    file, _ = backup
    home = tmp_path / "new"
    code = (
        "import os, sys, pathlib; from kordon.node import restoring;"
        "restoring.identity.await_heads = restoring.identity.begin_again = lambda *_: os._exit(9);"
        "restoring.restore(*map(pathlib.Path, sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", code, file, home])
    assert done.returncode == 9
    assert not (home / "node.json").exists()
    assert "no node" in kordon("run", KORDON_HOME=str(home)).stderr


def test_a_node_on_postgresql_is_restored_into_an_empty_database_only(tmp_path):
    file, first, second = tmp_path / "hq.tar", tmp_path / "first", tmp_path / "second"
    with postgres() as make_database:
        one, two = make_database("one"), make_database("two")
        with temporary_home(KORDON_DATABASE=one, KORDON_KIND="hq") as home:
            home.call("kordon.node.tests.test_backup:live")
            done = kordon("backup", file, "--json", **home.environment)
            assert done.returncode == 0, done.stderr
        without = kordon("restore", file, KORDON_HOME=str(first))
        assert "set KORDON_DATABASE" in without.stderr
        over = kordon("restore", file, KORDON_HOME=str(first), KORDON_DATABASE=one)
        assert "not empty" in over.stderr
        assert not first.exists()
        done = kordon("restore", file, "--json", KORDON_HOME=str(second), KORDON_DATABASE=two)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["entries"] == 3
        restored = {"KORDON_HOME": str(second), "KORDON_DATABASE": two, "KORDON_KIND": "hq"}
        rebuilt = kordon("journal", "rebuild", "--json", **restored)
        assert json.loads(rebuilt.stdout)["differing"] == []
        assert (second / "awaiting-heads").exists()


def test_a_dump_is_proved_by_restoring_it(tmp_path):
    whole, forged = tmp_path / "whole.tar", tmp_path / "forged.tar"
    with postgres() as make_database:
        address = make_database("one")
        with temporary_home(KORDON_DATABASE=address) as home:
            home.call("kordon.node.tests.test_backup:live")
            assert kordon("backup", whole, **home.environment).returncode == 0
            with psycopg.connect(address) as connection:
                connection.execute("UPDATE journal_entry SET by_name = 'nobody' WHERE number = 2")
            assert kordon("backup", forged, **home.environment).returncode == 0
    done = kordon("restore", "--verify", whole, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"] == 3
    assert kordon("restore", "--verify", forged).returncode == 1
    assert {path.name for path in tmp_path.iterdir()} == {"whole.tar", "forged.tar"}


@contextlib.contextmanager
def postgres():
    """A server, and what makes an empty database on it."""
    try:
        with temporary_postgres(durable=False) as address:

            def make_database(name):
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE {name}")
                return address.replace("/postgres?", f"/{name}?")

            yield make_database
    except NoPostgres as reason:
        pytest.skip(str(reason))


def assert_refused(file, folder):
    home = folder / "refused"
    done = kordon("restore", file, KORDON_HOME=str(home))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not home.exists()
